"""The counted flows by nature, those of one body, and the page where one is set aside."""

import pytest
from tests.plateforme.diagnostic import test_flux_pages as flux_pages
from tests.plateforme.diagnostic.fabrique import build_flux
from tests.plateforme.diagnostic.test_flux_pages import get, read
from tests.plateforme.fabriques import client_for

from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.enums import NatureFlux

pytestmark = pytest.mark.django_db
monde = flux_pages.monde


def test_the_flows_are_grouped_by_nature_with_a_total_where_a_pair_counts_once(monde):
    first, second = monde["communes"][:2]
    build_flux(monde["campagne"], None, first, nature=NatureFlux.AC, montant=51_838_00)
    build_flux(monde["campagne"], None, first, nature=NatureFlux.AC, montant=86_838_00, declare_par=first)
    build_flux(monde["campagne"], second, None, nature=NatureFlux.AC, montant=1_000_00)
    build_flux(monde["campagne"], first, second, objet="Balayeuse (fictif)")
    page = get(monde["equipe"], "diagnostic:flux")
    group = "2 flux ; versé par l'intercommunalité : 51 838 € ; versé par les communes ou d'autres : 1 000 €"
    assert group in page
    assert "1 flux ; porté par les communes ou d'autres : 1 montant inconnu" in page


def test_the_flows_of_one_body_are_asked_for(monde):
    first, second = monde["communes"][:2]
    build_flux(monde["campagne"], None, first, objet="Un (fictif)")
    build_flux(monde["campagne"], None, second, objet="Deux (fictif)")
    client, adresse = client_for(monde["equipe"]), chemin(monde["equipe"], "diagnostic:flux")
    page = read(client.get(adresse, {"qui": first.nom}))
    assert "Un (fictif)" in page
    assert "Deux (fictif)" not in page
    assert "Deux (fictif)" in read(client.get(adresse, {"qui": "Nulle part"}))


def test_a_flow_is_set_aside_on_a_page_of_its_own(monde):
    flux = build_flux(monde["campagne"], None, monde["communes"][0], montant=100)
    page = client_for(monde["equipe"]).get(chemin(monde["equipe"], "diagnostic:flux")).content.decode()
    adresse = chemin(monde["equipe"], "diagnostic:flux_ecarter", flux.pk)
    assert f'href="{adresse}"' in page
    assert 'name="motif"' not in page
    assert 'name="motif"' in client_for(monde["equipe"]).get(adresse).content.decode()
    mairie = monde["mairies"][0]
    assert client_for(mairie).get(chemin(mairie, "diagnostic:flux_ecarter", flux.pk)).status_code == 403
    other = monde["mairies"][2]
    assert client_for(other).get(chemin(other, "diagnostic:flux_ecarter", flux.pk)).status_code == 404
