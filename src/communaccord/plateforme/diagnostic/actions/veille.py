"""What the clock does here: one reminder, seven days before the answers are expected, to those not validated yet."""

from datetime import datetime, timedelta

from communaccord.plateforme.diagnostic.actions.lettres import post_rappel
from communaccord.plateforme.diagnostic.enums import EtatCampagne
from communaccord.plateforme.diagnostic.models import Campagne, HistoriqueCampagne
from communaccord.plateforme.socle.horloge import get_jour

RAPPEL = timedelta(days=7)
MARGE = timedelta(days=1)
HEURE_DES_LETTRES = 8


def veiller(instant: datetime) -> int:
    """Letters asked for; the day is counted where the people live. Again, nothing more is sent."""
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
