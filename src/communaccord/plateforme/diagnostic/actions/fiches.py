"""A sheet: its answers written line by line, then validated in the name of the commune, taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.actions.communs import (
    EditionConcurrente,
    SaisieRefusee,
    check_ouverte,
    check_remplissable,
    list_lecteurs,
    lock_fiche,
    name_fiche,
)
from communaccord.plateforme.diagnostic.calculs.valeurs import ReponseSaisie, check_reponse
from communaccord.plateforme.diagnostic.enums import TRANSITIONS_FICHE, EtatFiche, Origine, Qualite
from communaccord.plateforme.diagnostic.models import Fiche, HistoriqueFiche, Ligne, Reponse
from communaccord.plateforme.diagnostic.rules import can_fill, can_reopen, can_validate
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel

COMPAREES = ("valeurs", "inconnu", "annee", "source", "qualite", "commentaire")
LIGNE_ETRANGERE = "Cette ligne n'est plus au questionnaire : rechargez la fiche."
MAX_MOTIF = 500


@dataclass(frozen=True, slots=True)
class ReponseAEcrire:
    """One answer to write over the version that was read (0: there was none)."""

    ligne: Ligne
    version: int
    reponse: ReponseSaisie


@dataclass(slots=True)
class Ecriture:
    """What became of a batch, by line: those written are kept whatever happens to the others.

    ``conflits``: the answer that somebody else recorded meanwhile; ``refusees``: a sentence by column.
    """

    ecrites: list[int] = field(default_factory=list)
    conflits: dict[int, Reponse] = field(default_factory=dict)
    refusees: dict[int, dict[str, str]] = field(default_factory=dict)


def record_reponse(
    *,
    acteur: Acteur,
    instant: datetime,
    fiche: Fiche,
    ligne: Ligne,
    version: int,
    reponse: ReponseSaisie,
    origine: Origine = Origine.SAISIE,
) -> Reponse | None:
    """Write one answer; the row as it is now, None when there is nothing to keep.

    Errors: SaisieRefusee when something is to be mended, EditionConcurrente when somebody else wrote meanwhile.
    """
    a_ecrire = ReponseAEcrire(ligne, version, reponse)
    ecriture = record_reponses(acteur=acteur, instant=instant, fiche=fiche, reponses=[a_ecrire], origine=origine)
    if fautes := ecriture.refusees.get(ligne.pk):
        raise SaisieRefusee(fautes)
    if actuelle := ecriture.conflits.get(ligne.pk):
        raise EditionConcurrente(actuelle, actuelle.saisie_par)
    return Reponse.objects.filter(fiche=fiche, ligne=ligne).first()


@transaction.atomic
def record_reponses(
    *,
    acteur: Acteur,
    instant: datetime,
    fiche: Fiche,
    reponses: Sequence[ReponseAEcrire],
    origine: Origine = Origine.SAISIE,
) -> Ecriture:
    """Write several answers of one sheet, each on its own; the same answer again changes nothing.

    Errors: ActionRefusee; Conflit when the campaign is not open or the sheet is validated: then nothing is written.
    """
    require(can_fill(acteur, fiche))
    locked = lock_fiche(fiche)
    check_remplissable(locked)
    lignes = [a_ecrire.ligne.pk for a_ecrire in reponses]
    existing = {r.ligne_id: r for r in Reponse.objects.filter(fiche=locked, ligne__in=lignes)}
    ecriture = Ecriture()
    for a_ecrire in reponses:
        write_reponse(locked, a_ecrire, existing.get(a_ecrire.ligne.pk), sign(acteur, instant, origine), ecriture)
    if ecriture.ecrites:
        if locked.etat == EtatFiche.A_REMPLIR:
            move_fiche(acteur, instant, locked, EtatFiche.EN_COURS)
        phrase = f"a complété {name_fiche(locked)} : {pluriel(len(ecriture.ecrites), 'ligne')}"
        record_acte(acteur=acteur, instant=instant, verbe="fiche.completee", phrase=phrase, **list_lecteurs(locked))
    return ecriture


def sign(acteur: Acteur, instant: datetime, origine: Origine) -> dict[str, Any]:
    return {"origine": origine, "saisie_par": acteur.nom[:250], "saisie_le": instant}


def write_reponse(
    fiche: Fiche, a_ecrire: ReponseAEcrire, actuelle: Reponse | None, signature: dict[str, Any], ecriture: Ecriture
) -> None:
    """Write one answer, or say why not in ``ecriture``."""
    ligne = a_ecrire.ligne
    if ligne.campagne_id != fiche.campagne_id or ligne.retiree:
        raise Conflit(LIGNE_ETRANGERE)
    fautes = check_reponse(ligne, a_ecrire.reponse, signature["saisie_le"].year)
    colonnes = list_colonnes(ligne, a_ecrire.reponse)
    if fautes:
        ecriture.refusees[ligne.pk] = fautes
    elif not is_same(actuelle, colonnes):
        if not save_reponse(fiche, a_ecrire, {**colonnes, **signature}):
            ecriture.conflits[ligne.pk] = Reponse.objects.get(fiche=fiche, ligne=ligne)
        else:
            ecriture.ecrites.append(ligne.pk)


def list_colonnes(ligne: Ligne, reponse: ReponseSaisie) -> dict[str, Any]:
    """The columns to write; what is no figure has neither year, source nor quality."""
    chiffree = ligne.est_chiffree
    return {
        "valeurs": {str(colonne): reponse.valeurs[colonne] for colonne in ligne.colonnes if colonne in reponse.valeurs},
        "inconnu": reponse.inconnu,
        "annee": reponse.annee if chiffree else None,
        "source": reponse.source.strip() if chiffree else "",
        "qualite": str(reponse.qualite if chiffree else Qualite.ESTIME),
        "commentaire": reponse.commentaire.strip(),
    }


def is_same(actuelle: Reponse | None, colonnes: dict[str, Any]) -> bool:
    """Whether there is nothing to write: the same answer, or none on either side."""
    if actuelle is None:
        return not (colonnes["valeurs"] or colonnes["inconnu"] or colonnes["commentaire"])
    if not (actuelle.est_remplie or colonnes["valeurs"] or colonnes["inconnu"]):
        return actuelle.commentaire == colonnes["commentaire"]
    return all(getattr(actuelle, nom) == colonnes[nom] for nom in COMPAREES)


def save_reponse(fiche: Fiche, a_ecrire: ReponseAEcrire, colonnes: dict[str, Any]) -> bool:
    """False, and nothing written, when the row is not at the version that was read."""
    if a_ecrire.version:
        rows = Reponse.objects.filter(fiche=fiche, ligne=a_ecrire.ligne, version=a_ecrire.version)
        return bool(rows.update(**colonnes, version=F("version") + 1))
    try:
        with transaction.atomic():
            Reponse.objects.create(fiche=fiche, ligne=a_ecrire.ligne, **colonnes)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def validate_fiche(*, acteur: Acteur, instant: datetime, fiche: Fiche) -> Fiche:
    """Say that the sheet tells what the commune knows; lines left empty stay unknown, and may be filled later."""
    require(can_validate(acteur, fiche))
    locked = lock_fiche(fiche)
    check_ouverte(locked.campagne)
    move_fiche(acteur, instant, locked, EtatFiche.VALIDEE)
    phrase = f"a validé {name_fiche(locked)}"
    record_acte(acteur=acteur, instant=instant, verbe="fiche.validee", phrase=phrase, **list_lecteurs(locked))
    return locked


@transaction.atomic
def reopen_fiche(*, acteur: Acteur, instant: datetime, fiche: Fiche, motif: str = "") -> Fiche:
    """Take up again a validated sheet; the équipe projet says why when the sheet is a commune's."""
    require(can_reopen(acteur, fiche))
    motif = motif.strip()[:MAX_MOTIF]
    if not motif and not can_validate(acteur, fiche):
        raise Conflit("Dites en une phrase pourquoi vous rouvrez cette fiche : la mairie la lira.")
    locked = lock_fiche(fiche)
    check_ouverte(locked.campagne)
    move_fiche(acteur, instant, locked, EtatFiche.EN_COURS, motif)
    phrase = f"a rouvert {name_fiche(locked)}" + (f" : {motif}" if motif else "")
    record_acte(acteur=acteur, instant=instant, verbe="fiche.rouverte", phrase=phrase, **list_lecteurs(locked))
    return locked


