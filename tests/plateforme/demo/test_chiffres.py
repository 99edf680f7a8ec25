"""Figures of the three services: plausible, read by the usual validator, said to be fictif."""

import pytest

from communaccord.plateforme.demo.territoire import build_territoire
from communaccord.plateforme.demo.territoire.chiffres import build_informatique, build_secretariat, build_urbanisme
from communaccord.simulateur import compute_resultat, read_json, write_json

CONSTRUCTEURS = (build_urbanisme, build_secretariat, build_informatique)


@pytest.fixture(params=CONSTRUCTEURS, ids=lambda build: build.__name__)
def simulation(request):
    return request.param(build_territoire())


def test_it_says_fictif(simulation):
    assert "fictif" in simulation.titre
    assert simulation.territoire.fictif
    assert simulation.territoire.siren is None


def test_every_variant_has_an_answer_without_any_unknown(simulation):
    resultat = compute_resultat(simulation)
    assert len(resultat.variantes) >= 2
    for variante in resultat.variantes:
        assert variante.refus is None
        assert variante.cout is not None
        assert min(variante.cout.a_repartir) > 0
    assert all(c.depense_actuelle is not None for c in simulation.communes)


def test_it_survives_the_file(simulation):
    assert read_json(write_json(simulation)) == simulation


def test_some_would_pay_more_and_some_less():
    resultat = compute_resultat(build_urbanisme(build_territoire()))
    ecarts = [-effet.get_annee(resultat.annee_reference).depense_evitee for effet in resultat.variantes[0].communes]
    assert min(ecarts) < 0 < max(ecarts)


def test_the_travelling_secretary_is_for_small_communes():
    simulation = build_secretariat(build_territoire())
    populations = {c.code: c.population for c in simulation.communes}
    assert len(simulation.perimetre) == 23
    assert max(populations[code] for code in simulation.perimetre) < 1_500


@pytest.mark.parametrize("build", CONSTRUCTEURS)
def test_the_large_one_too(build):
    simulation = build(build_territoire(grande=True))
    assert len(simulation.communes) == 158
    assert all(variante.refus is None for variante in compute_resultat(simulation).variantes)
