"""Charts as numbers: positions in percent of the width (text keeps its size on a phone). Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, cos, floor, log10, pi, sin
from typing import Any

Valeur = int | float | Fraction
# Least distance, in percent, between two written marks; zero is short and may be nearer.
ECART_ECRITURE = 34.0
ECART_ECRITURE_ZERO = 22.0


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar of a line: start and width in percent; `sens` is moins, plus, egal or inconnu."""

    ligne: Mapping[str, Any]
    x: float
    largeur: float
    sens: str


@dataclass(frozen=True, slots=True)
class Graduation:
    """A mark of an axis; `ecrite` when there is room to write its value."""

    x: float
    valeur: Valeur
    ecrite: bool


@dataclass(frozen=True, slots=True)
class Echelle:
    """A linear axis: from `bas` to `haut`, `zero` in percent, round marks."""

    bas: Valeur
    haut: Valeur
    zero: float
    graduations: tuple[Graduation, ...]

    def place(self, valeur: Valeur) -> float:
        """Position in percent, two decimals, kept within the axis."""
        share = (valeur - self.bas) / (self.haut - self.bas) * 100
        return round(float(min(max(share, 0), 100)), 2)


def choose_pas(etendue: Valeur, marques: int = 4) -> Valeur:
    """A round step (1, 2 or 5 times a power of ten, at least 1) that cuts the span in about `marques` parts."""
    if etendue <= 0:
        return 1
    power = 10 ** max(floor(log10(float(etendue) / marques)), 0)
    for factor in (1, 2, 5):
        if etendue / (power * factor) <= marques:
            return power * factor
    return power * 10


def build_echelle(minimum: Valeur, maximum: Valeur) -> Echelle:
    """Axis that holds zero, the minimum and the maximum, ending on round marks."""
    low, high = min(minimum, 0), max(maximum, 0)
    pas = choose_pas(high - low)
    first, last = floor(low / pas), ceil(high / pas)
    if first == last:
        last = first + 1
    bas, haut = first * pas, last * pas
    width = haut - bas
    places = {n: round(float((n * pas - bas) / width * 100), 2) for n in range(first, last + 1)}
    written: list[int] = []
    for n in dict.fromkeys((0, first, last, *places)):
        if all(
            abs(places[n] - places[other]) >= (ECART_ECRITURE if n and other else ECART_ECRITURE_ZERO)
            for other in written
        ):
            written.append(n)
    marks = tuple(Graduation(x=x, valeur=n * pas, ecrite=n in written) for n, x in places.items())
    return Echelle(bas=bas, haut=haut, zero=places[0], graduations=marks)


