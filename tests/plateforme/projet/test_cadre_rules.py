"""Who writes, reads, validates, joins: truth tables, every role."""

from dataclasses import dataclass

import pytest

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.projet.enums.cadre import EtatCadre, EtatCharte
from communaccord.plateforme.projet.rules import cadre as rules

ECRIT, VALIDE, REJOINT = "écrit", "valide", "rejoint"
TOUT, PROPOSE, SEUL_VALIDE = set(EtatCadre), {EtatCadre.PROPOSE, EtatCadre.VALIDE}, {EtatCadre.VALIDE}

TABLE = {
    Role.DGS_EPCI: ({ECRIT, VALIDE}, TOUT),
    Role.EQUIPE_PROJET: ({ECRIT, VALIDE}, TOUT),
    Role.CONSULTANT: ({ECRIT}, TOUT),
    Role.PRESIDENT: ({ECRIT, VALIDE, REJOINT}, TOUT),
    Role.VICE_PRESIDENT: ({ECRIT, REJOINT}, TOUT),
    Role.MAIRE: ({REJOINT}, PROPOSE),
    Role.SECRETAIRE: (set(), PROPOSE),
    Role.DIRECTION: (set(), PROPOSE),
    Role.DRH: (set(), PROPOSE),
    Role.CONSEILLER_COMMUNAUTAIRE: ({REJOINT}, PROPOSE),
    Role.CONSEILLER_MUNICIPAL: ({REJOINT}, PROPOSE),
    Role.REPRESENTANT_PERSONNEL: (set(), SEUL_VALIDE),
    Role.AGENT: (set(), SEUL_VALIDE),
    Role.OBSERVATEUR: (set(), SEUL_VALIDE),
}


@dataclass
class Acteur:
    role: str
    demarche_id: int = 1


@dataclass
class Charte:
    etat: str = EtatCharte.ADOPTEE
    demarche_id: int = 1


def test_every_role_is_in_the_table():
    assert set(TABLE) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_what_each_role_may_do(role):
    acts, states = TABLE[role]
    acteur = Acteur(role)
    assert bool(rules.may_write(acteur, 1)) is (ECRIT in acts)
    assert bool(rules.may_validate(acteur, 1)) is (VALIDE in acts)
    assert bool(rules.may_join(acteur, Charte())) is (REJOINT in acts)
    assert rules.list_etats_lus(role) == states
    both = states >= PROPOSE
    assert rules.list_etats_charte_lus(role) == (set(EtatCharte) if both else {EtatCharte.ADOPTEE})


@pytest.mark.parametrize("role", Role)
def test_nothing_is_done_in_another_demarche(role):
    acteur = Acteur(role, demarche_id=2)
    for decision in (rules.may_write(acteur, 1), rules.may_validate(acteur, 1), rules.may_join(acteur, Charte())):
        assert decision == rules.AUTRE_DEMARCHE


@pytest.mark.parametrize("role", Role)
def test_a_project_is_not_joined(role):
    refus = rules.may_join(Acteur(role), Charte(EtatCharte.BROUILLON))
    assert refus == (rules.PAS_ADOPTEE if REJOINT in TABLE[role][0] else rules.SANS_REJOINDRE)


def test_the_clock_does_nothing():
    assert not rules.may_write(Acteur(""), 1)
    assert not rules.may_validate(Acteur(""), 1)
    assert not rules.may_join(Acteur(""), Charte())
