"""The answer: sums to the cent, both baselines, refusals with their reason, the sentence."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.simulateur.strategies import simulations

from communaccord.simulateur import build_exemple, compute_resultat, explain_contribution, parse_simulation, to_json
from communaccord.simulateur.exemple import DONNEES


def compute(**changes):
    donnees = copy.deepcopy(DONNEES) | changes
    simulation = parse_simulation(donnees, strict=True)
    assert not isinstance(simulation, list), simulation
    return compute_resultat(simulation)


@settings(max_examples=40)
@given(simulations())
def test_contributions_and_rests_sum_to_the_cost_to_the_cent(donnees):
    resultat = compute_resultat(parse_simulation(donnees))
    for variante in resultat.variantes:
        assert variante.phrase.endswith(".")
        if variante.refus:
            assert variante.refus.motif
            assert variante.refus.remede
            continue
        for rang, annuel in enumerate(variante.partage.annees):
            contributions = [commune.annuels[rang].contribution for commune in variante.communes]
            assert sum(contributions) + sum(reste.cents for reste in annuel.restes) == variante.cout.a_repartir[rang]
            for commune in variante.communes:
                effet = commune.annuels[rang]
                if effet.benefice_seul is not None and effet.service_nouveau is not None:
                    parts = effet.depense_evitee + effet.temps_libere + effet.service_nouveau
                    assert effet.benefice_seul == parts
                if commune.fourchettes:
                    fourchette = commune.fourchettes[rang].contribution
                    assert fourchette.bas <= effet.contribution <= fourchette.haut
    json.dumps(to_json(resultat), allow_nan=False)


def test_the_sentence_of_the_example():
    resultat = compute_resultat(build_exemple())
    assert resultat.estime
    assert resultat.annee_reference == 2027
    assert resultat.phrase == (
        "En 2027, sur 8 communes, 3 paieraient moins qu'aujourd'hui (1 coût reste inconnu)\u202f; "
        "la contribution irait d'environ 6,20\u00a0€ à 7,40\u00a0€ par habitant."
    ), resultat.phrase


def test_without_margins_the_sentence_is_to_the_cent():
    resultat = compute(marges={})
    assert not resultat.estime
    assert "environ" not in resultat.phrase
    assert not resultat.variantes[0].communes[0].fourchettes


def test_without_todays_costs_the_comparison_is_with_the_cost_alone():
    communes = [{"nom": c["nom"], "population": c["population"], "volume": c["volume"]} for c in DONNEES["communes"]]
    resultat = compute(communes=communes)
    assert "que seules pour le même service" in resultat.phrase
    assert any("Coût actuel inconnu" in ligne for ligne in resultat.variantes[0].avertissements)


def test_time_left_out_for_all_is_said_and_time_unknown_for_one_is_unknown():
    communes = copy.deepcopy(DONNEES["communes"])
    for commune in communes:
        del commune["heures_actuelles"]
    variante = compute(communes=communes).variantes[0]
    assert any("ne porte que sur la dépense" in ligne for ligne in variante.avertissements)
    assert variante.communes[0].annuels[0].cout_actuel == 5_200_000
    communes[1]["heures_actuelles"] = "10"
    assert compute(communes=communes).variantes[0].communes[0].annuels[0].cout_actuel is None


def test_a_total_is_spread_by_population_exactly_and_marked():
    communes = copy.deepcopy(DONNEES["communes"])
    for commune in communes[2:]:
        del commune["volume"]
    resultat = compute(communes=communes, volume_total="455", marges={})
    assert sum((volumes[0] for volumes in resultat.volumes.values()), Fraction(0)) == 455
    assert [effet.volume_estime for effet in resultat.variantes[0].communes] == [False] * 2 + [True] * 6
    assert resultat.estime
    assert any("estimé selon la population" in ligne for ligne in resultat.variantes[0].avertissements)


def test_a_refused_variant_says_why_and_leaves_the_others():
    resultat = compute(conditions={"maximum": "100"})
    assert all(variante.refus for variante in resultat.variantes)
    assert "maximal" in resultat.variantes[0].phrase
    borne = compute(conditions={"maximum": "100", "porteur_du_reste": "l'intercommunalité"}).variantes[0]
    assert borne.refus is None
    assert any("l'intercommunalité" in ligne for ligne in borne.avertissements)


def test_a_phase_in_needs_todays_costs_and_moves_the_year_of_the_sentence():
    assert compute(conditions={"lissage": "2"}).variantes[0].refus is not None
    communes = copy.deepcopy(DONNEES["communes"])
    communes[5]["depense_actuelle"] = "1 000"
    resultat = compute(communes=communes, conditions={"lissage": "2"})
    assert resultat.annee_reference == 2029
    assert resultat.phrase.startswith("En 2029")


def test_a_variant_may_have_its_own_perimeter():
    variantes = [{"cle": {"population": "100"}}, {"cle": {"population": "100"}, "perimetre": ["C01", "C02"]}]
    toutes, deux = compute(variantes=variantes).variantes
    assert len(toutes.communes) == 8
    assert [effet.commune.code for effet in deux.communes] == ["C01", "C02"]
    assert deux.get_commune("C03") is None
    assert deux.cout.etp < toutes.cout.etp


def test_a_commune_without_inhabitant_has_no_amount_by_inhabitant():
    communes = [{"nom": "Village sans habitant", "population": 0, "volume": 1}]
    resultat = compute(communes=communes, variantes=[{"cle": {"forfait": "100"}}])
    assert "aucune n'a d'habitant" in resultat.phrase


def test_the_explanation_gives_the_contribution():
    resultat = compute_resultat(build_exemple())
    variante = resultat.variantes[0]
    explication = explain_contribution(resultat, variante, "C02", 2028)
    assert explication.contribution == variante.get_commune("C02").get_annee(2028).contribution
    assert explain_contribution(resultat, variante, "inconnue", 2028) is None


def test_a_year_out_of_the_simulation_is_refused():
    commune = compute_resultat(build_exemple()).variantes[0].communes[0]
    with pytest.raises(KeyError):
        commune.get_annee(1999)
