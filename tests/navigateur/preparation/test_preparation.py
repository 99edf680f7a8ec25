"""Élus prepared, in a real browser: a sheet on a phone and by workbook, a carnet, a picture frozen, a note in Word.

The site is the demo, whose état des lieux is under way. Axe reads each kind of page at 1280 and 390 pixels; none
scrolls sideways at 320; one sheet is ended without any script.
"""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest

from tests.navigateur.demarche.monde import Doigt, Monde, expect_text, read_text
from tests.plateforme.diagnostic.fichiers import rewrite

EN_COURS = 5
PAR_CLASSEUR = ("Agents et métiers", "ecoles_effectifs", "volume")
DGS = "dgs@val-arvelle.example"


@pytest.fixture(scope="module")
def gens(monde):
    """Who acts for the commune whose sheet is not finished, and the DGS: address and number of the mandate."""
    rows = monde.backstage("mandats")
    communes = sorted({row["commune_id"] for row in rows if row["commune_id"]})
    mine = {row["role"]: row for row in rows if row["commune_id"] == communes[EN_COURS]}
    return {**mine, "dgs": next(row for row in rows if row["courriel"] == DGS)}


def enter(monde: Monde, gens: dict[str, Any], role: str, salle: str, largeur: str = "bureau", **options: bool) -> Any:
    page = monde.enter(gens[role]["courriel"], largeur, **options)
    page.goto(f"/m/{gens[role]['pk']}/{salle}")
    return page


def fetch(page: Any, name: str | re.Pattern[str]) -> bytes:
    """The file behind a link."""
    answer = page.request.get(page.get_by_role("link", name=name).first.get_attribute("href"))
    assert answer.ok
    return answer.body()


def find_champ(page: Any, colonne: str) -> Any:
    """A figure of the schools, on the part about the agents."""
    return page.locator("fieldset").filter(has_text="Écoles et périscolaire").locator(f"[name$='-{colonne}']")


def test_a_secretary_fills_a_sheet_on_a_phone(monde, gens):
    page = enter(monde, gens, "secretaire", "diagnostic/", "telephone")
    monde.look(page)
    doigt = Doigt(page)
    doigt.tap(page.get_by_role("link", name="Ouvrir la fiche"))
    page.wait_for_url(re.compile(r"/fiches/\d+/$"))
    monde.look(page)
    doigt.tap(page.get_by_role("link", name="Remplir la fiche"))
    page.wait_for_url(re.compile(r"/parties/personnel/$"))
    monde.look(page)
    page.wait_for_load_state()
    for colonne, texte in (("agents", "3"), ("etp", "2,5")):
        doigt.type(find_champ(page, colonne), texte)
        assert find_champ(page, colonne).input_value() == texte
    doigt.tap(page.get_by_role("button", name="Enregistrer et continuer").last)
    page.wait_for_url(re.compile(r"/parties/partages/"))
    monde.look(page)
    niveaux = page.locator("select")
    for rang in range(niveaux.count()):
        niveaux.nth(rang).select_option("1")
    doigt.tap(page.get_by_role("button", name="Enregistrer et continuer").last)
    page.wait_for_url(re.compile(r"/parties/possibles/"))
    page.go_back()
    assert page.locator("select").first.input_value() == "1"
    assert len(doigt.gestes) < 12
    monde.close()


def test_the_rest_comes_by_the_workbook(monde, gens):
    """Taken, filled in elsewhere, given back: read before anything is recorded, and the page says the same."""
    page = enter(monde, gens, "secretaire", "diagnostic/")
    page.get_by_role("link", name="Ouvrir la fiche").click()
    page.get_by_role("link", name="La même fiche dans un classeur").click()
    monde.look(page)
    filled = rewrite(fetch(page, "Le classeur (XLSX)"), {PAR_CLASSEUR: 61})
    page.locator("#fichier").set_input_files({"name": "fiche.xlsx", "mimeType": "", "buffer": filled})
    page.get_by_role("button", name="Lire ce classeur").click()
    expect_text(page, "Ce qui a été lu, pas encore enregistré", "61")
    monde.look(page)
    page.locator(".apercu form button").first.click()
    page.wait_for_url(re.compile(r"fait="))
    page.get_by_role("link", name="Revenir à la fiche").click()
    page.get_by_role("link", name="Les agents et les métiers").click()
    assert find_champ(page, "volume").input_value() == "61"
    assert find_champ(page, "etp").input_value() == "2,5"
    monde.close()


