"""Who may what with flows and sheets: the whole table of roles, for one commune and for another."""

from types import SimpleNamespace

import pytest

from communaccord.plateforme.comptes.enums import EQUIPE, MAIRIE, TABLE, Role
from communaccord.plateforme.diagnostic import rules

MIENNE, AUTRE, DEMARCHE = 1, 2, 9
ROLES = sorted(Role)


def acteur(role: str, commune_id: int | None = MIENNE, demarche_id: int = DEMARCHE) -> SimpleNamespace:
    return SimpleNamespace(role=role, commune_id=commune_id, demarche_id=demarche_id)


def flux(declare_par_id: int | None, *, par_la_mairie: bool) -> SimpleNamespace:
    return SimpleNamespace(declare_par_id=declare_par_id, par_la_mairie=par_la_mairie)


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_declares_and_judges(role):
    who = acteur(role)
    assert bool(rules.can_read_flux(who)) is (role in EQUIPE | MAIRIE | {Role.DRH})
    assert bool(rules.can_declare_flux(who, DEMARCHE)) is (role in EQUIPE | MAIRIE)
    assert bool(rules.can_judge_flux(who, frozenset({MIENNE, AUTRE}), DEMARCHE)) is (role in EQUIPE | MAIRIE)
    assert bool(rules.can_judge_flux(who, frozenset({AUTRE}), DEMARCHE)) is (role in EQUIPE)


@pytest.mark.parametrize("role", ROLES)
def test_who_corrects(role):
    who = acteur(role)
    assert bool(rules.can_edit_flux(who, flux(MIENNE, par_la_mairie=True), DEMARCHE)) is (role in MAIRIE)
    assert bool(rules.can_edit_flux(who, flux(AUTRE, par_la_mairie=True), DEMARCHE)) is False
    assert bool(rules.can_edit_flux(who, flux(AUTRE, par_la_mairie=False), DEMARCHE)) is (role in EQUIPE)
    assert bool(rules.can_edit_flux(who, flux(None, par_la_mairie=False), DEMARCHE)) is (role in EQUIPE)


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_shares_a_sheet(role):
    who = acteur(role)
    assert rules.reads_releve(who, MIENNE) is (role in EQUIPE | MAIRIE | {Role.DRH})
    assert rules.reads_releve(who, AUTRE) is (role in EQUIPE | {Role.DRH})
    assert rules.reads_releves_partages(who) is (role in TABLE)
    assert bool(rules.can_share_releve(who, MIENNE, DEMARCHE)) is (role in MAIRIE)
    assert bool(rules.can_share_releve(who, AUTRE, DEMARCHE)) is False


@pytest.mark.parametrize("role", ROLES)
def test_nothing_in_another_demarche(role):
    who = acteur(role, demarche_id=DEMARCHE + 1)
    assert not rules.can_declare_flux(who, DEMARCHE)
    assert not rules.can_edit_flux(who, flux(MIENNE, par_la_mairie=True), DEMARCHE)
    assert not rules.can_judge_flux(who, frozenset({MIENNE}), DEMARCHE)
    assert not rules.can_share_releve(who, MIENNE, DEMARCHE)
