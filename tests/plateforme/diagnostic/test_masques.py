"""Masks by attack: an adversary reads all that is published and tries to place every masked count of 1 to 4.

The adversary shares no code with the masks: published sums become equations, and every value of every masked cell is
tried by an exhaustive search. Two adversaries: one knows nothing but that counts are positive; the other knows which
cells are small and which were hidden with them.
"""

from collections.abc import Iterable, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.diagnostic.calculs.masques import Masque, mask_autres, mask_derive, mask_tableau

Cellule = tuple[str, str]
Equation = tuple[frozenset[Cellule], int]
PLUS_GRAND = 14


def list_equations(cellules: Mapping[Cellule, int | None], masque: Masque, lecteur: str) -> list[Equation]:
    """What is published, as sums of the cells that this reader does not see."""
    services = {service for _, service in cellules}
    entites = {entite for entite, _ in cellules}
    groups: list[Iterable[Cellule]] = [
        [c for c in cellules if c[1] == s] for s in services if masque.shows_total_service(s)
    ]
    groups += [[c for c in cellules if c[0] == e] for e in entites if masque.shows_total_entite(e)]
    groups += [list(cellules)] if masque.shows_total() else []
    found = []
    for group in groups:
        hidden = frozenset(c for c in group if cellules[c] is not None and not masque.shows(*c) and c[0] != lecteur)
        found.append((hidden, sum(cellules[c] or 0 for c in hidden)))
    return found


def is_possible(domains: dict[Cellule, range], equations: list[Equation]) -> bool:
    """Whether some table of whole numbers satisfies everything: bounds are narrowed, then values are tried."""
    domains, moved = dict(domains), True
    while moved:
        moved = False
        for cells, somme in equations:
            for cell in cells:
                others = [domains[c] for c in cells if c != cell]
                low = max(domains[cell].start, somme - sum(d.stop - 1 for d in others))
                high = min(domains[cell].stop - 1, somme - sum(d.start for d in others))
                if low > high:
                    return False
                if range(low, high + 1) != domains[cell]:
                    domains[cell], moved = range(low, high + 1), True
    open_cells = [cell for cell, domain in domains.items() if len(domain) > 1]
    if not open_cells:
        return all(sum(domains[c].start for c in cells) == somme for cells, somme in equations)
    cell = min(open_cells, key=lambda c: (len(domains[c]), c))
    return any(is_possible({**domains, cell: range(v, v + 1)}, equations) for v in domains[cell])


def build_domains(cellules: Mapping[Cellule, int | None], masque: Masque, lecteur: str, *, averti: bool) -> dict:
    """What the reader thinks possible of each cell that it does not see."""
    domains = {}
    for cell, valeur in cellules.items():
        if valeur is None or masque.shows(*cell) or cell[0] == lecteur:
            continue
        shown = [v for c, v in cellules.items() if c[1] == cell[1] and v and masque.shows(*c)]
        plafond = min([*shown, PLUS_GRAND])
        domains[cell] = range(1, PLUS_GRAND + 1)
        if averti:
            domains[cell] = range(1, 5) if valeur < 5 else range(5, plafond + 1)
    return domains


def list_devoiles(cellules: Mapping[Cellule, int | None], masque: Masque) -> list[str]:
    """Every (reader, cell) where a count of 1 to 4 is shown, or determined."""
    entites = {entite for entite, _ in cellules}
    devoiles = []
    for lecteur, averti in product(["", *sorted(entites)], [False, True]):
        equations = list_equations(cellules, masque, lecteur)
        domains = build_domains(cellules, masque, lecteur, averti=averti)
        for cell, valeur in cellules.items():
            if not valeur or valeur > 4 or cell[0] == lecteur:
                continue
            if masque.shows(*cell):
                devoiles.append(f"{cell} est montrée")
            elif not any(
                is_possible({**domains, cell: range(v, v + 1)}, equations) for v in domains[cell] if v != valeur
            ):
                devoiles.append(f"{lecteur or 'quiconque'} déduit {cell} = {valeur}")
    return devoiles


