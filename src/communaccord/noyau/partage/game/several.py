"""Several years and several services: games that stay sums of terms, so that every rule and proof still reads them.

Years are brought to one service game: each amount of a year is multiplied by the factor of that year and rounded to the
cent, halves away from zero (`add_years`). The game so rounded is *the* game: nothing is rounded afterwards before the
shares. A group that costs `terms + members` amounts in each of the years is within half a cent for each of them of its
unrounded discounted cost. Services are kept side by side (`Services`): a group may leave one, or all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from communaccord.noyau.exact import round_exact
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.modele import Group, ServiceGame, Term

Aggregate = tuple[Literal["sum", "count", "max"], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Year:
    """One year: its game (its own prices, workload and phase-in) and the factor that brings it to today's money."""

    game: ServiceGame
    factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Service:
    """One service among several: `members[k]` is the number, in the whole, of the k-th member of `game`."""

    game: ServiceGame
    members: tuple[int, ...]

    def localize(self, group: Collection[int]) -> list[int]:
        """Return the members of `group` that are in this service, by their place in its game. O(n)."""
        inside = frozenset(group)
        return [place for place, member in enumerate(self.members) if member in inside]


@dataclass(frozen=True, slots=True)
class Services:
    """Several services with their own perimeters, seen as one cost game: what a group pays that leaves *all* of them.

    A member outside a perimeter costs nothing there. To leave one service only is the game of that service. A group
    that leaves several gains the sum of what it gains on each: if none is worth leaving alone, no bundle is.
    Errors: DonneeInvalide when a perimeter does not name one distinct member of 0..n-1 for each place in its game.
    """

    n: int
    services: tuple[Service, ...]

    def __post_init__(self) -> None:
        for service in self.services:
            known = {member for member in service.members if 0 <= member < self.n}
            if len(service.members) != service.game.n or len(known) != service.game.n:
                raise DonneeInvalide(
                    "Le périmètre d'un service ne correspond pas à son jeu.",
                    f"Nommez une seule fois chacun de ses {service.game.n} membres, de 0 à {self.n - 1}.",
                )

    def cost(self, group: Collection[int]) -> int:
        """Return the cost of a group that does all these services by itself, cents. O(|group| x terms)."""
        return sum(service.game.cost(service.localize(group)) for service in self.services)


def list_factors(rate: Fraction, years: int) -> tuple[Fraction, ...]:
    """Return 1, 1/(1 + rate), ... for that many years. O(years). Source: definition of a discount rate.

    Errors: DonneeInvalide for a rate of -100 % or less.
    """
    if rate <= -1:
        raise DonneeInvalide("Le taux d'actualisation est de -100 % ou moins.", "Donnez par exemple 2 %, ou 0.")
    return tuple(1 / (1 + rate) ** year for year in range(years))


def add_years(years: Sequence[Year]) -> ServiceGame:
    """Return the discounted sum of the years as one service game, amounts rounded to the cent as said above.

    A group costs exactly the sum of what it costs in the rounded years. Terms that read the same aggregate become one;
    a group listed in some year is listed. Errors: DonneeInvalide when there is no year, or when the years do not have
    the same number of members. O(total length of the tables + n terms). Source: definition of a discounted sum.
    """
    if not years or len({year.game.n for year in years}) > 1:
        raise DonneeInvalide("Les années n'ont pas les mêmes membres.", "Donnez un jeu par année, même taille.")
    if len(years) == 1 and years[0].factor == 1:
        return years[0].game
    n = years[0].game.n
    scaled = [scale_amounts(year.game, year.factor) for year in years]
    own = tuple(map(sum, zip(*(game.own for game in scaled), strict=True)))
    terms = merge_terms([term for game in scaled for term in game.terms], n)
    alone = None
    if any(game.alone for game in scaled):
        alone = tuple(sum(game.cost((member,)) for game in scaled) for member in range(n))
    listed = set[Group]().union(*(game.exceptions for game in scaled))
    exceptions = {
        group: sum(game.cost(group) for game in scaled)
        for group in sorted(listed, key=lambda group: (len(group), sorted(group)))
    }
    return ServiceGame(n, terms, own, alone, exceptions)


def merge_terms(terms: Sequence[Term], n: int) -> tuple[Term, ...]:
    """Add together the terms that read the same aggregate; tables are cut to what groups can reach. O(tables).

    Errors: none for terms of games of `n` members. The cost of every group stays the same.
    """
    tables: dict[Aggregate, list[int]] = {}
    for term in terms:
        weights = () if term.kind == "count" else term.weights
        highest = {"sum": sum(weights), "count": n, "max": max(weights, default=0)}[term.kind]
        known = tables.setdefault((term.kind, weights), [0] * (highest + 1))
        for place in range(highest + 1):
            known[place] += term.table[place]
    return tuple(Term(kind, weights, tuple(table)) for (kind, weights), table in tables.items())


def add_games(games: Sequence[ServiceGame]) -> ServiceGame:
    """Return the game in which a group pays all of these games, to the cent, nothing rounded.

    Errors, complexity, source: those of `add_years`.
    """
    return add_years([Year(game) for game in games])


def scale_amounts(game: ServiceGame, factor: Fraction) -> ServiceGame:
    """Return the game with each amount times `factor`, rounded to the cent (halves away from zero). O(size).

    Errors: none. A whole factor rounds nothing.
    """

    def scale(cents: int) -> int:
        return round_exact(factor * cents)

    exceptions: Mapping[Group, int] = {group: scale(cents) for group, cents in game.exceptions.items()}
    terms = tuple(replace(term, table=tuple(map(scale, term.table))) for term in game.terms)
    alone = None if game.alone is None else tuple(map(scale, game.alone))
    return ServiceGame(game.n, terms, tuple(map(scale, game.own)), alone, exceptions)


def phase_in(game: ServiceGame, part: Fraction) -> ServiceGame:
    """Return the game of a year in which the service does `part` of the work and each member the rest by itself.

    A group then pays `part` of its cost, and each of its members 1 - `part` of its cost alone. Amounts are rounded to
    the cent. Errors: DonneeInvalide when `part` is not between 0 and 1. O(size + n terms). Source: model of this
    project (no article).
    """
    if not 0 <= part <= 1:
        raise DonneeInvalide("La part mise en commun n'est pas entre 0 et 1.", "Donnez par exemple 1/3.")
    begun = scale_amounts(game, part)
    rest = [round_exact((1 - part) * game.cost((member,))) for member in range(game.n)]
    own = tuple(cents + more for cents, more in zip(begun.own, rest, strict=True))
    alone = None if begun.alone is None else tuple(a + more for a, more in zip(begun.alone, rest, strict=True))
    exceptions = {group: cents + sum(rest[member] for member in group) for group, cents in begun.exceptions.items()}
    return ServiceGame(game.n, begun.terms, own, alone, exceptions)
