"""A démarche that waits or was refused: read, prepared for the first, and nobody written to or given a code."""

import pytest
from tests.plateforme.fabriques import (
    INSTANT,
    build_acteur_de,
    build_compte,
    build_demarche,
    build_mandat,
    client_for,
    set_horloge,
)

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.actions import invite_mandats, refuse_by_administration, reset_code
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Mandat, Personne
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.socle.permis import ActionRefusee
from communaccord.plateforme.territoires.enums import EtatDemarche

pytestmark = pytest.mark.django_db


@pytest.fixture
def attente(monkeypatch):
    set_horloge(monkeypatch, INSTANT)
    return build_acteur_de(build_demarche(etat=EtatDemarche.A_CONFIRMER), Role.EQUIPE_PROJET)


@pytest.fixture
def close(attente):
    staff = build_compte(is_staff=True)
    refuse_by_administration(compte=staff, instant=INSTANT, demarche=attente.demarche, motif="Usurpation")
    return build_acteur(Mandat.objects.with_personne().get(pk=attente.mandat_id))


def test_a_refused_demarche_is_read_and_nothing_is_written(close):
    client = client_for(close)
    page = client.get(f"/m/{close.mandat_id}/personnes/").content.decode()
    assert "est close" in page
    assert "Où en est la confirmation" not in page
    values = {"nom": "Mairie", "role": Role.AGENT, "courriel": "mairie@vraie.example"}
    answer = client.post(f"/m/{close.mandat_id}/personnes/ajouter/", values)
    assert answer.status_code == 403
    assert "est close" in answer.content.decode()
    assert not Personne.objects.filter(nom="Mairie").exists()


def test_a_refused_demarche_invites_nobody(close):
    build_mandat(close.demarche, Role.MAIRE)
    with pytest.raises(ActionRefusee, match="est close"):
        invite_mandats(acteur=close, instant=INSTANT, adresse_site="https://x.example/")
    assert not Courriel.objects.exists()


def test_a_demarche_that_waits_is_prepared_without_any_code(attente):
    values = {"nom": "Mairie", "role": Role.AGENT, "courriel": "mairie@vraie.example"}
    assert client_for(attente).post(f"/m/{attente.mandat_id}/personnes/ajouter/", values).status_code == 302
    maire = build_mandat(attente.demarche, Role.MAIRE)
    with pytest.raises(ActionRefusee, match="attend encore sa confirmation"):
        reset_code(acteur=attente, instant=INSTANT, personne=maire.personne)
    assert not Personne.objects.get(pk=maire.personne_id).code_empreinte
