"""Red lines and priorities of the communes: typed, frozen, each with its degree and its sentence in French.

Lines on money bound a linear function of the keys and transfers. The others (level, distance, dates, company, staff,
undertakings) are already decided by a fixed package: they hold or they do not.
"""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.accord.types import Engagement, Priorite
from communaccord.noyau.partage.erreurs import FINE, DonneeInvalide, format_euros, format_pourcent


@dataclass(frozen=True, slots=True)
class Ligne:
    """What every line has: the code of its commune, and how strongly it holds to it."""

    commune: str
    degre: Priorite

    @property
    def phrase(self) -> str:
        """The line as a sentence in French, without its commune."""
        raise NotImplementedError

    def check_montant(self, montant: int) -> None:
        """Errors: DonneeInvalide for an amount that is not whole cents."""
        if isinstance(montant, bool) or not isinstance(montant, int):
            raise DonneeInvalide(f"Ligne de {self.commune} : « {montant} » n'est pas un nombre entier.", "Corrigez-le.")


@dataclass(frozen=True, slots=True)
class ContributionMax(Ligne):
    """Net contribution at most `montant` cents a year: to one service (transfers apart), or to all (None).

    `annee`: the year that is read; None: full regime, which is the dearest year, since a phase-in never exceeds it.
    """

    montant: int
    service: str | None = None
    annee: int | None = None

    def __post_init__(self) -> None:
        self.check_montant(self.montant)

    @property
    def phrase(self) -> str:
        return f"ne pas payer plus de {format_euros(self.montant)} par an{name_objet(self.service, self.annee)}"


@dataclass(frozen=True, slots=True)
class GainMin(Ligne):
    """Gain at least `montant` cents a year (negative: a loss that is accepted), for one service or for all."""

    montant: int
    service: str | None = None
    annee: int | None = None

    def __post_init__(self) -> None:
        self.check_montant(self.montant)

    @property
    def phrase(self) -> str:
        objet = name_objet(self.service, self.annee)
        if self.montant < 0:
            return f"ne pas perdre plus de {format_euros(-self.montant)} par an{objet}"
        return f"gagner au moins {format_euros(self.montant)} par an{objet}"


@dataclass(frozen=True, slots=True)
class HausseMax(Ligne):
    """From any year of the phase-in to the next, the net contribution rises by `taux` at most (1/50: 2 %)."""

    taux: Fraction

    def __post_init__(self) -> None:
        if not isinstance(self.taux, Fraction) or self.taux < 0:
            raise DonneeInvalide(f"Ligne de {self.commune} : le taux doit être exact et positif.", "Donnez 2 %.")

    @property
    def phrase(self) -> str:
        return f"ne pas voir sa contribution augmenter de plus de {format_pourcent(self.taux)} par an"


@dataclass(frozen=True, slots=True)
class NiveauMin(Ligne):
    """The level of a service is at least `niveau`."""

    service: str
    niveau: int

    @property
    def phrase(self) -> str:
        return f"avoir le service « {self.service} » au niveau {self.niveau} au moins"


@dataclass(frozen=True, slots=True)
class SeulementSi(Ligne):
    """The commune joins `service` only if commune `avec` joins it too, or if it finds service `aussi` for itself."""

    service: str
    avec: str | None = None
    aussi: str | None = None

    def __post_init__(self) -> None:
        if (self.avec is None) == (self.aussi is None) or self.avec == self.commune:
            raise DonneeInvalide(
                f"Ligne de {self.commune} : « seulement si » nomme une autre commune ou un autre service.",
                "Donnez l'un des deux.",
            )

    @property
    def phrase(self) -> str:
        condition = f"{self.avec} en est" if self.avec else f"le service « {self.aussi} » lui est ouvert"
        return f"n'entrer dans le service « {self.service} » que si {condition}"


@dataclass(frozen=True, slots=True)
class PasAvant(Ligne):
    """The service (None: each one the commune joins) does not begin before `annee`."""

    annee: int
    service: str | None = None

    @property
    def phrase(self) -> str:
        if self.service is None:
            return f"ne rien commencer avant {self.annee}"
        return f"ne pas commencer le service « {self.service} » avant {self.annee}"


@dataclass(frozen=True, slots=True)
class DistanceMax(Ligne):
    """The place of the service is at most `metres` away."""

    service: str
    metres: int

    @property
    def phrase(self) -> str:
        return f"avoir le service « {self.service} » à {format_nombre(self.metres)} mètres au plus"


@dataclass(frozen=True, slots=True)
class PersonnelGaranti(Ligne):
    """At least `postes` hundredths of ETP of the commune stay in place for the service."""

    service: str
    postes: int

    @property
    def phrase(self) -> str:
        entier, reste = divmod(self.postes, 100)
        return f"garder {entier},{reste:02d} ETP en place pour le service « {self.service} »"


@dataclass(frozen=True, slots=True)
class EngagementPris(Ligne):
    """The package undertakes `engagement`."""

    engagement: Engagement

    @property
    def phrase(self) -> str:
        return f"lire dans la convention que {self.engagement.label}"


@dataclass(frozen=True, slots=True)
class AvecCommune(Ligne):
    """Commune `avec` joins at least one of the services that the commune joins."""

    avec: str

    @property
    def phrase(self) -> str:
        return f"n'entrer que si {self.avec} entre aussi"


def name_objet(service: str | None, annee: int | None) -> str:
    """Return the end of a sentence: which service, which year. O(1)."""
    fin = f" pour le service « {service} »" if service else ""
    return fin + (f" en {annee}" if annee else "")


def format_nombre(nombre: int) -> str:
    """Return a whole number in French, with its thousands apart. O(1)."""
    return f"{nombre:,}".replace(",", FINE)
