"""The pictures of the documentation are taken here, from the real pages; COMMUNACCORD_CAPTURES=1 writes them anew."""

import os
from pathlib import Path

import pytest

from tests.navigateur.conftest import LARGEURS

RESULTAT = "main a[href$='/resultat/']"
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
CAPTURES = [
    ("entree", "/", "bureau"),
    ("portrait", "/territoires/200067106/?commune=64102", "bureau"),
    ("portrait", "/territoires/200067106/?commune=64102", "telephone"),
    ("formulaire", "/simulateur/243000593/", "bureau"),
    ("resultat", "/simulateur/exemple/", "bureau"),
    ("resultat", "/simulateur/exemple/", "telephone"),
    ("fiche-maire", "/simulateur/exemple/", "bureau"),
]
SALLE = "nav a:has-text('{}')"
COPIL = (SALLE.format("Instances"), "main table a:has-text('Comité de pilotage')")
TENUE = "ul.seances li:has-text('relevé validé') a"
CONDUITE = "Conduire la démarche"
# Of the demo: name, what is said of the visit, the links that lead to the page, width.
CAPTURES_DEMO = [
    ("ma-page", CONDUITE, (), "bureau"),
    ("reponse", "Une petite commune", ("main a:text-is('Répondre')",) * 2, "telephone"),
    ("resultat-tour", CONDUITE, (SALLE.format("Table"), "main a:has-text('Premier tour')", RESULTAT), "bureau"),
    ("seance", CONDUITE, (*COPIL, TENUE), "bureau"),
    ("releve", CONDUITE, (*COPIL, TENUE, "main a:text-is('Le relevé')"), "bureau"),
]


def open_fiche(page):
    page.get_by_role("button", name="fiche maire").first.click()
    page.wait_for_url("**/simulateur/fiche/**")


@pytest.mark.parametrize(("name", "address", "largeur"), CAPTURES, ids=lambda value: str(value))
def test_picture_of_the_documentation(open_page, tmp_path, name, address, largeur):
    page = open_page(largeur, reduced_motion="reduce")
    page.goto(address)
    if name == "fiche-maire":
        open_fiche(page)
    take_picture(page, tmp_path, f"{name}-{largeur}.png")


def take_picture(page, folder, filename):
    page.evaluate("document.fonts.ready")
    target = IMAGES / filename
    taken = (target if os.environ.get("COMMUNACCORD_CAPTURES") == "1" else folder / target.name).resolve()
    page.screenshot(path=taken)
    assert taken.stat().st_size > 20_000
    assert target.exists(), f"{target.name} manque : COMMUNACCORD_CAPTURES=1 make test ARGS={Path(__file__).name}"


@pytest.mark.parametrize(("name", "visite", "links", "largeur"), CAPTURES_DEMO, ids=lambda value: str(value)[:20])
def test_picture_of_the_demo(browser, site_demo, tmp_path, name, visite, links, largeur):
    context = browser.new_context(
        viewport=LARGEURS[largeur], locale="fr-FR", base_url=site_demo, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/demo/")
    page.locator(".panneau", has_text=visite).get_by_role("button").click()
    for link in links:
        page.locator(link).first.click()
    take_picture(page, tmp_path, f"{name}-{largeur}.png")
    context.close()


def test_no_picture_is_left_over():
    known = {f"{name}-{largeur}.png" for name, *_, largeur in (*CAPTURES, *CAPTURES_DEMO)}
    assert {p.name for p in IMAGES.glob("*.png")} == known
