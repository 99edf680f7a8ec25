"""The worker of these tests is the test itself: what is asked is done at once."""

import pytest
from tests.plateforme.fabriques import set_horloge


@pytest.fixture(autouse=True)
def _sur_le_champ(settings, tmp_path, monkeypatch):
    set_horloge(monkeypatch)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.DOSSIER_DONNEES = tmp_path
