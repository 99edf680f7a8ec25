"""Colours: every declared pair is measured in both themes, from the style sheet itself."""

import re

import pytest

from communaccord.plateforme.socle import contrastes


def test_black_on_white_is_21():
    assert contrastes.compute_contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrastes.compute_contraste("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("mesure", contrastes.measure_paires(), ids=lambda m: f"{m.theme}-{m.devant}-{m.derriere}")
def test_pair_is_legible(mesure):
    assert mesure.ratio >= mesure.seuil, f"{mesure.devant} sur {mesure.derriere} ({mesure.theme}) : {mesure.ratio:.2f}"


def test_both_themes_define_the_same_colours():
    text = contrastes.FEUILLE.read_text(encoding="utf-8")
    light, _, rest = text.partition("prefers-color-scheme: dark")
    dark = rest.partition("/* fin du thème sombre */")[0]
    names = [{name for name, _ in contrastes.COULEUR.findall(part)} for part in (light, dark)]
    assert names[0] == names[1]
    assert len(names[0]) > 30


def test_colours_are_written_in_the_tokens_only():
    for sheet in contrastes.FEUILLE.parent.glob("*.css"):
        if sheet.name not in ("jetons.css", "impression.css"):
            assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?![^{]*\{)", sheet.read_text(encoding="utf-8")), sheet.name


def test_every_token_used_is_defined():
    folder = contrastes.FEUILLE.parent
    defined = set(re.findall(r"(--[a-z0-9-]+):", contrastes.FEUILLE.read_text(encoding="utf-8")))
    for sheet in folder.glob("*.css"):
        used = set(re.findall(r"var\((--[a-z0-9-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= defined, f"{sheet.name} : {sorted(used - defined)}"


def test_motion_is_short_and_can_be_refused():
    base = (contrastes.FEUILLE.parent / "base.css").read_text(encoding="utf-8")
    assert "prefers-reduced-motion: reduce" in base
    durations = [
        int(ms) for s in contrastes.FEUILLE.parent.glob("*.css") for ms in re.findall(r"(\d+)ms", s.read_text())
    ]
    assert durations
    assert max(durations) < 150
