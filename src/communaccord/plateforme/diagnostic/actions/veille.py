"""What the clock does here: a reminder seven days before answers are expected; the end of a choice of priorities."""

from datetime import datetime, timedelta

from communaccord.plateforme.diagnostic.actions.lettres import post_rappel
from communaccord.plateforme.diagnostic.actions.priorites import close_echues
from communaccord.plateforme.diagnostic.enums import EtatCampagne
from communaccord.plateforme.diagnostic.models import Campagne, HistoriqueCampagne
from communaccord.plateforme.socle.horloge import get_jour

RAPPEL = timedelta(days=7)
MARGE = timedelta(days=1)
HEURE_DES_LETTRES = 8


def veiller(instant: datetime) -> int:
    """Letters asked for and choices closed; the day is counted where the people live. Again, nothing more is done."""
    return close_echues(instant) + remind_campagnes(instant)


def remind_campagnes(instant: datetime) -> int:
    """Letters asked for."""
    near = instant.date() - MARGE, instant.date() + RAPPEL + MARGE
    rows = Campagne.objects.filter(etat=EtatCampagne.OUVERTE, echeance__range=near).select_related("demarche")
    return sum(
        post_rappel(campagne, instant, f"rappel-{campagne.echeance.isoformat()}")
        for campagne in rows
        if is_due(campagne, instant)
    )


def is_due(campagne: Campagne, instant: datetime) -> bool:
    """From the seventh day before on, at letters' hour, unless the campaign opened that late: it told so itself."""
    local = instant.astimezone(campagne.demarche.zone)
    if local.hour < HEURE_DES_LETTRES or not campagne.echeance - RAPPEL <= local.date() <= campagne.echeance:
        return False
    opened = HistoriqueCampagne.objects.filter(campagne=campagne, etat_apres=EtatCampagne.OUVERTE).last()
    return opened is None or get_jour(opened.instant, campagne.demarche.fuseau) < campagne.echeance - RAPPEL
