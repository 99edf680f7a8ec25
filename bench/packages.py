"""Packages at fixed perimeter that the benchmarks play: real communes, invented costs, criteria and lines (fictif)."""

from random import Random

from bench.instances import build_instance

from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, Ligne
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Service
from communaccord.noyau.accord.recherche.vehicules import build_revision_libre
from communaccord.noyau.accord.types import Priorite


def build_paquet(n: int, services: int = 4, budget: int = 3) -> Paquet:
    """Services over all the communes of an EPCI; at most `budget` % of their cost changes hands."""
    instance = build_instance(n)
    draws = Random(n)
    faits = []
    for j in range(services):
        charge = tuple(max(1, round(c * draws.lognormvariate(0, 0.3))) for c in instance.charge)
        seul = tuple(round(s * draws.lognormvariate(0, 0.2)) for s in instance.game.alone or ())
        richesse = tuple(round(p * draws.lognormvariate(4, 0.4)) for p in instance.populations)
        criteres = [
            Critere("population", instance.populations),
            Critere("charge", charge),
            Critere("parts égales", (1,) * n),
            Critere("richesse", richesse),
        ]
        cout = round(sum(seul) * draws.uniform(0.75, 0.95))
        faits.append(Service(f"service {j + 1}", cout, frozenset(range(n)), tuple(criteres[: 3 + j % 2]), seul))
    total = sum(service.cout for service in faits)
    part = [2 * total * budget // (100 * n)] * n
    vehicule = build_revision_libre(part, part, total * budget // 100, fpu=True)
    return Paquet(tuple(f"{i:05d}" for i in range(n)), tuple(faits), (vehicule,) if budget else ())


def build_lignes(paquet: Paquet, serrage: float, seed: int = 1) -> tuple[Ligne, ...]:
    """Two lines a commune: a gain, and a cap on one service; the higher `serrage`, the more they conflict."""
    draws = Random(seed)
    lignes: list[Ligne] = []
    degres = list(Priorite)
    for i, code in enumerate(paquet.communes):
        seul = sum(service.seul[i] for service in paquet.services)
        lignes.append(GainMin(code, draws.choice(degres), round(seul * (draws.uniform(-0.6, 0.1) + serrage))))
        service = draws.choice(paquet.services)
        cap = round(service.seul[i] * (draws.uniform(1.0, 1.8) - serrage))
        lignes.append(ContributionMax(code, draws.choice(degres), cap, service.nom))
    return tuple(lignes)
