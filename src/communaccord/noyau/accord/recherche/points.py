"""From the floats of the solver to an exact point of the polytope, and what lines say of it, exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, HausseMax, Ligne
from communaccord.noyau.accord.recherche.modele import Paquet, Point, Service, scale_shares
from communaccord.noyau.accord.recherche.programme import Espace, Rang, build_hausse, read_commune, read_part
from communaccord.noyau.preuves.faisable import Limit, PlainService, PlainVehicle, find_faults
from communaccord.noyau.solver import Floats

# Keys are first written to the ten-thousandth, and finer only when a line asks for it.
FINESSES = (10**4, 10**6, 10**12)
GRAIN = 10**6


class Lecture:
    """What each commune pays and receives at a point, exact: whole numbers over one denominator."""

    def __init__(self, paquet: Paquet, point: Point) -> None:
        scaled = [scale_shares(service, key) for service, key in zip(paquet.services, point.keys, strict=True)]
        recus = [sum((table[i] for table in point.transfers), Fraction(0)) for i in range(paquet.n)]
        self.commun = lcm(*(common for _, common in scaled), *(recu.denominator for recu in recus))
        self.paye = [[value * (self.commun // common) for value in shares] for shares, common in scaled]
        self.recu = [recu.numerator * (self.commun // recu.denominator) for recu in recus]

    def measure(self, rang: Rang) -> Fraction:
        """Return by how much a row holds (negative: it does not), in cents or in the unit of its bound. O(services)."""
        i = rang.commune
        value = rang.transfert * self.recu[i] - sum(part * self.paye[j][i] for j, part in rang.parts.items())
        return Fraction(value - rang.borne * self.commun) / self.commun

    def holds(self, rang: Rang) -> bool:
        """Return whether a row holds. O(services)."""
        i = rang.commune
        value = rang.transfert * self.recu[i] - sum(part * self.paye[j][i] for j, part in rang.parts.items())
        return value >= rang.borne * self.commun


def round_point(espace: Espace, x: Floats, finesse: int) -> Point:
    """Return an exact point near `x` (columns of `Espace`): weights over `finesse`, transfers over a millionth of cent.

    It satisfies boxes, equalities and totals exactly, whatever `x`. O(columns).
    """
    keys = tuple(
        round_key(service, x[debut:], finesse)
        for service, debut in zip(espace.paquet.services, espace.debuts, strict=False)
    )
    return Point(keys, round_transfers(espace, x))


def round_key(service: Service, x: Floats, finesse: int) -> tuple[Fraction, ...]:
    """Return weights within their bounds, of sum exactly one, near the first entries of `x`. O(criteria)."""
    weights = [
        min(max(Fraction(round(float(value) * finesse), finesse), critere.bas), critere.haut)
        for critere, value in zip(service.criteres, x, strict=False)
    ]
    reste = 1 - sum(weights)
    rooms = [(c.haut - w if reste > 0 else w - c.bas) for c, w in zip(service.criteres, weights, strict=True)]
    for room, k in sorted(((room, k) for k, room in enumerate(rooms)), key=lambda pair: (-pair[0], pair[1])):
        pas = max(-room, min(room, reste))
        weights[k] += pas
        reste -= pas
    return tuple(Fraction(weight) for weight in weights)


def round_transfers(espace: Espace, x: Floats) -> tuple[tuple[Fraction, ...], ...]:
    """Return what communes receive by vehicle near `x`: within its limits, of sum exactly zero. O(columns).

    Amounts are only ever cut towards zero, so that no limit is passed.
    """
    paquet, debut = espace.paquet, len(espace.cles)
    net = [[0.0] * paquet.n for _ in paquet.vehicules]
    for k, (v, i, signe) in enumerate(espace.flux):
        net[v][i] += signe * float(x[debut + k]) * espace.unite
    fins = [[int(value * GRAIN) for value in table] for table in net]
    for vehicule, table in zip(paquet.vehicules, fins, strict=True):
        for i, value in enumerate(table):
            table[i] = max(-vehicule.donner[i] * GRAIN, min(vehicule.recevoir[i] * GRAIN, value))
        for signe in (1, -1):
            trop = sum(max(0, signe * value) for value in table) - vehicule.total * GRAIN
            cut_amounts([table], signe, trop)
    solde = sum(sum(table) for table in fins)
    cut_amounts(fins, 1 if solde > 0 else -1, abs(solde))
    return tuple(tuple(Fraction(value, GRAIN) for value in table) for table in fins)


def cut_amounts(tables: list[list[int]], signe: int, trop: int) -> None:
    """Take `trop` off the amounts of sign `signe`, the largest first, in place. O(n log n)."""
    if trop <= 0:
        return
    places = [(signe * value, v, i) for v, table in enumerate(tables) for i, value in enumerate(table)]
    for amount, v, i in sorted(places, key=lambda place: (-place[0], place[1], place[2])):
        pas = max(0, min(amount, trop))
        tables[v][i] -= signe * pas
        trop -= pas


def read_vector(espace: Espace, values: Sequence[Fraction]) -> Point:
    """Return the point of exact values of the columns, unit prices first. O(columns)."""
    weights = [value / prix for value, prix in zip(values, espace.prix, strict=False)]
    transfers = [[Fraction(0)] * espace.paquet.n for _ in espace.paquet.vehicules]
    for (v, i, signe), value in zip(espace.flux, values[len(espace.cles) :], strict=False):
        transfers[v][i] += signe * value
    keys = tuple(tuple(weights[debut:fin]) for debut, fin in zip(espace.debuts[:-1], espace.debuts[1:], strict=True))
    return Point(keys, tuple(tuple(table) for table in transfers))


def find_fautes(paquet: Paquet, lignes: Sequence[Ligne], point: Point) -> tuple[str, ...]:
    """Return what the independent reading finds wrong with a point; empty: its lines on money all hold, exactly.

    The lines are given to `preuves.faisable` as they were said, not as the rows of the programme. Complexity: O((lines
    + n x criteria) x services).
    """
    services = [
        PlainService(s.cout, s.perimetre, tuple((c.valeurs, c.bas, c.haut) for c in s.criteres), s.seul)
        for s in paquet.services
    ]
    vehicles = [PlainVehicle(v.donner, v.recevoir, v.total) for v in paquet.vehicules]
    limits = [limit for ligne in lignes for limit in list_limits(paquet, ligne)]
    return find_faults(services, vehicles, limits, point.keys, point.transfers)


def list_limits(paquet: Paquet, ligne: Ligne) -> list[Limit]:
    """Return a line on money as plain data; nothing for the others. O(services x years)."""
    i = read_commune(paquet, ligne.commune)
    if isinstance(ligne, ContributionMax | GainMin):
        joints = [(j, s) for j, s in enumerate(paquet.services) if ligne.service in (None, s.nom)]
        years = {j: read_part(paquet, s, ligne.annee) for j, s in joints}
        return [Limit(i, years, int(ligne.service is None), ligne.montant, isinstance(ligne, GainMin))]
    if isinstance(ligne, HausseMax):
        return [Limit(r.commune, r.parts, r.transfert, -r.borne, False) for r in build_hausse(paquet, ligne, 0)]
    return []
