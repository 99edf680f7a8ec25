"""The tests of the platform stretch codes as little as the library allows; test_vitesse.py holds the real cost.

What asks for an installation is in the group "installations": one worker migrates a database, once.
"""

import pytest
from tests.plateforme.installations import build_environment, migrate, open_base
from tests.plateforme.vitesse import COUT_DES_ESSAIS, set_cout

set_cout(COUT_DES_ESSAIS)


@pytest.fixture(scope="session")
def base_migree(tmp_path_factory):
    """The name of a database that `manage.py migrate` made, and nobody writes in."""
    folder = tmp_path_factory.mktemp("migree")
    with open_base(folder) as name:
        migrate(build_environment(folder, name))
        yield name


@pytest.fixture(scope="module")
def site(base_migree, tmp_path_factory):
    """The environment of an installation of one's own, migrated."""
    folder = tmp_path_factory.mktemp("installation")
    with open_base(folder, base_migree) as name:
        yield build_environment(folder, name)
