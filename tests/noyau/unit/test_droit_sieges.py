"""Refusals of the seats, and the verdicts of the comparison with the council as it is."""

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest

from communaccord.noyau.droit.regle import Confiance
from communaccord.noyau.droit.sieges import (
    LECTURES_LARGES,
    CauseEtat,
    CommuneMembre,
    EtatCommune,
    Nature,
    OrigineEffectif,
    VerdictSieges,
    check_accord_local,
    check_supplement_vi,
    compare_sieges,
    compute_nombre_tableau,
    compute_sieges,
)

CONSEILS_REELS = json.loads(
    (Path(__file__).parents[2] / "donnees" / "sieges_cas_reels.json").read_text(encoding="utf-8")
)


def build_conseil(nature=Nature.CC, populations=(2_900, 2_000, 1_100), **options):
    return compute_sieges(
        [CommuneMembre(code, p) for code, p in zip("ABCDEFGH", populations, strict=False)], nature, **options
    )


@pytest.mark.parametrize(
    ("communes", "phrase"),
    [
        ([CommuneMembre("A", 10)], "au moins deux communes"),
        ([CommuneMembre("A", 10), CommuneMembre("A", 20)], "A est donnée deux fois"),
        ([CommuneMembre("A", 10), CommuneMembre("B", -1)], "commune B ne peut pas être négative"),
        ([CommuneMembre("A", 0), CommuneMembre("B", 0)], "Aucune commune n'a d'habitants"),
        ([CommuneMembre("A", 10, 0), CommuneMembre("B", 5)], "au moins une personne"),
    ],
)
def test_refuses_what_cannot_be_computed(communes, phrase):
    with pytest.raises(ValueError, match=phrase):
        compute_sieges(communes, Nature.CC)


def test_refuses_a_negative_population_in_the_table():
    with pytest.raises(ValueError, match="négative"):
        compute_nombre_tableau(-1)


def test_commune_nouvelle_and_lowered_table_are_said():
    communes = [CommuneMembre("A", 9_000, 7), CommuneMembre("B", 9_000, commune_nouvelle=True)]
    resultat = compute_sieges(communes, Nature.CC)
    assert resultat.sieges == {"A": 7, "B": 7}
    assert [a.code for a in resultat.avertissements] == ["REDUCTION_4", "COMMUNE_NOUVELLE"]


def test_two_communes_and_an_odd_total():
    # 27 seats: half is 13, the 14 others can only go to the second commune, which then passes half.
    resultat = compute_sieges([CommuneMembre("A", 9_999, 40), CommuneMembre("B", 1, 40)], Nature.CC)
    assert resultat.sieges == {"A": 13, "B": 14}
    assert [(a.code, a.communes) for a in resultat.avertissements] == [("MOITIE_DEPASSEE", ("B",))]


def test_limit_of_an_accord_leaves_v_out():
    """Trap 12: 25 % of III and IV (211 seats), not of the council with V (232)."""
    conseil = next(c for c in CONSEILS_REELS if c["siren"] == "200067106")
    ordinaire = compute_sieges([CommuneMembre(c["code"], c["pop"]) for c in conseil["communes"]], Nature.CA)
    assert (ordinaire.total_iv, ordinaire.total) == (211, 232)
    assert check_accord_local(ordinaire, ordinaire.sieges, lectures=LECTURES_LARGES).total_maximal == 263


def test_accord_refuses_other_communes():
    with pytest.raises(ValueError, match="pas les mêmes des deux côtés : D"):
        check_accord_local(build_conseil(), {"A": 1, "B": 1, "C": 1, "D": 1}, lectures=LECTURES_LARGES)
    with pytest.raises(ValueError, match="négatif : C"):
        check_accord_local(build_conseil(), {"A": 1, "B": 1, "C": -1}, lectures=LECTURES_LARGES)
    with pytest.raises(ValueError, match="Aucun siège"):
        check_accord_local(build_conseil(), {"A": 0, "B": 0, "C": 0}, lectures=LECTURES_LARGES)


def test_accord_says_when_population_order_is_reversed():
    controle = check_accord_local(
        build_conseil(populations=(2_900, 2_000, 1_990)), {"A": 9, "B": 6, "C": 7}, lectures=LECTURES_LARGES
    )
    assert [(a.code, a.communes) for a in controle.avertissements] == [("ORDRE_POPULATION", ("B",))]


