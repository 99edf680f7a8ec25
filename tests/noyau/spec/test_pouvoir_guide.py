"""Every figure of docs/moteur/pouvoir.md is computed here again, from the populations of the reference."""

from fractions import Fraction
from pathlib import Path

import pytest

from communaccord.noyau.droit.majorites import MAJORITE_CLECT, MAJORITE_QUALIFIEE
from communaccord.noyau.droit.texte import format_entier
from communaccord.noyau.pouvoir import (
    Shock,
    banzhaf_absolute,
    banzhaf_index,
    build_majority,
    cheapest_supporters,
    deegan_packel_index,
    majority_power,
    pass_probability,
    shapley_shubik_index,
)
from communaccord.reference import get_communes

GUIDE = (Path(__file__).resolve().parents[3] / "docs/moteur/pouvoir.md").read_text(encoding="utf-8")
PROSE = " ".join(GUIDE.split("\n"))
LOIR, TROYES = get_communes("200070373"), get_communes("200069250")
QUALIFIEE, CLECT = build_majority(MAJORITE_QUALIFIEE), build_majority(MAJORITE_CLECT)


def pourcent(value: Fraction) -> str:
    return f"{float(100 * value):.1f}".replace(".", ",") + "\u202f%"


def populations(communes) -> list[int]:
    return [commune.population_totale_2022 for commune in communes]


def find(communes, nom: str) -> int:
    return [commune.nom for commune in communes].index(nom)


def row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def test_the_seats_of_troyes():
    sieges = [commune.sieges_constates for commune in TROYES]
    quota = sum(sieges) // 2 + 1
    assert f"{sum(sieges)} sièges, majorité {quota}" in GUIDE
    decide = banzhaf_absolute(sieges, quota)
    at = find(TROYES, "Troyes")
    assert f"la ville-centre a {pourcent(banzhaf_index(sieges, quota)[at])} de toutes les bascules" in PROSE
    assert f"celle-là est de {pourcent(decide[at])}, presque tous les votes" in PROSE
    vergers = pourcent(decide[find(TROYES, "Saint-André-les-Vergers")])
    assert f"Saint-André-les-Vergers décide {vergers} des fois" in PROSE
    indices = [index(sieges, quota) for index in (banzhaf_index, shapley_shubik_index, deegan_packel_index)]
    for nom in ("Troyes", "Saint-André-les-Vergers", "La Chapelle-Saint-Luc", "Villy-le-Bois"):
        at = find(TROYES, nom)
        part = pourcent(Fraction(sieges[at], sum(sieges)))
        assert row(nom, sieges[at], part, *(pourcent(index[at]) for index in indices)) in GUIDE


@pytest.mark.parametrize("communes", [LOIR, TROYES])
def test_the_qualified_majority(communes):
    people = populations(communes)
    assert f"{len(communes)} communes, {format_entier(sum(people))} habitants" in GUIDE
    found, clect = majority_power(people, QUALIFIEE), majority_power(people, CLECT)
    noms = ("Montval-sur-Loir", "Loir en Vallée", "Saint-Georges-de-la-Couée")
    for nom in noms if communes is LOIR else ("Troyes", "Saint-André-les-Vergers", "Villy-le-Bois"):
        at = find(communes, nom)
        part = pourcent(Fraction(people[at], sum(people)))
        values = (found.banzhaf[at], found.shapley_shubik[at], clect.shapley_shubik[at])
        assert row(nom, format_entier(people[at]), part, *map(pourcent, values)) in GUIDE


def test_forty_five_more_inhabitants_and_the_same_table():
    people = populations(LOIR)
    at = find(LOIR, "Montval-sur-Loir")
    people[at] += 44
    before = majority_power(people, QUALIFIEE).shapley_shubik[at]
    people[at] += 1
    after = majority_power(people, QUALIFIEE).shapley_shubik[at]
    assert f"44 habitants de plus, {pourcent(before)}\u202f; 45 habitants de plus, {pourcent(after)}" in GUIDE


def test_the_chances_of_a_vote():
    people = populations(LOIR)
    shocks = (Shock(Fraction(1, 2), Fraction(-1, 5)), Shock(Fraction(1, 2), Fraction(1, 5)))
    for percent in (50, 60, 70, 80):
        likely = [Fraction(percent, 100)] * len(people)
        alone, together = (
            pass_probability(people, likely, QUALIFIEE),
            pass_probability(people, likely, QUALIFIEE, shocks),
        )
        assert row(f"{percent}\u202f%", pourcent(alone.middle), pourcent(together.middle)) in GUIDE


def test_who_is_still_needed():
    people = populations(TROYES)
    found = cheapest_supporters(people, QUALIFIEE, [])
    assert found.is_optimal
    assert f"il en faut au moins {found.cost} sur {len(people)}" in GUIDE
    assert cheapest_supporters(people, QUALIFIEE, [], never=[find(TROYES, "Troyes")]).is_impossible
