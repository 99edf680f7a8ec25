"""The games that the benchmarks play: real communes, invented costs (fictif).

A service of building permits: workload in acts (lognormal around 8 for 1,000 inhabitants), 40,000 EUR fixed, 400 EUR a
member, posts of 48,000 EUR by halves for 300 acts each; alone, a commune pays its own tenths of posts at 200 acts each
and 1,500 EUR, more or less a quarter. Always the same draws for the same EPCI.
"""

import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from communaccord.noyau.partage.game import ServiceGame, Term
from communaccord.reference import get_communes, get_epci

# Communes of the EPCI of this SIREN.
EPCI = {
    10: "243301389",
    12: "200067064",
    16: "246800585",
    20: "200023794",
    24: "200070373",
    30: "200055481",
    40: "200066405",
    60: "200037059",
    81: "200069250",
    104: "200072643",
    128: "245701206",
    158: "200067106",
}
FIXE, PAR_MEMBRE, COUT_ETP = 4_000_000, 40_000, 4_800_000
PRODUCTIVITE, PRODUCTIVITE_SEULE, FRAIS_SEULE = 300, 200, 150_000


@dataclass(frozen=True, slots=True)
class Instance:
    """An EPCI and its invented service; `unites`: how many units of workload an act counts for."""

    nom: str
    populations: tuple[int, ...]
    sieges: tuple[int, ...]
    charge: tuple[int, ...]
    game: ServiceGame


def build_instance(n: int, unites: int = 1) -> Instance:
    """The game of the EPCI of `n` communes. `unites=10` counts the workload in tenths of an act."""
    communes = get_communes(EPCI[n])
    draws = np.random.default_rng(int(EPCI[n]))
    populations = tuple(commune.population_municipale_2023 or 1 for commune in communes)
    acts = [8 * people / 1000 * spread for people, spread in zip(populations, draws.lognormal(0, 0.35, n), strict=True)]
    charge = tuple(max(1, round(unites * act)) for act in acts)
    tenths = [ceil(act * 10 / PRODUCTIVITE_SEULE) for act in acts]
    noise = draws.lognormal(0, 0.25, n)
    alone = tuple(
        round((tenth * COUT_ETP / 10 + FRAIS_SEULE) * spread) for tenth, spread in zip(tenths, noise, strict=True)
    )
    table = tuple(FIXE + compute_personnel(total, unites) for total in range(sum(charge) + 1))
    game = ServiceGame(n, (Term("sum", charge, table),), (PAR_MEMBRE,) * n, alone)
    sieges = tuple(commune.sieges_constates or 1 for commune in communes)
    return Instance(get_epci(EPCI[n]).nom, populations, sieges, charge, game)


def compute_personnel(total: int, unites: int) -> int:
    """Cents of the posts, by halves, that this workload needs."""
    halves = -(-2 * total // (PRODUCTIVITE * unites))
    return halves * COUT_ETP // 2


def list_tailles(*asked: int) -> list[int]:
    """The sizes played: those asked on the command line, or all."""
    return list(asked) or list(EPCI)
