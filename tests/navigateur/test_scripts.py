"""The small scripts in a real browser: sliders by the rule of the server, arrow keys from neighbour to neighbour."""

import re
from pathlib import Path

import pytest
from django.template import engines

from communaccord.plateforme.socle.curseurs import rebalance_parts
from communaccord.plateforme.socle.vitrine import build_vitrine

SCRIPTS = Path(__file__).resolve().parents[2] / "src/communaccord/plateforme/socle/static/socle/js"


@pytest.fixture
def page(browser):
    opened = browser.new_page()
    yield opened
    opened.close()


def add_script(page, name):
    page.add_script_tag(content=re.sub(r"^export ", "", (SCRIPTS / name).read_text(encoding="utf-8"), flags=re.M))


def render(template, **context):
    return engines["jinja2"].env.from_string(template).render(**context)


def build_curseurs(**verrous):
    parts = [
        {"nom": nom, "libelle": nom, "valeur": valeur, "verrou": verrous.get(nom, False)}
        for nom, valeur in (("population", 50), ("usage", 30), ("forfait", 20))
    ]
    return render(
        '<form>{% from "socle/composants/curseurs.html" import curseurs %}{{ curseurs("Clé", parts) }}</form>',
        parts=parts,
    )


def test_browser_and_server_share_by_the_same_rule(page):
    page.set_content("<p></p>")
    add_script(page, "curseurs.js")
    cases = [
        ([60, 30, 20], 0, []),
        ([60, 30, 20], 0, [2]),
        ([100, 30, 20], 0, [2]),
        ([40, 0, 0], 0, []),
        ([33, 33, 33, 1], 3, [1]),
        ([7, 11, 13, 17], 2, [0]),
        ([1, 1, 1], None, []),
        ([30, 40], 0, [1]),
        ([30, 40], 0, [0, 1]),
    ]
    cases = [(*case, unfit) for case in cases for unfit in ([], [1], [2, 3], [0, 1, 2, 3])]
    for values, moved, locked, unfit in cases:
        names = [str(i) for i in range(len(values))]
        expected = rebalance_parts(
            dict(zip(names, values, strict=True)),
            moved=None if moved is None else str(moved),
            locked=[str(i) for i in locked],
            unfit=[str(i) for i in unfit],
        )
        found = page.evaluate(
            "([v, m, l, u]) => rebalanceParts(v, m, new Set(l), new Set(u))", [values, moved, locked, unfit]
        )
        assert found == list(expected.values()), (values, moved, locked, unfit)


def test_moving_a_slider_keeps_the_sum(page):
    page.set_content(build_curseurs(forfait=True))
    assert page.get_by_role("button", name="Ramener à 100 %").is_visible()
    add_script(page, "curseurs.js")
    assert not page.get_by_role("button", name="Ramener à 100 %").is_visible()
    page.locator("[data-reglette]").first.focus()
    page.keyboard.press("ArrowRight")
    read = [int(page.locator(f"#{nom}").input_value()) for nom in ("population", "usage", "forfait")]
    assert read == [51, 29, 20]
    page.locator("#usage").fill("95")
    page.locator("#usage").press("Tab")
    read = [int(page.locator(f"#{nom}").input_value()) for nom in ("population", "usage", "forfait")]
    assert read == [0, 80, 20]
    assert page.locator("[data-somme]").inner_text() == "100\u202f%"


def test_arrows_walk_from_neighbour_to_neighbour(page):
    matter = build_vitrine()["carte"]
    page.set_content(
        render(
            '{% from "socle/composants/carte.html" import carte %}'
            '{{ carte("c", "Carte", "Dessin", m.fond, m.communes, voisins=m.voisins) }}',
            m=matter,
        )
    )
    add_script(page, "carte.js")
    assert page.locator('[data-code][tabindex="0"]').get_attribute("data-code") == "F3"
    page.locator('[data-code="F3"]').focus()
    page.keyboard.press("ArrowLeft")
    reached = page.evaluate("document.activeElement.dataset.code")
    assert reached in matter["voisins"]["F3"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.code") == "F1"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.code") == "F1"
    assert "Bourg-Neuf-sur-Fictive" in page.locator("[data-carte-dite]").inner_text()


def test_filter_is_blind_to_accents_and_keeps_mine(page):
    lignes = [{"nom": nom, "filtre": nom, "mienne": nom == "Pré"} for nom in ("Pré", "Évry", "Aulnoy")]
    page.set_content(
        render(
            '{% from "socle/composants/tableaux.html" import tableau, filtre_tableau %}{{ filtre_tableau("t") }}'
            '{{ tableau("Communes", [{"cle": "nom", "titre": "Commune"}], lignes, id="t") }}',
            lignes=lignes,
        )
    )
    add_script(page, "filtre.js")
    page.get_by_label("Filtrer par nom").fill("evr")
    assert page.locator("tbody tr:visible").all_inner_texts() == ["Pré", "Évry"]
    assert page.locator("[data-filtre-compte]").inner_text() == "1 sur 3"
