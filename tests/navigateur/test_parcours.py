"""Journeys of a newcomer: find one's territory, simulate a service, hold a fiche maire; with and without JavaScript."""

import re

import pytest

PETITE_CAMARGUE = "/simulateur/243000593/"


def read_text(page, place="main"):
    """What is read, with ordinary spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", page.locator(place).inner_text())


def fill_five_figures(page):
    page.check("#service-domaine")
    page.fill("#volume_total", "600")
    page.fill("#personnel-etp", "2")
    page.fill("#personnel-cout_etp", "48 000")
    page.fill("#couts-fixes-0-montant", "12 000,50")
    page.fill("#service-actes-0-cout_unitaire", "3")


def test_find_my_epci_from_the_name_of_my_commune(open_page, check_axe, largeur):
    page = open_page(largeur)
    page.goto("/")
    page.locator("#q").press_sequentially("saint etienne de baigorry", delay=15)
    answer = page.get_by_role("link", name=re.compile("Baïgorry"))
    answer.wait_for()
    check_axe(page)
    answer.first.press("Enter")
    page.wait_for_url(re.compile(r"/territoires/200067106/\?commune=64477"))
    text = read_text(page)
    assert "158 communes" in text
    assert "Saint-Étienne-de-Baïgorry" in text
    check_axe(page)


def test_simulate_then_move_the_key_by_the_keyboard(open_page, check_axe, check_reflow, largeur):
    page = open_page(largeur)
    page.goto("/territoires/243000593/?commune=30020")
    page.get_by_role("link", name="Simuler un service partagé").first.click()
    page.wait_for_url(re.compile(PETITE_CAMARGUE))
    fill_five_figures(page)
    page.get_by_role("button", name="Voir le résultat").click()
    page.wait_for_url(re.compile(r"/simulateur/resultat/\?s="))
    assert "5 communes" in read_text(page, "#phrase")
    check_axe(page)
    check_reflow(page)
    before = read_text(page, "#phrase")
    slider = page.get_by_role("slider", name=re.compile("Parts égales"))
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    changed = "avant => document.querySelector('#phrase').innerText.replace(/[\\u00a0\\u202f]/g, ' ') !== avant"
    page.wait_for_function(changed, arg=before)
    assert "Parts égales" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    check_axe(page)


def test_hold_the_fiche_maire_of_a_commune(open_page, check_axe, check_reflow, largeur):
    page = open_page(largeur)
    page.goto("/simulateur/exemple/")
    page.get_by_role("button", name="Val-Imaginé").first.click()
    page.wait_for_url(re.compile(r"/simulateur/fiche/"))
    assert "fictif" in page.locator("main").inner_text().lower()
    check_axe(page)
    check_reflow(page)
    answer = page.request.get(page.get_by_role("link", name=re.compile("PDF")).get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_the_whole_way_without_javascript(open_page):
    page = open_page("telephone", java_script_enabled=False)
    page.goto("/")
    page.fill("#q", "aubord")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Aubord")).first.click()
    page.get_by_role("link", name="Simuler un service partagé").first.click()
    fill_five_figures(page)
    page.fill("#variantes-0-cle-population", "60")
    page.fill("#variantes-0-cle-forfait", "40")
    page.get_by_role("button", name="Voir le résultat").click()
    assert "/simulateur/resultat/" in page.url
    page.get_by_role("button", name="Aubord").first.click()
    assert "/simulateur/fiche/30020/" in page.url


@pytest.mark.parametrize("javascript", [True, False], ids=["avec", "sans"])
def test_a_faulty_form_keeps_what_was_typed_and_leads_to_the_fault(browser, site, check_axe, javascript):
    context = browser.new_context(base_url=site, locale="fr-FR", java_script_enabled=javascript)
    page = context.new_page()
    page.goto(PETITE_CAMARGUE)
    fill_five_figures(page)
    page.fill("#personnel-etp", "deux et demi")
    page.fill("#variantes-0-cle-population", "70")
    page.get_by_role("button", name="Voir le résultat").click()
    summary = page.get_by_role("alert").or_(page.locator(".resume-erreurs")).first
    summary.wait_for()
    assert "deux et demi" in page.locator("#personnel-etp").input_value()
    assert page.locator("#couts-fixes-0-montant").input_value() == "12 000,50"
    summary.get_by_role("link").first.click()
    check_axe(page) if javascript else None
    context.close()


def test_the_map_is_walked_by_the_arrows(open_page):
    page = open_page()
    page.goto("/territoires/243000593/")
    first = page.locator("svg a[href*='commune=']").first
    first.focus()
    start = page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.href.baseVal")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        here = page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.href.baseVal")
        if here != start:
            return
    raise AssertionError("aucune flèche ne mène à une commune voisine")
