"""The people of the tests are true to the tables, and their browsers are signed in."""

import pytest
from tests.plateforme.fabriques import (
    INSTANT,
    build_acteur_de,
    build_compte,
    build_demarche,
    build_mandat,
    client_for,
    give_code,
    list_communes,
)

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.codes import CodeRefuse, check_code
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.queries import list_mandats

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_somebody_who_signs_in(role):
    acteur = build_acteur_de(build_demarche(), role)
    answer = client_for(acteur).get("/mes-demarches/")
    assert answer.status_code in (200, 302)
    assert [m.pk for m in list_mandats(acteur.mandat.personne.compte)] == [acteur.mandat_id]


def test_one_mailbox_for_three_communes():
    demarche = build_demarche(communes=3)
    compte = build_compte("mairies@example.fr")
    for commune in list_communes(demarche):
        build_mandat(demarche, Role.SECRETAIRE, commune, compte=compte)
    assert [m.commune.nom for m in list_mandats(compte)] == ["Commune 001", "Commune 002", "Commune 003"]


def test_a_code_that_is_given_opens_and_another_does_not():
    acteur = build_acteur_de(build_demarche(), Role.MAIRE)
    code = give_code(acteur)
    check_code(personne=acteur.mandat.personne, code=code, instant=INSTANT)
    with pytest.raises(CodeRefuse):
        check_code(personne=acteur.mandat.personne, code="31415926", instant=INSTANT)


@pytest.mark.parametrize(
    ("commune", "personne", "nom"),
    [
        ("Les Escandelles", "Maire des Escandelles", "Maire des Escandelles"),
        ("Villarvel", "Maire de Villarvel", "Maire de Villarvel"),
        ("Villarvel", "Secrétariat partagé", "Secrétariat partagé, Villarvel"),
    ],
)
def test_the_commune_is_told_once(commune, personne, nom):
    demarche = build_demarche()
    row = list_communes(demarche)[0]
    row.nom = commune
    row.save()
    mandat = build_mandat(demarche, Role.MAIRE, row)
    mandat.personne.nom = personne
    assert build_acteur(mandat).nom == nom
