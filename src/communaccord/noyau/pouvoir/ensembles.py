"""Minimal sets of further supporters: the majority is met with all of them, and missed without any one of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from communaccord.noyau.pouvoir.majorite import Majority, Staircase, build_staircase
from communaccord.noyau.pouvoir.soutiens import check_sides

MAX_STEPS = 100_000


@dataclass(frozen=True, slots=True)
class MinimalSets:
    """Minimal sets found, fewest members first, then the most populous first; `is_complete`: there are no others."""

    sets: tuple[tuple[int, ...], ...]
    is_complete: bool


def minimal_winning(
    populations: Sequence[int],
    majority: Majority,
    containing: Collection[int] = (),
    never: Collection[int] = (),
    *,
    k: int = 10,
    steps: int = MAX_STEPS,
) -> MinimalSets:
    """Return the first `k` minimal sets of members to add to `containing`, none of them in `never`.

    Shapes: whole inhabitants; member numbers from 0. Each set is ascending; one empty set when `containing` passes
    already, none when nothing can. `steps`: bound of the walk. Errors: DonneeInvalide. Complexity: O(steps); every step
    leads to a set of the size at hand but where populations leave a gap. Source: definition of a minimal winning
    coalition (von Neumann and Morgenstern 1944, from memory).
    """
    staircase = build_staircase(populations, majority)
    check_sides(len(populations), containing, never, None)
    if staircase.vetoers & frozenset(never):
        return MinimalSets((), True)
    walk = Walk(populations, staircase, containing, never, steps)
    found: list[tuple[int, ...]] = []
    for members in walk.list_sets():
        if len(found) == k:
            return MinimalSets(tuple(found), False)
        found.append(tuple(sorted(members)))
    return MinimalSets(tuple(found), walk.left > 0)


class Walk:
    """Candidates from the most populous; `sums[r]`: inhabitants of the first r of them."""

    def __init__(
        self,
        populations: Sequence[int],
        staircase: Staircase,
        containing: Collection[int],
        never: Collection[int],
        steps: int,
    ) -> None:
        held = frozenset(containing) | staircase.vetoers
        free = [member for member in range(len(populations)) if member not in held | frozenset(never)]
        self.candidates = sorted(free, key=lambda member: (-populations[member], member))
        self.people = [populations[member] for member in self.candidates]
        self.sums = [0, *accumulate(self.people)]
        self.needs = staircase.needs
        self.needed = tuple(staircase.vetoers - frozenset(containing))
        self.start = (len(held), sum(populations[member] for member in held))
        self.left = steps

    def passes(self, count: int, people: int) -> bool:
        """Whether so many members with so many inhabitants meet a route."""
        return any(count >= members and people >= inhabitants for members, inhabitants in self.needs)

    def list_sets(self) -> Iterator[tuple[int, ...]]:
        """Yield minimal sets by size."""
        if self.passes(*self.start):
            yield self.needed
            return
        for size in range(1, len(self.candidates) + 1):
            for ranks in self.extend(0, size, *self.start):
                yield (*self.needed, *(self.candidates[rank] for rank in ranks))

    def extend(self, first: int, size: int, count: int, people: int) -> Iterator[tuple[int, ...]]:
        """Yield `size` more ranks from `first` on, such that the set passes, and fails without the last of them.

        The last is the least populous: without any other, the set would fail all the more.
        """
        self.left -= 1
        last = len(self.people)
        if self.left <= 0 or first + size > last:
            return
        if not self.passes(count + size, people + self.sums[first + size] - self.sums[first]):
            return
        if self.passes(count + size - 1, people + self.sums[last - 1] - self.sums[last - size]):
            return
        for rank in range(first, last - size + 1):
            if size > 1:
                for rest in self.extend(rank + 1, size - 1, count + 1, people + self.people[rank]):
                    yield (rank, *rest)
            elif self.passes(count + 1, people + self.people[rank]):
                yield (rank,)
            else:
                return
