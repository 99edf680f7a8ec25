"""The central path to the largest product of gains, with the linear algebra that its rows allow.

A row of a commune reads the weights of the keys and the transfers of that commune, no other. In the system of a Newton
step the transfers then stand in small blocks, one a commune, tied together by few unknowns only: the keys, the totals
of the vehicles, the sums. The blocks are eliminated first. Source: Boyd and Vandenberghe, Convex Optimization, 2004,
chapters 10 and 11; block elimination, appendix C (from memory).
"""

from collections.abc import Sequence

import numpy as np

from communaccord.noyau.accord.recherche.programme import Espace, Rang
from communaccord.noyau.solver import INFINITY, Floats

# The end of the path: products of rows that bind, then what equations lack.
SMALL, FINE = 1e-22, 1e-11
PATIENCE = 10


class Rows:
    """G x >= h over the free columns: gains and lines, totals of vehicles, both ends of each column; and A x = b.

    Columns whose two bounds meet once the sums are read are left out (`fixed` holds them), and so are the sums that
    they decide alone: the path needs some room on both sides of each other column. Shapes: `place[i]`: numbers, among
    the free transfers, of those of commune i; one past the last where it has no more.
    """

    def __init__(self, espace: Espace, rangs: Sequence[Rang]) -> None:
        low, high = tighten_bounds(espace)
        free, cles = high > low, len(espace.cles)
        self.fixed = np.where(free, 0.0, (low + high) / 2)
        self.libres = np.flatnonzero(free)
        self.keys = int(free[:cles].sum())
        self.size = len(self.libres) - self.keys
        matrix, bornes = espace.build_matrix(rangs)
        fixed_rows, ends = espace.build_fixed()
        bornes, ends = bornes - (matrix * self.fixed).sum(axis=1), ends - (fixed_rows * self.fixed).sum(axis=1)
        equal = len(espace.equalities)
        kept = np.flatnonzero(fixed_rows[:equal, self.libres].any(axis=1))
        self.sums, self.aims = fixed_rows[np.ix_(kept, self.libres)], ends[kept]
        self.totals = fixed_rows[equal:, self.libres[self.keys :]]
        self.low, self.high = low[self.libres], high[self.libres]
        self.floors = np.concatenate([bornes, ends[equal:], self.low, -self.high])
        rank = np.cumsum(free) - 1 - self.keys
        own = [[int(rank[c]) for c, _ in espace.de_commune.get(i, ()) if free[c]] for i in range(espace.paquet.n)]
        width = max(1, *map(len, own))
        self.place = np.array([(places + [self.size] * width)[:width] for places in own])
        self.who = np.array([rang.commune for rang in rangs])
        self.on_keys = matrix[:, self.libres[: self.keys]]
        transfers = np.hstack([matrix[:, self.libres[self.keys :]], np.zeros((len(rangs), 1))])
        self.on_own = np.take_along_axis(transfers, self.place[self.who], axis=1)

    def read(self, x: Floats) -> Floats:
        """Return G x. O(rows x keys)."""
        own = np.append(x[self.keys :], 0.0)[self.place]
        rows = self.on_keys @ x[: self.keys] + (self.on_own * own[self.who]).sum(axis=1)
        return np.concatenate([rows, self.totals @ x[self.keys :], x, -x])

    def weigh(self, z: Floats) -> Floats:
        """Return G^T z. O(rows x keys)."""
        rows, totals, low, high = self.split(z)
        own = np.zeros(self.place.shape)
        np.add.at(own, self.who, self.on_own * rows[:, None])
        transfers = self.gather(own) + totals @ self.totals
        return np.concatenate([rows @ self.on_keys, transfers]) + low - high

    def split(self, z: Floats) -> list[Floats]:
        """Return the parts of a vector of the rows: gains and lines, totals, low ends, high ends."""
        n, first = len(self.libres), len(self.who)
        return np.split(z, np.cumsum([first, len(self.totals), n]))

    def gather(self, own: Floats) -> Floats:
        """Return a vector of the transfers, from one value a place of each commune."""
        values = np.zeros(self.size + 1)
        values[self.place] = own
        return values[: self.size]

    def step(self, weights: Floats, right: Floats, off: Floats) -> tuple[Floats, Floats]:
        """Return dx, dy where G^T W G dx - A^T dy = right and A dx = off. Errors: LinAlgError.

        O(communes x (keys + sums + totals)^2).
        """
        rows, totals, low, high = self.split(weights)
        diagonal, keys, vehicles = low + high, self.keys, len(self.totals)
        heavy = self.on_own * rows[:, None]
        blocks = np.zeros((*self.place.shape, self.place.shape[1]))
        np.add.at(blocks, self.who, heavy[:, :, None] * self.on_own[:, None, :])
        blocks += np.append(diagonal[keys:], 1.0)[self.place][:, :, None] * np.eye(self.place.shape[1])
        ties = np.zeros((*self.place.shape, keys + vehicles + len(self.sums)))
        np.add.at(ties[:, :, :keys], self.who, heavy[:, :, None] * self.on_keys[:, None, :])
        across = np.vstack([self.totals, self.sums[:, keys:]])
        ties[:, :, keys:] = np.hstack([across, np.zeros((len(across), 1))]).T[self.place]
        middle = np.zeros((ties.shape[2], ties.shape[2]))
        middle[:keys, :keys] = (self.on_keys.T * rows) @ self.on_keys + np.diag(diagonal[:keys])
        middle[keys + vehicles :, :keys] = self.sums[:, :keys]
        middle[:keys, keys + vehicles :] = self.sums[:, :keys].T
        # A total enters by an unknown of its own, its weight times what it moves.
        places = np.arange(keys, keys + vehicles)
        middle[places, places] = -1.0 / totals
        aims = np.append(right[keys:], 0.0)[self.place]
        solved = np.linalg.solve(blocks, np.concatenate([ties, aims[:, :, None]], axis=2))
        middle -= np.einsum("cbi,cbj->ij", ties, solved[:, :, :-1])
        sides = np.concatenate([right[:keys], np.zeros(vehicles), off])
        tied = np.linalg.solve(middle, sides - np.einsum("cbi,cb->i", ties, solved[:, :, -1]))
        own = solved[:, :, -1] - np.einsum("cbi,i->cb", solved[:, :, :-1], tied)
        return np.concatenate([tied[:keys], self.gather(own)]), -tied[keys + vehicles :]