@pytest.mark.parametrize(
    ("nature", "constates", "options", "verdict"),
    [
        (Nature.CC, (11, 7, 4), {}, VerdictSieges.IDENTIQUE),
        (Nature.CC, (11, 6, 4), {}, VerdictSieges.VACANCES_PROBABLES),
        (Nature.CC, (10, 6, 4), {}, VerdictSieges.VACANCES_PROBABLES),
        (Nature.CC, (13, 9, 5), {}, VerdictSieges.ACCORD_LOCAL_PROBABLE),
        (Nature.CA, (9, 6, 4), {}, VerdictSieges.ACCORD_LOCAL_PROBABLE),
        (Nature.CC, (14, 9, 5), {}, VerdictSieges.AUTRE),
        (Nature.CC, (9, 4, 9), {}, VerdictSieges.AUTRE),
        (Nature.CC, (12, 7, 4), {}, VerdictSieges.AUTRE),
        (Nature.METRO, (12, 8, 4), {}, VerdictSieges.SUPPLEMENT_VI_PROBABLE),
        (Nature.METRO, (13, 7, 3), {}, VerdictSieges.SUPPLEMENT_VI_PROBABLE),
        (Nature.METRO, (12, 6, 4), {}, VerdictSieges.AUTRE),
        (Nature.METRO, (13, 8, 4), {}, VerdictSieges.AUTRE),
        (Nature.CC, (11, 7, 0), {}, VerdictSieges.REGISTRE_INCOMPLET),
        (Nature.CC, (11, 0, 0), {}, VerdictSieges.REGISTRE_INCOMPLET),
        (Nature.CC, (13, 9, 0), {"registre_complet": False}, VerdictSieges.ACCORD_LOCAL_PROBABLE),
        (Nature.CC, (14, 12, 0), {"registre_complet": False}, VerdictSieges.REGISTRE_INCOMPLET),
        (Nature.CC, (11, 7, 4), {"registre_complet": False}, VerdictSieges.REGISTRE_INCOMPLET),
    ],
)
def test_verdict_of_the_comparison(nature, constates, options, verdict):
    comparaison = compare_sieges(build_conseil(nature), dict(zip("ABC", constates, strict=True)), **options)
    assert comparaison.verdict is verdict
    assert comparaison.phrase.endswith(".")
    assert comparaison.total_constate == sum(constates)


def test_probable_is_never_said_as_certain():
    for constates in ((13, 9, 5), (11, 6, 4)):
        comparaison = compare_sieges(build_conseil(), dict(zip("ABC", constates, strict=True)))
        assert "probable" in comparaison.verdict.label
        assert "sans doute" in comparaison.phrase


def test_out_of_scope_is_compared_with_nothing():
    comparaison = compare_sieges(build_conseil(Nature.MET69), {"A": 3})
    assert comparaison.verdict is VerdictSieges.HORS_CHAMP
    assert comparaison.total_ordinaire is None


def test_comparison_refuses_foreign_communes_and_negative_counts():
    with pytest.raises(ValueError, match="non membres : Z"):
        compare_sieges(build_conseil(), {"A": 11, "B": 7, "C": 4, "Z": 1})
    with pytest.raises(ValueError, match="négatif : A"):
        compare_sieges(build_conseil(), {"A": -1, "B": 7, "C": 4})


def test_councils_are_computed_fast_enough_for_the_whole_country():
    """About 1,250 councils in a second: 32 of the largest in a fifth of a second leaves a wide margin."""
    debut = time.process_time()
    for conseil in CONSEILS_REELS:
        compute_sieges([CommuneMembre(c["code"], c["pop"]) for c in conseil["communes"]], Nature(conseil["nature"]))
    assert time.process_time() - debut < 0.2


def test_a_gap_of_one_seat_in_the_register_is_first_a_vacancy():
    conseil = compute_sieges([CommuneMembre("A", 9_000), CommuneMembre("B", 3_000), CommuneMembre("C", 200)], Nature.CC)
    comparaison = compare_sieges(conseil, {**conseil.sieges, "C": 0}, registre_complet=False)
    assert comparaison.verdict is VerdictSieges.VACANCES_PROBABLES


def test_a_completed_register_says_its_assumption():
    comparaison = compare_sieges(build_conseil(Nature.CC), {"A": 13, "B": 9}, registre_complet=False)
    assert "une commune" in comparaison.phrase
    assert "26 sièges seraient comptés" in comparaison.phrase
    assert comparaison.total_constate == 22


def test_sentences_count_the_communes_and_codes_stand_beside():
    """What a mayor reads holds no INSEE code: pages put the names."""
    codes = ("05001", "05002", "05003")
    membres = [CommuneMembre(code, p) for code, p in zip(codes, (2_900, 2_000, 1_100), strict=True)]
    ordinaire = compute_sieges(membres, Nature.CC)
    accord = check_accord_local(ordinaire, dict(zip(codes, (12, 0, 0), strict=True)), lectures=LECTURES_LARGES)
    supplement = check_supplement_vi(ordinaire, dict(zip(codes, (12, 6, 4), strict=True)), lectures=LECTURES_LARGES)
    conditions = {condition.nom: condition for condition in (*accord.conditions, *supplement.conditions)}
    assert conditions["d"].motif == "Une commune aurait plus de la moitié des sièges."
    assert conditions["d"].communes == ("05001",)
    assert conditions["c"].motif == "2 communes n'auraient aucun siège."
    assert conditions["c"].communes == ("05002", "05003")
    assert conditions["supplément"].motif == "Une commune aurait moins de sièges que par la règle ordinaire."
    assert conditions["supplément"].communes == ("05002",)
    assert conditions["a"].communes == ()
    phrases = [condition.motif for condition in conditions.values()]
    phrases += [commune.motif for commune in (*accord.communes, *supplement.communes)]
    assert not any(code in phrase for code in codes for phrase in phrases)


