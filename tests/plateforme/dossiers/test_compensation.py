"""The AC of each commune before and after an imputation: known to who reads the flows, and never negative unseen."""

from types import SimpleNamespace

import pytest
from tests.plateforme.diagnostic.fabrique import build_campagne, build_flux
from tests.plateforme.dossiers.fabrique import build_equipe
from tests.plateforme.fabriques import build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.enums import NatureFlux
from communaccord.plateforme.dossiers.pages.formes import build_ligne_ac, write_negatives
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.queries import list_attributions

EURO = "\u00a0€"


def build_effet(contribution):
    return SimpleNamespace(commune=SimpleNamespace(nom="Val-Inventé"), contribution=contribution)


def test_an_attribution_that_would_become_negative_is_said():
    ligne = build_ligne_ac(build_effet(350_000), Plume(), 200_000)
    assert (ligne["avant"], ligne["apres"], ligne["negative"]) == (f"2\u202f000{EURO}", f"−1\u202f500{EURO}", True)
    assert "serait négative pour Val-Inventé" in write_negatives([ligne["nom"]])
    assert "A, B, C et 2" in write_negatives(["A", "B", "C", "D", "E"])
    assert write_negatives([]) == ""


def test_an_attribution_that_stays_or_is_not_known():
    assert not build_ligne_ac(build_effet(350_000), Plume(), 350_000)["negative"]
    inconnue = build_ligne_ac(build_effet(350_000), Plume(), None)
    assert (inconnue["avant"], inconnue["apres"], inconnue["negative"]) == ("", "", False)


@pytest.mark.django_db
def test_each_reads_the_attributions_of_the_flows_it_reads():
    demarche = build_demarche(3)
    equipe = build_equipe(demarche)
    first, second, third = list_communes(demarche)
    campagne = build_campagne(demarche)
    for commune, montant in ((first, 1_000_000), (second, 2_000_000)):
        build_flux(campagne, None, commune, nature=NatureFlux.AC, montant=montant)
    build_flux(campagne, third, None, nature=NatureFlux.AC, montant=300_000)
    assert list_attributions(equipe) == {first.pk: 1_000_000, second.pk: 2_000_000, third.pk: -300_000}
    assert list_attributions(build_acteur_de(demarche, Role.MAIRE, second)) == {second.pk: 2_000_000}
    assert list_attributions(build_acteur_de(demarche, Role.AGENT)) == {}
