"""Strata, exact quartiles, means and counts that tell of nobody: by cases, by definition, by attack."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.diagnostic.calculs.comparaisons import (
    STRATES,
    Cellule,
    choose_groupe,
    compute_moyenne_de_personnes,
    compute_quartiles,
    compute_quartiles_de_personnes,
    find_strate,
)
from communaccord.plateforme.diagnostic.calculs.fragilites import count_service, count_territoire
from communaccord.plateforme.diagnostic.calculs.maturite import Profil, build_profil, merge_profils

EFFECTIFS = st.integers(0, 12)


@given(st.integers(0, 3_000_000))
def test_a_population_is_of_one_stratum(population):
    assert sum(strate.holds(population) for strate in STRATES) == 1
    assert find_strate(population).holds(population)


def test_one_is_compared_with_its_stratum_never_with_itself():
    populations = {"A": 300} | {f"B{rang}": 100 + rang for rang in range(5)} | {"C": 9_000}
    groupe = choose_groupe("A", populations)
    assert groupe is not None
    assert groupe.est_de_sa_taille
    assert groupe.communes == {f"B{rang}" for rang in range(5)}


def test_a_stratum_of_fewer_than_five_others_gives_way_to_the_territory():
    populations = {"A": 300} | {f"B{rang}": 100 for rang in range(4)} | {"C": 9_000}
    groupe = choose_groupe("A", populations)
    assert groupe is not None
    assert not groupe.est_de_sa_taille
    assert len(groupe.communes) == 5
    assert choose_groupe("A", {"A": 300, "B": 300, "C": 300, "D": 300, "E": 300}) is None


def test_quartiles_of_known_series():
    assert compute_quartiles([1, 2, 3, 4]) is None
    five = compute_quartiles([50, 10, 40, 20, 30])
    assert (five.premier, five.mediane, five.troisieme) == (20, 30, 40)
    six = compute_quartiles([1, 2, 3, 4, 5, 6])
    assert (six.premier, six.mediane, six.troisieme) == (Fraction(9, 4), Fraction(7, 2), Fraction(19, 4))


@given(st.lists(st.integers(-50, 50), min_size=5, max_size=30))
def test_half_of_the_values_are_on_each_side_of_the_median(values):
    quartiles = compute_quartiles(values)
    assert 2 * sum(value <= quartiles.mediane for value in values) >= len(values)
    assert 2 * sum(value >= quartiles.mediane for value in values) >= len(values)
    assert quartiles.premier <= quartiles.mediane <= quartiles.troisieme
    assert quartiles == compute_quartiles(values[::-1])


def build_cellules(agents, visibles=None):
    """Counts of people, those of fewer than five hidden."""
    hidden = [0 < nombre < 5 for nombre in agents]
    return [Cellule(nombre, nombre, not cache, cache) for nombre, cache in zip(agents, visibles or hidden, strict=True)]


def test_a_quartile_made_of_a_hidden_figure_is_not_told():
    quartiles = compute_quartiles_de_personnes(build_cellules([0, 0, 3, 7, 9]))
    assert (quartiles.premier, quartiles.mediane, quartiles.troisieme) == (0, None, 7)


def test_four_communes_or_four_people_are_not_a_group():
    assert compute_quartiles_de_personnes(build_cellules([6, 7, 8, 9])) is None
    assert compute_quartiles_de_personnes(build_cellules([0, 0, 0, 0, 4])) is None
    assert compute_moyenne_de_personnes(build_cellules([0, 0, 0, 0, 4]), (), est_un_compte=True) is None


@given(st.lists(EFFECTIFS, min_size=5, max_size=9))
def test_only_what_everybody_may_read_makes_a_quartile(agents):
    quartiles = compute_quartiles_de_personnes(build_cellules(agents))
    if quartiles is not None and len(agents) % 4 == 1:
        for told in (quartiles.premier, quartiles.mediane, quartiles.troisieme):
            assert told is None or told == 0 or told >= 5


@given(st.lists(EFFECTIFS, min_size=5, max_size=6), st.lists(EFFECTIFS, max_size=3))
def test_a_mean_leaves_every_small_count_in_doubt(groupe, hors):
    """By enumeration: with the mean and the total, each hidden count of the group and beside it keeps two values."""
    moyenne = compute_moyenne_de_personnes(build_cellules(groupe), build_cellules(hors), est_un_compte=True)
    if moyenne is None:
        return
    for counts in (groupe, hors):
        hidden = [nombre for nombre in counts if 0 < nombre < 5]
        worlds = [world for world in product(range(1, 5), repeat=len(hidden)) if sum(world) == sum(hidden)]
        for place in range(len(hidden)):
            assert len({world[place] for world in worlds}) >= 2
        assert not hidden or sum(hidden) >= 5


def test_a_mean_is_not_told_when_the_total_would_give_what_is_outside():
    groupe = build_cellules([6, 7, 8, 9, 10])
    assert compute_moyenne_de_personnes(groupe, build_cellules([0, 12]), est_un_compte=True) == 8
    assert compute_moyenne_de_personnes(groupe, build_cellules([3, 12]), est_un_compte=True) is None


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 9), max_size=8))
def test_no_reader_subtracts_its_own_and_reads_a_handful(contributions):
    compte = count_service(contributions)
    if compte.exact is None:
        return
    assert compte.exact == sum(contributions.values())
    for own in contributions.values():
        assert compte.exact == 0 or compte.exact - own >= 5


@given(st.dictionaries(st.sampled_from("abcd"), st.dictionaries(st.integers(0, 6), st.integers(0, 6), max_size=6)))
def test_the_total_less_what_is_told_is_no_handful_either(services):
    total = count_territoire(services)
    shown = [count_service(contributions).exact for contributions in services.values()]
    assert total.au_moins == sum(nombre for nombre in shown if nombre is not None)
    if total.exact is not None:
        hidden = total.exact - total.au_moins
        owns = [
            sum(c.get(e, 0) for c, told in zip(services.values(), shown, strict=True) if told is None) for e in range(7)
        ]
        assert hidden == 0 or all(hidden - own >= 5 for own in owns)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="jamais négatif"):
        count_service({"A": -1})


def test_levels_are_counted_and_averaged():
    profil = build_profil([0, 0, 3, 5])
    assert profil.nombres == (2, 0, 0, 1, 0, 1)
    assert profil.moyenne == 2
    assert build_profil([]).moyenne is None
    assert merge_profils([profil, build_profil([5])]) == Profil((2, 0, 0, 1, 0, 2))
    with pytest.raises(ValueError, match="hors de l'échelle"):
        build_profil([6])
