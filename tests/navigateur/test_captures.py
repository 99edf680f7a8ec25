"""The pictures of the documentation are taken here, from the real pages; COMMUNACCORD_CAPTURES=1 writes them anew."""

import os
from pathlib import Path

import pytest

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


def open_fiche(page):
    page.get_by_role("button", name="fiche maire").first.click()
    page.wait_for_url("**/simulateur/fiche/**")


@pytest.mark.parametrize(("name", "address", "largeur"), CAPTURES, ids=lambda value: str(value))
def test_picture_of_the_documentation(open_page, tmp_path, name, address, largeur):
    page = open_page(largeur, reduced_motion="reduce")
    page.goto(address)
    if name == "fiche-maire":
        open_fiche(page)
    page.evaluate("document.fonts.ready")
    target = IMAGES / f"{name}-{largeur}.png"
    taken = (target if os.environ.get("COMMUNACCORD_CAPTURES") == "1" else tmp_path / target.name).resolve()
    page.screenshot(path=taken)
    assert taken.stat().st_size > 20_000
    assert target.exists(), f"{target.name} manque : COMMUNACCORD_CAPTURES=1 make test ARGS={Path(__file__).name}"


def test_no_picture_is_left_over():
    assert {p.name for p in IMAGES.glob("*.png")} == {f"{name}-{largeur}.png" for name, _, largeur in CAPTURES}
