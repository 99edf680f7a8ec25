"""The tau value: between what each member hopes to pay at least and what it may be made to pay at most."""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame
from communaccord.noyau.partage.game.transform import write_out
from communaccord.noyau.partage.values.gaps import list_gaps, list_table_gaps
from communaccord.noyau.partage.values.rounding import build_allocation
from communaccord.noyau.partage.values.separable import read_extremes

HORS_DOMAINE = (
    "Ce jeu n'est pas quasi équilibré : la valeur tau n'y est pas définie, et la part donnée prolonge sa formule "
    "au-delà de ce qu'elle promet."
)


@dataclass(frozen=True, slots=True)
class TauBounds:
    """`least`: what each member adds to all the others; `most`: the least that a group can leave it, the others of the
    group paying their `least`; `quasi_balanced`: least <= most for each, and the total lies between their sums. Cents.
    """

    total: int
    least: tuple[int, ...]
    most: tuple[int, ...]

    @property
    def quasi_balanced(self) -> bool:
        ordered = all(low <= high for low, high in zip(self.least, self.most, strict=True))
        return ordered and sum(self.least) <= self.total <= sum(self.most)

    @property
    def concession(self) -> Fraction | None:
        """How far from least to most everybody goes: 0 at least, 1 at most; None when the two sums are equal."""
        width = sum(self.most) - sum(self.least)
        return Fraction(self.total - sum(self.least), width) if width else None


def read_tau_bounds(game: CostGame) -> TauBounds:
    """Return the bounds between which the tau value lies. Exact.

    Errors: DonneeInvalide when the groups cannot all be compared (see `list_gaps`; above 16 members for a game that is
    not a service). O(n x states) for a service game, 2^n n for a table. Source: Tijs 1981 (see `tau_value`).
    """
    read = read_extremes(game)
    if isinstance(game, ServiceGame):
        gaps = list_gaps(game, read.separable)
    else:
        gaps = list_table_gaps(write_out(game), read.separable)
    most = tuple(least + gap for least, gap in zip(read.separable, gaps, strict=True))
    return TauBounds(read.total, read.separable, most)


def tau_value(game: CostGame) -> Allocation:
    """Return the tau value: everybody as far from its least towards its most as the total asks.

    Exact. Outside quasi-balanced games, where it is not defined, the same formula is given with a `caveat` (see
    `TauBounds` for the figures). Errors: DonneeInvalide when least and most have the same sum and the total another
    one; and those of `read_tau_bounds`. Complexity: that of `read_tau_bounds`. Source: Tijs, "Bounds for the core and
    the tau-value", 1981; Tijs and Driessen, "Game theory and cost allocation problems", Management Science 32, 1986.
    """
    bounds = read_tau_bounds(game)
    concession = bounds.concession
    if concession is None:
        if sum(bounds.least) != bounds.total:
            raise DonneeInvalide(
                "La valeur tau n'existe pas ici : ce que chacun peut payer au moins et au plus est le même montant, "
                "et leur somme n'est pas le coût total.",
                "Choisissez une autre règle.",
            )
        concession = Fraction(0)
    shares = [low + concession * (high - low) for low, high in zip(bounds.least, bounds.most, strict=True)]
    return build_allocation("tau", shares, "" if bounds.quasi_balanced else HORS_DOMAINE)