def test_a_probable_agreement_says_how_many_communes_to_look_at():
    comparaison = compare_sieges(build_conseil(), {"A": 9, "B": 7, "C": 6})
    assert comparaison.verdict is VerdictSieges.ACCORD_LOCAL_PROBABLE
    assert comparaison.communes_a_verifier == ("C",)
    assert "À vérifier pour une commune, hors des limites de l'accord." in comparaison.phrase
    assert compare_sieges(build_conseil(), {"A": 13, "B": 9, "C": 5}).communes_a_verifier == ()


@pytest.mark.parametrize("cause", CauseEtat)
def test_each_ground_has_its_sentence_and_its_state(cause):
    refus = {
        CauseEtat.SANS_SIEGE,
        CauseEtat.HORS_LIMITES,
        CauseEtat.RESERVE,
        CauseEtat.DIMINUEE,
        CauseEtat.MOITIE,
    }
    assert cause.label.endswith(".")
    assert (cause.etat is EtatCommune.NON_CONFORME) == (cause in refus)
    assert (cause.etat is EtatCommune.TOLERE_PRATIQUE) == (cause is CauseEtat.EFFET_DES_AUTRES)


def test_bound_of_twenty_per_cent_is_within_the_rule():
    """6 seats of 20 for a quarter of the inhabitants: exactly 6/5."""
    ordinaire = compute_sieges([CommuneMembre(code, 5_000) for code in "ABCD"], Nature.CC)
    controle = check_accord_local(ordinaire, {"A": 6, "B": 5, "C": 5, "D": 4}, lectures=LECTURES_LARGES)
    causes = {commune.code: commune.cause for commune in controle.communes}
    assert controle.communes[0].ratio == Fraction(6, 5)
    assert set(causes.values()) == {CauseEtat.PROPORTION}
    assert controle.etat is EtatCommune.CONFORME
    au_dela = check_accord_local(ordinaire, {"A": 7, "B": 5, "C": 4, "D": 4}, lectures=LECTURES_LARGES)
    assert au_dela.list_communes(EtatCommune.NON_CONFORME) == ("A",)


def test_second_seat_is_owed_to_a_commune_as_populous_as_the_one_served():
    """Reserve of 2015-711 DC: at equal population, giving one and refusing the other does not hold."""
    populations = {"A": 3_000, "B": 2_500, "C": 300, "D": 300, "E": 300}
    ordinaire = compute_sieges([CommuneMembre(code, p) for code, p in populations.items()], Nature.CC)
    etapes = {ligne.code: ligne.sieges_1 for ligne in ordinaire.lignes}
    assert {etapes[code] for code in "CDE"} == {1}
    controle = check_accord_local(ordinaire, {**ordinaire.sieges, "C": 2, "D": 2, "E": 1}, lectures=LECTURES_LARGES)
    causes = {commune.code: commune.cause for commune in controle.communes}
    assert (causes["C"], causes["D"]) == (CauseEtat.DEUXIEME_SIEGE, CauseEtat.DEUXIEME_SIEGE)
    assert causes["E"] is CauseEtat.RESERVE
    assert controle.etat is EtatCommune.NON_CONFORME


def test_a_commune_at_exactly_half_is_not_brought_down():
    resultat = build_conseil(populations=(800, 800))
    assert resultat.sieges == {"A": 8, "B": 8}
    assert resultat.plafonnees == ()
    assert build_conseil(populations=(8_000, 600, 400)).plafonnees == ("A",)


def test_size_of_the_council_says_where_it_comes_from():
    membres = [CommuneMembre("75056", 2_000_000), CommuneMembre("A", 9_000, 40), CommuneMembre("B", 9_000)]
    lignes = {ligne.code: ligne for ligne in compute_sieges(membres, Nature.METRO).lignes}
    origines = {code: (ligne.effectif_conseil, ligne.origine_effectif) for code, ligne in lignes.items()}
    assert origines == {
        "75056": (163, OrigineEffectif.PARTICULIER),
        "A": (40, OrigineEffectif.DONNE),
        "B": (29, OrigineEffectif.PRESUME),
    }
    assert OrigineEffectif.PARTICULIER.confiance is Confiance.MEMOIRE
    assert OrigineEffectif.PARTICULIER.label == "effectif propre à cette commune, de mémoire, à vérifier"
    assert OrigineEffectif.PRESUME.label == "effectif présumé d'après la population"
    assert OrigineEffectif.DONNE.confiance is None
