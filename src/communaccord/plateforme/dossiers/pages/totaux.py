"""Whether a total may be shown to a reader, and the class of a difference."""

from communaccord.plateforme.dossiers.enums import Lecture
from communaccord.plateforme.dossiers.models import Scenario

# Below, a total and one's own amount would tell the amount of another commune.
PARTICIPANTES_MIN = 3


def reads_total(scenario: Scenario, lecture: Lecture) -> bool:
    """Whether the total tells nothing of one commune that the reader may not know."""
    return lecture is Lecture.TOUT or scenario.gel.participantes >= PARTICIPANTES_MIN


def get_sens(ecart: int | None) -> str:
    """Class of a difference: its colour comes beside its sign, never alone."""
    return "" if not ecart else "moins" if ecart < 0 else "plus"
