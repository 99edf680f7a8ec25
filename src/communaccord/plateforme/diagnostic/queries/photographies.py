"""Reading the reference picture: its versions, and what it would be if it were taken now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.diagnostic.calculs.masques import Lecteurs
from communaccord.plateforme.diagnostic.calculs.photographie import (
    EPCI,
    FIGES,
    ChiffresService,
    EntiteLue,
    FluxPris,
    MasquesPhotographie,
    mask_versions,
    sum_connus,
)
from communaccord.plateforme.diagnostic.calculs.releve import SEULS
from communaccord.plateforme.diagnostic.enums import Colonne, EtatFiche, Qualite, TypeLigne
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Flux, Ligne, Photographie, Reponse
from communaccord.plateforme.diagnostic.queries.flux import read_compte
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche

DEPENSES = "depenses_fonctionnement"


def read_photographie(demarche: Demarche | int) -> Photographie | None:
    """The last version frozen in this démarche, whole: who shows it to others masks it. One query."""
    demarche_id = demarche if isinstance(demarche, int) else demarche.pk
    rows = Photographie.objects.filter(campagne__demarche_id=demarche_id).select_related("campagne__demarche")
    return rows.order_by("-figee_le", "-pk").first()


def list_photographies(acteur: Acteur) -> list[Photographie]:
    """Every version of every campaign, the last frozen first, for those who read them whole; none for the others.

    Without their contents.
    """
    rows = Photographie.objects.visible_to(acteur).select_related("campagne").defer("contenu")
    return list(rows.order_by("-figee_le", "-pk"))


def list_gardees(demarche: Demarche) -> list[Photographie]:
    """That versions exist, and of what day: what everybody of the table may know of them."""
    rows = Photographie.objects.filter(campagne__demarche=demarche).select_related("campagne")
    return list(rows.only("numero", "date_reference", "campagne__titre").order_by("-figee_le", "-pk"))


def find_photographie(acteur: Acteur, pk: int) -> Photographie | None:
    """One version of any campaign, for those who read it whole."""
    rows = Photographie.objects.visible_to(acteur).select_related("campagne__demarche")
    return rows.filter(pk=pk).first()


def find_precedente(acteur: Acteur, photo: Photographie) -> Photographie | None:
    """The version that this one replaced, for those who read it whole."""
    rows = Photographie.objects.visible_to(acteur).filter(campagne=photo.campagne_id)
    return rows.filter(numero=photo.numero - 1).first()


def find_derniere(campagne: Campagne) -> Photographie | None:
    """The last version, whole: who shows it to others masks it."""
    rows = Photographie.objects.filter(campagne=campagne).select_related("campagne__demarche")
    return rows.order_by("-numero").first()


def read_masques(
    photo: Photographie, connus: Iterable[str] = (), avant: list[dict[str, Any]] | None = None
) -> MasquesPhotographie:
    """What of a version may be read by who reads no sheet; ``connus``: codes that the reader knows.

    The versions of the same campaign that came before count (``avant``, when they are read already): a total is not
    shown when it would tell what moved. Two queries at most.
    """
    earlier = list_contenus_avant(photo) if avant is None else avant
    return mask_versions([*earlier, photo.contenu], list(connus), list_lecteurs(photo))


def list_contenus_avant(photo: Photographie) -> list[dict[str, Any]]:
    """The earlier versions of the same campaign, oldest first; no query for the first one."""
    if photo.numero < 2:
        return []
    rows = Photographie.objects.filter(campagne=photo.campagne_id, numero__lt=photo.numero)
    return list(rows.order_by("numero").values_list("contenu", flat=True))


def list_lecteurs(photo: Photographie) -> Lecteurs:
    """The communes that one account reads whole, by code, when they are several: a secretary of two communes.

    A mandate that has ended counts: what was read stays known. One query.
    """
    rows = Mandat.objects.filter(
        personne__demarche_id=photo.campagne.demarche_id, role__in=MAIRIE, commune__isnull=False
    )
    known: dict[tuple[str, int], set[str]] = defaultdict(set)
    for compte, personne, code in rows.values_list("personne__compte_id", "personne_id", "commune__code"):
        known[("personne", personne) if compte is None else ("compte", compte)].add(code)
    return frozenset(frozenset(codes) for codes in known.values() if len(codes) > 1)


def read_entites(campagne: Campagne, nom_epci: str) -> list[EntiteLue]:
    """Every entity of the campaign with what its sheet says. Three queries."""
    fiches = {fiche.pk: fiche for fiche in Fiche.objects.filter(campagne=campagne).select_related("commune")}
    effectifs = {
        ligne.pk: ligne for ligne in Ligne.objects.filter(campagne=campagne, type=TypeLigne.EFFECTIFS, retiree=False)
    }
    rows = Reponse.objects.filter(fiche__campagne=campagne, inconnu=False, ligne__retiree=False)
    kept = rows.filter(ligne__type=TypeLigne.EFFECTIFS) | rows.filter(ligne__publique=DEPENSES)
    by_fiche: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    names = ("fiche_id", "ligne_id", "valeurs", "annee", "qualite", "source")
    for row in kept.order_by("ligne__rang", "ligne_id").values_list(*names):
        by_fiche[row[0]].append(row[1:])
    return [build_entite(fiche, by_fiche[fiche.pk], effectifs, nom_epci) for fiche in fiches.values()]


def build_entite(
    fiche: Fiche, rows: Iterable[tuple[Any, ...]], effectifs: Mapping[int, Ligne], nom_epci: str
) -> EntiteLue:
    services: dict[str, ChiffresService] = {}
    depenses = None
    for ligne_id, valeurs, annee, qualite, source in rows:
        ligne = effectifs.get(ligne_id)
        if ligne is None:
            depenses = valeurs.get(Colonne.VALEUR)
        elif valeurs:
            lu = ChiffresService(
                service=ligne.service,
                libelle=ligne.libelle,
                agents=valeurs.get(Colonne.AGENTS),
                etp=valeurs.get(Colonne.ETP),
                masse_salariale=valeurs.get(Colonne.MASSE_SALARIALE),
                autres_couts=valeurs.get(Colonne.AUTRES_COUTS),
                departs=valeurs.get(Colonne.DEPARTS),
                titulaire_unique=SEULS.get(valeurs.get(Colonne.TITULAIRE_UNIQUE)),
                annee=annee,
                qualite=qualite,
                source=source,
            )
            services[ligne.service] = add_chiffres(services[ligne.service], lu) if ligne.service in services else lu
    commune = fiche.commune
    return EntiteLue(
        code=commune.code if commune else EPCI,
        nom=commune.nom if commune else nom_epci,
        population=commune.population_municipale if commune else None,
        depenses_fonctionnement=depenses,
        validee=fiche.etat == EtatFiche.VALIDEE,
        validee_par=fiche.validee_par if fiche.etat == EtatFiche.VALIDEE else "",
        services=tuple(services.values()),
    )


def add_chiffres(one: ChiffresService, other: ChiffresService) -> ChiffresService:
    """Two lines of one service: their figures known are added; the words are those of the first line."""
    sums = {champ: sum_connus((getattr(one, champ), getattr(other, champ))) for champ in FIGES}
    qualite = one.qualite if one.qualite == other.qualite else str(Qualite.ESTIME)
    return replace(one, **sums, qualite=qualite)


def read_flux_pris(campagne: Campagne) -> list[FluxPris]:
    """The flows, each counted once, by the codes of their ends. One query, two when some declarations are alike."""
    told = list(Flux.objects.filter(campagne=campagne).with_corps())
    rows = read_compte(campagne.pk, told).keep(told)
    return [
        FluxPris(
            nature=row.nature,
            service=row.service,
            objet=row.objet,
            porteur=read_code(row.porteur),
            beneficiaire=read_code(row.beneficiaire),
            porteur_autre=row.porteur_autre,
            beneficiaire_autre=row.beneficiaire_autre,
            montant=row.montant,
            temps=row.temps,
            annee=row.annee,
            qualite=row.qualite,
            source=row.source,
        )
        for row in rows
    ]


def read_code(commune: CommuneMembre | None) -> str:
    return commune.code if commune else EPCI
