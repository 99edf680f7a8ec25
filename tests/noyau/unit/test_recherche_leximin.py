"""Levels of a leximin settled several at once, when transfers reach their limits: the same deal, each level proved."""

from fractions import Fraction

import pytest
from tests.noyau.lentes.recherche import build_vingt

from communaccord.noyau.accord.recherche import equite
from communaccord.noyau.accord.recherche.equite import Echelle, leximin, read_bound
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Service
from communaccord.noyau.accord.recherche.points import Lecture, find_fautes
from communaccord.noyau.accord.recherche.programme import build_gains
from communaccord.noyau.accord.recherche.regret import min_regret
from communaccord.noyau.accord.recherche.resultats import Deal
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.preuves.farkas import compute_bound
from communaccord.noyau.solver import Status

CENT = Fraction(1, 1000)


def read_gains(paquet, deal):
    lecture = Lecture(paquet, deal.point)
    return [lecture.measure(gain) for gain in build_gains(paquet)]


@pytest.mark.parametrize(("seed", "vehicules"), [(1, 1), (2, 1), (3, 2), (5, 2), (6, 3)])
def test_levels_settled_together_are_those_settled_one_by_one(monkeypatch, seed, vehicules):
    paquet = build_vingt(seed, vehicules)
    solve, calls = Echelle.solve, []

    def counted(self):
        calls.append(self)
        return solve(self)

    monkeypatch.setattr(Echelle, "solve", counted)
    deal, at_once = leximin(paquet), len(calls)
    monkeypatch.setattr(equite, "PAS", 0)
    slow = leximin(paquet)
    assert isinstance(deal, Deal)
    assert isinstance(slow, Deal)
    assert deal.status is slow.status is Status.OPTIMAL
    assert at_once < len(deal.levels)
    for mine, theirs in zip(read_gains(paquet, deal), read_gains(paquet, slow), strict=True):
        assert abs(mine - theirs) < (1 + len(slow.levels)) * CENT


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_level_is_proved_by_its_own_multipliers(seed):
    paquet = build_vingt(seed)
    lignes = (
        ContributionMax("C03", Priorite.UTILE, 10**9),
        GainMin("C05", Priorite.UTILE, -(10**7)),
    )
    deal = leximin(paquet, lignes)
    assert isinstance(deal, Deal)
    reached = read_gains(paquet, deal)
    settled: set[int] = set()
    for niveau in deal.levels:
        assert niveau.value == min(gain for i, gain in enumerate(reached) if i not in settled)
        assert niveau.value <= niveau.high == read_bound(niveau.certificat) < niveau.value + CENT
        certificat = niveau.certificat
        # Multipliers are whole: read again by the checker, nothing is divided before the end.
        assert all(isinstance(y, int) for _, y in (*certificat.rows, *certificat.equalities))
        assert compute_bound(certificat.boxes, certificat.rows, certificat.equalities) == (
            certificat.compute_bound() * certificat.scale
        )
        # The rows that it weighs: one gain at least still in the race, and gains fixed before at what they have.
        portees = [row for (row, _), ligne in zip(certificat.rows, certificat.lignes, strict=False) if ligne == -1]
        assert portees
        settled |= {*niveau.communes, *niveau.deduites}
    assert settled == set(range(paquet.n))


def build_deux(lignes):
    """Two services whose members are A and B only; C is out of both."""
    premier = Service(
        "S1", 100_003, frozenset(range(2)), (Critere("p", (7, 11, 4)), Critere("q", (5, 3, 1))), (80_000, 80_000, 1)
    )
    second = Service(
        "S2", 70_001, frozenset(range(2)), (Critere("p", (7, 1, 4)), Critere("q", (2, 9, 1))), (80_000, 80_000, 1)
    )
    demandes = [ContributionMax(nom, Priorite.INDISPENSABLE, cents, service) for nom, cents, service in lignes]
    return Paquet(("A", "B", "C"), (premier, second)), demandes


@pytest.mark.parametrize(
    "lignes",
    [
        # Contributions that are at most what is asked of all: the key of one service is set by them, no float holds it.
        [("A", 50_000, "S1"), ("B", 50_003, "S1")],
        # A commune out of every service asks to pay nothing: that holds without margin, and takes none from the others.
        [("A", 50_000, "S1"), ("C", 0, None)],
    ],
)
@pytest.mark.parametrize("rule", [leximin, min_regret])
def test_lines_that_hold_without_margin_keep_no_deal_away_from_its_best(rule, lignes):
    paquet, demandes = build_deux(lignes)
    deal = rule(paquet, demandes)
    assert deal.status is Status.OPTIMAL
    assert abs(deal.bound - deal.value) <= CENT
    assert not find_fautes(paquet, demandes, deal.point)


def test_a_point_kept_away_from_its_bound_is_not_told_as_the_best(monkeypatch):
    monkeypatch.setattr(Echelle, "solve_exactly", lambda self: None)
    paquet, demandes = build_deux([("A", 50_000, "S1"), ("B", 50_003, "S1")])
    deal = leximin(paquet, demandes)
    assert deal.bound - deal.value > 1
    assert deal.status is Status.LIMIT
