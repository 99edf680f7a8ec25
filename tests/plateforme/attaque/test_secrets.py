"""Who sees what, everywhere: secrets of every commune are looked for in all that the site gives to everybody else.

The robot asks for every address that the resolver knows with every number that the database knows, in the name of each
role. It is worth something: the owner's own crawl finds every secret of its commune.
"""

import pytest
from django.test import Client
from tests.plateforme.attaque.gens import (
    COMPLETE,
    ESSAYES,
    INTRUS,
    PROCHES,
    SALLES,
    build_acteur,
    explore,
    find_fuites,
    list_adresses,
    read_plis,
)
from tests.plateforme.attaque.monde import MAINTENANT
from tests.plateforme.attaque.robot import crawl, post_all, visit
from tests.plateforme.fabriques import (
    build_acteur_de,
    build_compte,
    build_demarche,
    build_mandat,
    client_for,
    client_for_compte,
)

from communaccord.plateforme.comptes.enums import Role

pytestmark = pytest.mark.django_db

# --- The search finds what its owner reads ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["F001", "F002"])
def test_the_owner_reads_it_all_and_the_robot_finds_it(monde, code):
    """Positive control: everything planted for a commune is found by its mayor's crawl, then by its code.

    An address is kept by browsers, proxies and logs: not even the owner's pages put a secret in one.
    """
    maire = monde.gens.maire(code)
    visites = list(explore(maire, SALLES))
    plis = [read_plis(maire, monde.get_tour(numero).pk, 1) for numero in (1, 2)]
    seen = {mot for visite in visites for mot in monde.plantes.find(visite.textes)}
    opened = {mot for visite in plis for mot in monde.plantes.find(visite.textes)}
    assert seen | opened == monde.list_secrets(code)
    assert f"zx1notes{code.lower()}" in seen
    assert f"zx1motif{code.lower()}" in opened - seen
    assert len(visites) > 20
    assert monde.plantes.find(visite.adresse for visite in visites) == set()


def test_what_was_shared_at_the_opening_is_read_by_the_table(monde):
    for code in monde.gens.communes:
        monde.plantes.plant_mot(1, "partage", code)
    adresse = f"/m/{monde.gens.equipe.mandat_id}/table/tours/{monde.get_tour(1).pk}/resultat/"
    seen = monde.plantes.find(visit(client_for(monde.gens.equipe), adresse).textes)
    assert seen == {f"zx1partagef00{rang}" for rang in range(1, 8)}


# --- Everybody else, everywhere ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("qui", ESSAYES)
def test_nobody_else_reads_anything_on_any_address(monde, qui):
    acteur = build_acteur(monde, qui)
    visites = list(explore(acteur))
    assert sum(visite.statut == 200 for visite in visites) > 25
    assert find_fuites(monde, acteur, visites) == {}


def test_nor_do_those_who_are_not_of_the_demarche(monde):
    other = build_demarche(3)
    maire = build_acteur_de(other, Role.MAIRE)
    assert find_fuites(monde, maire, explore(maire)) == {}
    ended = build_mandat(monde.demarche, Role.EQUIPE_PROJET, fin=MAINTENANT.date().replace(day=1))
    staff = build_compte(is_staff=True, is_superuser=True)
    strangers = (Client(), client_for_compte(staff), client_for_compte(ended.personne.compte))
    for client in strangers if COMPLETE else strangers[1:2]:
        assert find_fuites(monde, None, crawl(client, list_adresses(None))) == {}


@pytest.mark.parametrize("qui", PROCHES)
def test_nobody_acts_under_the_mandate_of_another(monde, qui):
    """The address names the mandate: that of somebody else opens nothing, the same account's other hat included."""
    client, acteur = client_for(build_acteur(monde, qui)), build_acteur(monde, qui)
    theirs = monde.gens.maire("F002")
    adresses = [a for a in list_adresses(theirs, SALLES) if a.startswith(f"/m/{theirs.mandat_id}/")]
    visites = [visit(client, adresse) for adresse in adresses]
    assert {visite.statut for visite in visites} <= {302, 404}
    visites += post_all(client, adresses, INTRUS)
    assert find_fuites(monde, None, visites) == {}
    assert acteur.commune_id != theirs.commune_id


@pytest.mark.parametrize("qui", [*PROCHES, "secrétaire d'une autre commune"])
def test_nothing_comes_out_of_wrong_forms(monde, qui, caplog):
    """Refusals, conflicts and errors (400, 403, 404, 405, 409, 422) say nothing, and leave nothing in the logs."""
    caplog.set_level("DEBUG")
    acteur = build_acteur(monde, qui)
    client = client_for(acteur)
    adresses = [a for a in list_adresses(acteur) if a.startswith("/m/")][:: 1 if COMPLETE else 9]
    visites = [*post_all(client, adresses, {}), *post_all(client, adresses, INTRUS)]
    assert {404, 422} <= {visite.statut for visite in visites}
    assert find_fuites(monde, acteur, visites) == {}
    assert monde.plantes.find([caplog.text]) == set()
