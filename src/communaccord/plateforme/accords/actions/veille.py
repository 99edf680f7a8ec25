"""What the clock does here, each minute and as often as one wants: it tells, reminds, opens, destroys old keys.

Every step is done once: letters are recorded (`Annonce`), the opening is claimed by its conditional UPDATE.
"""

import logging
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from communaccord.plateforme.accords import rules
from communaccord.plateforme.accords.actions.cles import forget_cles, forget_contenus, select_kept
from communaccord.plateforme.accords.actions.depouillement import depouiller
from communaccord.plateforme.accords.actions.lettres import (
    list_communes_attendues,
    list_mandats,
    post_lettres,
    post_rappel,
    tell_table,
)
from communaccord.plateforme.accords.coffre import CoffreIllisible
from communaccord.plateforme.accords.enums import EtatAssesseur, EtatTour, ModeOuverture, PhaseTour
from communaccord.plateforme.accords.models import Annonce, Enveloppe, Tour
from communaccord.plateforme.comptes.acteurs import Acteur, build_horloge
from communaccord.plateforme.comptes.enums import EQUIPE
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle import typographie
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre

# Days before the closing: name of the reminder, from, to (a late sweep sends the nearest one only).
RAPPELS = (("rappel-2", 0, 2), ("rappel-7", 3, 7))
HEURE_DES_LETTRES = 8
PERIMES = "les clés, les notes, les brouillons et les retours faits à chaque commune"
logger = logging.getLogger(__name__)


def veiller(instant: datetime) -> int:
    """Do what the hour asks of every round; number of things done. A round that fails does not stop the others."""
    done = 0
    for tour in Tour.objects.filter(etat=EtatTour.OUVERT).with_regle():
        done += attempt(veiller_tour, tour, instant)
    for tour in select_kept().with_regle():
        if instant >= add_mois(tour.depouille_le or tour.cles_oubliees_le, tour.regle.conservation_mois):
            done += attempt(end_conservation, tour, instant)
    return done


def attempt(step: Callable[[Tour, datetime], int], tour: Tour, instant: datetime) -> int:
    """One step on one round; a failure is logged by its kind alone: its message might hold what is sealed."""
    try:
        return step(tour, instant)
    except Conflit as conflit:
        logger.warning("Tour %s : %s", tour.pk, conflit.message)
    except Exception as error:
        logger.error("Tour %s : la veille a échoué (%s).", tour.pk, type(error).__name__)
    return 0


def veiller_tour(tour: Tour, instant: datetime) -> int:
    phase = tour.get_phase(instant)
    if phase == PhaseTour.OUVERT:
        return announce_ouverture(tour, instant) + remind(tour, instant)
    if phase == PhaseTour.CLOS:
        return announce_cloture(tour, instant) + open_by_clock(tour, instant)
    return 0


def announce(tour: Tour, instant: datetime, cle: str, tell: Callable[[], int]) -> int:
    """Send these letters once: the row and the letters come together, or not at all."""
    with transaction.atomic():
        _, is_new = Annonce.objects.get_or_create(tour=tour, cle=cle, defaults={"instant": instant})
        if not is_new:
            return 0
        tell()
    return 1


def is_heure_des_lettres(tour: Tour, instant: datetime) -> bool:
    return instant.astimezone(tour.demarche.zone).hour >= HEURE_DES_LETTRES


def announce_ouverture(tour: Tour, instant: datetime) -> int:
    fin = typographie.moment(tour.cloture_le, tour.demarche.fuseau, semaine=True)
    sujet = f"{tour.titre} : le tour est ouvert jusqu'au {fin}"
    corps = (
        f"{sujet}.",
        "Chaque réponse est la position du ou de la maire ; elle n'engage pas le conseil municipal. Elle peut être "
        "reprise ou retirée jusqu'à la clôture.",
    )
    return announce(tour, instant, "ouverture", lambda: tell_table(tour, instant, "ouverture", sujet, *corps))


def remind(tour: Tour, instant: datetime) -> int:
    """Seven then two days before the closing, from eight in the morning, where the people live."""
    if not is_heure_des_lettres(tour, instant):
        return 0
    fuseau = tour.demarche.fuseau
    jour, fin = get_jour(instant, fuseau), get_jour(tour.cloture_le, fuseau)
    if jour == get_jour(tour.ouvre_le, fuseau):
        return 0
    for name, first, last in RAPPELS:
        if first <= (fin - jour).days <= last:
            cle = f"{name}-{fin.isoformat()}"
            return announce(
                tour, instant, cle, lambda c=cle: post_rappel(tour, instant, c, list_communes_attendues(tour))
            )
    return 0


