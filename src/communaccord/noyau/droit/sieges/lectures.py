"""What the texts on local agreements leave open: each point a typed value, with what each reading of it says."""

from dataclasses import dataclass
from enum import Enum

from communaccord.noyau.droit.regle import Confiance

_ARTICLE = "CGCT L5211-6-1 I-2°"


class _Lecture(Enum):
    """A reading: its value says in French what it holds."""

    @property
    def label(self) -> str:
        """French sentence."""
        return str(self.value)


class LectureTunnel(_Lecture):
    """A commune that keeps its seats of III and IV leaves the 20 % only because others received more."""

    STRICTE = "La commune sort des 20 % : la répartition n'est pas conforme."
    PRATIQUE = "La commune garde ses sièges de la règle ordinaire : admis en pratique, à confirmer avec la préfecture."


class LectureSiegeUnique(_Lecture):
    """A commune with one seat, the least that c) gives it, is out of the 20 %."""

    TOUJOURS = "Un siège est toujours admis : la limite des 20 % joue sans préjudice du minimum d'un siège."
    MINIMUM = (
        "Un siège n'est admis hors des 20 % que s'il est au-dessus de la part de population : le minimum protège la "
        "commune, il ne permet pas de la réduire à un siège."
    )


class LectureOrdre(_Lecture):
    """What b) asks: seats shared "en fonction de la population municipale de chaque commune"."""

    LIBRE = "Seule la limite des 20 % compte : une commune moins peuplée peut avoir plus de sièges qu'une autre."
    CROISSANT = "Une commune plus peuplée n'a jamais moins de sièges qu'une commune moins peuplée."


class LectureMoitie(_Lecture):
    """Whether VI may bring a commune of a CC or a CA above half of the seats."""

    INTERDITE = (
        "Le supplément ne porte aucune commune au-dessus de la moitié : le texte ne le permet expressément que dans "
        "les métropoles et les communautés urbaines."
    )
    ADMISE = (
        "Une commune peut dépasser la moitié : la limite n'est écrite que pour la règle ordinaire et l'accord local."
    )


@dataclass(frozen=True, slots=True)
class PointOuvert:
    """A question that the text does not settle: its French wording, the article, how it is known, its readings.

    ``confiance`` is that of the question as asked here, never of one reading of it.
    """

    nom: str
    question: str
    article: str
    confiance: Confiance
    lectures: tuple[LectureTunnel | LectureSiegeUnique | LectureOrdre | LectureMoitie, ...]


@dataclass(frozen=True, slots=True)
class Lectures:
    """One reading chosen for each open point: by those who ask, never by the computation."""

    tunnel: LectureTunnel
    siege_unique: LectureSiegeUnique
    ordre: LectureOrdre
    moitie: LectureMoitie


POINTS_OUVERTS = (
    PointOuvert(
        "tunnel",
        "Une commune qui garde ses sièges peut-elle sortir des 20 % parce que d'autres en reçoivent davantage ?",
        f"{_ARTICLE} e",
        Confiance.CALCULE,
        tuple(LectureTunnel),
    ),
    PointOuvert(
        "siege_unique",
        "Un siège unique est-il admis quand il donne à la commune moins de 80 % de sa part ?",
        f"{_ARTICLE} c et e",
        Confiance.MEMOIRE,
        tuple(LectureSiegeUnique),
    ),
    PointOuvert(
        "ordre",
        "Une commune moins peuplée peut-elle avoir plus de sièges qu'une commune plus peuplée ?",
        f"{_ARTICLE} b",
        Confiance.TEXTE_LU,
        tuple(LectureOrdre),
    ),
    PointOuvert(
        "moitie",
        "Dans une communauté de communes ou d'agglomération, le supplément de 10 % peut-il porter une commune "
        "au-dessus de la moitié des sièges ?",
        "CGCT L5211-6-1 VI",
        Confiance.MEMOIRE,
        tuple(LectureMoitie),
    ),
)

# What every reading accepts, and what at least one of them does: the true answer stands between the two.
LECTURES_PRUDENTES = Lectures(
    LectureTunnel.STRICTE, LectureSiegeUnique.MINIMUM, LectureOrdre.CROISSANT, LectureMoitie.INTERDITE
)
LECTURES_LARGES = Lectures(
    LectureTunnel.PRATIQUE, LectureSiegeUnique.TOUJOURS, LectureOrdre.LIBRE, LectureMoitie.ADMISE
)
