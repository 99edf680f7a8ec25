"""Data shared by the tests of the simulator."""

import copy

import pytest

from communaccord.simulateur.exemple import DONNEES


@pytest.fixture
def donnees():
    """A valid simulation on an invented territory, free to be spoilt."""
    return copy.deepcopy(DONNEES)
