"""The script of an answer, in a real browser: nothing typed is lost when the sign-in or the network is."""

import json
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2] / "src/communaccord/plateforme"
SCRIPT = (RACINE / "accords/static/accords/brouillon.js").read_text(encoding="utf-8")
ADRESSE = "http://table.invalid/"
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"></head><body>
<form class="reponse" method="post" action="/reponse/" data-brouillon="/brouillon/" data-connexion="/connexion/">
<input type="hidden" name="csrfmiddlewaretoken" value="JETON">
<label><input type="radio" name="position" value="favorable"> Favorable</label>
<label><input type="radio" name="position" value="defavorable" checked> Défavorable</label>
<label>Motif <textarea name="motif" maxlength="600"></textarea></label>
<div data-etat-brouillon><input type="hidden" name="version" value="VERSION"><p role="status">Rien.</p></div>
<button name="action" value="garder">Enregistrer</button></form>
<script type="module">SCRIPT</script></body></html>"""
GARDE = '<div data-etat-brouillon><input type="hidden" name="version" value="8"><p role="status">Gardé.</p></div>'


class Site:
    """A site of three addresses that may be signed out, cut, or ask for a new token."""

    def __init__(self):
        self.etat, self.jeton, self.version, self.recus = "ouvert", "un", "7", []

    def answer(self, route):
        request = route.request
        name = request.url.removeprefix(ADRESSE).strip("/")
        if name == "brouillon" and self.etat == "coupe":
            return route.abort()
        if name in ("brouillon", "reponse") and self.etat == "deconnecte":
            return route.fulfill(status=302, headers={"Location": "/connexion/"})
        if request.method == "POST":
            body = request.post_data or ""
            if f"\r\n{self.jeton}\r\n" not in body and f"csrfmiddlewaretoken={self.jeton}" not in body:
                return route.fulfill(status=403, body="jeton")
            self.recus.append((name, body))
            if name == "brouillon":
                return route.fulfill(status=200, headers={"X-Brouillon": "oui"}, body=GARDE)
            return route.fulfill(status=200, content_type="text/html", body="<p id='fin'>Fini</p>")
        page = PAGE.replace("JETON", self.jeton).replace("VERSION", self.version).replace("SCRIPT", SCRIPT)
        return route.fulfill(status=200, content_type="text/html", body=page)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def page(browser, site):
    opened = browser.new_page()
    opened.route("**/*", site.answer)
    opened.goto(ADRESSE)
    yield opened
    opened.close()


def wait_for_phrase(page, mots):
    page.wait_for_function(
        "m => document.querySelector('[data-etat-brouillon] p').textContent.includes(m)", arg=mots, timeout=10_000
    )


def read_garde(page):
    return json.loads(page.evaluate("sessionStorage.getItem('/brouillon/')") or "null")


def test_what_is_recorded_is_not_kept_in_the_browser(page, site):
    page.fill("textarea", "trop cher")
    assert ["motif", "trop cher"] in read_garde(page)
    wait_for_phrase(page, "Gardé.")
    assert read_garde(page) is None
    assert page.input_value("[name=version]") == "8"


def test_a_lost_sign_in_is_told_and_the_button_does_not_leave(page, site):
    site.etat = "deconnecte"
    page.fill("textarea", "trop cher")
    page.click("button")
    wait_for_phrase(page, "Vous n’êtes plus connecté ou connectée")
    assert page.get_attribute("form a", "href") == "/connexion/"
    assert page.input_value("textarea") == "trop cher"
    site.etat, site.jeton = "ouvert", "deux"
    page.click("button")
    page.wait_for_selector("#fin")
    assert [name for name, _ in site.recus] == ["brouillon", "reponse"]
    assert all("trop cher" in body or "trop+cher" in body for _, body in site.recus)


def test_what_was_typed_survives_the_sign_in(page, site):
    site.etat = "deconnecte"
    page.check("[value=favorable]")
    page.fill("textarea", "à deux conditions")
    wait_for_phrase(page, "Vous n’êtes plus connecté ou connectée")
    assert "un" not in [valeur for _, valeur in read_garde(page)]
    site.etat, site.jeton, site.version = "ouvert", "deux", "9"
    page.goto(ADRESSE + "?apres")
    assert page.input_value("textarea") == "à deux conditions"
    assert page.is_checked("[value=favorable]")
    assert page.input_value("[name=version]") == "7"
    wait_for_phrase(page, "Gardé.")
    assert read_garde(page) is None


def test_a_cut_is_not_a_lost_sign_in(page, site):
    site.etat = "coupe"
    page.fill("textarea", "trop cher")
    page.click("button")
    wait_for_phrase(page, "La connexion est coupée")
    site.etat = "ouvert"
    page.fill("textarea", "trop cher encore")
    wait_for_phrase(page, "Gardé.")


def test_what_is_left_of_a_text_is_said_near_its_limit(page):
    page.fill("textarea", "a" * 400)
    assert page.text_content(".compteur") == ""
    page.fill("textarea", "a" * 599)
    assert page.text_content(".compteur") == "Encore 1 caractère sur 600."
