"""Packages at fixed perimeter that the benchmarks play: real communes, invented costs, criteria and lines (fictif)."""

from fractions import Fraction
from random import Random

from bench.instances import build_instance

from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, Ligne
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Service, compute_shares
from communaccord.noyau.accord.recherche.vehicules import build_revision_libre
from communaccord.noyau.accord.types import Priorite

POIDS = (Fraction(1, 20), Fraction(7, 10))


def build_paquet(n: int, services: int = 4, budget: int = 3, part: float = 1.0) -> Paquet:
    """Services over all the communes of an EPCI, at `part` of the usual cost; `budget` % of it may change hands."""
    instance = build_instance(n)
    draws = Random(n)
    faits = []
    for j in range(services):
        charge = tuple(max(1, round(c * draws.lognormvariate(0, 0.3))) for c in instance.charge)
        seul = tuple(round(s * draws.lognormvariate(0, 0.2)) for s in instance.game.alone or ())
        richesse = tuple(round(p * draws.lognormvariate(4, 0.4)) for p in instance.populations)
        criteres = [
            Critere("population", instance.populations, *POIDS),
            Critere("charge", charge, *POIDS),
            Critere("parts égales", (1,) * n, *POIDS),
            Critere("richesse", richesse, *POIDS),
        ]
        cout = round(part * sum(seul) * draws.uniform(0.75, 0.95))
        faits.append(Service(f"service {j + 1}", cout, frozenset(range(n)), tuple(criteres[: 3 + j % 2]), seul))
    total = sum(service.cout for service in faits)
    part = [2 * total * budget // (100 * n)] * n
    vehicule = build_revision_libre(part, part, total * budget // 100, fpu=True)
    return Paquet(tuple(f"{i:05d}" for i in range(n)), tuple(faits), (vehicule,) if budget else ())


def build_lignes(paquet: Paquet, serrage: float, seed: int = 1) -> tuple[Ligne, ...]:
    """Two lines a commune, around what the even key gives it: its gain, and its share of one service.

    At -1 they all hold there; the higher `serrage`, the more of them ask for better and conflict.
    """
    draws = Random(seed)
    lignes: list[Ligne] = []
    degres = list(Priorite)
    parts = [
        [round(x) for x in compute_shares(s, [Fraction(1, len(s.criteres))] * len(s.criteres))] for s in paquet.services
    ]
    for i, code in enumerate(paquet.communes):
        paye = sum(part[i] for part in parts)
        gain = sum(service.seul[i] for service in paquet.services) - paye
        lignes.append(
            GainMin(code, draws.choice(degres), gain + round(paye * (draws.uniform(-0.5, 0.5) + serrage) / 4))
        )
        j = draws.randrange(len(paquet.services))
        cap = parts[j][i] * (1 - (draws.uniform(-0.5, 0.5) + serrage) / 3)
        lignes.append(ContributionMax(code, draws.choice(degres), round(cap), paquet.services[j].nom))
    return tuple(lignes)