def tighten_bounds(espace: Espace) -> tuple[Floats, Floats]:
    """Return bounds of the columns, as `Espace.bounds`, cut to what each sum leaves them: exact, then in floats.

    A criterion alone in its key has the weight one, which is then fixed; weights whose highest bounds only just sum to
    one are all fixed too. O(columns), sums being apart from one another.
    """
    low, high = (ends.copy() for ends in espace.bounds)
    for row in espace.equalities:
        least = {j: min(value * end for end in espace.boxes[j]) for j, value in row.coefficients.items()}
        most = {j: max(value * end for end in espace.boxes[j]) for j, value in row.coefficients.items()}
        above, below = row.bound - sum(least.values()), sum(most.values()) - row.bound
        for j, value in row.coefficients.items():
            kept = sorted((min(most[j], least[j] + above) / value, max(least[j], most[j] - below) / value))
            money = float(espace.prix[j]) if j < len(espace.cles) else espace.unite
            low[j], high[j] = (float(end) / money for end in kept)
    return low, high


class Path:
    """The path of sum of log (G x - h) over the first `gains` rows, under the others and the sums.

    Rows are s = G x - h >= 0 with multipliers z. On the path, s z is 1 for a gain (so z is 1/s, the slope of its log)
    and tends to 0 for every other row; sums hold. Each round is a Newton step from anywhere, kept positive.
    """

    def __init__(self, rows: Rows, gains: int) -> None:
        self.rows = rows
        self.x, self.y = (rows.low + rows.high) / 2, np.zeros(len(rows.sums))
        self.s = np.maximum(rows.read(self.x) - rows.floors, 1.0)
        self.z = np.ones(len(rows.floors))
        self.logs = np.arange(len(rows.floors)) < gains
        self.sigma = 0.1
        self.reached, self.remains, self.waited = self.x, INFINITY, 0

    def climb(self, rounds: int) -> Floats:
        """Return the columns nearest to the end of the path, after `rounds` Newton steps at most.

        Where some rows leave no room, or multipliers are many, the last steps may lose what was reached: it is kept,
        and the path is left after PATIENCE rounds that do not halve what remains.
        """
        with np.errstate(all="ignore"):
            while rounds > 0 and self.waited <= PATIENCE and self.advance():
                rounds -= 1
        return np.clip(self.reached if self.waited > PATIENCE else self.x, self.rows.low, self.rows.high)

    def remember(self, remains: float) -> None:
        """Keep the columns when what remains is halved. O(1)."""
        if remains < self.remains / 2:
            self.reached, self.remains, self.waited = self.x, remains, 0
        else:
            self.waited += 1

    def advance(self) -> bool:
        """Make a Newton step; return whether there was one to make. See `Rows.step`."""
        product = self.s * self.z
        mu = float(product[~self.logs].mean()) if not self.logs.all() else 0.0
        aim = np.where(self.logs, 1.0, self.sigma * mu)
        slope = self.rows.weigh(self.z) + self.y @ self.rows.sums
        lack = self.rows.read(self.x) - self.rows.floors - self.s
        off = self.rows.aims - self.rows.sums @ self.x
        parts = (lack, off, product[self.logs] - 1.0, slope / (1.0 + self.z.max()))
        *holds, turn = (float(np.abs(part).max(initial=0.0)) for part in parts)
        worst = max(*holds, turn)
        self.remember(mu if max(holds) < FINE else max(mu, *holds))
        if mu < SMALL and worst < FINE:
            return False
        weights = self.z / self.s
        right = self.rows.weigh((aim - product) / self.s - weights * lack) + slope
        try:
            dx, dy = self.rows.step(weights, right, off)
        except np.linalg.LinAlgError:
            return False
        if not (np.isfinite(dx).all() and np.isfinite(dy).all()):
            return False
        ds = lack + self.rows.read(dx)
        dz = (aim - product - self.z * ds) / self.s
        length = min(1.0, 0.99 * min(reach(self.s, ds), reach(self.z, dz)))
        self.x, self.y = self.x + length * dx, self.y + length * dy
        self.s, self.z = self.s + length * ds, self.z + length * dz
        self.sigma = 0.05 if length > 0.9 else 0.5
        return True


def reach(values: Floats, steps: Floats) -> float:
    """Return how far one may go before a value reaches zero. O(rows)."""
    down = steps < 0
    return float((values[down] / -steps[down]).min(initial=INFINITY))