def write_validation(acteur: Acteur) -> str:
    """Who validated: facts may be a secretary's to validate, and then the sheet says so."""
    if acteur.role == Role.SECRETAIRE:
        return f"le secrétariat de mairie ({acteur.nom[:200]})"
    return acteur.nom[:250]


def move_fiche(acteur: Acteur, instant: datetime, fiche: Fiche, vers: EtatFiche, motif: str = "") -> None:
    """One change of state by the table of transitions, on a sheet that is held."""
    avant = EtatFiche(fiche.etat)
    if vers not in TRANSITIONS_FICHE[avant]:
        raise Conflit(f"Cette fiche est {avant.label} : relisez sa page avant d'agir.")
    qui, quand = (write_validation(acteur), instant) if vers == EtatFiche.VALIDEE else ("", None)
    rows = Fiche.objects.filter(pk=fiche.pk, etat=avant)
    if not rows.update(etat=vers, validee_par=qui, validee_le=quand, version=F("version") + 1):
        raise Conflit("L'état de cette fiche vient de changer : relisez sa page avant d'agir.")
    fiche.etat, fiche.validee_par, fiche.validee_le = vers, qui, quand
    HistoriqueFiche.objects.create(
        fiche=fiche, instant=instant, qui=acteur.nom[:250], etat_avant=avant, etat_apres=vers, motif=motif
    )
