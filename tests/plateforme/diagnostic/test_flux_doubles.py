"""Flows declared from both ends: nothing counts twice, nothing disappears, cross flows stay two."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.diagnostic.calculs.doubles import (
    Declaration,
    Somme,
    join_paire,
    list_croisements,
    list_paires,
    settle,
    sum_flux,
)

CORPS = ("epci", "c1", "c2", "c3")


def declare(pk: int = 1, **fields) -> Declaration:
    values = {"nature": "service", "service": "urbanisme", "objet": "Permis", "porteur": "epci", "beneficiaire": "c1"}
    return Declaration(pk=pk, **{**values, "declarant": "epci", "montant": 10_000_00, "annee": 2025, **fields})


# Flows that differ by their couple, nature or service, each with its amount.
listes = st.lists(
    st.tuples(
        st.sampled_from(CORPS),
        st.sampled_from(CORPS),
        st.sampled_from(("service", "bien", "ac")),
        st.sampled_from(("", "paie", "voirie")),
        st.one_of(st.none(), st.integers(0, 10**9)),
    ).filter(lambda t: t[0] != t[1] and (t[2] != "ac" or not t[3])),
    max_size=8,
    unique_by=lambda t: t[:3],
)


def build_flux(flows) -> list[Declaration]:
    return [
        declare(pk, porteur=a, beneficiaire=b, declarant=a, nature=n, service=s, montant=m)
        for pk, (a, b, n, s, m) in enumerate(flows, start=1)
    ]


@given(listes)
def test_declaring_every_flow_from_both_ends_and_joining_leaves_the_totals_equal(flows):
    once = build_flux(flows)
    twice = once + [replace(d, pk=d.pk + 100, declarant=d.beneficiaire) for d in once]
    assert sum_flux(twice).nombre == 2 * len(once)
    paires = list_paires(twice)
    assert {(p.gardee.pk, p.autre.pk) for p in paires} == {(d.pk, d.pk + 100) for d in once}
    for paire in paires:
        twice = join_paire(twice, paire.gardee.pk, paire.autre.pk)
    assert sum_flux(twice) == sum_flux(once)
    assert list_paires(twice) == []


@given(listes)
def test_flows_told_apart_all_count_and_are_not_proposed_again(flows):
    once = build_flux(flows)
    twice = once + [replace(d, pk=d.pk + 100, declarant=d.beneficiaire) for d in once]
    distinctes = {frozenset((p.gardee.pk, p.autre.pk)) for p in list_paires(twice)}
    # There is one AC a year, whatever was said: that pair is proposed again.
    assert {p.gardee.nature for p in list_paires(twice, distinctes)} <= {"ac"}
    assert sum_flux(twice).montant == 2 * sum_flux(once).montant


@given(listes)
def test_what_nobody_judged_yet_counts_once_and_shows_what_waits(flows):
    once = build_flux(flows)
    twice = once + [replace(d, pk=d.pk + 100, declarant=d.beneficiaire) for d in once]
    settled, waiting = settle(twice)
    assert sum_flux(settled) == sum_flux(once)
    assert {pk: [d.pk for d in others] for pk, others in waiting.items()} == {d.pk: [d.pk + 100] for d in once}
    assert settle(twice[::-1])[1] == waiting


def test_two_flows_that_people_told_apart_both_count():
    one, other = declare(1), declare(2, declarant="c1")
    settled, waiting = settle([one, other], {frozenset((1, 2))})
    assert (sum_flux(settled).nombre, waiting) == (2, {})


@given(listes)
def test_the_order_of_declarations_changes_nothing(flows):
    once = build_flux(flows)
    twice = once + [replace(d, pk=d.pk + 100, declarant=d.beneficiaire) for d in once]
    assert list_paires(twice[::-1]) == list_paires(twice)
    assert list_croisements(once[::-1]) == list_croisements(once)


@pytest.mark.parametrize(
    ("autre", "same"),
    [
        ({"declarant": "c1"}, True),
        ({"declarant": "c1", "montant": None}, True),
        ({"declarant": "c1", "service": ""}, True),
        ({"declarant": "c1", "annee": None}, True),
        ({"declarant": "c1", "montant": 90_000_00}, True),
        ({"declarant": "c1", "service": "paie"}, False),
        ({"declarant": "c1", "annee": 2024}, False),
        ({"declarant": "c1", "nature": "bien"}, False),
        ({"porteur": "c1", "beneficiaire": "epci", "declarant": "c1"}, False),
        ({"declarant": "c1", "ecarte": True}, False),
        ({"objet": "permis "}, True),
        ({"objet": "Autre chose"}, False),
    ],
    ids=[
        "other_end",
        "unknown_amount",
        "service_not_said",
        "year_not_said",
        "far_amount",
        "other_service",
        "other_year",
        "other_nature",
        "other_way",
        "set_aside",
        "typed_twice",
        "two_of_one_declarant",
    ],
)
def test_what_looks_like_the_same_flow(autre, same):
    assert bool(list_paires([declare(1), declare(2, **autre)])) is same


def test_close_amounts_come_first_and_the_gap_is_told():
    near, far = (
        declare(2, declarant="c1", montant=9_000_00),
        declare(4, declarant="c2", montant=100_00, beneficiaire="c2"),
    )
    paires = list_paires([declare(3, beneficiaire="c2"), far, declare(1), near])
    assert [(p.gardee.pk, p.autre.pk, p.proche, p.ecart) for p in paires] == [
        (1, 2, True, 1_000_00),
        (3, 4, False, 9_900_00),
    ]


def test_an_established_figure_is_proposed_to_be_kept():
    paire = list_paires([declare(1), declare(2, declarant="c1", qualite="etabli")])[0]
    assert (paire.gardee.pk, paire.autre.pk) == (2, 1)


def test_a_third_declaration_follows_the_one_it_was_joined_to():
    rows = join_paire([declare(1), declare(2, declarant="c1"), declare(3, declarant="c2")], 1, 2)
    rows = join_paire(rows, 3, 1)
    assert {row.pk: row.double_de for row in rows} == {1: 3, 2: 3, 3: None}


def test_two_flows_of_one_service_each_declared_twice_are_not_crossed_once_joined():
    rows = [
        declare(1),
        declare(2, objet="Contrôle", montant=1_00),
        declare(11, declarant="c1"),
        declare(12, declarant="c1", montant=1_00),
    ]
    rows = join_paire(join_paire(rows, 1, 11), 2, 12)
    assert list_paires(rows) == []


def test_cross_flows_are_two_with_their_net():
    rows = [
        declare(1, porteur="c1", beneficiaire="c2", montant=300),
        declare(2, porteur="c2", beneficiaire="c1", montant=100),
    ]
    (found,) = list_croisements(rows)
    assert (found.un, found.autre, found.aller, found.retour) == ("c1", "c2", Somme(300, 1), Somme(100, 1))
    assert found.net == 200
    unknown = list_croisements([rows[0], replace(rows[1], montant=None)])[0]
    assert unknown.net is None
    assert sum_flux(rows) == Somme(400, 2)
