"""The register of rules, and the refusals of delays, opinions, quorum, ballots, majorities and instances."""

from datetime import date

import pytest

from communaccord.noyau.droit.avis import CONSULTATIONS, AvisRendu, SensAvis, compute_etat_avis, get_consultation
from communaccord.noyau.droit.composition import (
    check_communes_representees,
    check_demande_conference,
    check_proportionnelle,
    compute_vice_presidences,
    list_comites_sociaux,
)
from communaccord.noyau.droit.delais import Assemblee, compute_envoi_max, compute_seance_min, find_delai_convocation
from communaccord.noyau.droit.instances import FaitsEpci, list_instances_attendues
from communaccord.noyau.droit.majorites import MAJORITE_QUALIFIEE, CommunePopulation, check_majorite
from communaccord.noyau.droit.quorum import Pouvoir, check_pouvoirs, check_quorum, compute_quorum
from communaccord.noyau.droit.regle import RESERVE_TEXTES, VERIFIE_LE, Confiance, describe_fiabilite
from communaccord.noyau.droit.regles import REGLES, get_regle
from communaccord.noyau.droit.scrutins import (
    BaseMajorite,
    Decompte,
    compute_resultat,
    compute_resultat_deux_tiers,
    find_mode_scrutin,
)
from communaccord.noyau.droit.sieges import Nature


@pytest.mark.parametrize("identifiant", sorted(REGLES))
def test_every_rule_is_dated_and_has_its_texts(identifiant):
    regle = REGLES[identifiant]
    assert regle.identifiant == identifiant
    assert regle.articles
    assert regle.verifie_le == VERIFIE_LE == date(2026, 11, 23)
    assert regle.resume.endswith(".")
    assert all(avertissement.endswith(".") for avertissement in regle.avertissements)
    assert regle.confiance.label


@pytest.mark.parametrize("regle", REGLES.values(), ids=lambda regle: regle.identifiant)
def test_what_was_read_says_in_which_state(regle):
    assert regle.texte_au is None or regle.texte_au <= regle.verifie_le
    if regle.confiance.est_etablie:
        assert regle.texte_au is not None
        assert str(regle.texte_au.year) in regle.fiabilite


@pytest.mark.parametrize(
    ("confiance", "texte_au", "attendue"),
    [
        (Confiance.TEXTE_LU, date(2023, 12, 6), "texte lu dans sa version de décembre 2023"),
        (Confiance.TEXTE_LU, None, "texte lu"),
        (Confiance.CALCULE, None, "calculé et comparé à des cas réels"),
        (
            Confiance.CALCULE,
            date(2023, 12, 6),
            "calculé et comparé à des cas réels, texte lu dans sa version de décembre 2023",
        ),
        (Confiance.SOURCE_SECONDAIRE, date(2023, 12, 6), "source secondaire"),
        (Confiance.MEMOIRE, date(2023, 12, 6), "de mémoire, à vérifier"),
    ],
)
def test_reliability_is_said_in_french(confiance, texte_au, attendue):
    assert describe_fiabilite(confiance, texte_au) == attendue


def test_reliability_of_the_rules_follows_the_codes():
    assert get_regle("R-1.1").fiabilite == "texte lu dans sa version de décembre 2023"
    assert get_regle("R-3.10").fiabilite == "texte lu dans sa version d'avril 2026"
    assert get_regle("R-7").texte_au is None
    assert "décembre 2023" in RESERVE_TEXTES
    assert "Légifrance" in RESERVE_TEXTES


@pytest.mark.parametrize(
    ("identifiant", "article", "annee"),
    [
        ("R-5.1", "CGCT L5211-4-2", 2023),
        ("R-5.2", "CGCT L5211-4-1", 2023),
        ("R-5.3", "CGCT D5211-16", 2023),
        ("R-5.6", "CCP L2113-7", 2023),
        ("R-5.7", "CGCT L5211-4-3", 2023),
        ("U-1", "Code de l'urbanisme L422-1", 2014),
        ("U-2", "Code de l'urbanisme R*423-14", 2019),
        ("U-3", "Code de l'urbanisme R*423-15", 2019),
    ],
)
def test_texts_of_the_forms_of_pooling_are_in_the_register(identifiant, article, annee):
    regle = get_regle(identifiant)
    assert article in regle.articles
    assert regle.texte_au.year == annee


def test_unit_cost_refund_is_a_good_practice_for_a_service_commun():
    """Trap 20: D5211-16 does not bind services communs."""
    assert "bonne pratique" in get_regle("R-5.3").avertissements[0]


def test_repealed_texts_are_not_cited():
    """Trap 5: L5211-40 and L5211-30 no longer exist, décret 2021-571 was codified."""
    cites = " ".join(f"{' '.join(r.articles)} {r.resume} {' '.join(r.avertissements)}" for r in REGLES.values())
    assert "L5211-30" not in cites
    assert "2021-571" not in cites
    assert "L5211-40 " not in cites.replace("L5211-40-1", "").replace("L5211-40-2", "")


def test_memory_and_secondary_sources_are_not_established():
    assert {confiance for confiance in Confiance if confiance.est_etablie} == {Confiance.TEXTE_LU, Confiance.CALCULE}


def test_rule_is_in_force_within_its_dates():
    regle = get_regle("R-1.1")
    assert not regle.is_en_vigueur(date(2019, 12, 28))
    assert regle.is_en_vigueur(date(2019, 12, 29))
    assert get_regle("R-4.5").is_en_vigueur(date(1900, 1, 1))


def test_unknown_rule_and_consultation_are_named():
    with pytest.raises(KeyError, match=r"R-99\.9"):
        get_regle("R-99.9")
    with pytest.raises(KeyError, match="galette"):
        get_consultation("galette")


