"""The charte awaits, on their own page, the élus who arrived after it was adopted, until they join it."""

from datetime import date

import pytest
from django.urls import reverse
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge
from tests.plateforme.projet.fabrique_cadre import build_adoptee, build_equipe

from communaccord.plateforme.accueil.pages.demarche.charte import list_charte
from communaccord.plateforme.comptes.enums import ELUS, Role
from communaccord.plateforme.projet.actions.charte import join_charte

pytestmark = pytest.mark.django_db


def test_it_is_told_on_the_page_and_leads_to_the_charte(monkeypatch):
    set_horloge(monkeypatch)
    equipe = build_equipe()
    charte = build_adoptee(equipe)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    client, address = client_for(maire), reverse("accueil:chez_moi", args=[maire.mandat_id])
    page = client.get(address).text
    assert "a été adoptée le 12\u00a0mars 2026, avant votre arrivée" in page
    assert reverse("projet:charte_version", args=[maire.mandat_id, charte.pk]) in page
    join_charte(acteur=maire, instant=INSTANT, charte=charte)
    assert "avant votre arrivée" not in client.get(address).text


@pytest.mark.parametrize("role", Role)
def test_it_awaits_new_elus_only(role):
    equipe = build_equipe()
    build_adoptee(equipe)
    new = build_acteur_de(equipe.demarche, role)
    assert len(list(list_charte(new))) == (role in ELUS)
    old = build_acteur_de(equipe.demarche, Role.CONSEILLER_COMMUNAUTAIRE, debut=date(2020, 6, 1))
    assert not list(list_charte(old))
