"""Proof that shares are the nucleolus: level by level, the groups that complain most hold one another.

The slack of a group is its cost less what it pays. The nucleolus is the only share of the cost whose slacks, sorted,
are lexicographically greatest. The proof goes by levels: at each, every group that the levels before do not decide has
at least the slack of the level, and groups at exactly that slack carry positive weights whose sum is decided by the
levels before; so any share as good gives them the same, and once all directions are decided it is the same share.
Source: Kohlberg, On the nucleolus of a characteristic function game, 1971; the form by levels, one at a time, after
Sobolev and Peleg (from memory). All shares of the cost are compared (pre-nucleolus), imputations or not.

Pairs (i, j): members such that no group costs less with j than with i by more than their difference d: the nucleolus
then gives x(j) - x(i) >= d, and a pair at exactly d may carry weight as a group does. What searches all groups at once
and what compares two members are given as functions; the rest is read here, in exact arithmetic.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

Cost = Callable[[Collection[int]], int]
Vector = tuple[int, ...]
Floor = Callable[[Vector | None, int], Fraction | None]
Difference = Callable[[int, int], int | None]

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)
LARGE_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Palier:
    """A level: its slack, cents; groups and pairs that carry weights (whole numbers, > 0); and `normals`, vectors.

    `normals` are orthogonal to all that the levels before decide, and as many as the directions left: a group is
    decided exactly when each of them sums to 0 over it. Not read at the first level, where only all and nobody are.
    """

    slack: Fraction
    groups: tuple[tuple[frozenset[int], int], ...]
    pairs: tuple[tuple[tuple[int, int], int], ...]
    normals: tuple[Vector, ...]


def list_questions(normals: Sequence[Vector]) -> list[tuple[Vector, int]]:
    """Return (normal, prime) such that a group is decided exactly when every normal sums to a multiple of its primes.

    The primes of a normal have a product above anything that it can sum to, so that only 0 is a multiple of all.
    """
    questions = []
    for normal in normals:
        reach = max(sum(entry for entry in normal if entry > 0), -sum(entry for entry in normal if entry < 0))
        product = 1
        for prime in PRIMES:
            if product > reach:
                break
            product *= prime
            questions.append((normal, prime))
        if product <= reach:
            raise ValueError("a normal is too large to be read through small primes")
    return questions


def find_defauts(
    cost: Cost,
    shares: Sequence[Fraction],
    paliers: Sequence[Palier],
    floor: Floor,
    difference: Difference,
    precision: Fraction = Fraction(0),
) -> list[str]:
    """Return what the proof lacks; an empty list when the shares are the nucleolus.

    Shapes: `cost` of any group, cents; `shares`, exact, one a member. `floor(normal, prime)`: least slack, at these
    shares, over the groups on which `normal` does not sum to a multiple of `prime` (all groups but nobody and all for
    None; None when there is no group). `difference(i, j)`: the d of a pair, None when the two are not compared.
    `precision`: cents by which `floor` may understate. O(n^2)
    a level, and one call of `floor` for each normal and prime.
    """
    n = len(shares)
    faults = [] if sum(shares) == cost(range(n)) else ["les parts ne font pas le coût de tous"]
    decided = Echelon([(1,) * n])
    for number, palier in enumerate(paliers, 1):
        first = number == 1
        if not first and not decided.is_completed_by(palier.normals):
            faults.append(f"palier {number} : les normales ne décrivent pas ce qui reste à décider")
        questions: list[tuple[Vector | None, int]] = [(None, 1)] if first else [*list_questions(palier.normals)]
        found = (floor(normal, prime) for normal, prime in questions)
        if any(least is not None and least < palier.slack - precision for least in found):
            faults.append(f"palier {number} : un groupe non décidé a moins que l'écart du palier")
        faults += find_defauts_palier(cost, shares, palier, number, difference)
        carried = list_carried(n, palier)
        total = [sum(weight * vector[member] for vector, weight in carried) for member in range(n)]
        balanced = len(set(total)) == 1 if first else not any(multiply(total, normal) for normal in palier.normals)
        if not carried or not balanced:
            faults.append(f"palier {number} : la somme pondérée n'est pas décidée par les paliers précédents")
        decided.add([vector for vector, _ in carried])
    if decided.rank < n:
        faults.append("les paliers laissent une direction libre")
    return faults


def find_defauts_palier(
    cost: Cost, shares: Sequence[Fraction], palier: Palier, number: int, difference: Difference
) -> list[str]:
    """Each group is at the slack of the level, each pair at its difference, each weight positive."""
    faults = []
    for group, weight in palier.groups:
        if weight <= 0 or cost(group) - sum(shares[member] for member in group) != palier.slack:
            faults.append(f"palier {number} : un groupe n'est pas exactement à l'écart du palier")
    for (i, j), weight in palier.pairs:
        if weight <= 0 or difference(i, j) is None or shares[j] - shares[i] != difference(i, j):
            faults.append(f"palier {number} : une comparaison de deux membres n'est pas atteinte")
    return faults


def list_carried(n: int, palier: Palier) -> list[tuple[Vector, int]]:
    """The vectors that carry weight: members of a group, or i less j for a pair (more for j is less for i)."""
    carried = [(tuple(int(member in group) for member in range(n)), weight) for group, weight in palier.groups]
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
            place = next((at for at, entry in enumerate(rest) if entry), None)
            if place is not None:
                inverse = pow(rest[place], -1, LARGE_PRIME)
                self.rows.append((place, [entry * inverse % LARGE_PRIME for entry in rest]))

    def is_completed_by(self, normals: Sequence[Vector]) -> bool:
        """True when a vector is in the span exactly when it is orthogonal to every normal.

        Two orthogonal spaces whose ranks, never overstated, reach n together are the complement of one another.
        """
        orthogonal = not any(multiply(vector, normal) for vector in self.vectors for normal in normals)
        return orthogonal and bool(normals) and self.rank + Echelon(normals).rank == len(normals[0])