def test_without_script_the_maire_ends_the_sheet_then_validates(monde, gens):
    page = enter(monde, gens, "maire", "diagnostic/", "telephone", javascript=False)
    page.get_by_role("link", name="Ouvrir la fiche").click()
    page.get_by_role("link", name=re.compile("Besoins, conditions")).click()
    page.locator("textarea").first.fill("Un remplacement au secrétariat (fictif)")
    page.get_by_role("button", name="Enregistrer et finir").last.click()
    page.wait_for_url(re.compile(r"/fiches/\d+/"))
    page.get_by_role("link", name="Relire avant de valider").click()
    page.get_by_role("button", name="Valider cette fiche").click()
    expect_text(page, "fiche validée")
    monde.close()


def test_the_maire_reads_the_carnet_on_a_phone(monde, gens):
    page = enter(monde, gens, "maire", f"diagnostic/carnets/{gens['maire']['commune_id']}/", "telephone")
    expect_text(page, gens["maire"]["commune"], "Repris mot pour mot de votre fiche")
    page.locator("summary").filter(has_text="Le besoin le plus pressant").tap()
    expect_text(page, "Un remplacement au secrétariat")
    monde.look(page)
    assert fetch(page, "Télécharger le carnet (PDF)").startswith(b"%PDF-")
    page.get_by_role("link", name="La synthèse du territoire").tap()
    page.wait_for_url(re.compile("/synthese/"))
    monde.look(page)
    assert "Un remplacement au secrétariat" not in read_text(page)
    monde.close()


def test_the_dgs_freezes_the_picture_and_takes_the_note_of_the_copil(monde, gens):
    page = enter(monde, gens, "dgs", "diagnostic/photographie/")
    monde.look(page)
    page.get_by_role("link", name="Préparer une nouvelle version").click()
    monde.look(page)
    page.get_by_label("Pourquoi cette version").fill("Une commune de plus a validé sa fiche (fictif).")
    page.get_by_role("button", name="Figer cette photographie").click()
    page.get_by_role("link", name=re.compile("version 2")).click()
    expect_text(page, "Ce qui a changé depuis la version 1")
    page.goto(f"/m/{gens['dgs']['pk']}/diagnostic/synthese/")
    note = fetch(page, "Note pour le COPIL (Word)")
    with zipfile.ZipFile(BytesIO(note)) as archive:
        words = archive.read("word/document.xml").decode()
    assert "Val d" in words
    assert "w:tbl" in words
    monde.close()


def test_the_dgs_opens_the_next_campaign_and_the_mairies_are_told(monde, gens):
    page = enter(monde, gens, "dgs", "diagnostic/")
    monde.look(page)
    page.get_by_text(re.compile("^Clore l.état des lieux$")).first.click()
    page.get_by_role("button", name=re.compile("Clore")).click()
    page.wait_for_url(re.compile("fait="))
    page.goto(f"/m/{gens['dgs']['pk']}/diagnostic/campagnes/nouvelle/")
    monde.look(page)
    page.get_by_label("Titre").fill("État des lieux suivant (fictif)")
    page.get_by_label("Année des chiffres demandés").fill("2026")
    page.get_by_role("button", name="Préparer le questionnaire").click()
    page.wait_for_url(re.compile(r"fait="))
    page.goto(f"/m/{gens['dgs']['pk']}/diagnostic/")
    page.get_by_role("button", name="Ouvrir aux communes").click()
    expect_text(page, "ouverte aux communes")
    assert not monde.erreurs
