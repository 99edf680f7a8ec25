"""People of the invented territory: functions, never names; several hats; addresses that reach nobody."""

from collections import Counter

import pytest

from communaccord.plateforme.comptes.enums import DANS_UNE_COMMUNE, Role
from communaccord.plateforme.demo.territoire import build_territoire
from communaccord.plateforme.demo.territoire.personnes import PersonneFictive, build_personnes, write_de


@pytest.fixture(params=[False, True], ids=["26", "158"])
def grande(request) -> bool:
    return request.param


@pytest.fixture
def personnes(grande) -> tuple[PersonneFictive, ...]:
    return build_personnes(build_territoire(grande=grande))


def test_every_role_is_held(personnes):
    assert {chapeau.role for personne in personnes for chapeau in personne.chapeaux} == set(Role.values)


def test_each_commune_has_one_mayor_and_one_secretary(personnes, grande):
    codes = sorted(commune.code for commune in build_territoire(grande=grande).communes)
    for role in (Role.MAIRE, Role.SECRETAIRE):
        assert sorted(c.commune for p in personnes for c in p.chapeaux if c.role == role) == codes


def test_a_commune_is_said_when_the_role_names_one(personnes):
    for personne in personnes:
        for chapeau in personne.chapeaux:
            assert bool(chapeau.commune) == (chapeau.role in DANS_UNE_COMMUNE)


def test_addresses_reach_nobody(personnes):
    assert all(personne.courriel.endswith(".example") and personne.courriel.isascii() for personne in personnes)


def test_one_mairie_shares_its_mailbox_between_its_mayor_and_its_secretary(personnes):
    boites = [adresse for adresse, fois in Counter(p.courriel for p in personnes).items() if fois > 1]
    (boite,) = boites
    partage = [personne for personne in personnes if personne.courriel == boite]
    assert [chapeau.role for personne in partage for chapeau in personne.chapeaux] == ["maire", "secretaire"]
    assert len({chapeau.commune for personne in partage for chapeau in personne.chapeaux}) == 1


def test_the_presidence_is_also_a_mairie_and_a_secretary_has_three_communes(personnes):
    roles = [tuple(chapeau.role for chapeau in personne.chapeaux) for personne in personnes]
    assert ("president", "maire") in roles
    assert ("secretaire",) * 3 in roles


def test_a_person_is_named_by_function_and_fits_the_table(personnes):
    assert len({personne.nom for personne in personnes}) == len(personnes)
    assert max(len(personne.nom) for personne in personnes) <= 150


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Rivecombe", "de Rivecombe"),
        ("Aubremont-sur-Arvelle", "d'Aubremont-sur-Arvelle"),
        ("Le Vieil-Arvelin", "du Vieil-Arvelin"),
        ("Les Escandelles", "des Escandelles"),
        ("La Neuvelande", "de La Neuvelande"),
        ("L'Hôpital-Sorvane", "de L'Hôpital-Sorvane"),
    ],
)
def test_the_name_after_de(nom, attendu):
    assert write_de(nom) == attendu
