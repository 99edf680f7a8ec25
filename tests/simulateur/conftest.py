"""Data shared by the tests of the simulator."""

import copy

import pytest
from hypothesis import settings

from communaccord.simulateur.exemple import DONNEES

settings.register_profile("simulateur", deadline=None)
settings.load_profile("simulateur")


@pytest.fixture
def donnees():
    """A valid simulation on an invented territory, free to be spoilt."""
    return copy.deepcopy(DONNEES)
