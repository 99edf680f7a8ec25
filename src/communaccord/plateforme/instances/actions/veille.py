"""What the clock does: one reminder, three days before, to those convened who did not answer."""

from datetime import datetime, timedelta

from communaccord.plateforme.instances.actions.avis_de_seance import post_rappel
from communaccord.plateforme.instances.queries import list_a_rappeler
from communaccord.plateforme.socle.horloge import get_jour

RAPPEL = timedelta(days=3)
MARGE = timedelta(days=1)


def veiller(instant: datetime) -> int:
    """Messages asked for; the day is counted where the people live. Again, nothing more is sent."""
    waiting = list_a_rappeler(instant, instant + RAPPEL + MARGE)
    return sum(post_rappel(convocation, instant=instant) for convocation in waiting if is_due(convocation, instant))


def is_due(convocation: object, instant: datetime) -> bool:
    """From the third day before on, unless the convocation itself left that late: it is its own reminder."""
    seance = convocation.seance
    fuseau = seance.instance.demarche.fuseau
    seuil = seance.debut_local.date() - RAPPEL
    return get_jour(instant, fuseau) >= seuil > get_jour(convocation.envoyee_le, fuseau)
