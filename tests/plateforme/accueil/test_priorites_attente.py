"""The ballot of priorities on one's own page: for the mairie that has not deposited it, and for nobody else."""

from datetime import timedelta

import pytest
from tests.plateforme.diagnostic.outils_priorites import build_preparee, build_priorisation, close, vote
from tests.plateforme.fabriques import INSTANT, build_acteur_de, list_communes

from communaccord.plateforme.accueil.pages.demarche.priorites import list_priorites
from communaccord.plateforme.comptes.enums import Role

pytestmark = pytest.mark.django_db


def tell(acteur, instant=INSTANT):
    return [(attente.phrase.replace("\u202f", " "), attente.bouton) for attente in list_priorites(acteur, instant)]


def test_a_mairie_is_told_until_its_ballot_is_deposited(django_assert_num_queries):
    priorisation, equipe, mairies = build_priorisation()
    assert [bouton for _, bouton in tell(mairies[0])] == ["Choisir"]
    with django_assert_num_queries(0):
        assert tell(equipe) == []
    vote(mairies[0], priorisation, (2, None, None), depose=False)
    assert [bouton for _, bouton in tell(mairies[0])] == ["Reprendre"]
    vote(mairies[0], priorisation, (2, 1, 0), 1)
    with django_assert_num_queries(2):
        assert tell(mairies[0]) == []
    assert tell(mairies[1], INSTANT + timedelta(days=60)) == []
    close(equipe, priorisation)
    with django_assert_num_queries(1):
        assert tell(mairies[1]) == []


def test_nothing_awaits_before_the_opening():
    priorisation, _ = build_preparee()
    commune = list_communes(priorisation.campagne.demarche)[0]
    assert tell(build_acteur_de(priorisation.campagne.demarche, Role.MAIRE, commune)) == []
