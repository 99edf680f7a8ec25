"""Populations of the shape of real ones: a centre of 45 % and twenty small communes; or two towns and 156 others."""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log

from communaccord.plateforme.demo.territoire.hasard import draw_entre

MUNICIPALES = (
    10_905, 3_186, 2_274, 1_438, 1_019, 742,
    228, 397, 151, 289, 198, 366, 112, 342, 241, 64, 311, 183, 276, 134, 381, 93, 258, 167, 328, 214,
)  # fmt: skip

# Rank and population of some communes of a large agglomération; the others in between, in geometric progression.
REPERES_GRANDE = (
    (1, 51_200), (2, 40_600), (3, 24_300), (4, 17_500), (6, 10_900), (10, 7_300), (15, 5_100), (20, 2_950),
    (30, 2_050), (40, 1_150), (50, 760), (70, 500), (100, 275), (130, 168), (158, 54),
)  # fmt: skip


def build_populations(*, grande: bool) -> tuple[int, ...]:
    """Population municipale of each commune, the centre first."""
    return _spread(REPERES_GRANDE) if grande else MUNICIPALES


def build_populations_totales(municipales: Sequence[int]) -> tuple[int, ...]:
    """Population totale: those counted elsewhere too (students, people in homes) add from 1 to 4 %."""
    return tuple(
        population + max(1, round(population * draw_entre(0.01, 0.04, "comptes à part", rang)))
        for rang, population in enumerate(municipales)
    )


def _spread(reperes: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Populations of all ranks, about those of the geometric progression between two marks."""
    populations = [reperes[0][1]]
    for (rang, population), (rang_suivant, population_suivante) in pairwise(reperes):
        pente = log(population_suivante / population) / (rang_suivant - rang)
        for pas in range(1, rang_suivant - rang + 1):
            ecart = draw_entre(-0.4, 0.4, "population", rang + pas) * pente
            populations.append(round(population * exp(pente * pas + ecart)))
    return tuple(populations)
