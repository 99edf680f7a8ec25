"""Small fictif campaigns: a questionnaire, sheets, answers and flows written straight in the tables.

``build_campagne`` gives an open campaign with a sheet for each commune and one for the intercommunalité;
``build_reponse`` the answer of a sheet to a line (agents and time in units, amounts in euros); ``build_flux`` a flow.
"""

from collections.abc import Sequence
from typing import Any

from tests.plateforme.fabriques import INSTANT, build_demarche, list_communes

from communaccord.plateforme.diagnostic.enums import (
    EtatCampagne,
    EtatFiche,
    NatureFlux,
    Qualite,
    TypeLigne,
    Volet,
)
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Flux, Ligne, Reponse
from communaccord.plateforme.projet.catalogue import CATALOGUE, PAR_CLE
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

ANNEE = 2025
QUI = "Secrétariat (fictif)"
SERVICES = ("paie", "urbanisme", "voirie")


def build_campagne(
    demarche: Demarche | None = None, *, services: Sequence[str] = SERVICES, communes: int = 3, **fields: Any
) -> Campagne:
    """A campaign with its lines, and a sheet for each commune and for the intercommunalité."""
    demarche = demarche or build_demarche(communes)
    values: dict[str, Any] = {
        "titre": "État des lieux (fictif)",
        "annee": ANNEE,
        "etat": EtatCampagne.OUVERTE,
        "creee_le": INSTANT,
    }
    campagne = Campagne.objects.create(demarche=demarche, **{**values, **fields})
    Ligne.objects.bulk_create(build_lignes(campagne, services))
    Fiche.objects.bulk_create(Fiche(campagne=campagne, commune=commune) for commune in [None, *list_communes(demarche)])
    return campagne


def build_lignes(campagne: Campagne, services: Sequence[str]) -> list[Ligne]:
    """Not saved: three figures of the commune, three lines a service, two words of opinion."""
    lignes = [
        build_ligne(
            campagne, Volet.REPERES, TypeLigne.NOMBRE, "population", "Population", publique="population_municipale"
        ),
        build_ligne(
            campagne,
            Volet.REPERES,
            TypeLigne.MONTANT,
            "depenses",
            "Dépenses de fonctionnement",
            publique="depenses_fonctionnement",
        ),
        build_ligne(campagne, Volet.AVIS, TypeLigne.TEXTE, "conditions", "Conditions de réussite"),
        build_ligne(campagne, Volet.AVIS, TypeLigne.TEXTE, "reserves", "Réserves de principe"),
    ]
    for service in services:
        libelle = PAR_CLE[service].libelle if service in PAR_CLE else f"Service {service}"
        lignes += [
            build_ligne(campagne, volet, genre, f"{service}_{genre}", libelle, service=service)
            for volet, genre in (
                (Volet.PERSONNEL, TypeLigne.EFFECTIFS),
                (Volet.PARTAGES, TypeLigne.MATURITE),
                (Volet.POSSIBLES, TypeLigne.BESOIN),
            )
        ]
    for rang, ligne in enumerate(lignes, start=1):
        ligne.rang = rang
    return lignes


def build_ligne(campagne: Campagne, volet: str, genre: str, cle: str, libelle: str, **fields: Any) -> Ligne:
    return Ligne(campagne=campagne, volet=volet, type=genre, cle=cle, libelle=libelle, rang=0, **fields)


def list_services(nombre: int) -> list[str]:
    """So many keys: those of the catalogue, then invented ones."""
    keys = [service.cle for service in CATALOGUE] + [f"fictif_{rang:02}" for rang in range(nombre)]
    return keys[:nombre]


def build_fiche(campagne: Campagne, commune: CommuneMembre | None) -> Fiche:
    """The sheet of this commune (None: of the intercommunalité), made if it is not there."""
    fiche, _ = Fiche.objects.get_or_create(campagne=campagne, commune=commune)
    return fiche


