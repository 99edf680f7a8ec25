"""The answer: sums to the cent, both baselines, refusals with their reason, the sentence."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.simulateur.strategies import simulations

from communaccord.simulateur import build_exemple, compute_resultat, explain_contribution, parse_simulation, to_json
from communaccord.simulateur.ecriture import round_estimation, round_par_habitant
from communaccord.simulateur.exemple import DONNEES
from communaccord.simulateur.resultat import (
    compute_ecart_affiche,
    compute_ecart_budget,
    count_moins,
    describe_seule,
    describe_seules,
    list_noms,
)


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
        "En 2027, sur 8 communes, 2 paieraient moins qu'aujourd'hui sur le budget (1 dépense reste inconnue)\u202f; "
        "la contribution irait d'environ 6,20\u00a0€ à 7,40\u00a0€ par habitant."
    ), resultat.phrase


def test_without_margins_the_sentence_is_to_the_cent():
    resultat = compute(marges={})
    assert not resultat.estime
    assert "environ" not in resultat.phrase
    assert not resultat.variantes[0].communes[0].fourchettes


def test_without_todays_spending_the_sentence_gives_the_contribution_alone():
    communes = [{"nom": c["nom"], "population": c["population"], "volume": c["volume"]} for c in DONNEES["communes"]]
    resultat = compute(communes=communes)
    assert resultat.phrase.startswith("En 2027, pour 8 communes, la contribution irait d'environ")
    assert "seule" not in resultat.phrase
    assert resultat.variantes[0].temps == ""
    assert any("Dépense d'aujourd'hui inconnue" in ligne for ligne in resultat.variantes[0].avertissements)


def test_time_freed_is_never_money():
    """Nobody spends anything today: whatever the hours declared, nobody can pay less."""
    communes = [{**c, "depense_actuelle": "0", "heures_actuelles": "500"} for c in copy.deepcopy(DONNEES["communes"])]
    resultat = compute(communes=communes)
    for variante in resultat.variantes:
        assert "aucune ne paierait moins qu'aujourd'hui sur le budget" in variante.phrase
        effets = [commune.get_annee(resultat.annee_reference) for commune in variante.communes]
        assert any(effet.ecart_aujourd_hui < 0 for effet in effets)
        assert [compute_ecart_budget(effet) for effet in effets] == [effet.contribution for effet in effets]
        assert variante.temps.startswith("Temps d'agents libéré, à part\u202f: 4\u202f000 h")
        assert "pas de l'argent" in variante.temps
    premiere = to_json(resultat)["variantes"][0]["communes"][0]["annees"][0]
    assert premiere["ecart_budget"] == premiere["contribution"]
    assert premiere["ecart_temps_compris"] == premiere["contribution"] - 1_400_000


def test_the_difference_shown_is_exact_and_rounded_once():
    resultat = compute_resultat(build_exemple())
    effet = resultat.variantes[0].get_commune("C02").get_annee(2027)
    ecart = effet.contribution - effet.depense_actuelle
    assert compute_ecart_budget(effet) == ecart
    assert compute_ecart_affiche(effet, estime=True) == round_estimation(ecart)
    assert abs(compute_ecart_affiche(effet, estime=False) - ecart) <= 50


def test_communes_that_pay_less_are_counted_on_exact_amounts():
    """Both amounts would be shown as 1 500 EUR, and the commune pays 23,24 EUR less; less than one euro is nothing."""
    effet = compute_resultat(build_exemple()).variantes[0].get_commune("C02").get_annee(2027)
    proche = effet._replace(contribution=150_000, depense_actuelle=152_324)
    assert compute_ecart_affiche(proche, estime=True) == -2000
    egale = effet._replace(contribution=150_000, depense_actuelle=150_099)
    assert count_moins([proche, egale]) == 1


def test_time_left_out_for_all_is_said_and_unknown_time_leaves_the_budget_known():
    communes = copy.deepcopy(DONNEES["communes"])
    for commune in communes:
        del commune["heures_actuelles"]
    resultat = compute(communes=communes)
    variante = resultat.variantes[0]
    assert any("n'a été donné pour aucune commune" in ligne for ligne in variante.avertissements)
    assert variante.temps == ""
    assert variante.communes[0].annuels[0].cout_actuel == 6_800_000
    communes[1]["heures_actuelles"] = "10"
    mixte = compute(communes=communes).variantes[0].communes[0].annuels[0]
    assert mixte.cout_actuel is None
    assert compute_ecart_budget(mixte) == mixte.contribution - 6_800_000


def test_the_cost_alone_carries_its_hypothesis():
    resultat = compute_resultat(build_exemple())
    variante = resultat.variantes[0]
    attendu = "en supposant un demi-poste et tous les coûts fixes (19\u202f500\u00a0€) pour elle seule"
    assert describe_seule(resultat, variante, "C08", 2027) == attendu
    assert "au moins un demi-poste" in describe_seules(resultat, variante, 2027)
    assert describe_seule(resultat, variante, "inconnue", 2027) == ""


def test_a_variant_that_has_only_a_number_is_named_by_its_key():
    variantes = [{"cle": {"population": "100"}}, {"nom": "Variante 2", "cle": {"usage": "70", "population": "30"}}]
    resultat = compute(variantes=variantes)
    noms = list_noms([variante.variante for variante in resultat.variantes])
    assert noms == ["Population 100\u202f%", "Population 30\u202f%, usage du service 70\u202f%"]


def test_grants_above_the_cost_are_told_once_with_the_years():
    aides = [{"libelle": "Aide", "montant": "900000", "premiere_annee": "2027", "derniere_annee": "2029"}]
    lignes = compute(couts={"subventions": aides}).variantes[0].avertissements
    assert [ligne for ligne in lignes if "subventions" in ligne] == [
        "Les subventions dépassent le coût en 2027, 2028 et 2029\u202f: l'intercommunalité garde l'excédent, "
        "les communes ne paient rien."
    ]


def test_a_cost_by_act_is_named_by_its_unit():
    service = {"domaine": "urbanisme", "actes": [{"code": "unite", "libelle": "acte pondéré", "cout_unitaire": "80"}]}
    resultat = compute(service=service)
    libelles = [ligne["libelle"] for ligne in to_json(resultat)["variantes"][0]["cout"]]
    assert "acte pondéré" in libelles
    assert "unite" not in libelles


@pytest.mark.parametrize(
    ("centimes", "attendu"),
    [(0, 0), (499, 500), (1000, 1000), (16_340, 16_000), (99_499, 99_000), (104_999, 100_000), (-16_340, -16_000)],
)
def test_small_estimates_keep_their_tens(centimes, attendu):
    assert round_estimation(centimes) == attendu


@pytest.mark.parametrize(("centimes", "attendu"), [(Fraction(1, 9), 1), (43, 43), (123, 120), (1550, 1600), (0, 0)])
def test_a_small_amount_by_inhabitant_is_never_written_as_nothing(centimes, attendu):
    assert round_par_habitant(centimes) == attendu


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
    borne = compute(conditions={"maximum": "100", "porteur_du_reste": "intercommunalité"}).variantes[0]
    assert borne.refus is None
    assert any("porté par l'intercommunalité" in ligne for ligne in borne.avertissements)


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
