"""A campaign: created from the sound default, opened to the communes, closed, opened again; mairies reminded."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.diagnostic.actions.communs import (
    VIENT_DE_CHANGER,
    EditionConcurrente,
    check_ouverte,
    lock_campagne,
)
from communaccord.plateforme.diagnostic.actions.lettres import post_ouverture, post_rappel
from communaccord.plateforme.diagnostic.defaut import SERVICES_PAR_DEFAUT, build_lignes
from communaccord.plateforme.diagnostic.enums import TRANSITIONS_CAMPAGNE, EtatCampagne
from communaccord.plateforme.diagnostic.models import Campagne, Fiche, HistoriqueCampagne, Ligne
from communaccord.plateforme.diagnostic.rules import can_conduct
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.catalogue import PAR_CLE
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

DEJA_UNE = "Un état des lieux est déjà en cours : terminez-le avant d'en ouvrir un autre."
SANS_LIGNE = "Le questionnaire est vide : ajoutez au moins une ligne avant de l'ouvrir."
ENTRE_DEUX_RELANCES = timedelta(days=7)
MAX_MOTIF = 500
GESTES = {EtatCampagne.OUVERTE: "ouvert", EtatCampagne.CLOSE: "clos"}


@dataclass(frozen=True, slots=True)
class ContenuCampagne:
    """The words of a campaign: ``annee``, whose figures are asked; ``echeance``, last day of the answers."""

    titre: str
    annee: int
    presentation: str = ""
    echeance: date | None = None


def list_valeurs(contenu: ContenuCampagne) -> dict[str, object]:
    """The columns to write. Errors: Conflit."""
    if not contenu.titre.strip():
        raise Conflit("Donnez un titre à l'état des lieux.")
    if not 2000 <= contenu.annee <= 2100:
        raise Conflit("Écrivez l'année sur quatre chiffres.")
    return {nom: getattr(contenu, nom) for nom in ContenuCampagne.__slots__}


@transaction.atomic
def create_campagne(
    *,
    acteur: Acteur,
    instant: datetime,
    contenu: ContenuCampagne,
    services: tuple[str, ...] = SERVICES_PAR_DEFAUT,
) -> Campagne:
    """Prepare a campaign with the default lines on these services of the catalogue.

    Errors: ActionRefusee; Conflit when another is under way or a service is unknown.
    """
    require(can_conduct(acteur, acteur.demarche_id))
    if inconnus := [cle for cle in services if cle not in PAR_CLE]:
        raise Conflit(f"Ce service n'est pas dans la liste : {', '.join(inconnus)}.")
    try:
        with transaction.atomic():
            campagne = Campagne.objects.create(demarche=acteur.demarche, creee_le=instant, **list_valeurs(contenu))
    except IntegrityError as error:
        raise Conflit(DEJA_UNE) from error
    Ligne.objects.bulk_create(
        Ligne(campagne=campagne, rang=rang, **{nom: getattr(ligne, nom) for nom in ligne.__slots__})
        for rang, ligne in enumerate(build_lignes(services), start=1)
    )
    note_etat(acteur, instant, campagne, "", EtatCampagne.PREPARATION)
    phrase = f"a préparé l'état des lieux « {campagne.titre} » : les mairies peuvent proposer des lignes"
    journalise(acteur, instant, campagne, "campagne.preparee", phrase)
    return campagne


@transaction.atomic
def edit_campagne(
    *, acteur: Acteur, instant: datetime, campagne: Campagne, version: int, contenu: ContenuCampagne
) -> Campagne:
    """Write the words of a campaign over the version that was read. Errors: EditionConcurrente, Conflit."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_campagne(campagne)
    if locked.etat == EtatCampagne.CLOSE:
        raise Conflit("Cet état des lieux est clos : rouvrez-le pour le modifier.")
    if locked.etat == EtatCampagne.OUVERTE and contenu.annee != locked.annee:
        raise Conflit("Des communes répondent déjà pour cette année : elle ne change plus.")
    rows = Campagne.objects.filter(pk=locked.pk, version=version)
    if not rows.update(**list_valeurs(contenu), version=F("version") + 1):
        raise EditionConcurrente(locked, "quelqu'un d'autre de l'équipe projet")
    actuelle = lock_campagne(campagne)
    if actuelle.echeance != locked.echeance and actuelle.echeance:
        phrase = f"a fixé au {write_date(actuelle.echeance)} la fin des réponses de l'état des lieux « {actuelle} »"
    else:
        phrase = f"a modifié la présentation de l'état des lieux « {actuelle} »"
    journalise(acteur, instant, actuelle, "campagne.modifiee", phrase)
    return actuelle


