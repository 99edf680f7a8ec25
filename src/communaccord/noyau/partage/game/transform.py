"""A game changed in one respect: what axioms compare. Service games and tables; another small game is written out."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import gcd

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame, TableGame, Term, build_table
from communaccord.noyau.partage.game.several import add_games, scale_amounts


def write_out(game: CostGame) -> TableGame:
    """Return the game as a table. Errors: DonneeInvalide above 16 members. O(2^n n)."""
    return game if isinstance(game, TableGame) else build_table(game)


def list_masks(game: TableGame) -> list[list[int]]:
    """The members of each group of a table, by mask. O(2^n n)."""
    return [[member for member in range(game.n) if mask >> member & 1] for mask in range(1 << game.n)]


def add_any(first: CostGame, second: CostGame) -> CostGame:
    """Return the game in which a group pays both. Errors: DonneeInvalide when the numbers of members differ."""
    if first.n != second.n:
        raise DonneeInvalide("Les deux jeux n'ont pas les mêmes membres.", "Donnez deux jeux de même taille.")
    if isinstance(first, ServiceGame) and isinstance(second, ServiceGame):
        return add_games([first, second])
    costs = zip(write_out(first).costs, write_out(second).costs, strict=True)
    return TableGame(first.n, tuple(map(sum, costs)))


def add_own(game: CostGame, own: Sequence[int]) -> CostGame:
    """Return the game in which each member adds `own[i]` cents to any group it is in. O(size).

    Errors: DonneeInvalide when there is not one amount a member.
    """
    if len(own) != game.n:
        raise DonneeInvalide(f"{len(own)} montants pour {game.n} membres.", "Donnez un montant par membre.")
    return add_any(game, ServiceGame(game.n, (), tuple(own)))


def scale_costs(game: CostGame, factor: int) -> CostGame:
    """Return the game in which every group pays `factor` times as much. O(size). Errors: DonneeInvalide below 1."""
    if factor < 1:
        raise DonneeInvalide("Le facteur n'est pas un nombre entier positif.", "Donnez 1, 2, 3...")
    if isinstance(game, ServiceGame):
        return scale_amounts(game, Fraction(factor))
    return TableGame(game.n, tuple(factor * cents for cents in write_out(game).costs))


def permute(game: CostGame, order: Sequence[int]) -> CostGame:
    """Return the game in which member k is the one that was `order[k]`. O(size).

    Errors: DonneeInvalide when `order` does not name each member once.
    """
    if sorted(order) != list(range(game.n)):
        raise DonneeInvalide("Ce n'est pas un ordre des membres.", f"Nommez chacun une fois, de 0 à {game.n - 1}.")
    if not isinstance(game, ServiceGame):
        table = write_out(game)
        costs = (table.costs[sum(1 << order[member] for member in group)] for group in list_masks(table))
        return TableGame(game.n, tuple(costs))
    place = {member: k for k, member in enumerate(order)}
    terms = tuple(
        replace(term, weights=tuple(term.weights[member] for member in order)) if term.weights else term
        for term in game.terms
    )
    own = tuple(game.own[member] for member in order)
    alone = None if game.alone is None else tuple(game.alone[member] for member in order)
    exceptions = {frozenset(place[member] for member in group): cents for group, cents in game.exceptions.items()}
    return ServiceGame(game.n, terms, own, alone, exceptions)


def raise_total(game: CostGame, cents: int) -> CostGame:
    """Return the game in which only the cost of everybody goes up by `cents`. O(size)."""
    everybody = frozenset(range(game.n))
    if isinstance(game, ServiceGame):
        return replace(game, exceptions={**game.exceptions, everybody: game.cost(everybody) + cents})
    costs = write_out(game).costs
    return TableGame(game.n, (*costs[:-1], costs[-1] + cents))


def count_in_smaller_units(game: ServiceGame, factor: int) -> ServiceGame:
    """Return the same game, its workloads counted in units `factor` times smaller. O(factor x size)."""

    def stretch(term: Term) -> Term:
        if term.kind != "sum":
            return term
        table = tuple(cents for cents in term.table for _ in range(factor))
        return Term("sum", tuple(factor * weight for weight in term.weights), table)

    return replace(game, terms=tuple(stretch(term) for term in game.terms))


def raise_workload(game: ServiceGame, member: int, more: int) -> ServiceGame:
    """Return the game in which `member` brings `more` units to each sum. O(size).

    Errors: DonneeInvalide when a table does not reach the new total (a table may be longer than its game needs).
    """

    def bring(term: Term) -> Term:
        raised = (weight + more * (k == member) for k, weight in enumerate(term.weights))
        return Term("sum", tuple(raised), term.table) if term.kind == "sum" else term

    return replace(game, terms=tuple(bring(term) for term in game.terms))


def count_in_largest_unit(term: Term) -> Term:
    """Return the same term with weights over their common divisor: what lies in between is never read. O(table)."""
    unit = gcd(*term.weights) or 1
    return replace(term, weights=tuple(weight // unit for weight in term.weights), table=term.table[::unit])
