"""Workbooks that come back: compared line by line with the sheets, then written whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.communs import PAS_OUVERTE, VALIDEE
from communaccord.plateforme.diagnostic.actions.fiches import (
    Ecriture,
    ReponseAEcrire,
    is_same,
    list_colonnes,
    record_reponses,
)
from communaccord.plateforme.diagnostic.calculs.valeurs import ANNEES, ReponseSaisie
from communaccord.plateforme.diagnostic.enums import EtatCampagne, EtatFiche, Origine
from communaccord.plateforme.diagnostic.lecture.classeur import ClasseurLu, LigneLue, read_classeur, type_lignes
from communaccord.plateforme.diagnostic.lecture.envois import Envoi
from communaccord.plateforme.diagnostic.lecture.types import FichierIllisible
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, Ligne, Reponse
from communaccord.plateforme.diagnostic.queries.campagnes import is_posee, list_lignes
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import accord, pluriel

RIEN = "Il n'y a rien à enregistrer."
AUTRE_COMMUNE = (
    "Ce classeur n'est pas celui de votre commune : déposez ici celui que vous avez téléchargé sur cette page."
)
AUTRE_FICHE = "Ce classeur est celui d'une autre fiche ({nom}) : déposez-le sur la page de cette fiche."
AUTRE_DEMARCHE = "Ce classeur est celui d'une autre démarche."
AUTRE_CAMPAGNE = "Ce classeur est celui d'un autre état des lieux : téléchargez celui de l'état des lieux en cours."


class EtatLigne(StrEnum):
    """What a row of a workbook would do."""

    NOUVELLE = "nouvelle"
    MODIFIEE = "modifiee"
    INCHANGEE = "inchangee"
    VIDE = "vide"
    PERIMEE = "perimee"
    REFUSEE = "refusee"


# What is written; PERIMEE (the page changed since the workbook was made) only when it is asked for.
ECRITES = frozenset({EtatLigne.NOUVELLE, EtatLigne.MODIFIEE})


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """A row typed, beside the answer of today (None: there is none)."""

    lue: LigneLue
    etat: EtatLigne
    actuelle: Reponse | None = None


@dataclass(slots=True)
class Comparaison:
    """One workbook compared with its sheet. ``refus``: why nothing of it is taken, empty when it can be."""

    nom: str
    fiche: Fiche | None = None
    telecharge_le: datetime | None = None
    lignes: list[LigneComparee] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)
    refus: str = ""

    def list_etat(self, *etats: EtatLigne) -> list[LigneComparee]:
        return [ligne for ligne in self.lignes if ligne.etat in etats]


@dataclass(frozen=True, slots=True)
class Reprise:
    """What to write in a sheet: for each line, the version of the answer that was compared and the new answer."""

    fiche_id: int
    reponses: tuple[tuple[int, int, ReponseSaisie], ...]


def compare_classeurs(
    acteur: Acteur,
    campagne: Campagne,
    envois: Sequence[Envoi],
    attendue: Fiche | None = None,
    cette_annee: int = ANNEES[1],
) -> list[Comparaison]:
    """Read workbooks and compare each with its sheet; nothing is written, no fault of a file is an exception.

    ``attendue``: the only sheet that is accepted. ``cette_annee``: no figure is of a later year. Three queries.
    Complexity: O(cells).
    """
    lus = [read_envoi(envoi) for envoi in envois]
    pks = {lu.fiche for lu in lus if isinstance(lu, ClasseurLu)}
    visibles = Fiche.objects.visible_to(acteur).filter(campagne=campagne, pk__in=pks).with_commune()
    fiches = {fiche.pk: fiche for fiche in visibles}
    reponses: dict[int, dict[int, Reponse]] = {}
    for reponse in Reponse.objects.filter(fiche__in=fiches):
        reponses.setdefault(reponse.fiche_id, {})[reponse.ligne_id] = reponse
    lignes = list_lignes(campagne)
    comparaisons, vues = [], dict[int, str]()
    for envoi, lu in zip(envois, lus, strict=True):
        comparaison = Comparaison(envoi.nom)
        comparaisons.append(comparaison)
        if isinstance(lu, FichierIllisible):
            comparaison.refus = f"{lu.message[:1].upper()}{lu.message[1:]} {lu.que_faire}"
            continue
        comparaison.refus = find_refus(acteur, campagne, lu, fiches, attendue)
        if not comparaison.refus and lu.fiche in vues:
            comparaison.refus = f"Deux classeurs de la même fiche : celui-ci et « {vues[lu.fiche]} ». Gardez le bon."
        if not comparaison.refus:
            vues[lu.fiche] = envoi.nom
            fill_comparaison(comparaison, fiches[lu.fiche], lu, lignes, reponses.get(lu.fiche, {}), cette_annee)
    return comparaisons


def read_envoi(envoi: Envoi) -> ClasseurLu | FichierIllisible:
    try:
        return read_classeur(envoi.contenu)
    except FichierIllisible as illisible:
        return illisible


def find_refus(
    acteur: Acteur, campagne: Campagne, lu: ClasseurLu, fiches: Mapping[int, Fiche], attendue: Fiche | None
) -> str:
    """Why a workbook is not taken at all; empty when it is. Nothing is told of a sheet that the actor does not read."""
    if lu.demarche != acteur.demarche_id:
        return AUTRE_DEMARCHE
    if lu.campagne != campagne.pk:
        return AUTRE_CAMPAGNE
    fiche = fiches.get(lu.fiche)
    if fiche is None:
        return AUTRE_COMMUNE
    if attendue is not None and fiche.pk != attendue.pk:
        return AUTRE_FICHE.format(nom=name(fiche))
    if campagne.etat != EtatCampagne.OUVERTE:
        return PAS_OUVERTE[EtatCampagne(campagne.etat)]
    return VALIDEE if fiche.etat == EtatFiche.VALIDEE else ""


def name(fiche: Fiche) -> str:
    return fiche.commune.nom if fiche.commune else fiche.campagne.demarche.nom_epci


def fill_comparaison(
    comparaison: Comparaison,
    fiche: Fiche,
    lu: ClasseurLu,
    lignes: Sequence[Ligne],
    reponses: Mapping[int, Reponse],
    cette_annee: int,
) -> None:
    posees = [ligne for ligne in lignes if is_posee(ligne, fiche)]
    comparaison.fiche, comparaison.telecharge_le = fiche, lu.telecharge_le
    lues = type_lignes(lu, posees, cette_annee)
    comparaison.lignes = [compare_ligne(lue, reponses.get(lue.ligne.pk) if lue.ligne else None) for lue in lues]
    absentes = len({ligne.cle for ligne in posees} - {brute.cle for brute in lu.lignes})
    if absentes:
        comparaison.remarques.append(
            f"{pluriel(absentes, 'ligne')} du questionnaire {accord(absentes, 'manque', 'manquent')} dans ce classeur."
        )


def compare_ligne(lue: LigneLue, actuelle: Reponse | None) -> LigneComparee:
    """What this row would do to the answer of today; a row left empty erases nothing."""
    if lue.ligne is None or lue.fautes:
        return LigneComparee(lue, EtatLigne.REFUSEE, actuelle)
    existe = actuelle is not None and actuelle.est_remplie
    remplie = bool(lue.reponse.valeurs) or lue.reponse.inconnu
    if not remplie and (existe or not lue.reponse.commentaire):
        return LigneComparee(lue, EtatLigne.VIDE, actuelle)
    if is_same(actuelle, list_colonnes(lue.ligne, lue.reponse)):
        return LigneComparee(lue, EtatLigne.INCHANGEE, actuelle)
    if not existe:
        return LigneComparee(lue, EtatLigne.NOUVELLE, actuelle)
    is_perimee = actuelle is not None and actuelle.version != lue.brute.version
    return LigneComparee(lue, EtatLigne.PERIMEE if is_perimee else EtatLigne.MODIFIEE, actuelle)


def build_reprise(comparaison: Comparaison, *, remplacer: bool) -> Reprise | None:
    """What a comparison proposes to write; None when nothing. ``remplacer``: also over what the page changed since."""
    etats = ECRITES | {EtatLigne.PERIMEE} if remplacer else ECRITES
    kept = [(ligne, ligne.lue.ligne) for ligne in comparaison.list_etat(*etats)]
    reponses = tuple(
        (ligne.pk, comparee.actuelle.version if comparee.actuelle else 0, comparee.lue.reponse)
        for comparee, ligne in kept
        if ligne is not None
    )
    return Reprise(comparaison.fiche.pk, reponses) if comparaison.fiche and reponses else None


@transaction.atomic
def import_classeurs(*, acteur: Acteur, instant: datetime, campagne: Campagne, reprises: Sequence[Reprise]) -> int:
    """Write what the preview showed, in every sheet or in none; how many lines.

    Errors: ActionRefusee (not one's own sheet); Conflit when a sheet or one of its answers changed since the preview.
    """
    fiches = Fiche.objects.visible_to(acteur).filter(campagne=campagne).with_commune()
    par_pk = {fiche.pk: fiche for fiche in fiches.filter(pk__in=[reprise.fiche_id for reprise in reprises])}
    lignes = {ligne.pk: ligne for ligne in list_lignes(campagne)}
    ecrites = 0
    for reprise in reprises:
        fiche = par_pk.get(reprise.fiche_id)
        if fiche is None or any(pk not in lignes for pk, _, _ in reprise.reponses):
            raise Conflit("Le questionnaire ou les fiches ont changé pendant votre relecture : relisez le classeur.")
        reponses = [ReponseAEcrire(lignes[pk], version, reponse) for pk, version, reponse in reprise.reponses]
        ecriture = record_reponses(
            acteur=acteur, instant=instant, fiche=fiche, reponses=reponses, origine=Origine.CLASSEUR
        )
        check_entiere(fiche, lignes, ecriture)
        ecrites += len(ecriture.ecrites)
    if not ecrites:
        raise Conflit(RIEN)
    return ecrites


def check_entiere(fiche: Fiche, lignes: Mapping[int, Ligne], ecriture: Ecriture) -> None:
    """Errors: Conflit, so that nothing is half written, when a line of the batch was not."""
    manquees = [lignes[pk].libelle for pk in (*ecriture.conflits, *ecriture.refusees)]
    if manquees:
        raise Conflit(
            f"Pendant votre relecture, la fiche « {name(fiche)} » a changé ({', '.join(manquees[:3])}). "
            "Rien n'a été enregistré : relisez le classeur."
        )
