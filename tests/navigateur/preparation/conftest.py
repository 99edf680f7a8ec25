"""The demo, its story told: the journey takes it up where it stands, its letters lie in files."""

import pytest

from tests.navigateur.conftest import build_demo, copy_fonds, serve
from tests.navigateur.demarche.monde import Monde, open_coulisses


@pytest.fixture(scope="module")
def monde(tmp_path_factory, fonds_demo, browser, check_axe, check_reflow):
    folder = copy_fonds(fonds_demo, tmp_path_factory.mktemp("preparation"))
    environment = build_demo(folder)
    with serve(environment) as adresse, open_coulisses(environment) as coulisses:
        world = Monde(browser, adresse, folder, coulisses, check_axe, check_reflow)
        yield world
        world.close()
