"""Going back in the browser gives back what was typed: after a result, after a corrected error, with added rows."""

import re

PETITE_CAMARGUE = "/simulateur/243000593/"
AUTRE = "/simulateur/autre-territoire/"
SAISIE = {
    "#volume_total": "600",
    "#personnel-etp": "2",
    "#personnel-cout_etp": "48 000",
    "#couts-fixes-0-montant": "12 000,50",
}


def fill(page, **changes):
    page.check("#service-domaine")
    for place, value in {**SAISIE, **changes}.items():
        page.fill(place, value)


def calculate(page):
    page.get_by_role("button", name="Voir le résultat").click()


def read(page):
    return {place: page.locator(place).input_value() for place in SAISIE}


def test_back_from_the_result_gives_back_what_was_typed(open_page):
    page = open_page()
    page.goto(PETITE_CAMARGUE)
    fill(page)
    page.locator("#liste-communes input").nth(2).uncheck()
    page.locator("#variantes-0-cle-forfait").fill("40")
    page.locator("#variantes-0-cle-forfait").press("Tab")
    calculate(page)
    page.wait_for_url(re.compile("/simulateur/resultat/"))
    page.go_back()
    page.wait_for_url(re.compile(PETITE_CAMARGUE))
    assert read(page) == SAISIE
    assert page.locator("#service-domaine").is_checked()
    assert page.locator("#liste-communes input:checked").count() == 4
    assert "4 sur 5" in page.locator("[data-compte]").inner_text()
    assert page.locator("#variantes-0-cle-population").input_value() == "60"
    assert page.get_by_role("slider", name=re.compile("Population")).input_value() == "60"
    calculate(page)
    page.wait_for_url(re.compile("/simulateur/resultat/"))


def test_back_after_a_corrected_error_gives_the_right_value(browser, site):
    context = browser.new_context(base_url=site, locale="fr-FR")
    page = context.new_page()
    page.goto(PETITE_CAMARGUE)
    fill(page, **{"#personnel-cout_etp": "beaucoup"})
    calculate(page)
    page.locator(".resume-erreurs").wait_for()
    page.fill("#personnel-cout_etp", "48 000")
    calculate(page)
    page.wait_for_url(re.compile("/simulateur/resultat/"))
    page.go_back()
    page.wait_for_url(re.compile(PETITE_CAMARGUE))
    assert read(page) == SAISIE
    context.close()


def test_communes_of_ones_own_come_back_too(open_page):
    page = open_page()
    page.goto(AUTRE)
    page.fill("#liste", "Bourg-Fictif ; 1 200\nVal-Fictif ; 300")
    page.get_by_role("button", name=re.compile("Ajouter")).click()
    page.locator("#communes-C02-nom").wait_for()
    fill(page, **{"#territoire-nom": "Pays fictif"})
    calculate(page)
    page.wait_for_url(re.compile("/simulateur/resultat/"))
    page.go_back()
    page.locator("#communes-C02-nom").wait_for()
    assert read(page) == SAISIE
    assert page.locator("#communes-C02-nom").input_value() == "Val-Fictif"
    assert page.locator("#communes-C02-population").input_value() == "300"


def test_a_new_visit_starts_empty(open_page):
    page = open_page()
    page.goto(PETITE_CAMARGUE)
    fill(page)
    page.goto("/")
    page.goto(PETITE_CAMARGUE)
    assert set(read(page).values()) == {""}


def test_a_key_that_cannot_be_computed_is_told_once_and_covers_nothing(browser, site):
    context = browser.new_context(base_url=site, locale="fr-FR")
    page = context.new_page()
    page.goto("/simulateur/243000593/")
    fill(page)
    calculate(page)
    page.wait_for_url(re.compile("/simulateur/resultat/"))
    page.get_by_role("slider", name=re.compile("Population")).fill("0")
    page.wait_for_function("document.querySelector('#phrase').closest('#reponse') && location.search.length > 0")
    assert page.get_by_role("slider", name=re.compile("Temps convenu")).input_value() == "0"
    assert page.locator("#reponse .encart-attention", has_text="ne peut pas être calculée").count() == 0
    page.get_by_role("slider", name=re.compile("Temps convenu")).fill("50")
    page.locator("#reponse", has_text="ne peut pas être calculée").wait_for()
    said = page.locator("#annonces > div")
    assert said.text_content() == "Cette clé ne peut pas être calculée"
    assert said.bounding_box()["height"] <= 1
    context.close()


def test_a_marked_choice_leaves_at_once_but_waits_for_enter_on_the_keyboard(open_page):
    page = open_page()
    page.goto("/simulateur/exemple/")
    choix = page.locator("select#commune")
    choix.evaluate("select => select.setAttribute('data-envoyer', '')")
    choix.select_option("C03")
    page.wait_for_url(re.compile("commune=C03"))
    choix.evaluate("select => select.setAttribute('data-envoyer', '')")
    choix.focus()
    page.keyboard.press("ArrowDown")
    assert "commune=C03" in page.url
    page.keyboard.press("Escape")
    choix.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("commune=C0[^3]"))
