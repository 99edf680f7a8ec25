"""How many ways there are to give a fixed total of seats: one big whole number carries the counts of every total.

The ways of some communes are the polynomial whose coefficient of degree k counts those that give k seats above the
fewest they may hold, written in a base larger than any count: giving s seats more shifts it, a choice between several
numbers adds the shifted ones. Communes come from the least populous, and no degree above the one sought is kept.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import prod

from communaccord.noyau.droit.sieges.possibles import Choix

_Liste = tuple[Choix, ...]
_Groupe = Sequence[_Liste]


def count_repartitions(populations: Sequence[int], choix: Sequence[_Liste], total: int, *, croissant: bool) -> int:
    """Return how many ways there are to give ``total`` seats: as many as :class:`Parcours` would list.

    Shapes: ``populations`` and ``choix``, parallel; the numbers of seats of a commune ascending (no number: no way).
    ``croissant``: whether a more populous commune may never have fewer seats. Complexity: O(c) operations on integers
    of (total x log2 of the count) bits, c the choices of all the communes; O(c^2) for those of communes of the same
    population where the order binds. Source: generating functions, packed in one integer (Kronecker, from memory);
    conditions of CGCT L5211-6-1 I-2° (R-2.6).
    """
    marge = total - sum(liste[0].sieges for liste in choix if liste)
    if marge < 0 or not all(choix):
        return 0
    rangs = sorted(range(len(choix)), key=populations.__getitem__)
    groupes = [[choix[rang] for rang in egaux] for _, egaux in groupby(rangs, key=populations.__getitem__)]
    # No coefficient is above the number of all the combinations.
    base = _Base(prod(map(len, choix)).bit_length(), marge)
    polynome = _count_croissant(base, groupes) if croissant else _count_libre(base, groupes)
    return base.get_dernier(polynome)


@dataclass(frozen=True, slots=True)
class _Filtre:
    """Which choices are kept: in bounds, and with or without those that the reserve of the second seat looks at."""

    seul: bool = True
    deuxieme: bool = True
    moins: int = 0
    plus: int | None = None

    def accepts(self, choix: Choix) -> bool:
        """Return whether one choice is kept."""
        is_borne = self.moins <= choix.sieges and (self.plus is None or choix.sieges <= self.plus)
        return is_borne and (self.seul or not choix.seul) and (self.deuxieme or not choix.deuxieme)


_TOUS, _SANS_SEUL, _SANS_DEUXIEME = _Filtre(), _Filtre(seul=False), _Filtre(deuxieme=False)
_NI_UN_NI_AUTRE = _Filtre(seul=False, deuxieme=False)


@dataclass(frozen=True, slots=True)
class _Base:
    """Polynomials of degree ``degre`` at most, with ``bits`` for each coefficient."""

    bits: int
    degre: int

    def shift(self, polynome: int, degres: int) -> int:
        """Return a polynomial times x^degres, what is above the last degree left aside."""
        reste = self.degre + 1 - degres
        return (polynome & ((1 << reste * self.bits) - 1)) << degres * self.bits if reste > 0 else 0

    def multiply(self, polynome: int, groupe: _Groupe, filtre: _Filtre = _TOUS) -> int:
        """Return the ways once each commune of a group holds one of its choices kept, whatever the others hold."""
        for liste in groupe:
            bas = liste[0].sieges
            gardes = liste if filtre is _TOUS else [c for c in liste if filtre.accepts(c)]
            polynome = sum(self.shift(polynome, c.sieges - bas) for c in gardes)
        return polynome

    def get_dernier(self, polynome: int) -> int:
        """Return the coefficient of the last degree: all the seats are given."""
        return polynome >> self.degre * self.bits


def _list_signes(groupe: _Groupe) -> list[tuple[_Filtre, int]]:
    """Return how to count a group where one seat kept excludes a second seat given by exception: signed filters."""
    if not any(c.deuxieme for liste in groupe for c in liste):
        return [(_TOUS, 1)]
    return [(_SANS_SEUL, 1), (_SANS_DEUXIEME, 1), (_NI_UN_NI_AUTRE, -1)]


def _count_libre(base: _Base, groupes: Sequence[_Groupe]) -> int:
    """Without order: ``ouvert`` counts the ways of the communes seen, ``ferme`` those without any second seat.

    Where a commune keeps one seat although a second was open, nobody as populous or less gets that second seat.
    """
    ouvert = ferme = 1
    for groupe in groupes:
        if ouvert == ferme and len(_list_signes(groupe)) == 1:
            ouvert = ferme = base.multiply(ferme, groupe)
            continue
        aucun = base.multiply(ferme, groupe, _NI_UN_NI_AUTRE)
        ferme = base.multiply(ferme, groupe, _SANS_DEUXIEME)
        ouvert = base.multiply(ouvert, groupe, _SANS_SEUL) + ferme - aucun
    return ouvert


@dataclass(frozen=True, slots=True)
class _Paliers:
    """Ways of the communes seen when none may pass a number of seats: they change at ``sieges`` only."""

    sieges: tuple[int, ...]
    polynomes: tuple[int, ...]

    def get(self, plafond: int) -> int:
        """Return the ways where no commune has more than ``plafond`` seats."""
        rang = bisect_right(self.sieges, plafond)
        return self.polynomes[rang - 1] if rang else 0


def _count_croissant(base: _Base, groupes: Sequence[_Groupe]) -> int:
    """With order: the communes less populous than a group have at most the fewest seats of the group.

    Where one keeps a single seat, none less populous has two: the reserve is left to look at inside a group only.
    """
    paliers = _Paliers((0,), (1,))
    for groupe in groupes:
        is_force = len(paliers.sieges) == 1 and all(len(liste) == 1 for liste in groupe)
        if is_force and all(liste[0].sieges == paliers.sieges[0] for liste in groupe):
            continue  # One number only, and the one that bounds already: the ways are the same.
        paliers = _add_groupe(base, groupe, paliers) if len(groupe) > 1 else _add_seule(base, groupe[0], paliers)
    return paliers.polynomes[-1]


def _add_seule(base: _Base, liste: _Liste, paliers: _Paliers) -> _Paliers:
    """One more commune: a higher cap adds the ways where it holds one number of seats more."""
    bas, somme, polynomes = liste[0].sieges, 0, []
    for choix in liste:
        somme += base.shift(paliers.get(choix.sieges), choix.sieges - bas)
        polynomes.append(somme)
    return _Paliers(tuple(choix.sieges for choix in liste), tuple(polynomes))


def _add_groupe(base: _Base, groupe: _Groupe, paliers: _Paliers) -> _Paliers:
    """Communes of the same population: for each cap, by the fewest seats among them."""
    valeurs = sorted({choix.sieges for liste in groupe for choix in liste})
    polynomes = [sum(_list_termes(base, groupe, paliers, valeurs[: n + 1])) for n in range(len(valeurs))]
    return _Paliers(tuple(valeurs), tuple(polynomes))


def _list_termes(base: _Base, groupe: _Groupe, paliers: _Paliers, valeurs: Sequence[int]) -> Iterator[int]:
    """Yield the ways by the fewest seats: those with at least that number, less those with at least the next one."""
    plus = valeurs[-1]
    for moins, suivant in pairwise([*valeurs, plus + 1]):
        polynome = paliers.get(moins)
        for filtre, signe in _list_signes(groupe):
            au_moins = base.multiply(polynome, groupe, replace(filtre, moins=moins, plus=plus))
            au_dela = base.multiply(polynome, groupe, replace(filtre, moins=suivant, plus=plus))
            yield signe * (au_moins - au_dela)
