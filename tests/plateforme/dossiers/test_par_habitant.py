"""An amount by inhabitant is written with the digits that it has."""

import pytest

from communaccord.plateforme.dossiers.pages.montants import Plume


@pytest.mark.parametrize(
    ("centimes", "population", "estime", "exact"),
    [
        (150_000, 112, "13\u00a0€", "13,39\u00a0€"),
        (240_000, 228, "11\u00a0€", "10,53\u00a0€"),
        (99_900, 100, "10\u00a0€", "9,99\u00a0€"),
        (15_000, 112, "1,30\u00a0€", "1,34\u00a0€"),
        (1_500, 112, "0,13\u00a0€", "0,13\u00a0€"),
        (None, 112, "non connu", "non connu"),
        (1_500, 0, "non connu", "non connu"),
    ],
)
def test_no_cents_are_written_that_are_not_known(centimes, population, estime, exact):
    assert Plume().write_ratio(centimes, population) == estime
    assert Plume(exacts=True).write_ratio(centimes, population) == exact
