"""Refusals of the seats, and the verdicts of the comparison with the council as it is."""

import json
import time
from pathlib import Path

import pytest

from communaccord.noyau.droit.sieges import (
    CommuneMembre,
    Nature,
    VerdictSieges,
    check_accord_local,
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
    assert check_accord_local(ordinaire, ordinaire.sieges).total_maximal == 263


def test_accord_refuses_other_communes():
    with pytest.raises(ValueError, match="pas les mêmes des deux côtés : D"):
        check_accord_local(build_conseil(), {"A": 1, "B": 1, "C": 1, "D": 1})
    with pytest.raises(ValueError, match="négatif : C"):
        check_accord_local(build_conseil(), {"A": 1, "B": 1, "C": -1})
    with pytest.raises(ValueError, match="Aucun siège"):
        check_accord_local(build_conseil(), {"A": 0, "B": 0, "C": 0})


def test_accord_says_when_population_order_is_reversed():
    controle = check_accord_local(build_conseil(populations=(2_900, 2_000, 1_990)), {"A": 9, "B": 6, "C": 7})
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
