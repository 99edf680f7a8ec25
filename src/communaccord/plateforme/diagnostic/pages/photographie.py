"""The reference picture on screen and as a table: whole for those who read every sheet, masked for the table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from communaccord.plateforme.diagnostic.calculs.photographie import (
    CHAMPS,
    EPCI,
    RIEN_DE_MASQUE,
    Difference,
    MasquesPhotographie,
    index_chiffres,
    list_doutes,
    list_services,
    sum_connus,
    sum_services,
)
from communaccord.plateforme.diagnostic.calculs.valeurs import to_decimal, write_centiemes
from communaccord.plateforme.diagnostic.enums import FINANCIERS, NatureFlux
from communaccord.plateforme.diagnostic.models import Photographie
from communaccord.plateforme.diagnostic.pages.mesures import MOTS_QUALITE
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.tableur import Cellule, write_xlsx
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import nombre, pluriel, prose

INCONNU = "non connu"
MASQUE = "non montré"
RAISON_MASQUE = (
    "« non montré » : moins de cinq personnes, ou un chiffre dont on pourrait les déduire. Seules la mairie de la "
    "commune, la DRH et l'équipe projet le lisent."
)
LIBELLES = {
    "agents": "Agents",
    "etp": "Équivalents temps plein",
    "masse_salariale": "Rémunérations chargées",
    "autres_couts": "Autres dépenses de fonctionnement",
    "departs": "Départs d'ici cinq ans",
    "titulaire_unique": "Savoir-faire tenus par une seule personne",
    "population": "Population",
    "depenses_fonctionnement": "Dépenses de fonctionnement",
}
EN_EUROS = frozenset({"masse_salariale", "autres_couts", "depenses_fonctionnement"})
FAITS = {"figee": "Photographie figée : elle ne changera plus. Une correction se fait par une nouvelle version."}
COMPTE_UNE_FOIS = (
    "Un agent compte chez qui l'emploie. Un service porté pour d'autres compte donc une fois, chez qui le porte ; les "
    "flux n'ajoutent personne. Qui travaille dans plusieurs services d'une commune a une affectation dans chacun : les "
    "affectations ne sont pas un nombre de personnes."
)


def write_figure(champ: str, valeur: int | None) -> str:
    if valeur is None:
        return INCONNU
    if champ in EN_EUROS:
        return write_montant(valeur)
    return write_centiemes(valeur * 100 if champ == "population" else valeur)


def build_page(
    contenu: Mapping[str, Any],
    masques: MasquesPhotographie = RIEN_DE_MASQUE,
    *,
    mienne: str | None = None,
    demandee: str | None = None,
) -> dict[str, Any]:
    """What the template shows of a content, frozen or not yet: one entity is told service by service.

    ``mienne``: code of the reader's commune; ``demandee``: the code asked for, when there is one.
    """
    hidden = masques is not RIEN_DE_MASQUE
    codes = [entite["code"] for entite in contenu["entites"]]
    rendus = [flow for flow in contenu["flux"] if flow["nature"] not in FINANCIERS]
    choisie = next(
        (code for code in (demandee, mienne) if code is not None and code in codes), codes[0] if codes else ""
    )
    return {
        "phrase": write_phrase(contenu, masques),
        "services": build_services(contenu, masques),
        "entites": [build_entite(entite, masques, mienne) for entite in contenu["entites"]],
        "detail": next((build_detail(e, masques) for e in contenu["entites"] if e["code"] == choisie), None),
        "flux": [] if hidden else [build_flux(flow, contenu) for flow in rendus],
        "natures": count_natures(rendus),
        "champs": [LIBELLES[champ] for champ in CHAMPS],
        "raison": prose(RAISON_MASQUE) if hidden else "",
        "compte": prose(COMPTE_UNE_FOIS),
    }


def build_services(contenu: Mapping[str, Any], masques: MasquesPhotographie) -> list[dict[str, Any]]:
    """Totals of the territory by service, those that may be shown."""
    libelles = list_services(contenu)
    return [
        {
            "libelle": libelles[service],
            "cellules": [
                write_figure(champ, valeur) if masques.shows_total_service(champ, service) or valeur is None else MASQUE
                for champ, valeur in sums.items()
            ],
        }
        for service, sums in sum_services(contenu).items()
    ]


def build_entite(entite: Mapping[str, Any], masques: MasquesPhotographie, mienne: str | None) -> dict[str, Any]:
    code = entite["code"]
    return {
        "code": code,
        "nom": entite["nom"],
        "mienne": mienne is not None and code == mienne,
        "validee": entite["validee"],
        "depenses": write_figure("depenses_fonctionnement", entite["depenses_fonctionnement"]),
        "totaux": [
            write_total(champ, sum_connus(s[champ] for s in entite["services"]), code, masques) for champ in CHAMPS
        ],
    }


def build_detail(entite: Mapping[str, Any], masques: MasquesPhotographie) -> dict[str, Any]:
    """An entity service by service."""
    code = entite["code"]
    return {
        "nom": entite["nom"],
        "validation": write_validation(entite) if masques is RIEN_DE_MASQUE else "",
        "services": [
            {
                "libelle": row["libelle"],
                "cellules": [
                    write_figure(champ, row[champ])
                    if row[champ] is None or masques.shows(champ, code, row["service"])
                    else MASQUE
                    for champ in CHAMPS
                ],
                "origine": write_origine(row, entier=masques is RIEN_DE_MASQUE),
            }
            for row in entite["services"]
        ],
    }


def write_origine(row: Mapping[str, Any], *, entier: bool) -> str:
    """Quality, year, and the source for those who read all: its words may tell what figures do not."""
    parts = ("établi" if row["qualite"] == "etabli" else "estimé", str(row["annee"] or ""), row["source"] * entier)
    return ", ".join(part for part in parts if part)


def write_total(champ: str, valeur: int | None, code: str, masques: MasquesPhotographie) -> str:
    shown = valeur is None or masques.shows_total_entite(champ, code)
    return write_figure(champ, valeur) if shown else MASQUE


def count_natures(flux: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """How many flows of each nature: all that is told of them to who does not read them one by one."""
    counts = Counter(flow["nature"] for flow in flux)
    return [(nature.label, nombre(counts[nature])) for nature in NatureFlux if nature in counts]


def build_flux(flow: Mapping[str, Any], contenu: Mapping[str, Any]) -> dict[str, str]:
    """Who carries, who benefits, what: no figure, which belong to the two ends."""
    noms = {entite["code"]: entite["nom"] for entite in contenu["entites"]}
    libelles = list_services(contenu)
    return {
        "porteur": flow["porteur_autre"] or noms.get(flow["porteur"], flow["porteur"]),
        "beneficiaire": flow["beneficiaire_autre"] or noms.get(flow["beneficiaire"], flow["beneficiaire"]),
        "nature": NatureFlux(flow["nature"]).label,
        "service": libelles.get(flow["service"], flow["service"]),
    }


def write_phrase(contenu: Mapping[str, Any], masques: MasquesPhotographie) -> str:
    """How many people, in how many entities, and how many sheets are validated."""
    entites = contenu["entites"]
    communes = [entite for entite in entites if entite["code"] != EPCI]
    validees = sum(entite["validee"] for entite in communes)
    agents = sum_connus(row["agents"] for row in index_chiffres(contenu).values())
    if agents is None:
        debut = "Aucun effectif n'est encore connu"
    elif masques.shows_total("agents"):
        debut = f"{pluriel(Fraction(agents, 100), 'affectation')} dans les services décrits"
    else:
        debut = "Le total des affectations n'est pas montré"
    jour = write_date(date.fromisoformat(contenu["date"]))
    suite = "validée" if validees < 2 else "validées"
    return prose(f"Au {jour} : {debut} ; {pluriel(validees, 'fiche')} de commune {suite} sur {len(communes)}.")


def build_differences(differences: Sequence[Difference]) -> list[dict[str, str]]:
    return [
        {
            "nom": d.nom,
            "service": d.libelle or "ensemble",
            "champ": LIBELLES[d.champ],
            "avant": write_figure(d.champ, d.avant),
            "apres": write_figure(d.champ, d.apres),
        }
        for d in differences
    ]


def build_doutes(contenu: Mapping[str, Any]) -> list[str]:
    """Where the same people are perhaps counted twice, as sentences."""
    return [
        prose(
            f"{d.nom} compte {pluriel(Fraction(d.agents, 100), 'agent')} en « {d.libelle} », que {d.porteur} "
            "porte pour elle : vérifiez qu'ils ne sont pas aussi comptés chez qui porte."
        )
        for d in list_doutes(contenu)
    ]


def build_classeur(photo: Photographie, masques: MasquesPhotographie) -> bytes:
    """One line an entity and a service: hundredths become units, what is masked says so."""
    contenu, demarche = photo.contenu, photo.campagne.demarche
    titres = ["Code", "Entité", "Service", *(f"{LIBELLES[c]}{' (€)' if c in EN_EUROS else ''}" for c in CHAMPS)]
    entier = masques is RIEN_DE_MASQUE
    lignes = [
        [
            entite["code"],
            prose(entite["nom"]),
            prose(row["libelle"]),
            *(write_cellule(champ, entite["code"], row, masques) for champ in CHAMPS),
            row["annee"],
            MOTS_QUALITE.get(row["qualite"], row["qualite"]),
            row["source"] if entier else "",
            *([write_validation(entite)] if entier else []),
        ]
        for entite in contenu["entites"]
        for row in entite["services"]
    ]
    mentions = [
        f"{demarche.nom_epci}.{' Territoire et chiffres fictifs.' if demarche.fictive else ''}",
        f"Version {photo.numero}, au {write_date(photo.date_reference)}, figée par {photo.figee_par}.",
        f"Empreinte SHA-256 : {photo.empreinte}",
        *([] if entier else [RAISON_MASQUE]),
    ]
    return write_xlsx(
        prose("Photographie de référence : effectifs et dépenses de fonctionnement"),
        [prose(titre) for titre in (*titres, "Année", "Qualité", "Source", *(["Validé par"] if entier else []))],
        lignes,
        mentions=[prose(mention) for mention in mentions],
    )


def write_cellule(champ: str, code: str, row: Mapping[str, Any], masques: MasquesPhotographie) -> Cellule:
    """A number; what is masked says so."""
    valeur = row[champ]
    if valeur is None:
        return None
    if not masques.shows(champ, code, row["service"]):
        return MASQUE
    return to_decimal(valeur)


def write_validation(entite: Mapping[str, Any]) -> str:
    """In whose name the sheet was validated when the picture was frozen; a picture of before does not name it."""
    if not entite["validee"]:
        return "fiche non validée"
    return entite.get("validee_par") or "fiche validée"


def name_classeur(photo: Photographie, *, masquee: bool) -> str:
    suffixe = ("-partagee" if masquee else "") + ("-fictif" if photo.campagne.demarche.fictive else "")
    return f"photographie-{photo.date_reference.isoformat()}-v{photo.numero}{suffixe}.xlsx"
