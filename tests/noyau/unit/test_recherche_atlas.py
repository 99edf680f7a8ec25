"""The key atlas against its definition: every price at which somebody begins to accept, every group of those who do."""

from fractions import Fraction

import pytest

from communaccord.noyau.accord.recherche.atlas import KeyedService, key_atlas
from communaccord.noyau.accord.recherche.grille import Criteria, build_grid
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term, build_table

CHARGE = (3, 5, 2, 7)
POPULATIONS = (300, 800, 100, 900)


def build_service(fixe=1000, pas=4, prix=2000, criteria=None):
    table = tuple(fixe + prix * -(-total // pas) for total in range(sum(CHARGE) + 1))
    game = ServiceGame(4, (Term("sum", CHARGE, table),), (50,) * 4, (9000,) * 4)
    return KeyedService(game, Criteria(criteria or (POPULATIONS, CHARGE)), POPULATIONS)


def find_largest(service, weights, limits, smallest=2):
    """By definition: for each price that is the highest of somebody, who accepts it, and does that pay the service."""
    base = service.criteria.compute_base(weights)
    whole = sum(base)
    highest = {
        i: Fraction(limit * whole, base[i]) if base[i] else None
        for i, limit in enumerate(limits)
        if limit is not None and limit >= 0
    }
    found = frozenset()
    for price in {p for p in highest.values() if p is not None} | {Fraction(10**12)}:
        group = frozenset(i for i, p in highest.items() if p is None or p >= price)
        paid = price * sum(base[i] for i in group) / whole
        if len(group) >= max(smallest, len(found) + 1) and paid >= service.game.cost(group):
            found = group
    return found


@pytest.mark.parametrize(
    "limits",
    [(4000, 4000, 4000, 4000), (1500, 4000, 300, 5000), (None, 4000, 2500, 5000), (0, 9000, 9000, 0), (-1, 1, 1, 1)],
)
def test_atlas_is_the_largest_group_at_every_key(limits):
    service = build_service()
    atlas = key_atlas(service, limits)
    assert len(atlas.weights) == 21
    for index, weights in enumerate(build_grid(2, 20).tolist()):
        assert atlas.read(index).perimeter == find_largest(service, weights, limits)


def test_a_table_gives_the_same_atlas_as_its_formula():
    service = build_service()
    table = KeyedService(build_table(service.game), service.criteria, POPULATIONS)
    limits = (1500, 4000, 900, 5000)
    assert (key_atlas(service, limits).sizes == key_atlas(table, limits).sizes).all()


def test_terms_of_every_kind_and_exceptions_are_read_as_the_game_says():
    table = tuple(500 + 300 * total for total in range(sum(CHARGE) + 1))
    terms = (
        Term("sum", CHARGE, table), Term("count", (), (0, 10, 25, 60, 90)), Term("max", (1, 0, 2, 1), (0, 700, 1500)),
    )  # fmt: skip
    game = ServiceGame(4, terms, (5, 6, 7, 8), (900, 800, 700, 600), {frozenset({1, 3}): 10, frozenset({0, 1, 3}): 20})
    criteria = Criteria((POPULATIONS, CHARGE))
    by_formula = key_atlas(KeyedService(game, criteria, POPULATIONS), (1200, 1700, 100, 2500), smallest=1)
    by_table = key_atlas(KeyedService(build_table(game), criteria, POPULATIONS), (1200, 1700, 100, 2500), smallest=1)
    assert by_formula.sizes.tolist() == by_table.sizes.tolist()
    assert set(by_formula.sizes.tolist()) != {0}


def test_a_point_pays_its_cost_to_the_cent_and_nobody_more_than_its_limit():
    limits = (1500, 4000, 900, 5000)
    service = build_service()
    atlas = key_atlas(service, limits)
    seen = 0
    for index in range(len(atlas.weights)):
        point = atlas.read(index)
        assert sum(point.payments) == point.cost == (service.game.cost(point.perimeter) if point.perimeter else 0)
        assert all(paid <= limit for paid, limit in zip(point.payments, limits, strict=True))
        assert all(not point.payments[i] for i in range(4) if i not in point.perimeter)
        if point.perimeter:
            seen += 1
            assert sum(point.effective) == sum(point.weights) == 1
            base = [sum(w * row[i] / sum(row) for w, row in zip(point.weights, service.criteria.rows, strict=True))
                    for i in range(4)]  # fmt: skip
            assert point.price * sum(base[i] for i in point.perimeter) == point.cost
    assert seen


def test_a_limit_that_pays_exactly_is_enough_and_one_cent_less_is_not():
    game = TableGame(2, (0, 900, 900, 1000))
    service = KeyedService(game, Criteria(((1, 1),)), (10, 10))
    assert key_atlas(service, (500, 500)).sizes.tolist() == [2]
    assert key_atlas(service, (500, 499)).sizes.tolist() == [0]


def test_communes_that_accept_the_same_price_enter_together_whatever_their_order():
    """Third parts are no floats: 1/3 and 10/30 are one price, and a half of the tie would have paid less cost."""
    game = TableGame(3, (0, 90, 90, 40, 90, 300, 300, 300))
    for rows, limits in [((3, 30, 7), (1, 10, 100)), ((30, 3, 7), (10, 1, 100))]:
        atlas = key_atlas(KeyedService(game, Criteria((rows,)), (1, 1, 1)), limits)
        assert atlas.read(0).perimeter == find_largest(atlas.service, [20], limits)


def test_best_keys_are_all_told_and_none_when_nobody_pays():
    service = build_service()
    assert key_atlas(service, (0, 0, 0, 0)).find_best() == ()
    rich = key_atlas(service, (10**6,) * 4)
    assert rich.find_best() == tuple(range(21))
    assert rich.populations.tolist() == [sum(POPULATIONS)] * 21


def test_wrong_data_is_told():
    with pytest.raises(DonneeInvalide, match="ne divise pas"):
        key_atlas(build_service(), (1,) * 4, step=Fraction(2, 7))
    with pytest.raises(DonneeInvalide, match="3 plafonds pour 4"):
        key_atlas(build_service(), (1,) * 3)
    with pytest.raises(DonneeInvalide, match="toutes sont nulles"):
        Criteria(((0, 0),))
    with pytest.raises(DonneeInvalide, match="Critère n° 2"):
        Criteria(((1, 0), (1,)))
    with pytest.raises(DonneeInvalide, match="clés"):
        build_grid(9, 20)
    with pytest.raises(DonneeInvalide, match="mêmes membres"):
        KeyedService(TableGame(1, (0, 1)), Criteria(((1, 1),)), (1, 1))
    with pytest.raises(DonneeInvalide, match="dépasse"):
        key_atlas(KeyedService(TableGame(1, (0, 1 << 60)), Criteria(((1,),)), (1,)), (5,))
