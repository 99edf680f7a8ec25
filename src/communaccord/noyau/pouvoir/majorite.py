"""A double majority of members and population as data, and what it lets pass, decided in whole numbers.

Read on the side of those who refuse: a route passes when at most so many refuse, who hold at most so many inhabitants.
Several routes make a staircase: `caps[m]` is the largest population that m refusals may hold.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from communaccord.noyau.droit.majorites import RegleMajorite
from communaccord.noyau.exact import DonneeInvalide


@dataclass(frozen=True, slots=True)
class Route:
    """One way to pass: a part of the members *and* a part of the population, each reached, or passed when strict."""

    count: Fraction
    population: Fraction
    strict_count: bool = False
    strict_population: bool = False


@dataclass(frozen=True, slots=True)
class Majority:
    """A qualified majority: one of its routes is enough; `article` names the text.

    `veto_share`: the most populous member (all of them when they tie) must accept when it holds more than this part of
    the population; None: the text gives it no such power. Errors: DonneeInvalide for no route or a part outside 0 to 1.
    """

    routes: tuple[Route, ...]
    veto_share: Fraction | None = None
    article: str = ""

    def __post_init__(self) -> None:
        parts = [part for route in self.routes for part in (route.count, route.population)]
        parts += [] if self.veto_share is None else [self.veto_share]
        if not self.routes or not all(0 <= part <= 1 for part in parts):
            raise DonneeInvalide(
                "La règle de majorité n'a pas de clause, ou l'une de ses parts n'est pas entre 0 et 1.",
                "Donnez au moins une clause, avec une part des communes et une part de la population.",
            )


def build_majority(regle: RegleMajorite) -> Majority:
    """Read a majority of the law (`MAJORITE_QUALIFIEE`, `MAJORITE_ACCORD_LOCAL`, `MAJORITE_CLECT`) as routes.

    Source: CGCT L5211-5 II (R-6.1), L5211-6-1 (R-2.7), CGI 1609 nonies C IV (R-6.3): "au moins" for the councils,
    "plus de la moitié" of the population on the first route, the rule's own strictness on the second. O(1). Errors:
    none.
    """
    routes = (
        Route(regle.conseils_1, regle.population_1, strict_population=True),
        Route(regle.conseils_2, regle.population_2, strict_population=regle.population_2_stricte),
    )
    return Majority(routes, regle.part_veto, regle.regle.articles[0])


@dataclass(frozen=True, slots=True)
class Staircase:
    """A majority among given members: `caps[m]`, largest population that m refusals may hold (whole inhabitants).

    The list stops at the largest number of refusals that can pass; it never rises. `vetoers` must all accept; `free`:
    populations of the others, in order. `needs`: fewest members and inhabitants that pass each route.
    """

    caps: tuple[int, ...]
    vetoers: frozenset[int]
    free: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]


def build_staircase(populations: Sequence[int], majority: Majority) -> Staircase:
    """Write the majority for these members, in whole numbers. O(n x routes).

    `populations`: whole inhabitants, zero or more, one a member. Errors: DonneeInvalide for no member, a population
    that is negative or no whole number, nobody at all living there.
    """
    check_populations(populations)
    n, total = len(populations), sum(populations)
    needs = tuple(
        (
            compute_need(route.count * n, strict=route.strict_count),
            compute_need(route.population * total, strict=route.strict_population),
        )
        for route in majority.routes
    )
    vetoers = find_vetoers(populations, majority)
    free = tuple(population for member, population in enumerate(populations) if member not in vetoers)
    most = min(len(free), max(n - members for members, _ in needs))
    caps = [
        max(total - inhabitants for members, inhabitants in needs if refusals <= n - members)
        for refusals in range(most + 1)
    ]
    return Staircase(tuple(cap for cap in caps if cap >= 0), vetoers, free, needs)


def check_populations(populations: Sequence[int]) -> None:
    """Errors: DonneeInvalide, see `build_staircase`. O(n)."""
    if not populations:
        raise DonneeInvalide("Aucune commune : il n'y a pas de majorité à calculer.", "Donnez au moins une population.")
    if any(not isinstance(p, int) or isinstance(p, bool) or p < 0 for p in populations):
        raise DonneeInvalide("Une population n'est pas un nombre entier, positif ou nul.", "Comptez des habitants.")
    if not any(populations):
        raise DonneeInvalide("Toutes les populations sont nulles.", "Donnez au moins une commune peuplée.")


def compute_need(threshold: Fraction, *, strict: bool) -> int:
    """Return the least whole number that reaches `threshold`, or passes it when strict. O(1)."""
    return floor(threshold) + 1 if strict else ceil(threshold)


def find_vetoers(populations: Sequence[int], majority: Majority) -> frozenset[int]:
    """Return the members without whom nothing passes: the most populous, when above the share. O(n)."""
    highest = max(populations)
    if majority.veto_share is None or highest <= majority.veto_share * sum(populations):
        return frozenset()
    return frozenset(member for member, population in enumerate(populations) if population == highest)


def wins(populations: Sequence[int], majority: Majority, favorables: Collection[int]) -> bool:
    """Return whether the majority is met when exactly the members `favorables` (numbers from 0) accept.

    Errors: DonneeInvalide, see :func:`build_staircase`. Complexity: O(n). Source: the text the majority comes from.
    """
    staircase = build_staircase(populations, majority)
    accepting = frozenset(favorables)
    return reaches(populations, staircase, accepting)


def reaches(populations: Sequence[int], staircase: Staircase, accepting: Collection[int]) -> bool:
    """Return whether distinct members `accepting` pass. O(|accepting|)."""
    inhabitants = sum(populations[member] for member in accepting)
    is_route_met = any(
        len(accepting) >= members and inhabitants >= people for members, people in staircase.needs
    )  # fmt: skip
    return is_route_met and staircase.vetoers.issubset(accepting)
