"""Stability by its definitions: every group tried, every programme written out with all its rows."""

from fractions import Fraction

import numpy as np
from tests.noyau.lentes.games import list_groups

from communaccord.noyau.partage.game import TableGame
from communaccord.noyau.solver import INFINITY, Program, Status


def list_proper(n):
    """Every group but nobody and everybody."""
    return [group for group in list_groups(n) if len(group) < n]


def to_mask(group):
    return sum(1 << member for member in group)


def slack(game, shares, group):
    return game.cost(group) - sum(shares[member] for member in group)


def least_slack(game, shares, holds=lambda group: True):
    """(least slack, smallest mask that has it), group by group."""
    found = [(slack(game, shares, group), to_mask(group)) for group in list_proper(game.n) if holds(group)]
    return min(found, default=None)


def least_undecided(game, shares, normals):
    """Least slack of the groups that some normal does not sum to 0 on, group by group."""
    found = least_slack(game, shares, lambda group: any(sum(normal[i] for i in group) for normal in normals))
    return None if found is None else Fraction(found[0])


def difference_of(game):
    """The most that can be said of two members: how much more the second costs, at least, over every group."""

    def difference(i, j):
        others = [group for group in list_groups(game.n) if i not in group and j not in group]
        return min(game.cost({*group, j}) - game.cost({*group, i}) for group in [frozenset(), *others])

    return difference


def build_program(game, *, slack, fixed=(), free=None):
    """All groups at once: most slack, or most total. `fixed`: group -> what it pays."""
    n, unit = game.n, find_unit(game)
    objective = [0 if slack else 1] * n + [1 if slack else 0]
    bound = INFINITY if slack else 0
    program = Program(objective, [-INFINITY] * n + [-bound], [INFINITY] * n + [bound], maximize=True)
    total = game.cost(range(n)) / unit
    program.add_row(total if slack else -INFINITY, range(n), [1] * n, total)
    groups = list_proper(n) if free is None else free
    matrix = np.array([[*(member in group for member in range(n)), 1] for group in groups], float)
    costs = np.array([game.cost(group) / unit for group in groups])
    first = program.add_rows(np.full(len(groups), -INFINITY), matrix, costs)
    rows = {group: first + at for at, group in enumerate(groups)}
    for group, paid in dict(fixed).items():
        program.add_row(paid / unit, sorted(group), [1] * len(group), paid / unit)
    return program, rows, unit


def find_unit(game):
    return max(1, max(abs(game.cost(group)) for group in list_groups(game.n)) // game.n)


def solve_all(game, *, slack):
    """Value of the programme with all its rows, cents."""
    program, _, unit = build_program(game, slack=slack)
    found = program.solve()
    assert found.status is Status.OPTIMAL
    return found.objective * unit


def nucleolus_by_definition(game, *, imputations=False):
    """Nested programmes over all groups; what is decided is read from the rank of what is fixed.

    `imputations`: no member pays more than alone; a member that must pay exactly that is fixed too.
    """
    n, fixed, free = game.n, {}, list_proper(game.n)
    basis = [np.ones(n)]
    while True:
        program, rows, unit = build_program(game, slack=True, fixed=fixed, free=free)
        alone = [frozenset({member}) for member in range(n)] if imputations else []
        limits = {group: add_limit(program, game, group, unit) for group in alone}
        found = program.solve()
        assert found.status is Status.OPTIMAL
        tight = [(group, row, found.x[n] * unit) for group, row in rows.items()]
        tight += [(group, row, 0) for group, row in limits.items()]
        for group, row, left in tight:
            if abs(found.duals[row]) > 1e-7:
                fixed[group] = game.cost(group) - left
                vector = np.isin(np.arange(n), list(group)).astype(float)
                if np.linalg.matrix_rank(np.array([*basis, vector])) > len(basis):
                    basis.append(vector)
        if len(basis) == n:
            return [share * unit for share in found.x[:n]]
        projector = np.eye(n) - np.linalg.pinv(np.array(basis)) @ np.array(basis)
        free = [g for g in free if np.abs(np.isin(np.arange(n), list(g)) @ projector).max() > 1e-7]


def add_limit(program, game, group, unit):
    """The row by which a member pays no more than alone."""
    return program.add_row(-INFINITY, sorted(group), [1] * len(group), game.cost(group) / unit)


SKANE = """
A 21.95 H 17.08 K 10.91 L 15.88 M 20.81 T 21.98 AH 34.69 AK 32.86 AL 37.83 AM 42.76 AT 43.93 HK 22.96 HL 25.00
HM 37.89 HT 39.06 KL 26.79 KM 31.45 KT 32.89 LM 31.10 LT 37.86 MT 39.41 AHK 40.74 AHL 43.22 AHM 55.50 AHT 56.67
AKL 48.74 AKM 53.40 AKT 54.84 ALM 53.05 ALT 59.81 AMT 61.36 HKL 27.26 HKM 42.55 HKT 44.94 HLM 45.81 HLT 46.98
HMT 56.49 KLM 42.01 KLT 48.77 KMT 50.32 LMT 51.46 AHKL 48.95 AHKM 60.25 AHKT 62.72 AHLM 64.03 AHLT 65.20
AHMT 74.10 AKLM 63.96 AKLT 70.72 AKMT 72.27 ALMT 73.41 HKLM 48.07 HKLT 49.24 HKMT 59.35 HLMT 64.41 KLMT 56.61
AHKLM 69.76 AHKLT 70.93 AHKMT 77.42 AHLMT 83.00 AKLMT 73.97 HKLMT 66.46 AHKLMT 83.82
"""
MEMBERS = "AHKLMT"


def build_skane(factor=1):
    """The water game of six Swedish municipalities (Young, Okada and Hashimoto 1982), in 1/100 million crowns.

    The 63 values are from memory, not read in a source: unverified. `factor` multiplies them.
    """
    words = SKANE.split()
    costs = [0] * 64
    for name, value in zip(words[::2], words[1::2], strict=True):
        costs[sum(1 << MEMBERS.index(letter) for letter in name)] = int(value.replace(".", "")) * factor
    return TableGame(6, tuple(costs))


def name_group(letters):
    return frozenset(MEMBERS.index(letter) for letter in letters)


# Tennessee Valley Authority (Ransmeier 1942; Straffin and Heaney 1981), thousand dollars; values from memory.
TVA = TableGame(3, (0, 163_520, 140_826, 301_607, 250_096, 378_821, 367_370, 412_584))


def build_bankruptcy(estate, claims):
    """Bankruptcy as a cost: a group pays what the others' claims leave missing of the estate, as a negative cost."""
    n = len(claims)
    left = [max(0, estate - sum(c for i, c in enumerate(claims) if not m >> i & 1)) for m in range(1 << n)]
    return TableGame(n, tuple(-value if mask else 0 for mask, value in enumerate(left)))
