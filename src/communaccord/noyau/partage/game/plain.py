"""A game handed over as plain data, to those who read a proof without this package."""

from communaccord.noyau.partage.game.modele import CostGame, ServiceGame, TableGame, build_table
from communaccord.noyau.preuves.ecarts import Plain, PlainFormula, PlainTable, PlainTerm


def to_plain(game: CostGame) -> Plain:
    """Return the game as `noyau.preuves.ecarts` reads it: a formula, or every group of a small game.

    Errors: DonneeInvalide for a game that is no service above 16 members. O(size), or O(2^n n) for another game than a
    service or a table.
    """
    if isinstance(game, ServiceGame):
        terms = tuple(PlainTerm(term.kind, term.weights, term.table) for term in game.terms)
        return PlainFormula(game.n, terms, game.own, game.alone, game.exceptions)
    table = game if isinstance(game, TableGame) else build_table(game)
    return PlainTable(table.n, table.costs)