tableaux = st.builds(
    lambda lignes: {(f"c{i}", f"s{j}"): valeur for i, ligne in enumerate(lignes) for j, valeur in enumerate(ligne)},
    st.integers(1, 3).flatmap(
        lambda services: st.lists(
            st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=services, max_size=services),
            min_size=1,
            max_size=5,
        )
    ),
)


@given(tableaux)
def test_no_reader_places_a_count_of_fewer_than_five(cellules):
    assert list_devoiles(cellules, mask_tableau(cellules)) == []


@given(tableaux)
def test_what_is_published_does_not_depend_on_who_reads(cellules):
    anyone = mask_tableau(cellules)
    for lecteur in {entite for entite, _ in cellules}:
        own = mask_tableau(cellules, connus={lecteur})
        assert (own.masquees, own.totaux_services, own.total) == (anyone.masquees, anyone.totaux_services, anyone.total)
        assert own == anyone.for_lecteur({lecteur})
        assert all(own.shows(*cell) for cell in cellules if cell[0] == lecteur)


@given(tableaux)
def test_the_order_of_the_rows_changes_nothing(cellules):
    assert mask_tableau(dict(reversed(cellules.items()))) == mask_tableau(cellules)


@given(tableaux)
def test_a_zero_and_an_unknown_are_never_masked(cellules):
    masque = mask_tableau(cellules)
    assert all(masque.shows(*cell) for cell, valeur in cellules.items() if not valeur)


def column(*values: int | None) -> dict[Cellule, int | None]:
    return {(f"c{rank}", "voirie"): value for rank, value in enumerate(values)}


@pytest.mark.parametrize(
    ("values", "hidden", "total"),
    [
        ((7, 8, 9), [], True),
        ((2, 0, 0), [0], False),
        ((2, 3, 0), [0, 1], False),
        ((1, 1, 1), [0, 1, 2], False),
        ((4, 4, 4), [0, 1, 2], False),
        ((1, 2, 3), [0, 1, 2], True),
        ((2, 6, 8, 30), [0, 1, 2], True),
        ((2, None, 30), [0], False),
    ],
    ids=[
        "no_small",
        "alone",
        "two_know_each_other",
        "all_ones",
        "all_fours",
        "three_doubt",
        "two_more_hidden",
        "unknown",
    ],
)
def test_what_is_hidden_of_one_service(values, hidden, total):
    masque = mask_tableau(column(*values))
    assert [rank for rank in range(len(values)) if not masque.shows(f"c{rank}", "voirie")] == hidden
    assert masque.shows_total_service("voirie") is total


def test_the_attack_finds_what_a_naive_mask_reveals():
    cellules = column(2, 30, 40)
    naive = Masque(frozenset({("c0", "voirie")}), frozenset({"voirie"}), frozenset(), total=True)
    assert "quiconque déduit ('c0', 'voirie') = 2" in list_devoiles(cellules, naive)
    two = column(2, 6, 40)
    pair = Masque(frozenset({("c0", "voirie"), ("c1", "voirie")}), frozenset({"voirie"}), frozenset(), total=False)
    assert "c1 déduit ('c0', 'voirie') = 2" in list_devoiles(two, pair)


def test_the_sum_of_all_does_not_give_back_the_total_of_a_service():
    """Voirie alone has no total; the sum of all less that of paie would be it."""
    cellules = {**column(2, 0, 0), ("c0", "paie"): 6, ("c1", "paie"): 7, ("c2", "paie"): 8}
    masque = mask_tableau(cellules)
    assert masque.shows_total_service("paie")
    assert not masque.shows_total()


def test_the_sum_of_all_is_kept_by_hiding_one_total_more():
    cellules = {**column(2, 0, 0), ("c0", "paie"): 0, ("c1", "paie"): 3, ("c2", "paie"): 2, ("c3", "paie"): 4}
    masque = mask_tableau(cellules)
    assert (masque.totaux_services, masque.shows_total()) == (frozenset(), True)
    assert list_devoiles(cellules, masque) == []