def sort_mienne_first(lignes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """My commune first, the others in the order received."""
    return [e for e in lignes if e.get("mienne")] + [e for e in lignes if not e.get("mienne")]


def build_barres_ecart(lignes: Sequence[Mapping[str, Any]]) -> tuple[Echelle, list[Barre]]:
    """Bars from a zero axis: less to the left, more to the right, `valeur` None where the figure is not known."""
    known = [ligne["valeur"] for ligne in lignes if ligne["valeur"] is not None]
    echelle = build_echelle(min(known, default=0), max(known, default=0))
    barres = []
    for ligne in sort_mienne_first(lignes):
        valeur = ligne["valeur"]
        if valeur is None:
            barres.append(Barre(ligne, echelle.zero, 0.0, "inconnu"))
            continue
        position = echelle.place(valeur)
        start, end = sorted((echelle.zero, position))
        sens = "moins" if valeur < 0 else "plus" if valeur > 0 else "egal"
        barres.append(Barre(ligne, start, round(end - start, 2), sens))
    return echelle, barres


@dataclass(frozen=True, slots=True)
class Segment:
    serie: int
    x: float
    largeur: float
    valeur: Valeur


@dataclass(frozen=True, slots=True)
class Pile:
    ligne: Mapping[str, Any]
    total: Valeur
    segments: tuple[Segment, ...]


def build_barres_empilees(lignes: Sequence[Mapping[str, Any]]) -> tuple[Echelle, list[Pile]]:
    """Stacked bars: each line has `valeurs` (one per series, none negative). Raises ValueError on a negative value."""
    if any(valeur < 0 for ligne in lignes for valeur in ligne["valeurs"]):
        raise ValueError("Une barre empilée ne peut pas montrer une valeur négative.")
    totals = [sum(ligne["valeurs"]) for ligne in lignes]
    echelle = build_echelle(0, max(totals, default=0))
    piles = []
    for ligne in sort_mienne_first(lignes):
        segments, before = [], 0
        for serie, valeur in enumerate(ligne["valeurs"], start=1):
            start, end = echelle.place(before), echelle.place(before + valeur)
            before += valeur
            if valeur:
                segments.append(Segment(serie, start, round(end - start, 2), valeur))
        piles.append(Pile(ligne, before, tuple(segments)))
    return echelle, piles


@dataclass(frozen=True, slots=True)
class Fourchette:
    ligne: Mapping[str, Any]
    x: float
    largeur: float
    centre: float | None


def build_fourchettes(lignes: Sequence[Mapping[str, Any]]) -> tuple[Echelle, list[Fourchette]]:
    """Low-high ranges: each line has `bas` and `haut`, and `centre` or None. Raises ValueError when bas > haut."""
    if any(ligne["bas"] > ligne["haut"] for ligne in lignes):
        raise ValueError("Une fourchette va du plus bas au plus haut.")
    echelle = build_echelle(
        min((ligne["bas"] for ligne in lignes), default=0), max((ligne["haut"] for ligne in lignes), default=0)
    )
    fourchettes = []
    for ligne in sort_mienne_first(lignes):
        start, end = echelle.place(ligne["bas"]), echelle.place(ligne["haut"])
        centre = ligne.get("centre")
        place = None if centre is None else echelle.place(centre)
        fourchettes.append(Fourchette(ligne, start, round(end - start, 2), place))
    return echelle, fourchettes


@dataclass(frozen=True, slots=True)
class Siege:
    x: float
    y: float
    groupe: int


@dataclass(frozen=True, slots=True)
class Hemicycle:
    """Seats in a half circle in a box `largeur` x `hauteur`; `groupe` is the index of the group received."""

    largeur: float
    hauteur: float
    rayon: float
    sieges: tuple[Siege, ...]


def share_rangs(total: int, rayons: Sequence[float]) -> list[int]:
    """Seats of each row, in proportion to its radius; remainders to the largest fractions, outer rows first on ties."""
    length = sum(rayons)
    exact = [Fraction(total) * Fraction(rayon) / Fraction(length) for rayon in rayons]
    seats = [int(share) for share in exact]
    order = sorted(range(len(rayons)), key=lambda i: (seats[i] - exact[i], -rayons[i]))
    for index in order[: total - sum(seats)]:
        seats[index] += 1
    return seats


def build_hemicycle(effectifs: Sequence[int]) -> Hemicycle:
    """Place the seats of each group side by side from left to right. Raises ValueError when there is no seat."""
    total = sum(effectifs)
    if total <= 0 or min(effectifs) < 0:
        raise ValueError("Un hémicycle a au moins un siège, et aucun groupe négatif.")
    rangs = max(1, min(10, round((total / 8) ** 0.5)))
    rayons = [100.0 * (0.4 + 0.6 * (i + 1) / rangs) if rangs > 1 else 100.0 for i in range(rangs)]
    places = []
    spaces = [60.0 / rangs if rangs > 1 else 20.0]
    for rayon, nombre in zip(rayons, share_rangs(total, rayons), strict=True):
        if nombre > 1:
            spaces.append(2 * rayon * sin(pi / (2 * (nombre - 1))))
        for position in range(nombre):
            angle = pi * (position / (nombre - 1) if nombre > 1 else 0.5)
            places.append((angle, -rayon, 110 - rayon * cos(angle), 110 - rayon * sin(angle)))
    places.sort()
    groups = [index for index, effectif in enumerate(effectifs) for _ in range(effectif)]
    rayon_siege = floor(min(0.43 * min(spaces), 7.0) * 100) / 100
    sieges = tuple(Siege(round(x, 1), round(y, 1), groupe) for (_, _, x, y), groupe in zip(places, groups, strict=True))
    return Hemicycle(largeur=220, hauteur=120, rayon=rayon_siege, sieges=sieges)
