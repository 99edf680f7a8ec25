"""Proof that shares are the nucleolus: level by level, the groups that complain most hold one another.

The slack of a group is its cost less what it pays. The nucleolus is the only share of the cost whose slacks, sorted,
are lexicographically greatest: among those where no member pays more than alone (imputations: the nucleolus of
Schmeidler), or among all (pre-nucleolus). The proof goes by levels: at each, every group that the levels before do not
decide has at least the slack of the level, and groups at exactly that slack carry positive weights whose sum is decided
by the levels before; so any share as good gives them the same, and once all directions are decided it is the same
share. What every share compared, or the nucleolus, is known to keep may carry weight too, where it is just kept:

- a limit (i): among imputations, member i pays no more than alone, and pays exactly that;
- a pair (i, j): no group costs less with j than with i by more than d; the nucleolus then gives x(j) - x(i) >= d, and
  gives exactly d. Proof: else exchange what the two pay, d apart, and go half of the way. No slack falls that was the
  least of its two groups, and nobody passes its cost alone (nobody is a group too: c(j) - c(i) >= d), so that a share
  as good exists, and another one between the two: the nucleolus is the only one of its kind.

Source: Kohlberg, On the nucleolus of a characteristic function game, 1971 (by levels, one at a time, after Sobolev
1975 and Peleg; limits among imputations, as he does; from memory); pairs: Maschler and Peleg 1966 (desirability, from
memory).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from communaccord.noyau.preuves.ecarts import Plain, compute_cost, find_least, is_no_dearer

Cost = Callable[[Collection[int]], int]
Vector = tuple[int, ...]
Floor = Callable[[Sequence[Vector]], Fraction | None]
Dearer = Callable[[int, int, Fraction], bool]

LARGE_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Palier:
    """A level: its slack, cents; groups, pairs and limits that carry weights (whole numbers, > 0); `normals`, vectors.

    `normals` are orthogonal to all that the levels before decide (all together, at the first), and as many as the
    directions left: a group is decided exactly when each of them sums to 0 over it.
    """

    slack: Fraction
    groups: tuple[tuple[frozenset[int], int], ...]
    pairs: tuple[tuple[tuple[int, int], int], ...]
    normals: tuple[Vector, ...]
    limits: tuple[tuple[int, int], ...] = ()


def find_defauts_nucleole(
    game: Plain, shares: Sequence[Fraction], paliers: Sequence[Palier], *, imputations: bool
) -> list[str]:
    """Return what the proof lacks; an empty list: the shares are the nucleolus. Every slack is read again from `game`.

    Shapes: a game in plain data, cents; `shares`, exact cents, one a member; `imputations`: no member may pay more than
    alone (else all shares of the cost are compared: pre-nucleolus). Nothing is taken from what found the shares.
    Complexity: one `find_least` a level, O(n^2) for each of its directions. Source: see the module.
    """
    floor, dearer = partial(find_least, game, shares), partial(is_no_dearer, game)
    return find_defauts(partial(compute_cost, game), shares, paliers, floor, dearer, imputations=imputations)


def find_defauts(
    cost: Cost,
    shares: Sequence[Fraction],
    paliers: Sequence[Palier],
    floor: Floor,
    dearer: Dearer,
    *,
    imputations: bool,
    precision: Fraction = Fraction(0),
) -> list[str]:
    """Return what `find_defauts_nucleole` returns, when the caller answers for two readings of all groups.

    `floor(normals)`: least slack, at these shares, over the groups that some normal does not sum to 0 on (None: there
    is none). `dearer(i, j, d)`: whether no group costs less with j than with i by more than d. `precision`: cents by
    which `floor` may understate. O(n^2) for each direction of a level, and one call of `floor` a level. Source: see the
    module.
    """
    n = len(shares)
    faults = [] if sum(shares) == cost(range(n)) else ["les parts ne font pas le coût de tous"]
    if imputations and any(share > cost({member}) for member, share in enumerate(shares)):
        faults.append("une part dépasse le coût seul")
    decided = Echelon([(1,) * n])
    for number, palier in enumerate(paliers, 1):
        if not decided.is_completed_by(palier.normals):
            faults.append(f"palier {number} : les normales ne décrivent pas ce qui reste à décider")
        least = floor(palier.normals)
        if least is not None and least < palier.slack - precision:
            faults.append(f"palier {number} : un groupe non décidé a moins que l'écart du palier")
        faults += [f"palier {number} : {fault}" for fault in find_defauts_palier(cost, shares, palier, dearer)]
        if palier.limits and not imputations:
            faults.append(f"palier {number} : un coût seul porte un poids, et tous les partages sont comparés")
        carried = list_carried(n, palier)
        total = [sum(weight * vector[member] for vector, weight in carried) for member in range(n)]
        if not carried or any(multiply(total, normal) for normal in palier.normals):
            faults.append(f"palier {number} : la somme pondérée n'est pas décidée par les paliers précédents")
        decided.add([vector for vector, _ in carried])
    if decided.rank < n:
        faults.append("les paliers laissent une direction libre")
    return faults


def find_defauts_palier(cost: Cost, shares: Sequence[Fraction], palier: Palier, dearer: Dearer) -> list[str]:
    """Each group is at the slack of the level, each pair at its difference, each limit reached, weights positive."""
    faults = []
    for group, weight in palier.groups:
        if weight <= 0 or cost(group) - sum(shares[member] for member in group) != palier.slack:
            faults.append("un groupe n'est pas exactement à l'écart du palier")
    for (i, j), weight in palier.pairs:
        if weight <= 0 or i == j or not dearer(i, j, shares[j] - shares[i]):
            faults.append("une comparaison de deux membres n'est pas atteinte")
    for member, weight in palier.limits:
        if weight <= 0 or shares[member] != cost({member}):
            faults.append("un membre ne paie pas exactement son coût seul")
    return faults


def list_carried(n: int, palier: Palier) -> list[tuple[Vector, int]]:
    """The vectors that carry weight: members of a group, the member of a limit, i less j for a pair."""
    groups = [*palier.groups, *((frozenset({member}), weight) for member, weight in palier.limits)]
    carried = [(tuple(int(member in group) for member in range(n)), weight) for group, weight in groups]
    for (i, j), weight in palier.pairs:
        carried.append((tuple((member == i) - (member == j) for member in range(n)), weight))
    return carried


def multiply(left: Sequence[int], right: Sequence[int]) -> int:
    return sum(a * b for a, b in zip(left, right, strict=True) if b)


class Echelon:
    """Integer vectors reduced modulo a large prime: their rank read so is never above the true one."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self.vectors: list[Vector] = []
        self.rows: list[tuple[int, list[int]]] = []
        self.add(vectors)

    @property
    def rank(self) -> int:
        return len(self.rows)

    def add(self, vectors: Sequence[Vector]) -> None:
        """Add vectors. O(n x rank) each."""
        for vector in vectors:
            self.vectors.append(vector)
            rest = [entry % LARGE_PRIME for entry in vector]
            for pivot, row in self.rows:
                if factor := rest[pivot]:
                    rest = [(a - factor * b) % LARGE_PRIME for a, b in zip(rest, row, strict=True)]
            # The last place: normals often have one of their own there.
            place = max((at for at, entry in enumerate(rest) if entry), default=None)
            if place is not None:
                inverse = pow(rest[place], -1, LARGE_PRIME)
                self.rows.append((place, [entry * inverse % LARGE_PRIME for entry in rest]))

    def is_completed_by(self, normals: Sequence[Vector]) -> bool:
        """True when a vector is in the span exactly when it is orthogonal to every normal.

        Two orthogonal spaces whose ranks, never overstated, reach n together are the complement of one another.
        """
        orthogonal = not any(multiply(vector, normal) for vector in self.vectors for normal in normals)
        return orthogonal and bool(normals) and self.rank + Echelon(normals).rank == len(normals[0])