def test_delay_of_a_commune_needs_its_population():
    with pytest.raises(ValueError, match="population municipale"):
        find_delai_convocation(Assemblee.COMMUNE)
    for calcul in (compute_envoi_max, compute_seance_min):
        with pytest.raises(ValueError, match="négatif"):
            calcul(date(2026, 12, 17), -1)


def test_first_meeting_of_a_large_commune_needs_three_days_only():
    delai = find_delai_convocation(Assemblee.COMMUNE, population=9_000, premiere_reunion=True)
    assert (delai.jours, delai.francs) == (3, True)


@pytest.mark.parametrize(
    ("assemblee", "population", "attendue"),
    [(Assemblee.EPCI, None, True), (Assemblee.COMMUNE, 3_500, True), (Assemblee.COMMUNE, 3_499, False)],
)
def test_note_de_synthese(assemblee, population, attendue):
    assert find_delai_convocation(assemblee, population=population).note_synthese is attendue


def test_opinion_dated_before_its_transmission_is_refused():
    avis = AvisRendu(SensAvis.FAVORABLE, date(2026, 11, 30), "2026-1")
    with pytest.raises(ValueError, match="avant la transmission"):
        compute_etat_avis(CONSULTATIONS["rapport_mutualisation"], date(2026, 12, 1), avis, date(2026, 12, 2))


def test_quorum_refuses_impossible_counts():
    with pytest.raises(ValueError, match="au moins un membre"):
        compute_quorum(0)
    with pytest.raises(ValueError, match="12 membres présents pour 11"):
        check_quorum(11, 12)
    with pytest.raises(ValueError, match="négatif"):
        check_quorum(11, -1)


def test_suppleant_comes_before_a_pouvoir():
    (anomalie,) = check_pouvoirs([Pouvoir("A", "B")], frozenset({"B"}), suppleants_presents={"A": "A bis"})
    assert anomalie.code == "SUPPLEANT_D_ABORD"


def test_pouvoirs_do_not_depend_on_their_order():
    pouvoirs = [Pouvoir("A", "B"), Pouvoir("D", "B"), Pouvoir("E", "F", 5)]
    presents = frozenset({"B"})
    assert check_pouvoirs(pouvoirs, presents) == check_pouvoirs(pouvoirs[::-1], presents)


def test_ballots_refuse_impossible_counts():
    with pytest.raises(ValueError, match="négatif"):
        Decompte(-1, 0)
    with pytest.raises(ValueError, match="plus de demandes"):
        find_mode_scrutin(10, demandes_secret=11)
    with pytest.raises(ValueError, match="Aucun membre présent"):
        find_mode_scrutin(0)
    with pytest.raises(ValueError, match="plus de voix"):
        compute_resultat_deux_tiers(Decompte(30, 10), BaseMajorite.MEMBRES, membres=39)


def test_tie_without_the_vote_of_the_chair_asks_for_it():
    resultat = compute_resultat(Decompte(5, 5))
    assert not resultat.adoptee
    assert [a.code for a in resultat.avertissements] == ["VOIX_PRESIDENCE_INCONNUE"]


@pytest.mark.parametrize(
    ("communes", "favorables", "phrase"),
    [
        ([], set(), "Aucune commune"),
        ([CommunePopulation("A", 1), CommunePopulation("A", 2)], set(), "donnée deux fois : A"),
        ([CommunePopulation("A", 1)], {"Z"}, "non membre : Z"),
        ([CommunePopulation("A", -1)], set(), "négative : A"),
    ],
)
def test_majority_refuses_what_cannot_be_counted(communes, favorables, phrase):
    with pytest.raises(ValueError, match=phrase):
        check_majorite(MAJORITE_QUALIFIEE, communes, favorables)


def test_majority_says_when_the_kind_of_population_decides():
    # Fictitious: A and C hold two thirds of the population totale, not of the municipale.
    differente = [CommunePopulation("A", 6, 9), CommunePopulation("B", 7, 7), CommunePopulation("C", 5, 5)]
    resultat = check_majorite(MAJORITE_QUALIFIEE, differente, {"A", "C"})
    assert resultat.atteinte
    assert [a.code for a in resultat.avertissements] == ["POPULATION_DECISIVE"]
    assert check_majorite(MAJORITE_QUALIFIEE, differente, {"A", "B", "C"}).avertissements == ()


def test_majority_without_population_totale_says_so():
    resultat = check_majorite(MAJORITE_QUALIFIEE, [CommunePopulation("A", 6), CommunePopulation("B", 7, 7)], {"A", "B"})
    assert [a.code for a in resultat.avertissements] == ["POPULATION_MUNICIPALE"]


def test_composition_refuses_impossible_counts():
    with pytest.raises(ValueError, match="au moins un siège"):
        compute_vice_presidences(0, Nature.CC)
    with pytest.raises(ValueError, match="plus de signatures"):
        check_demande_conference(5, 4, 0)
    with pytest.raises(ValueError, match="Groupe inconnu du conseil : C"):
        check_proportionnelle({"A": 3}, {"C": 1})
    with pytest.raises(ValueError, match="aucun siège"):
        check_proportionnelle({"A": 0}, {"A": 0})
    with pytest.raises(ValueError, match="négatif : A"):
        list_comites_sociaux({"A": -1})
    with pytest.raises(ValueError, match="50 agents en tout"):
        list_comites_sociaux({"A": 20, "B": 20}, ("A", "B"))
    with pytest.raises(ValueError, match="négatifs"):
        list_instances_attendues(FaitsEpci(population=-1))


def test_communes_absent_from_an_instance_are_named_as_an_information():
    controle = check_communes_representees({"A", "B", "C"}, {"B"}, "bureau")
    assert controle.phrase.endswith("A, C.")
    assert controle.etat.label == "pour information"
