"""Explanations and several services, by hand."""

import pytest

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import Service, ServiceGame, Services, TableGame, Term
from communaccord.noyau.partage.stability import explain, separate_services
from communaccord.noyau.solver import Status

PLAIN = ServiceGame(3, (Term("count", (), (0, 60, 80, 90)),), (0, 0, 0))


def build_services(*games):
    return Services(3, tuple(Service(game, (0, 1, 2)) for game in games))


def test_an_explanation_in_figures():
    told = explain(PLAIN, (40, 30, 20))[0]
    assert (told.member, told.alone, told.marginal, told.share, told.gain) == (0, 60, 10, 40, 20)
    assert (told.inside.group, told.inside.slack) == ({0, 1}, 10)
    assert (told.outside.group, told.outside.slack) == ({1}, 30)
    assert [one.member for one in explain(PLAIN, (40, 30, 20), members=(2, 1))] == [1, 2]


def test_none_to_leave_alone_none_to_leave_together_without_transfers():
    services = build_services(PLAIN, PLAIN)
    stable = separate_services(services, [(30, 30, 30), (35, 30, 25)])
    assert all(exit_.slack >= 0 for exit_ in stable.single)
    assert stable.joint.exit.slack >= 0
    assert stable.joint.status is Status.OPTIMAL


def test_a_transfer_can_send_away_from_all_who_would_stay_in_each():
    services = build_services(PLAIN, PLAIN)
    found = separate_services(services, [(30, 30, 30), (30, 30, 30)], transfers=(70, -35, -35))
    assert all(exit_.slack >= 0 for exit_ in found.single)
    assert (found.joint.exit.group, found.joint.exit.gain) == ({0}, 10)


def test_a_search_stopped_early_is_not_told_as_optimal():
    """Workloads that no group fits well: the first bound is far from the first answer."""
    games = []
    for shift in range(3):
        work = tuple(101 + (37 * (k + shift) ** 2) % 97 for k in range(30))
        table = tuple(9_000 * -(-total // 700) for total in range(sum(work) + 1))
        games.append(ServiceGame(30, (Term("sum", work, table),), (0,) * 30))
    services = Services(30, tuple(Service(game, tuple(range(30))) for game in games))
    shares = [[game.cost(range(30)) * (member + 1) // 465 for member in range(30)] for game in games]
    full = separate_services(services, shares).joint
    short = separate_services(services, shares, nodes=1).joint
    stopped = separate_services(services, shares, should_stop=lambda: True).joint
    assert full.status is Status.OPTIMAL
    assert full.exit.slack <= full.low + 2
    assert short.status is stopped.status is Status.LIMIT
    assert short.low <= full.low <= full.exit.slack <= short.exit.slack
    assert stopped.low <= full.low


def test_lists_that_do_not_fit_are_told():
    services = build_services(PLAIN)
    with pytest.raises(DonneeInvalide, match="services"):
        separate_services(services, [])
    with pytest.raises(DonneeInvalide, match="2 parts pour 3"):
        separate_services(services, [(1, 2)])
    with pytest.raises(DonneeInvalide, match="transfert"):
        separate_services(services, [(1, 2, 3)], transfers=(1,))
    with pytest.raises(DonneeInvalide, match="Un seul membre"):
        separate_services(Services(1, ()), [])
    with pytest.raises(DonneeInvalide, match="Un seul membre"):
        explain(TableGame(1, (0, 3)), (3,))
