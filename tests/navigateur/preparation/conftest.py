"""The demo, its story told: the journey takes it up where it stands, its letters lie in files."""

import pytest

from tests.navigateur.conftest import build_environnement, copy_fonds, run_manage, serve
from tests.navigateur.demarche.monde import Monde, open_coulisses


@pytest.fixture(scope="module")
def monde(tmp_path_factory, fonds, browser, check_axe, check_reflow):
    folder = copy_fonds(fonds, tmp_path_factory.mktemp("preparation"))
    environment = build_environnement(
        folder,
        COMMUNACCORD_DEMO="1",
        COMMUNACCORD_COURRIEL="django.core.mail.backends.filebased.EmailBackend",
        DJANGO_SETTINGS_MODULE="communaccord.plateforme.config.settings",
    )
    run_manage(environment, "charger_demo")
    with serve(environment) as adresse, open_coulisses(environment) as coulisses:
        world = Monde(browser, adresse, folder, coulisses, check_axe, check_reflow)
        yield world
        world.close()
