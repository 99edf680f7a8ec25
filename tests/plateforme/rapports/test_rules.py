"""Who prepares, validates, reads: the whole table of truth."""

from types import SimpleNamespace

import pytest

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.rapports import rules
from communaccord.plateforme.rapports.enums import TRANSITIONS_FABRICATION, EtatFabrication

# Role: prepares, validates, reads the draft, reads what is validated.
VERITES = {
    Role.DGS_EPCI: (True, False, True, True),
    Role.EQUIPE_PROJET: (True, False, True, True),
    Role.PRESIDENT: (False, True, True, True),
    Role.VICE_PRESIDENT: (False, False, True, True),
    Role.MAIRE: (False, False, True, True),
    Role.SECRETAIRE: (False, False, True, True),
    Role.DIRECTION: (False, False, True, True),
    Role.DRH: (False, False, True, True),
    Role.CONSULTANT: (False, False, True, True),
    Role.CONSEILLER_COMMUNAUTAIRE: (False, False, False, True),
    Role.CONSEILLER_MUNICIPAL: (False, False, False, True),
    Role.REPRESENTANT_PERSONNEL: (False, False, False, True),
    Role.AGENT: (False, False, False, True),
    Role.OBSERVATEUR: (False, False, False, True),
}


def build(role, commune_id=None):
    return SimpleNamespace(role=role, demarche_id=1, commune_id=commune_id)


def test_every_role_has_its_line():
    assert set(VERITES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_the_table_of_truth(role):
    acteur = build(role)
    told = (rules.may_prepare, rules.may_validate, rules.may_read, rules.may_read_valide)
    assert tuple(bool(rule(acteur)) for rule in told) == VERITES[role]


@pytest.mark.parametrize("role", Role)
def test_the_papers_of_a_commune(role):
    """Who prepares and the presidency: all; others, those of their own commune, when they may enter the room."""
    prepares, validates, _, enters = VERITES[role]
    assert bool(rules.may_read_papiers(build(role, 7), 8)) is (prepares or validates)
    assert bool(rules.may_read_papiers(build(role, 7), 7)) is enters


@pytest.mark.parametrize("role", Role)
def test_who_asks_for_a_file(role):
    prepares, validates, reads, _ = VERITES[role]
    assert bool(rules.may_make(build(role), "courriers")) is (prepares or validates)
    assert bool(rules.may_make(build(role), "rapport_pdf")) is reads


def test_a_refusal_says_why_and_the_article_of_the_law():
    refus = rules.may_validate(build(Role.EQUIPE_PROJET))
    assert "présidence" in refus.motif
    assert refus.article == "CGCT L5211-39-1"
    assert rules.may_read(build(Role.CONSEILLER_MUNICIPAL)).motif == rules.SANS_LIRE_BROUILLON
    assert rules.may_read_valide(build("")).motif == rules.SANS_LIRE
    assert not rules.check_demarche(build(Role.EQUIPE_PROJET), 2)


def test_the_law_is_told_as_it_is():
    """Facultatif since 2019: never said to be an obligation."""
    assert "peut établir" in rules.LOI.texte
    assert "facultatif" in rules.LOI.texte
    assert (rules.LOI.mois_avis, rules.LOI.fiabilite) == (3, "V")


def test_every_state_of_a_file_has_its_moves():
    assert set(TRANSITIONS_FABRICATION) == set(EtatFabrication)
