"""Exits that could happen and exits that are only arithmetic (invented figures)."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.accord.recherche.menu import Menu, MenuService, Option
from communaccord.noyau.accord.recherche.sorties import (
    FormeSortie,
    build_entente,
    package_exits,
    plausible_exits,
    restrict_game,
)
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term, build_table
from communaccord.noyau.preuves.blocage import check_blocage
from communaccord.noyau.solver import Status

ENTENTE = build_entente()
CHAINE = [{1}, {2}, {3}, set()]


def build_game(n=4, fixe=6_000, prix=2_000, pas=10, charge=None):
    charge = charge or (5,) * n
    table = tuple(fixe + prix * -(-total // pas) for total in range(sum(charge) + 1))
    return ServiceGame(n, (Term("sum", charge, table),), (100,) * n, (7_000,) * n)


def test_the_three_questions():
    """Two communes alone: 6,000 + 2,000 + 200 = 8,200. The shares make 0+1 (touch) and 0+3 (do not) gain 1,800."""
    shares = (6_000, 4_000, 100, 4_000)
    found = plausible_exits(build_game(), shares, CHAINE, uncertainty=Fraction(1, 20), formes=[ENTENTE])
    groups = {tuple(sorted(one.exit.group)): one for one in found.plausible}
    assert groups[0, 1].forme == ENTENTE
    assert groups[0, 1].exit.gain == 1_800
    apart = next(one for one in found.arithmetic if one.exit.group == {0, 3})
    assert (apart.exit.gain, apart.connected, apart.plausible) == (1_800, False, False)
    assert "ne se touchent pas" in apart.motif
    assert found.complete
    assert not found.robust


def test_a_gain_within_the_uncertainty_is_only_arithmetic():
    shares = (6_000, 4_000, 100, 4_000)
    found = plausible_exits(build_game(), shares, CHAINE, uncertainty=Fraction(1, 2), formes=[ENTENTE])
    assert found.plausible == ()
    assert found.robust
    assert all("incertitude" in one.motif for one in found.arithmetic)
    edge = plausible_exits(build_game(), shares, CHAINE, uncertainty=Fraction(1_800, 8_200), formes=[ENTENTE])
    assert {0, 1} not in [set(one.exit.group) for one in edge.plausible]


def test_without_a_legal_form_a_group_cannot_leave_but_a_commune_alone_can():
    shares = (7_500, 4_000, 100, 4_000)
    big = FormeSortie("syndicat", "R-6.1", "CGCT L5211-5 II", fewest=4)
    found = plausible_exits(build_game(), shares, CHAINE, uncertainty=Fraction(0), formes=[big])
    assert [set(one.exit.group) for one in found.plausible] == [{0}]
    assert "comme aujourd'hui" in found.plausible[0].motif
    assert any("aucune forme juridique" in one.motif for one in found.arithmetic)


def test_the_entente_rests_on_its_rule():
    assert ENTENTE.regle == "R-5.9"
    assert "L5221-1" in ENTENTE.article


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 5_000), min_size=14, max_size=14), st.integers(0, 30))
def test_a_large_game_tells_only_true_exits_and_robust_is_never_wrong(shares, percent):
    n, u = 14, Fraction(percent, 100)
    game = build_game(n, charge=tuple(1 + i % 5 for i in range(n)))
    ring = [{(i + 1) % n} for i in range(n)]
    found = plausible_exits(game, shares, ring, uncertainty=u, formes=[ENTENTE])
    for one in (*found.plausible, *found.arithmetic):
        assert check_blocage(game.cost, shares, one.exit.group, one.exit.gain)
        assert one.plausible == (one in found.plausible)
    for one in found.plausible:
        assert one.exit.gain > u * one.exit.cost
    if found.robust:
        assert found.plausible == ()
        groups = [range(start, start + size) for size in (1, 2, 3) for start in range(n - size)]
        assert all(sum(shares[i] for i in g) <= (1 + u) * game.cost(g) for g in groups)


def test_a_restricted_game_costs_the_same():
    game = ServiceGame(4, build_game().terms, (1, 2, 3, 4), (9,) * 4, {frozenset({1, 3}): 5, frozenset({0, 1}): 6})
    for source in (game, build_table(game)):
        small = restrict_game(source, [3, 1, 0])
        names = [3, 1, 0]
        for size in (1, 2, 3):
            for group in combinations(range(3), size):
                assert small.cost(group) == game.cost([names[k] for k in group])


def build_menu():
    terms = (Term("sum", (5,) * 5, tuple(6_000 + 2_000 * -(-total // 10) for total in range(26))),)
    option = Option("égal", ServiceGame(5, terms, (100,) * 5), (Fraction(1),), Fraction(1))
    rooms = tuple(MenuService(f"S{j}", Criteria(((1,) * 5,)), ("égal",), (7_000,) * 5, (option,)) for j in range(2))
    return Menu(tuple("ABCDE"), (1,) * 5, rooms)


def test_exits_of_a_package_speak_of_its_communes_and_of_transfers():
    """E is in nothing. Alone again, a commune pays 7,000 as today: B pays 9,000 for S0."""
    members = {0: frozenset({0, 1, 2}), 1: frozenset({1, 3})}
    shares = [(1_000, 9_000, 300, 0, 0), (0, 4_100, 0, 4_100, 0)]
    found = package_exits(build_menu(), {0: 0, 1: 0}, members, shares)
    assert found.single[0] is not None
    assert (found.single[0].group, found.single[0].gain) == ({1}, 2_000)
    assert found.joint.status is Status.OPTIMAL
    assert found.joint.exit is not None
    assert found.joint.exit.gain == find_joint(members, shares, (0,) * 5)
    with_transfer = package_exits(build_menu(), {0: 0, 1: 0}, members, shares, transfers=[(0, -900, 900, 0, 0)])
    assert with_transfer.joint.exit is not None
    assert with_transfer.joint.exit.gain == find_joint(members, shares, (0, -900, 900, 0, 0))


def find_joint(members, shares, received):
    menu, best = build_menu(), None
    for size in (1, 2, 3):
        for group in combinations(range(4), size):
            cost, paid = 0, -sum(received[i] for i in group)
            for j, table in enumerate(shares):
                inside = frozenset(group) & members[j]
                paid += sum(table[i] for i in inside)
                game = menu.services[j].options[0].game
                cost += min(7_000, game.cost(inside)) if len(inside) == 1 else game.cost(inside)
            best = paid - cost if best is None else max(best, paid - cost)
    return best


def test_wrong_data_is_told():
    game = build_game()
    with pytest.raises(DonneeInvalide, match="incertitude"):
        plausible_exits(game, (1,) * 4, CHAINE, uncertainty=Fraction(-1), formes=[])
    with pytest.raises(DonneeInvalide, match="voisin"):
        plausible_exits(game, (1,) * 4, [{7}, set(), set(), set()], uncertainty=Fraction(0), formes=[])
    with pytest.raises(DonneeInvalide, match="formule"):
        restrict_game(object(), [0])
    assert restrict_game(TableGame(1, (0, 5)), [0]).cost([0]) == 5
