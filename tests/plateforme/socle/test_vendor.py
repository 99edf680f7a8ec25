"""Third-party files are the ones of the manifest, byte for byte, and each has its licence beside it."""

import importlib.util
import json
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]


def load_tool():
    spec = importlib.util.spec_from_file_location("vendor_front", RACINE / "tools/vendor_front.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tool():
    return load_tool()


@pytest.fixture(scope="module")
def manifest(tool):
    return json.loads(tool.MANIFESTE.read_text(encoding="utf-8"))


def test_files_are_those_of_the_manifest(tool, manifest):
    assert tool.find_differences(manifest, RACINE) == []


def test_a_changed_or_missing_file_is_named(tool, tmp_path):
    (tmp_path / "a.js").write_text("autre chose")
    fake = {"paquets": [{"fichiers": [{"chemin": "a.js", "sha256": "0" * 64}, {"chemin": "b.js", "sha256": "0" * 64}]}]}
    first, second = tool.find_differences(fake, tmp_path)
    assert "a.js diffère" in first
    assert "b.js manque" in second


def test_every_package_is_pinned_with_its_licence(manifest):
    for package in manifest["paquets"]:
        assert package["version"][0].isdigit()
        assert package["licence"]
        assert any("LICENSE" in file["source"] for file in package["fichiers"])


def test_no_third_party_file_is_outside_the_manifest(tool, manifest):
    listed = {RACINE / file["chemin"] for package in manifest["paquets"] for file in package["fichiers"]}
    found = {path for path in tool.MANIFESTE.parent.rglob("*") if path.is_file()} - {tool.MANIFESTE}
    assert found <= listed
