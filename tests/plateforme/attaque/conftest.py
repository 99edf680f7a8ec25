"""The story is told once for the whole folder, then erased; the hour is that of the story, the printer a quick one."""

import pytest
from tests.plateforme.attaque.monde import MAINTENANT, Imprimerie, tell_monde
from tests.plateforme.fabriques import set_horloge

from communaccord.plateforme.demo.effacement import erase_demarche
from communaccord.plateforme.documents import rendu


@pytest.fixture(scope="package")
def histoire(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        built = tell_monde(patch)
        yield built
        erase_demarche(built.demarche)


@pytest.fixture
def monde(histoire, monkeypatch, db):
    """The story, today. What a test plants or releases is forgotten after it."""
    set_horloge(monkeypatch, MAINTENANT)
    monkeypatch.setattr(rendu.typst, "Compiler", Imprimerie)
    plantes = histoire.plantes
    kept = (dict(plantes.proprietaires), dict(plantes.montants))
    yield histoire
    plantes.proprietaires, plantes.montants = kept
