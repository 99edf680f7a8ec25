"""The fiche maire: one page whatever the names, every figure with its origin, nothing said that is not known."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.plateforme.accueil.outils_simulateur import EXEMPLE, build_simulation, check_page

from communaccord.noyau.droit.calendrier import FaitsMandat, build_retroplannings
from communaccord.noyau.droit.regles import REGLES, get_regle
from communaccord.plateforme.accueil.bridge import fiche_textes
from communaccord.plateforme.accueil.bridge.dates import ETAPES, SECOND_TOUR, list_dates, write_jours
from communaccord.plateforme.accueil.bridge.fiche import build_fiche
from communaccord.plateforme.accueil.bridge.fiche_textes import write_articles, write_source
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
    service = {"domaine": str(domaine), "nom": f"Service partagé du pays de {nom}"}
    for connues in ({}, {"depense_actuelle": "123 456,78", "heures_actuelles": "1 234,5"}):
        communes = [
            {"nom": f"{nom} {rang}", "population": 10_000 + rang, "volume": 40 + rang, **connues}
            for rang in range(nombre)
        ]
        simulation = build_fictive(
            nombre, nom, service=service, communes=communes, cout_horaire="28",
            couts={"fixes": [{"libelle": "Logiciel", "montant": "123456"}], "indexation_aujourd_hui": "2"},
        )  # fmt: skip
        fiche = make(simulation, "C01")
        assert count_pages(print_pdf(fiche, "http://localhost/" + "a" * 880)) == 1


def test_nothing_is_set_smaller_than_nine_points():
    gabarit = GABARIT.read_text(encoding="utf-8")
    assert "#let lisible = 9pt" in gabarit
    tailles = [float(taille) for taille in re.findall(r"(?<![\w.])(\d+(?:\.\d+)?)pt[,)]", gabarit.split("#layout")[1])]
    assert min(tailles) >= 9
    assert not re.search(r"text\(size: 0\.", gabarit), "un petit texte passe par petit(), jamais sous neuf points"


def test_the_page_of_a_commune_says_its_sentence(client):
    adresse = reverse("accueil:fiche_maire", kwargs={"code": "C02"})
    html = check_page(client.get(adresse, {"s": EXEMPLE}))
    assert "Bourg-Neuf-sur-Fictive paierait environ" in html
    assert "de plus qu’aujourd’hui sur son budget" in html
    assert "Avec Commune-centre, Val-Imaginé" in html
    assert "3 autres" in html.replace("\u00a0", " ")
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
    assert "dépense d’aujourd’hui n’est pas connue" in fiche.phrase
    assert "par habitant" in fiche.phrase
    assert "seule" not in fiche.phrase
    assert [barre.connu for barre in fiche.barres] == [False, True, True]
    assert fiche.lignes[1].valeur == "non connu"


def test_each_line_has_its_amount_and_its_origin():
    fiche = make(build_exemple(), "C02")
    assert len(fiche.lignes) == 6
    assert all(ligne.valeur and ligne.origine for ligne in fiche.lignes)
    assert "2027" in fiche.lignes[0].origine
    assert "par habitant" in fiche.lignes[0].origine


def test_what_is_typed_and_what_is_computed_are_told_apart():
    codes = [commune.code for commune in build_simulation().communes]
    connues = {"depense_actuelle": "163,40", "heures_actuelles": "35"}
    simulation = build_simulation(communes=dict.fromkeys(codes, connues), cout_horaire="28")
    fiche = make(simulation, codes[0])
    budget, temps, seule, parts = (ligne for ligne in fiche.lignes[1:5])
    assert budget.origine == "dépense d’aujourd’hui 163,40\u00a0€, saisie"
    assert temps.valeur == "35\u00a0h"
    assert temps.origine == "heures saisies ; 980\u00a0€ de temps, calculé : 35 h × 28,00\u00a0€ ; pas de l’argent"
    assert "en supposant" in seule.origine
    assert "dépense en plus" in parts.origine
    assert "ETP" in fiche.lignes[5].origine
    assert f"{35 * len(codes)} h d’agents" in fiche.lignes[5].origine


def test_nothing_spent_today_is_never_less_to_pay_whatever_the_hours():
    codes = [commune.code for commune in build_simulation().communes]
    connues = {"depense_actuelle": "0", "heures_actuelles": "500"}
    fiche = make(build_simulation(communes=dict.fromkeys(codes, connues), cout_horaire="28"), codes[0])
    assert "de plus qu’aujourd’hui sur son budget" in fiche.phrase
    assert fiche.barres[0].valeur == "0\u00a0€"


def test_without_todays_spending_no_total_is_made_of_the_cost_alone():
    simulation = build_simulation(communes={})
    fiche = make(simulation, simulation.communes[0].code)
    assert fiche.lignes[4].libelle == "Ce que la commune y trouve"
    assert fiche.lignes[4].valeur == "non connu"


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
    for enonce in (*enonces, *fiche_textes.SORTIE):
        assert "mémoire" not in enonce.fiabilite, "ce qui est de mémoire n'est jamais montré comme établi"
        assert "obligatoire" not in enonce.texte
        assert bool(enonce.regle) == bool(enonce.articles) == bool(enonce.fiabilite)
        if enonce.regle:
            assert set(enonce.articles) <= set(get_regle(enonce.regle).articles)
            assert enonce.fiabilite in {get_regle(enonce.regle).fiabilite, "notre lecture"}


def test_the_decision_stays_with_the_maire_and_the_exit_is_foreseen():
    textes = " ".join(e.texte for e in fiche_textes.list_constant(Domaine.URBANISME))
    assert "le ou la maire délivre les permis" in textes
    sortie = " ".join(e.texte for e in fiche_textes.SORTIE)
    for mot in ("préavis", "retour des agents", "coûts qui restent", "plafond", "essai", "revoyure"):
        assert mot in sortie


def test_dates_to_come_are_a_faculty_and_those_gone_are_not_repeated():
    textes = [enonce.texte for enonce in list_dates(JOUR)]
    assert textes[0].startswith(f"14\u00a0décembre 2026, ou 21 {SECOND_TOUR} : ")
    assert "une faculté, pas une obligation" in textes[0]
    assert list_dates(date(2026, 12, 16))[0].texte.startswith(f"21\u00a0décembre 2026, {SECOND_TOUR} : ")
    assert len(list_dates(date(2028, 1, 1))) == 1


def test_each_date_names_the_articles_of_its_step_and_no_other():
    etapes = {e.identifiant: e for e in build_retroplannings(FaitsMandat(), JOUR)[0].etapes}
    dates = dict(zip(ETAPES, list_dates(JOUR), strict=False))
    for identifiant, enonce in dates.items():
        assert enonce.articles == etapes[identifiant].articles
        assert enonce.fiabilite == etapes[identifiant].fiabilite
    assert write_source(dates["seance_cst"]).startswith("CGFP, art. L. 253-5 et R. 254-68, ")
    assert "(date prudente, calculée)" in dates["seance_cst"].texte


@pytest.mark.parametrize(
    ("articles", "dit"),
    [
        (("CGCT L5211-39-1",), "CGCT, art. L. 5211-39-1"),
        (("CCP L2113-6", "CGCT D2312-3", "CCP L2113-7"),
         "Code de la commande publique, art. L. 2113-6 et L. 2113-7 ; CGCT, art. D. 2312-3"),
        (("Code de l'urbanisme R*423-14",), "Code de l'urbanisme, art. R.* 423-14"),
        (("CGI 1609 nonies C",), "CGI, art. 1609 nonies C"),
        (("Arrêté du 2 juillet 2025",), "Arrêté du 2 juillet 2025"),
        ((), ""),
    ],
)  # fmt: skip
def test_articles_are_written_by_code(articles, dit):
    assert write_articles(articles) == dit


def test_every_article_of_the_register_can_be_written():
    for regle in REGLES.values():
        assert all(number in write_articles(regle.articles) for number in re.findall(r"\d+", " ".join(regle.articles)))


@pytest.mark.parametrize(
    ("tot", "tard", "attendu"),
    [
        (date(2026, 12, 14), date(2026, 12, 21), "14\u00a0décembre 2026, ou 21"),
        (date(2026, 12, 30), date(2027, 1, 6), "30\u00a0décembre 2026, ou 6\u00a0janvier 2027"),
        (None, date(2027, 3, 1), "1er\u00a0mars 2027,"),
    ],
)
def test_days_are_written_together(tot, tard, attendu):
    assert write_jours(tot, tard) == f"{attendu} {SECOND_TOUR}"


def test_the_qr_code_leads_to_the_sheet_when_short_and_to_the_site_when_long():
    court = build_qr("http://localhost/x", "http://localhost/")
    assert (court.complet, court.adresse) == (True, "http://localhost/x")
    long = build_qr("http://localhost/" + "x" * 2000, "http://localhost/")
    assert (long.complet, long.adresse) == (False, "http://localhost/")
    assert court.svg.startswith("<svg")
    assert court.chemin.startswith("M4 4")