def test_an_entity_with_a_masked_cell_has_no_total_but_for_itself():
    cellules = {("c0", "paie"): 2, ("c0", "voirie"): 12, ("c1", "voirie"): 9}
    masque = mask_tableau(cellules)
    assert not masque.shows_total_entite("c0")
    assert masque.shows_total_entite("c1")
    assert masque.for_lecteur({"c0"}).shows_total_entite("c0")


def test_a_payroll_is_hidden_with_its_people_and_its_total_with_it():
    """Three communes of few agents share a total of agents; only one gave its payroll: no total of payroll."""
    agents = column(1, 2, 3, 20)
    masque = mask_tableau(agents)
    assert masque.shows_total_service("voirie")
    paie = {("c0", "voirie"): 4_000_000, ("c3", "voirie"): 90_000_000}
    derive = mask_derive(masque, paie)
    assert not derive.shows("c0", "voirie")
    assert derive.shows("c3", "voirie")
    assert not derive.shows_total_service("voirie")
    known = mask_derive(masque, {**paie, ("c1", "voirie"): 8_000_000, ("c2", "voirie"): 9_000_000})
    assert known.shows_total_service("voirie")


def test_a_payroll_without_its_people_is_hidden_when_it_is_told_so():
    cellules = {("c0", "voirie"): 4_000_000, ("c1", "voirie"): 90_000_000}
    derive = mask_derive(mask_tableau({}), cellules, seuls=[("c0", "voirie")])
    assert not derive.shows("c0", "voirie")
    assert not derive.shows_total_service("voirie")


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="jamais négatif"):
        mask_tableau(column(-1))


def test_the_same_three_people_in_six_services_are_not_told_by_their_sum():
    """A small commune counts the same people in every service: eighteen posts are three people."""
    masque = mask_tableau({("c0", f"s{rang}"): 3 for rang in range(6)})
    assert not masque.total
    paie = {("c0", f"s{rang}"): 3_000_000 for rang in range(6)}
    assert not mask_derive(masque, paie).total
    assert not mask_derive(mask_tableau(dict.fromkeys(paie)), paie, seuls=paie).total


def test_a_secretary_of_two_communes_does_not_deduce_the_third():
    cellules = column(2, 2, 3)
    assert mask_tableau(cellules).shows_total_service("voirie")
    both = frozenset({frozenset({"c0", "c1"})})
    assert not mask_tableau(cellules, lecteurs=both).shows_total_service("voirie")
    amounts = dict.fromkeys(cellules, 4_000_000)
    assert mask_derive(mask_tableau(cellules), amounts).shows_total_service("voirie")
    assert not mask_derive(mask_tableau(cellules), amounts, lecteurs=both).shows_total_service("voirie")


def test_the_total_of_an_amount_is_hidden_when_people_hide_one_more_service():
    """Three people, one in each commune: payroll less its own totals would be that of services not checked together."""
    agents = {**column(1, 1, 1), **{(f"c{rang}", "paie"): number for rang, number in enumerate((2, 3, 3, 4))}}
    masque = mask_tableau(agents)
    assert masque.shows_total()
    assert not masque.shows_total_service("voirie")
    derive = mask_derive(masque, dict.fromkeys(agents, 4_000_000))
    assert not derive.shows_total_service("voirie")
    assert not derive.shows_total()


def test_the_other_costs_of_one_entity_are_hidden_with_its_people():
    agents = {("c0", "paie"): 3, ("c0", "voirie"): 9, ("c1", "voirie"): 8}
    masque = mask_autres(mask_tableau(agents), {("c0", "paie"): 700, ("c0", "voirie"): 5, ("c1", "paie"): None})
    assert not masque.shows("c0", "paie")
    assert not masque.shows_total_service("paie")
    assert not masque.shows_total_entite("c0")
    assert not masque.shows_total()
    assert masque.shows("c0", "voirie")
    assert mask_autres(mask_tableau(agents), {("c0", "paie"): 700, ("c1", "paie"): 5}).shows_total()
