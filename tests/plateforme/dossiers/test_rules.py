"""Who may, who reads what, how staff figures are told: truth tables, every role in every state."""

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers import rules
from communaccord.plateforme.dossiers.enums import MODIFIABLES, EtatDossier, Lecture

MA_COMMUNE, AUTRE_COMMUNE = 7, 8
TOUT, RIEN, TEXTES, COLLECTE = Lecture.TOUT, Lecture.RIEN, Lecture.TEXTES, Lecture.COLLECTE

# By role: in preparation, in preparation with the collecte open, presented, concluded, withdrawn.
LECTURES = {
    Role.DGS_EPCI: (TOUT, TOUT, TOUT, TOUT, TOUT),
    Role.EQUIPE_PROJET: (TOUT, TOUT, TOUT, TOUT, TOUT),
    Role.CONSULTANT: (TOUT, TOUT, TOUT, TOUT, TOUT),
    Role.DIRECTION: (TOUT, TOUT, TOUT, TOUT, TOUT),
    Role.DRH: (TOUT, TOUT, TOUT, TOUT, TOUT),
    Role.PRESIDENT: (RIEN, RIEN, TOUT, TOUT, RIEN),
    Role.VICE_PRESIDENT: (RIEN, RIEN, TOUT, TOUT, RIEN),
    Role.MAIRE: (RIEN, COLLECTE, TOUT, TOUT, RIEN),
    Role.SECRETAIRE: (RIEN, COLLECTE, TOUT, TOUT, RIEN),
    Role.CONSEILLER_COMMUNAUTAIRE: (RIEN, RIEN, TOUT, TOUT, RIEN),
    Role.CONSEILLER_MUNICIPAL: (RIEN, RIEN, Lecture.MA_COMMUNE, Lecture.MA_COMMUNE, RIEN),
    Role.REPRESENTANT_PERSONNEL: (RIEN, RIEN, TEXTES, TEXTES, RIEN),
    Role.AGENT: (RIEN, RIEN, TEXTES, TEXTES, RIEN),
    Role.OBSERVATEUR: (RIEN, RIEN, TEXTES, TEXTES, RIEN),
}
SITUATIONS = (
    (EtatDossier.BROUILLON, False),
    (EtatDossier.BROUILLON, True),
    (EtatDossier.PRESENTE, False),
    (EtatDossier.CONCLU, False),
    (EtatDossier.RETIRE, False),
)
PREPARENT = {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT}


@dataclass
class Acteur:
    role: str
    demarche_id: int = 1
    commune_id: int | None = MA_COMMUNE
    mandat_id: int | None = 40


@dataclass
class Dossier:
    etat: str
    collecte_ouverte: bool = False
    demarche_id: int = 1
    porteur_id: int | None = 99


def test_every_role_is_in_the_table():
    assert set(LECTURES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_lecture(role):
    read = [rules.get_lecture(Acteur(role), Dossier(etat, collecte)) for etat, collecte in SITUATIONS]
    assert tuple(read) == LECTURES[role]


@pytest.mark.parametrize(("role", "situation"), list(product(Role, SITUATIONS)))
def test_nothing_is_read_of_another_demarche(role, situation):
    assert rules.get_lecture(Acteur(role, demarche_id=2), Dossier(*situation)) is RIEN


@pytest.mark.parametrize("etat", EtatDossier)
def test_porteur_reads_it_all_at_any_time(etat):
    assert rules.get_lecture(Acteur(Role.CONSEILLER_MUNICIPAL), Dossier(etat, porteur_id=40)) is TOUT
    assert rules.get_lecture(Acteur("", mandat_id=None), Dossier(etat, porteur_id=None)) is RIEN


def test_amounts_by_commune_once_presented():
    dossier = Dossier(EtatDossier.PRESENTE)
    for role, lectures in LECTURES.items():
        mine = rules.reads_commune(Acteur(role), dossier, MA_COMMUNE)
        other = rules.reads_commune(Acteur(role), dossier, AUTRE_COMMUNE)
        assert (mine, other) == (lectures[2] >= Lecture.MA_COMMUNE, lectures[2] is TOUT)


@pytest.mark.parametrize("role", Role)
def test_staff_figures(role):
    everywhere = role in {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.DRH}
    assert rules.reads_effectifs(Acteur(role), AUTRE_COMMUNE) is everywhere
    assert rules.reads_effectifs(Acteur(role), MA_COMMUNE) is (everywhere or role in {Role.MAIRE, Role.SECRETAIRE})


@pytest.mark.parametrize("role", Role)
def test_prepare_and_conclude(role):
    assert bool(rules.may_prepare(Acteur(role))) is (role in PREPARENT)
    assert bool(rules.may_conclude(Acteur(role))) is (role in {Role.DGS_EPCI, Role.EQUIPE_PROJET})


@pytest.mark.parametrize(("role", "etat", "collecte"), list(product(Role, EtatDossier, (False, True))))
def test_enter_figures(role, etat, collecte):
    dossier = Dossier(etat, collecte)
    partout = role in PREPARENT | {Role.DIRECTION}
    mairie = role in {Role.MAIRE, Role.SECRETAIRE} and (collecte or etat == EtatDossier.PRESENTE)
    may = [bool(rules.may_enter(Acteur(role), dossier, commune)) for commune in (MA_COMMUNE, AUTRE_COMMUNE)]
    assert may == ([partout or mairie, partout] if etat in MODIFIABLES else [False, False])
    assert not rules.may_enter(Acteur(role, demarche_id=2), dossier, MA_COMMUNE)


def test_direction_never_writes_over_a_mairie():
    @dataclass
    class Donnees:
        par_la_commune: bool

    assert not rules.may_replace(Acteur(Role.DIRECTION), Donnees(True))
    assert rules.may_replace(Acteur(Role.DIRECTION), Donnees(False))
    assert rules.may_replace(Acteur(Role.EQUIPE_PROJET), Donnees(True))


def test_refusals_say_why():
    for decision in (
        rules.may_prepare(Acteur(Role.MAIRE)),
        rules.may_conclude(Acteur(Role.CONSULTANT)),
        rules.may_enter(Acteur(Role.AGENT), Dossier(EtatDossier.PRESENTE), MA_COMMUNE),
    ):
        assert decision.motif.endswith(".")


@pytest.mark.parametrize(
    ("effectifs", "told"),
    [
        ((0, 0, 0), ("0", "0", "0")),
        ((None, None, None), ("inconnu", "inconnu", "inconnu")),
        ((4, 0, 4), ("moins de 5", "0", "moins de 5")),
        ((5, 0, 5), ("5", "0", "5")),
        ((12, 6, 6), ("12", "6", "6")),
        ((6, 1, 5), ("5 ou plus", "moins de 5", "5 ou plus")),
        ((8, 4, 4), ("5 ou plus", "moins de 5", "moins de 5")),
        ((9, None, None), ("9", "inconnu", "inconnu")),
    ],
)
def test_masked_staff(effectifs, told):
    assert rules.mask_effectifs(*effectifs) == told


@given(st.integers(0, 30), st.integers(0, 30))
def test_no_small_group_can_be_deduced(avant, concernes):
    """Whoever knows that after = before - joining cannot find a number of people between one and four."""
    triple = (avant, min(avant, concernes), avant - min(avant, concernes))
    told = rules.mask_effectifs(*triple)
    worlds = [(a, c, a - c) for a in range(40) for c in range(a + 1) if rules.mask_effectifs(a, c, a - c) == told]
    for rank, number in enumerate(triple):
        if 0 < number < 5:
            assert len({world[rank] for world in worlds}) > 1
