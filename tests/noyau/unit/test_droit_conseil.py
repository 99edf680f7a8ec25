"""The council beside the ordinary rule: what is compared, what is not."""

import pytest

from communaccord.noyau.droit.sieges import Nature, VerdictSieges, compute_conseil

POPULATIONS = {"A": 9_000, "B": 3_000, "C": 1_500, "D": 200}


def compute(constates, *, complet=True, nature=Nature.CC, siren="200000172"):
    return compute_conseil(POPULATIONS, constates, nature, siren=siren, registre_complet=complet)


ORDINAIRE = dict(compute({}, complet=False).ordinaire.sieges)


def test_the_ordinary_rule_itself_is_identical_and_complete():
    conseil = compute(ORDINAIRE)
    assert conseil.verdict is VerdictSieges.IDENTIQUE
    assert not conseil.est_partiel
    assert (conseil.manquants, conseil.a_verifier) == (0, ())


def test_a_register_with_gaps_is_partial_unless_a_vacancy_explains_it():
    conseil = compute({"D": ORDINAIRE["D"]}, complet=False)
    assert conseil.est_partiel
    assert conseil.manquants == sum(ORDINAIRE.values()) - ORDINAIRE["D"]
    sans_d = {code: sieges for code, sieges in ORDINAIRE.items() if code != "D"}
    vacance = compute(sans_d, complet=False)
    assert vacance.verdict is VerdictSieges.VACANCES_PROBABLES
    assert not vacance.est_partiel


def test_the_communes_out_of_the_limits_are_those_to_check():
    conseil = compute({**ORDINAIRE, "B": ORDINAIRE["B"] + 3})
    assert conseil.a_verifier
    assert set(conseil.a_verifier) <= set(POPULATIONS)


def test_each_commune_has_its_steps_and_a_stranger_none():
    conseil = compute(ORDINAIRE)
    assert conseil.get_ligne("A").sieges == ORDINAIRE["A"]
    assert conseil.get_ligne("Z") is None


def test_out_of_scope_gives_no_ordinary_rule():
    conseil = compute({"A": 3}, nature=Nature.MET69, siren="200046977")
    assert conseil.ordinaire is None
    assert conseil.hors_champ.motif
    assert (conseil.verdict, conseil.manquants, conseil.get_ligne("A")) == (VerdictSieges.HORS_CHAMP, 0, None)


def test_seats_of_a_stranger_are_refused():
    with pytest.raises(ValueError, match="non membres"):
        compute({"Z": 1})
