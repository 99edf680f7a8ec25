"""The Shapley value of a cost game: what a member adds to the cost, on average over the orders of arrival."""

from fractions import Fraction

from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame, Term
from communaccord.noyau.partage.game.several import Services, merge_terms
from communaccord.noyau.partage.game.transform import write_out
from communaccord.noyau.partage.values.counting import count_shares, measure_counting
from communaccord.noyau.partage.values.linear import share_closed_forms
from communaccord.noyau.partage.values.quadrature import integrate_shares
from communaccord.noyau.partage.values.rounding import build_allocation, round_approximate
from communaccord.noyau.partage.values.tables import list_table_shares

RULE = "shapley"
# Bytes that an exact computation may walk: so few that floats are no faster; to decide a rounding (some ten seconds).
CHEAP, AFFORDABLE = 40_000_000, 20_000_000_000


def shapley_value(game: CostGame, *, audit: bool = False) -> Allocation:
    """Return the Shapley value, in cents that are those of the exact value.

    A service game is done exactly (see `counting`) when that is as fast, else in floats with a proven bound (see
    `quadrature`), and exactly again when the bound straddles a rounding; `audit` asks for exact Fractions at once. If
    neither decides (the exact computation would take more than some ten seconds), `certain` is False. A table, or any
    other game of at most 16 members, is done by the definition, in integers. Errors: DonneeInvalide for another game
    above 16 members. Complexity: that of `integrate_shares` or `count_shares`; 2^n n for a table. Source: Shapley, "A
    value for n-person games", Contributions to the Theory of Games II, 1953.
    """
    if isinstance(game, Services):
        return share_services(game)
    if not isinstance(game, ServiceGame):
        return build_allocation(RULE, list_table_shares(write_out(game)))
    effort = sum(measure_counting(term.weights) for term in list_sum_terms(game))
    approximate = None if audit or effort <= CHEAP else approximate_service(game, effort)
    return approximate or build_allocation(RULE, list_exact_shares(game))


def share_services(game: Services) -> Allocation:
    """Shapley value of several services: the sum of theirs, each among its own members. Exact."""
    shares = [Fraction(0)] * game.n
    for service in game.services:
        parts = list_exact_shares(service.game)
        for member, part in zip(service.members, parts, strict=True):
            shares[member] += part
    return build_allocation(RULE, shares)


def list_exact_shares(game: ServiceGame) -> list[Fraction]:
    """Shapley value of a service game in Fractions of cents, before rounding; see `count_shares` for the cost."""
    shares = share_closed_forms(game)
    for term in list_sum_terms(game):
        shares = [share + more for share, more in zip(shares, count_shares(term.weights, term.table), strict=True)]
    return shares


def list_sum_terms(game: ServiceGame) -> list[Term]:
    """The terms that read a sum of weights, those with the same weights added into one. O(tables)."""
    return [term for term in merge_terms(game.terms, game.n) if term.kind == "sum"]


def approximate_service(game: ServiceGame, effort: int) -> Allocation | None:
    """The value in floats, when its cents are certain or when the exact value costs too much; else None."""
    terms = list_sum_terms(game)
    closed = share_closed_forms(game)
    shares, bounds = list(closed), [Fraction(0)] * game.n
    for term in terms:
        found = integrate_shares(term.weights, term.table)
        if found is None:
            return None
        shares = [share + found[0][weight] for share, weight in zip(shares, term.weights, strict=True)]
        bounds = [bound + found[1][weight] for bound, weight in zip(bounds, term.weights, strict=True)]
    twins = list(zip(closed, *(term.weights for term in terms), strict=True))
    cents, tie, certain = round_approximate(shares, bounds, twins, game.cost(range(game.n)))
    if not certain and effort <= AFFORDABLE:
        return None
    return Allocation(cents, RULE, None, max(bounds), tie, certain, approximate=tuple(shares))
