"""The Shapley value of a cost game: what a member adds to the cost, on average over the orders of arrival."""

from collections.abc import Hashable, Sequence
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame, Term
from communaccord.noyau.partage.game.several import Service, Services, merge_terms
from communaccord.noyau.partage.game.transform import count_in_largest_unit, write_out
from communaccord.noyau.partage.values.counting import count_shares, measure_counting
from communaccord.noyau.partage.values.linear import share_closed_forms
from communaccord.noyau.partage.values.quadrature import integrate_shares
from communaccord.noyau.partage.values.rounding import build_allocation, round_approximate
from communaccord.noyau.partage.values.tables import list_table_shares

RULE = "shapley"
# Bytes that an exact computation may walk: so few that floats are no faster; to decide a rounding (some ten seconds).
CHEAP, AFFORDABLE = 40_000_000, 20_000_000_000
# Above that, an audit would last minutes and fill the memory.
REASONABLE = 100_000_000_000


def shapley_value(game: CostGame, *, audit: bool = False) -> Allocation:
    """Return the Shapley value, in cents that are those of the exact value.

    A service game, or several services, is done exactly (see `counting`) when that is as fast, else in floats with a
    proven bound (see `quadrature`), and exactly again when the bound straddles a rounding; `audit` asks for exact
    Fractions at once. If neither decides (the exact computation would take more than some ten seconds), `certain` is
    False. A table, or any other game of at most 16 members, is done by the definition, in integers. Errors:
    DonneeInvalide for another game above 16 members, and when units of workload are too many for what is asked.
    Complexity: that of `integrate_shares` or `count_shares`; 2^n n for a table. Source: Shapley, "A value for n-person
    games", Contributions to the Theory of Games II, 1953.
    """
    if not isinstance(game, ServiceGame | Services):
        return build_allocation(RULE, list_table_shares(write_out(game)))
    services = list_services(game)
    effort = sum(measure_counting(term.weights) for part in services for term in list_sum_terms(part.game))
    approximate = None if audit or effort <= CHEAP else approximate_services(game, services, effort)
    if approximate:
        return approximate
    if effort > REASONABLE:
        raise DonneeInvalide(
            "La charge de ce jeu se compte en trop d'unités pour un calcul exact.", "Comptez-la en unités plus grosses."
        )
    shares = [Fraction(0)] * game.n
    for service in services:
        for member, share in zip(service.members, list_exact_shares(service.game), strict=True):
            shares[member] += share
    return build_allocation(RULE, shares)


def list_services(game: ServiceGame | Services) -> tuple[Service, ...]:
    """The services of a game: the value is the sum of theirs, each among its own members (a member outside pays 0)."""
    return game.services if isinstance(game, Services) else (Service(game, tuple(range(game.n))),)


def list_exact_shares(game: ServiceGame) -> list[Fraction]:
    """Shapley value of a service game in Fractions of cents, before rounding; see `count_shares` for the cost."""
    shares = share_closed_forms(game)
    for term in list_sum_terms(game):
        shares = [share + more for share, more in zip(shares, count_shares(term.weights, term.table), strict=True)]
    return shares


def list_sum_terms(game: ServiceGame) -> list[Term]:
    """The terms that read a sum of weights, merged where the weights are the same, in the largest unit. O(tables)."""
    return [count_in_largest_unit(term) for term in merge_terms(game.terms, game.n) if term.kind == "sum"]


def approximate_services(game: ServiceGame | Services, services: Sequence[Service], effort: int) -> Allocation | None:
    """The value in floats, when its cents are certain or when the exact value costs too much; else None."""
    shares, bounds = [Fraction(0)] * game.n, [Fraction(0)] * game.n
    twins: list[tuple[Hashable, ...]] = [()] * game.n
    for number, service in enumerate(services):
        found = approximate_shares(service.game)
        if found is None:
            return None
        for member, share, bound, key in zip(service.members, *found, strict=True):
            shares[member] += share
            bounds[member] += bound
            twins[member] = (*twins[member], number, key)
    cents, tie, certain = round_approximate(shares, bounds, twins, game.cost(range(game.n)))
    if not certain and effort <= AFFORDABLE:
        return None
    return Allocation(cents, RULE, None, max(bounds), tie, certain, approximate=tuple(shares))


def approximate_shares(game: ServiceGame) -> tuple[list[Fraction], list[Fraction], list[Hashable]] | None:
    """Shares in floats, their bounds, and keys that are equal only for members whose true shares are equal.

    None when a term is beyond floats.
    """
    terms = list_sum_terms(game)
    closed = share_closed_forms(game)
    shares, bounds = list(closed), [Fraction(0)] * game.n
    for term in terms:
        found = integrate_shares(term.weights, term.table)
        if found is None:
            return None
        shares = [share + found[0][weight] for share, weight in zip(shares, term.weights, strict=True)]
        bounds = [bound + found[1][weight] for bound, weight in zip(bounds, term.weights, strict=True)]
    return shares, bounds, list(zip(closed, *(term.weights for term in terms), strict=True))
