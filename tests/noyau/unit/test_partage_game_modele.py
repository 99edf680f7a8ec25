"""A game is what its parts say, group by group; a game that does not hold together is refused in French."""

import pytest

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term, build_table

SUM = Term("sum", (2, 0, 3), (100, 110, 120, 130, 140, 150))
COUNT = Term("count", (), (0, 7, 14, 20))
MAX = Term("max", (1, 0, 2), (5, 50, 500))


def test_a_group_pays_each_term_its_own_costs_and_nobody_nothing():
    game = ServiceGame(3, (SUM, COUNT, MAX), (1, 10, 1000))
    assert game.cost(()) == 0
    assert game.cost((1,)) == 100 + 7 + 5 + 10
    assert game.cost([2, 0, 2]) == 150 + 14 + 500 + 1001
    assert game.cost(frozenset(range(3))) == 150 + 20 + 500 + 1011


def test_a_member_alone_pays_the_lesser_and_a_listed_group_what_is_listed():
    game = ServiceGame(3, (SUM,), (0, 0, 0), (90, 300, 200), {frozenset((0, 1)): 9, frozenset((2,)): 999})
    assert [game.cost((member,)) for member in range(3)] == [90, 100, 999]
    assert game.cost((1, 0)) == 9
    assert game.cost((1, 2)) == 130


def test_a_table_lists_the_same_costs():
    game = ServiceGame(3, (SUM, MAX), (1, 2, 3), (90, 300, 200), {frozenset((0, 2)): 9})
    table = build_table(game)
    for mask in range(8):
        group = [member for member in range(3) if mask >> member & 1]
        assert table.cost(group) == table.costs[mask] == game.cost(group)


@pytest.mark.parametrize(
    ("build", "motif"),
    [
        (lambda: ServiceGame(0, (), ()), "pas de membre"),
        (lambda: ServiceGame(2, (), (1,)), "coûts propres : 1 valeurs pour 2 membres"),
        (lambda: ServiceGame(1, (), (1,), (1, 2)), "coûts seuls"),
        (lambda: ServiceGame(2, (Term("sum", (1,), (0, 0)),), (0, 0)), "poids"),
        (lambda: ServiceGame(2, (Term("max", (1, -1), (0, 0)),), (0, 0)), "négatif"),
        (lambda: ServiceGame(2, (Term("sum", (1, 2), (0, 0, 0)),), (0, 0)), "s'arrête à 2"),
        (lambda: ServiceGame(2, (Term("count", (), (0, 0)),), (0, 0)), "s'arrête à 1"),
        (lambda: ServiceGame(1, (), (0,), None, {frozenset(): 3}), "exception"),
        (lambda: ServiceGame(1, (), (0,), None, {frozenset((1,)): 3}), "exception"),
        (lambda: TableGame(2, (0, 1, 2)), "un coût par groupe"),
        (lambda: TableGame(1, (5, 1)), "un coût par groupe"),
        (lambda: TableGame(17, (0,)), "de 1 à 16 joueurs"),
        (lambda: build_table(ServiceGame(17, (), (0,) * 17)), "de 1 à 16 joueurs"),
    ],
)
def test_a_game_that_does_not_hold_together_is_refused(build, motif):
    with pytest.raises(DonneeInvalide) as refusal:
        build()
    assert motif in refusal.value.motif.replace("\u202f", " ")
    assert refusal.value.remede
