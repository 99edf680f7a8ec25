"""A package and its lines as rows: exact for the proofs, floats (money scaled to about 1) for the solver.

Columns of the programme: the weights of the keys, then what each commune receives and gives by each vehicle (two
columns, both >= 0, only where the vehicle lets it). In exact rows a weight is told as its unit price (weight x cost /
total of the criterion), so that a row has whole coefficients: what the commune counts of the criterion. A row reads one
commune: sum over services of `parts[j]` x (what it pays), and `transfert` x (what it receives):
transfert x t_i - sum_j parts[j] x_ij >= borne.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, HausseMax, Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Service
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.preuves.farkas import Box, Exact, Row
from communaccord.noyau.solver import INFINITY, Floats, Program


@dataclass(frozen=True, slots=True)
class Rang:
    """One inequality on one commune, exact; `ligne`: number of the line it comes from (-1: none)."""

    ligne: int
    commune: int
    parts: Mapping[int, Exact]
    transfert: Exact
    borne: Exact


def build_rangs(paquet: Paquet, lignes: Sequence[Ligne]) -> tuple[Rang, ...]:
    """Return the rows of the lines on money, in the order of `lignes`; a rise has one row a year.

    Errors: DonneeInvalide for a commune, a service or a year that the package does not know. O(lines x services).
    """
    rangs: list[Rang] = []
    for k, ligne in enumerate(lignes):
        if isinstance(ligne, ContributionMax | GainMin):
            rangs.append(build_montant(paquet, ligne, k))
        elif isinstance(ligne, HausseMax):
            rangs.extend(build_hausse(paquet, ligne, k))
    return tuple(rangs)


def build_gains(paquet: Paquet, per: Sequence[int] | None = None) -> tuple[Rang, ...]:
    """Return, per commune of at least one service, its gain over `per[i]` (None: in cents) as a row >= 0.

    Errors: DonneeInvalide for a weight below 1. O(n x services).
    """
    rangs = []
    for i in range(paquet.n):
        joints = read_services(paquet, i)
        if not joints:
            continue
        poids = per[i] if per is not None else 1
        if poids < 1:
            raise DonneeInvalide("Un gain se rapporte à un nombre d'au moins 1.", f"Corrigez {paquet.communes[i]}.")
        part = Fraction(1, poids) if poids > 1 else 1
        seul = sum(paquet.services[j].seul[i] for j in joints)
        rangs.append(Rang(-1, i, dict.fromkeys(joints, part), part, -seul * part))
    return tuple(rangs)


def build_montant(paquet: Paquet, ligne: ContributionMax | GainMin, numero: int) -> Rang:
    """Return the row of an amount: one service without transfers, or all of them with transfers. O(services)."""
    i = read_commune(paquet, ligne.commune)
    lu = read_service(paquet, ligne.service) if ligne.service is not None else None
    joints = [j for j in read_services(paquet, i) if lu is None or paquet.services[j] is lu]
    parts = {j: read_part(paquet, paquet.services[j], ligne.annee) for j in joints}
    if isinstance(ligne, ContributionMax):
        borne: Exact = -ligne.montant
    else:
        borne = ligne.montant - sum(part * paquet.services[j].seul[i] for j, part in parts.items())
    return Rang(numero, i, parts, int(ligne.service is None), borne)


def build_hausse(paquet: Paquet, ligne: HausseMax, numero: int) -> list[Rang]:
    """Return one row for each year of the phase-in followed by another. O(years x services).

    next <= (1 + rate) x present, both net of the transfers, which do not depend on the year.
    """
    i = read_commune(paquet, ligne.commune)
    joints = read_services(paquet, i)
    if not any(paquet.services[j].montee or paquet.services[j].annee for j in joints):
        return []
    debuts = {j: read_debut(paquet, paquet.services[j]) for j in joints}
    fin = max(debut + len(paquet.services[j].montee) for j, debut in debuts.items())
    rangs = []
    for annee in range(min(debuts.values()), fin):
        avant = {j: read_part(paquet, paquet.services[j], annee) for j in joints}
        apres = {j: read_part(paquet, paquet.services[j], annee + 1) for j in joints}
        parts = {j: apres[j] - (1 + ligne.taux) * avant[j] for j in joints}
        rangs.append(Rang(numero, i, parts, -ligne.taux, 0))
    return rangs


def read_commune(paquet: Paquet, code: str) -> int:
    """Return the number of a commune. Errors: DonneeInvalide when the package has no such commune. O(1)."""
    if code not in paquet.numeros:
        raise DonneeInvalide(f"La commune {code} n'est pas dans le paquet.", "Corrigez la ligne, ou le paquet.")
    return paquet.numeros[code]


def read_service(paquet: Paquet, nom: str) -> Service:
    """Return a service by its name. Errors: DonneeInvalide when the package has no such service. O(services)."""
    service = paquet.find_service(nom)
    if service is None:
        raise DonneeInvalide(f"Le service « {nom} » n'est pas dans le paquet.", "Corrigez la ligne, ou le paquet.")
    return service


def read_services(paquet: Paquet, i: int) -> list[int]:
    """Return the numbers of the services whose member commune i is. O(services)."""
    return [j for j, service in enumerate(paquet.services) if i in service.perimetre]


def read_debut(paquet: Paquet, service: Service) -> int:
    """Return the first year of a service. Errors: DonneeInvalide when neither it nor the package gives one. O(1)."""
    debut = service.annee if service.annee is not None else paquet.annee
    if debut is None:
        raise DonneeInvalide(
            f"Une ligne lit une année, et le service « {service.nom} » n'en a pas.", "Donnez l'année où il commence."
        )
    return debut


def read_part(paquet: Paquet, service: Service, annee: int | None) -> Exact:
    """Return the part of full regime of a service in a year (None: full regime), whole when it is one. O(1)."""
    part = Fraction(1) if annee is None else service.read_montee(annee - read_debut(paquet, service))
    return part.numerator if part.denominator == 1 else part


class Espace:
    """The polytope of the keys and transfers of a package: columns, boxes, equalities, totals; exact and in floats."""

    def __init__(self, paquet: Paquet) -> None:
        self.paquet = paquet
        self.cles = [(j, c) for j, service in enumerate(paquet.services) for c in range(len(service.criteres))]
        self.debuts = [0]
        for service in paquet.services:
            self.debuts.append(self.debuts[-1] + len(service.criteres))
        self.flux = [
            (v, i, signe)
            for v, vehicule in enumerate(paquet.vehicules)
            for signe, plafonds in ((1, vehicule.recevoir), (-1, vehicule.donner))
            for i, plafond in enumerate(plafonds)
            if plafond and vehicule.total and read_services(paquet, i)
        ]
        self.colonnes = len(self.cles) + len(self.flux)
        # A unit of money for the solver: what a commune pays on average, so that rows are about 1.
        self.unite = max(1.0, sum(service.cout for service in paquet.services) / paquet.n)
        self.connus: dict[tuple[int, Exact], tuple[Mapping[int, Exact], Mapping[int, Exact]]] = {}
        self.de_commune: dict[int, list[tuple[int, int]]] = {}
        for k, (_, i, signe) in enumerate(self.flux):
            self.de_commune.setdefault(i, []).append((len(self.cles) + k, signe))

    @cached_property
    def prix(self) -> list[Fraction]:
        """Unit price at weight 1, by column of the keys, exact cents (1 for a service that costs nothing)."""
        criteres = [(self.paquet.services[j], self.paquet.services[j].criteres[c]) for j, c in self.cles]
        return [Fraction(service.cout or 1, service.total(critere) or 1) for service, critere in criteres]

    @cached_property
    def weights(self) -> tuple[int, list[tuple[int, int]]]:
        """The weight of a whole key, then the bounds of that of each column, all whole."""
        bounds = [
            (Fraction(c.bas), Fraction(c.haut)) for c in (self.paquet.services[j].criteres[c] for j, c in self.cles)
        ]
        whole = lcm(*(bound.denominator for pair in bounds for bound in pair))
        return whole, [(int(low * whole), int(high * whole)) for low, high in bounds]

    @cached_property
    def commun(self) -> int:
        """A whole number that the total of each criterion of a key divides."""
        return lcm(
            *(int(total) for row in self.equalities[: len(self.paquet.services)] for total in row.coefficients.values())
        )

    @cached_property
    def boxes(self) -> list[Box]:
        """Exact bounds of each column (unit prices; cents)."""
        criteres = [self.paquet.services[j].criteres[c] for j, c in self.cles]
        plafonds = [
            (self.paquet.vehicules[v].recevoir if signe > 0 else self.paquet.vehicules[v].donner)[i]
            for v, i, signe in self.flux
        ]
        totaux = [self.paquet.vehicules[v].total for v, _, _ in self.flux]
        flux: list[Box] = [(0, min(p, t)) for p, t in zip(plafonds, totaux, strict=True)]
        return [*((c.bas * p, c.haut * p) for c, p in zip(criteres, self.prix, strict=True)), *flux]

    @cached_property
    def equalities(self) -> list[Row]:
        """Weights of each service sum to one, in whole numbers (unit price x total of the criterion, to the cost);
        transfers sum to zero."""
        rows = [
            Row({d + c: service.total(critere) or 1 for c, critere in enumerate(service.criteres)}, service.cout or 1)
            for d, service in zip(self.debuts, self.paquet.services, strict=False)
        ]
        if self.flux:
            rows.append(Row({len(self.cles) + k: signe for k, (_, _, signe) in enumerate(self.flux)}, 0))
        return rows

    @cached_property
    def totals(self) -> list[Row]:
        """By vehicle, what is received and what is given are at most its total, as rows >=."""
        rows = []
        for v, vehicule in enumerate(self.paquet.vehicules):
            for sens in (1, -1):
                dedans = {len(self.cles) + k: -1 for k, (w, _, s) in enumerate(self.flux) if (w, s) == (v, sens)}
                if dedans:
                    rows.append(Row(dedans, -vehicule.total))
        return rows

    def build_row(self, rang: Rang) -> Row:
        """Return a row in its exact form, on the columns. O(services x criteria), once for rows of the same `parts`."""
        known = self.connus.get((id(rang.parts), rang.transfert))
        if known is not None:
            return Row(known[1], rang.borne)
        values: dict[int, Exact] = {}
        for j, part in rang.parts.items():
            service = self.paquet.services[j]
            for column, critere in zip(range(self.debuts[j], self.debuts[j + 1]), service.criteres, strict=True):
                if part and service.cout and critere.valeurs[rang.commune]:
                    values[column] = -part * critere.valeurs[rang.commune]
        if rang.transfert:
            values |= {column: signe * rang.transfert for column, signe in self.de_commune.get(rang.commune, ())}
        # The parts are kept with their values, so that their identity stays theirs.
        self.connus[id(rang.parts), rang.transfert] = (rang.parts, values)
        return Row(values, rang.borne)

    def build_matrix(self, rangs: Sequence[Rang]) -> tuple[Floats, Floats]:
        """Return rows and bounds in floats, money scaled by `unite`. O(rows x columns)."""
        matrix = np.zeros((len(rangs), self.colonnes))
        prix = np.array(
            [
                float(p) / self.unite if self.paquet.services[j].cout else 0.0
                for p, (j, _) in zip(self.prix, self.cles, strict=True)
            ]
        )
        tables = np.array([self.paquet.services[j].criteres[c].valeurs for j, c in self.cles], float)
        parts = np.zeros((len(rangs), len(self.paquet.services)))
        for r, rang in enumerate(rangs):
            for j, part in rang.parts.items():
                parts[r, j] = float(part)
            for column, signe in self.de_commune.get(rang.commune, ()) if rang.transfert else ():
                matrix[r, column] = signe * float(rang.transfert)
        communes = [rang.commune for rang in rangs]
        services = [j for j, _ in self.cles]
        if len(rangs):
            matrix[:, : len(self.cles)] = -parts[:, services] * prix * tables[:, communes].T
        return matrix, np.array([float(rang.borne) / self.unite for rang in rangs])

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """Bounds of the columns in floats: weights, then money scaled by `unite`."""
        money = np.array([*(float(p) for p in self.prix), *([self.unite] * len(self.flux))])
        low = np.array([float(box[0]) for box in self.boxes]) / money
        return low, np.array([float(box[1]) for box in self.boxes]) / money

    def measure_plafond(self, matrix: Floats, bornes: Floats) -> float:
        """Return a number that no row exceeds by its bound anywhere: a bound for a common margin. O(rows x columns)."""
        reach = np.abs(matrix) @ np.maximum(np.abs(self.bounds[0]), np.abs(self.bounds[1]))
        return 1.0 + float((reach + np.abs(bornes)).max(initial=0.0))

    def build_program(
        self,
        extra_cost: Sequence[float] | Floats,
        extra_low: Sequence[float] | Floats,
        extra_high: Sequence[float] | Floats,
        *,
        maximize: bool,
        nodes: int | None = None,
        integer: Sequence[int] = (),
        should_stop: Callable[[], bool] | None = None,
        devex: bool = False,
    ) -> Program:
        """Return a programme of these columns and more, its first rows the equalities and totals. O(columns)."""
        low, high = self.bounds
        program = Program(
            np.concatenate([np.zeros(self.colonnes), extra_cost]),
            np.concatenate([low, extra_low]),
            np.concatenate([high, extra_high]),
            maximize=maximize,
            nodes=nodes,
            integer=integer,
            should_stop=should_stop,
            devex=devex,
        )
        matrix, bounds = self.build_fixed()
        highs = np.where(np.arange(self.fixes) < len(self.equalities), bounds, INFINITY)
        program.add_rows(bounds, np.hstack([matrix, np.zeros((self.fixes, len(extra_cost)))]), highs)
        return program

    def build_fixed(self) -> tuple[Floats, Floats]:
        """Return the equalities, then the totals of the vehicles: rows and bounds in floats. O(rows x columns)."""
        matrix, bounds = np.zeros((self.fixes, self.colonnes)), np.ones(self.fixes)
        for r, row in enumerate((*self.equalities, *self.totals)):
            matrix[r, list(row.coefficients)] = [1.0 if value > 0 else -1.0 for value in row.coefficients.values()]
            if r >= len(self.paquet.services):
                bounds[r] = float(row.bound) / self.unite
        return matrix, bounds

    @property
    def fixes(self) -> int:
        """How many rows `build_program` puts first."""
        return len(self.equalities) + len(self.totals)