def announce_cloture(tour: Tour, instant: datetime) -> int:
    """Tell those who have something to do after the closing: the assesseurs, and the équipe projet when paper waits."""
    waiting = Enveloppe.objects.filter(tour=tour).waiting().count()
    if tour.mode == ModeOuverture.HORLOGE and not waiting:
        return 0
    called = set(tour.assesseurs.filter(etat=EtatAssesseur.ACCEPTE).values_list("mandat_id", flat=True))
    everybody = list_mandats(tour, instant, {"maire", *EQUIPE})
    concerned = [mandat for mandat in everybody if mandat.pk in called or mandat.role in EQUIPE]
    papier = f" {typographie.pluriel(waiting, 'enveloppe')} à recopier et à relire d'abord." if waiting else ""
    corps = (
        f"Le tour « {tour.titre} » est clos.{papier}",
        "Là où des maires assesseurs tiennent la clé, deux parts suffisent pour ouvrir les plis.",
    )
    sujet = f"{tour.titre} : le tour est clos, les plis sont à ouvrir"
    cle = f"cloture-{tour.cloture_le:%Y%m%d%H%M}"
    return announce(
        tour,
        instant,
        cle,
        lambda: post_lettres(tour=tour, instant=instant, cle=cle, sujet=sujet, corps=corps, mandats=concerned),
    )


def open_by_clock(tour: Tour, instant: datetime) -> int:
    if tour.mode != ModeOuverture.HORLOGE or Enveloppe.objects.filter(tour=tour).waiting().exists():
        return 0
    try:
        depouiller(acteur=build_horloge(tour.demarche), instant=instant, tour=tour)
    except CoffreIllisible as stop:
        logger.warning("Tour %s : %s", tour.pk, stop.message)
        return announce_arret(tour, instant, stop.message)
    return 1


def announce_arret(tour: Tour, instant: datetime, message: str) -> int:
    """Tell the équipe projet once that the plis do not open, and what it can do."""
    sujet = f"{tour.titre} : les plis ne s'ouvrent pas"
    corps = (
        message,
        "Le dépouillement sera tenté à nouveau tant que le tour n'est pas déclaré non dépouillable. Aucune réponse "
        "n'est perdue ni publiée.",
    )
    mandats = list_mandats(tour, instant, EQUIPE)
    return announce(
        tour,
        instant,
        "arret",
        lambda: post_lettres(tour=tour, instant=instant, cle="arret", sujet=sujet, corps=corps, mandats=mandats),
    )


def end_conservation(tour: Tour, instant: datetime) -> int:
    """The time of keeping is over: keys, owners' copies, notes, drafts and what each commune was shown are destroyed.

    The keys of a round that was stopped are destroyed when it stops; the rest is kept as long as for the others, so
    that a mairie finds its text again.
    """
    with transaction.atomic():
        keys_destroyed = forget_cles(tour, instant)
        if not forget_contenus(tour) and not keys_destroyed:
            return 0
        record_acte(
            acteur=build_horloge(tour.demarche),
            instant=instant,
            verbe="end_conservation",
            phrase=f"a détruit {PERIMES} du tour « {tour.titre} » : leur durée de conservation est écoulée",
            portee=Portee.TABLE,
            objet=tour,
        )
    return 1


def add_mois(instant: datetime, mois: int) -> datetime:
    """The same hour, so many months later; the last day of a shorter month."""
    year, month = divmod(instant.year * 12 + instant.month - 1 + mois, 12)
    return instant.replace(year=year, month=month + 1, day=min(instant.day, monthrange(year, month + 1)[1]))


@transaction.atomic
def remind_commune(*, acteur: Acteur, instant: datetime, tour: Tour, commune: CommuneMembre) -> int:
    """The équipe projet reminds one commune by hand, once a day; number of letters asked."""
    require(rules.can_conduct(acteur, tour.demarche_id))
    require(rules.check_demarche(acteur, commune.demarche_id))
    fresh = Tour.objects.with_regle().get(pk=tour.pk)
    if fresh.get_phase(instant) != PhaseTour.OUVERT or commune.pk not in list_communes_attendues(fresh):
        raise Conflit("Aucune réponse de cette commune n'est attendue en ce moment.")
    jour = get_jour(instant, fresh.demarche.fuseau)
    posted = post_rappel(fresh, instant, f"relance-{jour.isoformat()}-{commune.pk}", {commune.pk})
    if not posted:
        raise Conflit("Cette commune a déjà été relancée aujourd'hui, ou n'a pas d'adresse électronique.")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="remind_commune",
        phrase=f"a relancé {commune.nom} pour le tour « {fresh.titre} »",
        portee=Portee.COMMUNE,
        objet=fresh,
        commune_id=commune.pk,
    )
    return posted
