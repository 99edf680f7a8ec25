"""A blocking group is one only when its figures are true."""

import pytest

from communaccord.noyau.preuves.blocage import check_blocage

COSTS = {frozenset({0}): 60, frozenset({1}): 50, frozenset({0, 1}): 70}


@pytest.mark.parametrize(("group", "gain"), [({0}, 4), ({1}, -40), ({1}, 0), ((), 0), ({0, 1}, 5), ({2}, 5)])
def test_what_is_no_exit_is_refused(group, gain):
    assert not check_blocage(lambda members: COSTS[frozenset(members)], (65, 10), group, gain)


def test_a_group_that_pays_more_than_its_cost_blocks():
    assert check_blocage(lambda members: COSTS[frozenset(members)], (65, 10), {0}, 5)
