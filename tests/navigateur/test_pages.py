"""Every page, at two widths, in light and dark: axe finds nothing, nothing overflows, even at 320 pixels."""

import pytest

from tests.navigateur.conftest import LARGEURS

PAYS_BASQUE = "/territoires/200067106/"
PAGES = {
    "entrée": "/",
    "recherche": "/recherche/?q=saint-martin",
    "recherche sans réponse": "/recherche/?q=zzzzzz",
    "portrait de 158 communes": PAYS_BASQUE + "?commune=64102",
    "portrait de 5 communes": "/territoires/243000593/",
    "portrait hors champ": "/territoires/200046977/",
    "simulateur": "/simulateur/",
    "formulaire": "/simulateur/243000593/",
    "formulaire libre": "/simulateur/autre-territoire/",
    "résultat": "/simulateur/exemple/",
    "ouvrir": "/simulateur/ouvrir/",
    "composants": "/composants/",
    "accessibilité": "/accessibilite/",
    "mentions légales": "/mentions-legales/",
    "données": "/donnees/",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_page_is_accessible_and_holds_in_its_width(open_page, check_axe, check_reflow, address):
    """One window for all widths: opening a window costs more than reading its page again."""
    page = open_page()
    for largeur in LARGEURS.values():
        page.set_viewport_size(largeur)
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.goto(address)
        check_axe(page)
        check_reflow(page)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.wait_for_timeout(200)  # the colours of buttons take 150 ms to change
        check_axe(page, only=["color-contrast"])
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size({"width": 320, "height": 640})
    check_reflow(page)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_page_says_its_title_without_javascript(open_page, address):
    sober = open_page("telephone", java_script_enabled=False)
    sober.goto(address)
    assert sober.locator("h1").count() == 1


def test_every_page_can_be_opened_by_the_keyboard_alone(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    assert "contenu" in focused.lower()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_a_page_that_does_not_exist_says_what_to_do(open_page, check_axe, site, browser):
    context = browser.new_context(base_url=site, locale="fr-FR")
    page = context.new_page()
    response = page.goto("/territoires/000000000/")
    assert response.status == 404
    assert page.locator("h1").count() == 1
    check_axe(page)
    context.close()