@transaction.atomic
def open_campagne(*, acteur: Acteur, instant: datetime, campagne: Campagne) -> Campagne:
    """Open to the communes: a sheet for each and one for the intercommunalité, a letter to the mairies."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_campagne(campagne)
    if locked.etat == EtatCampagne.CLOSE:
        raise Conflit("Cet état des lieux est clos : rouvrez-le en disant pourquoi.")
    if not Ligne.objects.filter(campagne=locked).active().exists():
        raise Conflit(SANS_LIGNE)
    check_echeance(locked, instant)
    move_campagne(acteur, instant, locked, EtatCampagne.OUVERTE)
    communes = CommuneMembre.objects.filter(demarche_id=locked.demarche_id)
    fiches = [Fiche(campagne=locked, commune=commune) for commune in [None, *communes]]
    Fiche.objects.bulk_create(fiches)
    phrase = f"a ouvert l'état des lieux « {locked} » : {pluriel(len(fiches) - 1, 'commune')} ont leur fiche à remplir"
    journalise(acteur, instant, locked, "campagne.ouverte", phrase)
    post_ouverture(locked, instant)
    return locked


@transaction.atomic
def close_campagne(*, acteur: Acteur, instant: datetime, campagne: Campagne) -> Campagne:
    """Close: what was answered stays, validated or not; nothing is written any more."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_campagne(campagne)
    move_campagne(acteur, instant, locked, EtatCampagne.CLOSE)
    journalise(acteur, instant, locked, "campagne.close", f"a clos l'état des lieux « {locked} »")
    return locked


@transaction.atomic
def reopen_campagne(*, acteur: Acteur, instant: datetime, campagne: Campagne, motif: str) -> Campagne:
    """Open again a closed campaign, and say why; communes that joined since have their sheet."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_campagne(campagne)
    motif = motif.strip()[:MAX_MOTIF]
    if not motif:
        raise Conflit("Dites pourquoi en une phrase : elle sera lue avec l'état des lieux.")
    if locked.etat != EtatCampagne.CLOSE:
        raise Conflit(VIENT_DE_CHANGER)
    if Campagne.objects.filter(demarche_id=locked.demarche_id).exclude(etat=EtatCampagne.CLOSE).exists():
        raise Conflit(DEJA_UNE)
    move_campagne(acteur, instant, locked, EtatCampagne.OUVERTE, motif)
    known = Fiche.objects.filter(campagne=locked, commune__isnull=False).values("commune_id")
    joined = CommuneMembre.objects.filter(demarche_id=locked.demarche_id).exclude(pk__in=known)
    Fiche.objects.bulk_create(Fiche(campagne=locked, commune=commune) for commune in joined)
    phrase = f"a rouvert l'état des lieux « {locked} » : {motif}"
    journalise(acteur, instant, locked, "campagne.rouverte", phrase)
    return locked


@transaction.atomic
def remind_mairies(*, acteur: Acteur, instant: datetime, campagne: Campagne) -> int:
    """Write to the mairies whose sheet is not validated, once a week at most; number of letters asked."""
    require(can_conduct(acteur, campagne.demarche_id))
    locked = lock_campagne(campagne)
    check_ouverte(locked)
    recent = Q(relancee_le__gt=instant - ENTRE_DEUX_RELANCES)
    if not Campagne.objects.filter(~recent | Q(relancee_le__isnull=True), pk=locked.pk).update(relancee_le=instant):
        raise Conflit("Les mairies ont déjà reçu un rappel cette semaine : laissez-leur sept jours.")
    posted = post_rappel(locked, instant, f"relance-{get_jour(instant, locked.demarche.fuseau).isoformat()}")
    phrase = f"a rappelé l'état des lieux « {locked} » aux mairies dont la fiche n'est pas validée"
    journalise(acteur, instant, locked, "campagne.rappelee", phrase, Portee.EQUIPE)
    return posted


def check_echeance(campagne: Campagne, instant: datetime) -> None:
    if campagne.echeance and campagne.echeance < get_jour(instant, campagne.demarche.fuseau):
        raise Conflit("La date attendue des réponses est passée : choisissez-en une autre avant d'ouvrir.")


def move_campagne(acteur: Acteur, instant: datetime, campagne: Campagne, vers: EtatCampagne, motif: str = "") -> None:
    """One change of state by the table of transitions: a conditional UPDATE, one immutable row."""
    avant = EtatCampagne(campagne.etat)
    if vers not in TRANSITIONS_CAMPAGNE[avant]:
        raise Conflit(f"Cet état des lieux est déjà {avant.label} : relisez la page avant d'agir.")
    if not Campagne.objects.filter(pk=campagne.pk, etat=avant).update(etat=vers, version=F("version") + 1):
        raise Conflit(VIENT_DE_CHANGER)
    campagne.etat = vers
    note_etat(acteur, instant, campagne, avant, vers, motif)


def note_etat(
    acteur: Acteur, instant: datetime, campagne: Campagne, avant: str, vers: EtatCampagne, motif: str = ""
) -> None:
    HistoriqueCampagne.objects.create(
        campagne=campagne, instant=instant, qui=acteur.nom[:250], etat_avant=avant, etat_apres=vers, motif=motif
    )


def journalise(
    acteur: Acteur, instant: datetime, campagne: Campagne, verbe: str, phrase: str, portee: Portee = Portee.TABLE
) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=portee, objet=campagne)
