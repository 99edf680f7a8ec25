"""Fast hashing of codes and a safe of its own, for every test of this folder."""

import pytest

from communaccord.plateforme.accords import coffre


@pytest.fixture(autouse=True)
def rapide(request, settings, tmp_path, monkeypatch):
    """The codes' imprints are quick to check, their stretching is light, and the safe is a folder of this test.

    The tests of the safe itself pay the real price.
    """
    if request.path.name != "test_coffre.py":
        monkeypatch.setattr(coffre, "ARGON2_MEMOIRE", 1024 * 1024)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DOSSIER_DONNEES = tmp_path / "donnees"
    monkeypatch.delenv(coffre.VARIABLE, raising=False)
