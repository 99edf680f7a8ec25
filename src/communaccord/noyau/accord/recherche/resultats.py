"""What the search at fixed perimeter answers: every claim carries what is needed to read it without the solver."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.accord.recherche.duale import Certificat
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.modele import Point
from communaccord.noyau.solver import Status


@dataclass(frozen=True, slots=True)
class Feasible:
    """Every line holds at `point`, exactly. `marge`: cents by which the tightest line on money holds (None: no line on
    money)."""

    point: Point
    marge: Fraction | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that no point satisfies together, none of them to spare.

    `certificat`: multipliers whose bound is negative; None when `lignes` is one line that the package itself decides.
    `temoins`: for each line, by its number in the lines given, a point that satisfies all the other lines of the
    conflict, exactly: the certificate that it is irreducible. `irreductible` is False only when the solver was stopped
    on the way: the conflict still holds, perhaps with a line to spare.
    """

    lignes: tuple[Ligne, ...]
    numeros: tuple[int, ...]
    certificat: Certificat | None
    temoins: Mapping[int, Point]
    irreductible: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer: the solver stopped or failed, and nothing could be proved. Never told as a yes or a no."""

    status: Status


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The least that lines must give up so that all hold.

    `cents`: by number of line, cents a year to give up, exact (only lines that give something up). `total`: their sum
    weighted as asked; `low`: proven bound: no smaller total is possible. `fixes`: lines that no amount can meet.
    `point`: where all the relaxed lines hold.
    """

    point: Point
    cents: Mapping[int, Fraction]
    total: Fraction
    low: Fraction
    fixes: tuple[int, ...]
    certificat: Certificat

    @property
    def gap(self) -> Fraction:
        """How far the total may be from the least one."""
        return self.total - self.low


@dataclass(frozen=True, slots=True)
class Drop:
    """Lines to give up so that the rest holds: `numeros`, of weight `total`; `point`: where the rest holds, exactly.

    `low`: least weight possible, by the bound of the solver (`status` OPTIMAL, or LIMIT when its budget ended it).
    `certified`: least weight proved without the solver, by conflicts that share no line (`conflits`): each of them
    loses one line at least.
    """

    numeros: tuple[int, ...]
    total: int
    low: int
    certified: int
    conflits: tuple[Conflict, ...]
    point: Point
    status: Status

    @property
    def gap(self) -> int:
        """How far the total may be from the least one, by the solver's bound."""
        return self.total - self.low


@dataclass(frozen=True, slots=True)
class Niveau:
    """A level of a leximin.

    `value`: least gain reached by the communes not settled at the levels before; `high`: proven limit of it, for every
    deal that respects the lines and gives the communes fixed before what they have. `communes`: those that this level
    fixes; `deduites`: those whose gain follows, nothing being left to choose for them.
    """

    value: Fraction
    high: Fraction
    communes: tuple[int, ...]
    deduites: tuple[int, ...]
    certificat: Certificat


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal chosen by a rule of fairness, exact then in cents.

    `shares[j][i]`: cents of commune i for service j, of sum the cost exactly; `transfers[v][i]`: cents received, of sum
    zero over all vehicles; each differs from the exact `point` by less than a cent, and so does each net contribution:
    a line in whole cents that holds at the point holds on these. `contributions`, `gains`: net, cents a year.
    `value`: what the rule maximises (minimises for the regret), at the point, exact; `bound`: proven limit of it;
    `gap`: between the two. `levels`: of a leximin. `status`: LIMIT when a budget ended the search early.
    """

    rule: str
    point: Point
    shares: tuple[tuple[int, ...], ...]
    transfers: tuple[tuple[int, ...], ...]
    contributions: tuple[int, ...]
    gains: tuple[int, ...]
    value: Fraction
    bound: Fraction
    status: Status
    levels: tuple[Niveau, ...] = ()
    certificat: Certificat | None = None

    @property
    def gap(self) -> Fraction:
        """How far the value may be from the best one."""
        return abs(self.bound - self.value)
