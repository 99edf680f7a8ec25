"""The fiche maire: one page whatever the names, every figure with its origin, nothing said that is not known."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.plateforme.accueil.outils_simulateur import EXEMPLE, build_simulation, check_page

from communaccord.plateforme.accueil.bridge import fiche_textes
from communaccord.plateforme.accueil.bridge.dates import list_dates, write_jours
from communaccord.plateforme.accueil.bridge.fiche import build_fiche
from communaccord.plateforme.accueil.pages.fiche_papier import GABARIT, build_papier
from communaccord.plateforme.documents.qr import build_qr
from communaccord.plateforme.documents.rendu import render_pdf
from communaccord.simulateur import Domaine, Simulation, build_exemple, compute_resultat, encode_lien, parse_simulation

JOUR = date(2026, 11, 23)
INSTANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONG = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson-sur-la-Tres-Longue-Riviere-Fictive"


def make(simulation, code, rang=0):
    return build_fiche(compute_resultat(simulation), rang, code, list_dates(JOUR))


def count_pages(pdf):
    return int(re.search(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", pdf)[1])


def print_pdf(fiche, adresse="http://localhost/x"):
    return render_pdf(GABARIT, build_papier(fiche, build_qr(adresse, "http://localhost/"), JOUR), date=INSTANT)


def build_fictive(nombre, nom, **champs):
    communes = [{"nom": f"{nom} {rang}", "population": 10_000 + rang, "volume": 40 + rang} for rang in range(nombre)]
    base = {
        "territoire": {"nom": f"Communauté d'agglomération de {nom}", "fictif": True},
        "service": {"domaine": "urbanisme", "nom": f"Instruction des autorisations d'urbanisme du pays de {nom}"},
        "communes": communes,
        "personnel": {"etp": "12", "cout_etp": "52000"},
        "variantes": [{"cle": {"population": "25", "usage": "25", "forfait": "50"}}],
        "marges": {"volumes": "10", "couts": "5"},
    }
    simulation = parse_simulation({**base, **champs})
    assert isinstance(simulation, Simulation), [str(a) for a in simulation]
    return simulation


@pytest.mark.parametrize("domaine", list(Domaine))
@pytest.mark.parametrize(("nombre", "nom"), [(1, "Val"), (158, LONG)])
def test_the_sheet_holds_on_exactly_one_page(domaine, nombre, nom):
    simulation = build_fictive(
        nombre, nom, service={"domaine": str(domaine), "nom": f"Service partagé du pays de {nom}"}
    )
    fiche = make(simulation, "C01")
    assert count_pages(print_pdf(fiche, "http://localhost/" + "a" * 880)) == 1


def test_the_page_of_a_commune_says_its_sentence(client):
    adresse = reverse("accueil:fiche_maire", kwargs={"code": "C02"})
    html = check_page(client.get(adresse, {"s": EXEMPLE}))
    assert "Bourg-Neuf-sur-Fictive paierait environ" in html
    assert "de plus qu’aujourd’hui" in html
    assert "fictif" in html
    assert "rien d’officiel" in html


def test_the_pdf_declares_the_accessible_standard(client):
    response = client.get(reverse("accueil:fiche_maire_pdf", kwargs={"code": "C02"}), {"s": EXEMPLE})
    assert response["Content-Type"] == "application/pdf"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in response.content
    assert count_pages(response.content) == 1


@pytest.mark.parametrize("code", ["C99", "64102", "x"])
@pytest.mark.parametrize("nom", ["fiche_maire", "fiche_maire_pdf"])
def test_a_commune_out_of_the_simulation_is_not_found(client, nom, code):
    assert client.get(reverse(f"accueil:{nom}", kwargs={"code": code}), {"s": EXEMPLE}).status_code == 404


def test_a_commune_out_of_the_perimeter_has_no_sheet():
    simulation = build_fictive(3, "Val", perimetre=["C01", "C02"])
    assert make(simulation, "C03") is None
    assert make(simulation, "C01") is not None


def test_a_refused_variant_has_no_sheet(client):
    simulation = build_simulation(conditions={"maximum": "100"})
    code = simulation.communes[0].code
    response = client.get(reverse("accueil:fiche_maire", kwargs={"code": code}), {"s": encode_lien(simulation)})
    assert response.status_code == 404


def test_a_broken_link_gets_a_sentence(client):
    for nom in ("fiche_maire", "fiche_maire_pdf"):
        check_page(client.get(reverse(f"accueil:{nom}", kwargs={"code": "C02"}), {"s": "1.abc"}), 422)


def test_what_is_unknown_is_said_unknown():
    fiche = make(build_exemple(), "C06")
    assert "coût d’aujourd’hui n’est pas connu" in fiche.phrase
    assert [barre.connu for barre in fiche.barres] == [False, True, True]
    assert fiche.lignes[1].valeur == "non connu"


def test_each_line_has_its_amount_and_its_origin():
    fiche = make(build_exemple(), "C02")
    assert len(fiche.lignes) == 5
    assert all(ligne.valeur and ligne.origine for ligne in fiche.lignes)
    assert "2027" in fiche.lignes[0].origine
    assert "par habitant" in fiche.lignes[0].origine


def test_bars_share_one_scale():
    fiche = make(build_exemple(), "C02")
    assert max(barre.part for barre in fiche.barres) == 1
    assert all(0 <= barre.part <= 1 for barre in fiche.barres)


def test_exact_figures_are_not_rounded_to_the_hundred():
    simulation = build_simulation()
    fiche = make(simulation, simulation.communes[0].code)
    assert "environ" not in fiche.phrase
    assert not any(barre.estime for barre in fiche.barres)
    assert not fiche.fictif


@pytest.mark.parametrize("domaine", list(Domaine))
def test_what_is_said_of_the_law_has_its_source(domaine):
    enonces = (*fiche_textes.list_change(domaine), *fiche_textes.list_constant(domaine))
    assert enonces
    for enonce in enonces:
        assert enonce.confiance in {"V", "S", ""}, "ce qui est de mémoire n'est jamais montré comme établi"
        assert bool(enonce.source) == bool(enonce.confiance)
        assert "obligatoire" not in enonce.texte


def test_the_decision_stays_with_the_maire_and_the_exit_is_foreseen():
    textes = " ".join(e.texte for e in fiche_textes.list_constant(Domaine.URBANISME))
    assert "l'autorité qui délivre le permis est le maire" in textes
    sortie = " ".join(e.texte for e in fiche_textes.SORTIE)
    for mot in ("préavis", "retour des agents", "coûts qui restent", "plafond", "essai", "revoyure"):
        assert mot in sortie


def test_dates_to_come_are_a_faculty_and_those_gone_are_not_repeated():
    textes = [enonce.texte for enonce in list_dates(JOUR)]
    assert textes[0].startswith("14 ou 21\u00a0décembre 2026")
    assert "une faculté, pas une obligation" in textes[0]
    assert len(list_dates(date(2028, 1, 1))) == 1


@pytest.mark.parametrize(
    ("jours", "attendu"),
    [
        ([date(2026, 12, 14), date(2026, 12, 21)], "14 ou 21\u00a0décembre 2026"),
        ([date(2026, 12, 30), date(2027, 1, 6)], "30\u00a0décembre 2026 ou 6\u00a0janvier 2027"),
        ([date(2027, 3, 1)], "1er\u00a0mars 2027"),
    ],
)
def test_days_are_written_together(jours, attendu):
    assert write_jours(jours) == attendu


def test_the_qr_code_leads_to_the_sheet_when_short_and_to_the_site_when_long():
    court = build_qr("http://localhost/x", "http://localhost/")
    assert (court.complet, court.adresse) == (True, "http://localhost/x")
    long = build_qr("http://localhost/" + "x" * 2000, "http://localhost/")
    assert (long.complet, long.adresse) == (False, "http://localhost/")
    assert court.svg.startswith("<svg")
    assert court.chemin.startswith("M4 4")