def validate_fiche(fiche: Fiche) -> None:
    Fiche.objects.filter(pk=fiche.pk).update(etat=EtatFiche.VALIDEE, validee_par=QUI, validee_le=INSTANT)


def build_reponse(
    fiche: Fiche, cle: str, *, inconnu: bool = False, qualite: str = Qualite.ESTIME, texte: str = "", **valeurs: Any
) -> Reponse:
    """The answer to the line of this key: numbers in units (agents, ETP, euros), kept in hundredths."""
    kept = {nom: round(100 * v) if isinstance(v, int | float) else v for nom, v in valeurs.items()}
    return Reponse.objects.create(
        fiche=fiche,
        ligne=Ligne.objects.get(campagne_id=fiche.campagne_id, cle=cle),
        valeurs={**kept, **({"valeur": texte} if texte else {})},
        inconnu=inconnu,
        annee=ANNEE,
        source="comptes (fictif)",
        qualite=qualite,
        saisie_par=QUI,
        saisie_le=INSTANT,
    )


def build_effectifs(fiche: Fiche, service: str, agents: int, **autres: Any) -> Reponse:
    """The staff of a service: as many ETP as agents and 40,000 euros each unless said otherwise."""
    valeurs = {"agents": agents, "etp": agents, "masse_salariale": 40_000 * agents, "autres_couts": 1_000, **autres}
    return build_reponse(fiche, f"{service}_{TypeLigne.EFFECTIFS}", **valeurs)


def build_flux(
    campagne: Campagne,
    porteur: CommuneMembre | None,
    beneficiaire: CommuneMembre | None,
    *,
    nature: str = NatureFlux.SERVICE,
    **fields: Any,
) -> Flux:
    """A flow; ``montant`` in cents. A commune that is None is the intercommunalité."""
    values: dict[str, Any] = {"objet": "Instruction des autorisations (fictif)", "annee": ANNEE}
    values |= {"saisi_par": QUI, "saisi_le": INSTANT, **fields}
    return Flux.objects.create(campagne=campagne, nature=nature, porteur=porteur, beneficiaire=beneficiaire, **values)


def fill_grand_territoire(campagne: Campagne) -> int:
    """An answer of every commune to every line of a service, and the same of the intercommunalité; how many answers.

    Figures follow the ranks of the communes and of the services: many cells of fewer than five people, as in life.
    """
    lignes = list(campagne.lignes.exclude(service=""))
    reponses = [
        Reponse(
            fiche=fiche,
            ligne=ligne,
            valeurs=build_valeurs(ligne.type, rang, place),
            annee=ANNEE,
            source="comptes (fictif)",
            qualite=Qualite.ETABLI if (rang + place) % 3 else Qualite.ESTIME,
            saisie_par=QUI,
            saisie_le=INSTANT,
        )
        for rang, fiche in enumerate(campagne.fiches.order_by("pk"))
        for place, ligne in enumerate(lignes)
    ]
    Reponse.objects.bulk_create(reponses, batch_size=2_000)
    return len(reponses)


def build_valeurs(genre: str, rang: int, place: int) -> dict[str, int | str]:
    """What a commune of this rank answers to the line of this place."""
    if genre == TypeLigne.MATURITE:
        return {"valeur": str((rang + place) % 6)}
    if genre == TypeLigne.BESOIN:
        return {"valeur": ("indispensable", "utile", "secondaire", "aucun")[(rang * place) % 4]}
    agents = (rang * 7 + place * 3) % 11 + (12 if rang < 3 else 0)
    return {
        "agents": 100 * agents,
        "etp": 80 * agents,
        "masse_salariale": 3_900_000 * agents,
        "autres_couts": 100_000 * (place + 1),
        "volume": 12_000 * (place + 1),
        "departs": 100 * (agents // 4),
        "titulaire_unique": "oui" if agents == 1 else "non",
    }
