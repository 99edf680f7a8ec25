"""Which counts can be told: classes of values from which no state of a commune is deduced, in exact integers.

The rule never looks at the count to be published before the classes are fixed (simulatable auditing: Kenthapadi,
Mishra and Nissim, PODS 2005), so that not publishing tells nothing either. A set of attainable vectors of counts is
one big integer, one bit a vector; adding a commune is a shift and an "or".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from communaccord.noyau.accord.possibles import Possibles, list_groupes

# About three seconds of one processor.
BITS_TRAITES_MAX = 10**11


class Classe(NamedTuple):
    """Values `bas` to `haut` of a count, told as one."""

    bas: int
    haut: int


@dataclass(frozen=True, slots=True)
class Salle:
    """The communes as an outsider sees them, with the counts already told.

    `possibles`: by commune, masks over the coordinates; coordinate 0 is the count to tell, coordinate k the one already
    told as `publiees[k - 1]`, those beyond are told by no count but protected all the same. Communes with one mask
    only are known; they are counted but never protected.
    """

    possibles: tuple[Possibles, ...]
    publiees: tuple[Classe, ...]

    @property
    def comptees(self) -> list[Possibles]:
        """Masks over the counted coordinates only."""
        dites = (1 << len(self.publiees) + 1) - 1
        return [frozenset(masque & dites for masque in ensemble) for ensemble in self.possibles]

    @property
    def base(self) -> int:
        """Radix of the encoding: a count is at most the number of communes."""
        return len(self.possibles) + 1

    def encode(self, masque: int) -> int:
        """Return the shift that adds one commune of this mask."""
        return sum(self.base**rang for rang in range(len(self.publiees) + 1) if masque >> rang & 1)

    def spread(self, masque: int) -> tuple[int, ...]:
        """Return the bits of a mask, one by counted coordinate."""
        return tuple(masque >> rang & 1 for rang in range(len(self.publiees) + 1))

    def fits(self) -> bool:
        """Return whether the exact audit is within its budget; only what is public is read, never a true count."""
        groupes = list_groupes(self.comptees)
        portees = 1 + len(groupes) + len(groupes) * (len(groupes) + 1) // 2
        ajouts = sum(len(ensemble) for ensemble in self.comptees)
        bits: int = self.base ** (len(self.publiees) + 1)
        return bits * ajouts * portees <= BITS_TRAITES_MAX


def split_classes(bas: int, haut: int, total: int, seuil: int) -> tuple[Classe, ...]:
    """Cut 0..total into classes, when an outsider already knows that the count lies in bas..haut.

    Exact values at `seuil` or more from both ends; the two ends are bands of `seuil` values, extended to 0 and to
    `total` so that a count out of bas..haut has its class too. One single class (nothing told) when bas..haut has fewer
    than twice `seuil` values. Errors: none. Complexity: O(total). Source: threshold rule of official statistics,
    applied to a count and to its complement.
    """
    if haut - bas + 1 < 2 * seuil:
        return (Classe(0, total),)
    exactes = [Classe(valeur, valeur) for valeur in range(bas + seuil, haut - seuil + 1)]
    return (Classe(0, bas + seuil - 1), *exactes, Classe(haut - seuil + 1, total))


def find_classes(salle: Salle, seuil: int) -> tuple[Classe, ...]:
    """Return the classes of values of coordinate 0, safe whatever the count turns out to be.

    Safe: for an outsider, and for any answering commune that knows its own answer, every state that was open before
    (each commune, each coordinate) stays open after. A class that would close one is merged with its neighbour. One
    single class: nothing can be told; none: no world agrees with what is told already. Errors: none; the caller checks
    `salle.fits()`. Complexity: O(g^2 n m b) bit operations for g groups of like communes, n communes, m masks and
    b = (n + 1)^coordinates. Source: exact auditing by enumeration of attainable sums; definition in
    docs/moteur/conditions.md.
    """
    attendu = find_attendu(salle)
    if attendu is None:
        return ()
    classes = split_classes(*attendu, len(salle.possibles), seuil)
    if len(classes) > 1:
        for danger in _list_dangers(salle, list_groupes(salle.comptees)):
            classes = _merge(classes, danger)
    return classes


def find_attendu(salle: Salle) -> Classe | None:
    """Return the least and greatest values of coordinate 0 that agree with what is told; None: no world does.

    Errors: none. Complexity: O(n m b) bit operations, as in `find_classes`. Source: definition.
    """
    portee = _reach(salle, list_groupes(salle.comptees))
    valeurs = Coupes(salle, portee).read((0,) * (len(salle.publiees) + 1))
    return Classe((valeurs & -valeurs).bit_length() - 1, valeurs.bit_length() - 1) if valeurs else None


# For one observer and one commune: values of the count that leave each open state at 0, and those that leave it at 1,
# as bit sets. A class is safe when it touches both or neither.
Danger = tuple[tuple[int, int], ...]


class Coupes:
    """Values of coordinate 0 among attainable vectors that agree with what is told, once some communes are added.

    The told coordinates are cut one after the other, the last first; each cut is made once.
    """

    def __init__(self, salle: Salle, portee: int) -> None:
        self.salle = salle
        self.coupes: dict[tuple[int, ...], int] = {(): portee}

    def read(self, ajout: tuple[int, ...]) -> int:
        """Return the values as a bit set; `ajout`: what the added communes count for, from coordinate 0 on. O(bits)."""
        return self._cut(ajout[1:]) << ajout[0]

    def _cut(self, ajout: tuple[int, ...]) -> int:
        if ajout not in self.coupes:
            portee = self._cut(ajout[1:])
            rang = len(self.salle.publiees) - len(ajout) + 1
            pas = self.salle.base**rang
            classe = self.salle.publiees[rang - 1]
            valeurs = range(max(classe.bas - ajout[0], 0), classe.haut - ajout[0] + 1)
            tranche = (1 << pas) - 1
            self.coupes[ajout] = reduce(or_, (portee >> valeur * pas & tranche for valeur in valeurs), 0)
        return self.coupes[ajout]


def _list_dangers(salle: Salle, groupes: Sequence[tuple[Possibles, int]]) -> Iterator[Danger]:
    """Yield the danger of each commune (one by group) for an outsider, then for each possible answer of another."""
    neutre = (0,) * (len(salle.publiees) + 1)
    cibles: dict[Possibles, set[Possibles]] = {}
    for ensemble, vue in zip(salle.possibles, salle.comptees, strict=True):
        if len(ensemble) > 1:
            cibles.setdefault(vue, set()).add(ensemble)
    for rang, (vue, _) in enumerate(groupes):
        if vue not in cibles:
            continue
        for coupes, propre in _list_observations(salle, _remove(groupes, rang), neutre):
            for cible in sorted(cibles[vue], key=sorted):
                yield _measure(salle, cible, coupes, propre)


def _list_observations(
    salle: Salle, reste: Sequence[tuple[Possibles, int]], neutre: tuple[int, ...]
) -> Iterator[tuple[Coupes, tuple[int, ...]]]:
    """Yield what is attainable for an outsider, then for one commune of each group, with what its answer adds."""
    yield Coupes(salle, _reach(salle, reste)), neutre
    for rang, (observatrice, effectif) in enumerate(reste):
        if effectif and len(observatrice) > 1:
            coupes = Coupes(salle, _reach(salle, _remove(reste, rang)))
            for masque in sorted(observatrice):
                yield coupes, salle.spread(masque)


def _remove(groupes: Sequence[tuple[Possibles, int]], rang: int) -> list[tuple[Possibles, int]]:
    return [(ensemble, nombre - (i == rang)) for i, (ensemble, nombre) in enumerate(groupes)]


def _reach(salle: Salle, groupes: Sequence[tuple[Possibles, int]]) -> int:
    """Bit set of the vectors of counts that the communes of `groupes` can make."""
    portee = 1
    for ensemble, nombre in groupes:
        decalages = [salle.encode(masque) for masque in ensemble]
        for _ in range(nombre):
            portee = reduce(or_, (portee << decalage for decalage in decalages))
    return portee


def _measure(salle: Salle, cible: Possibles, coupes: Coupes, propre: tuple[int, ...]) -> Danger:
    """Values of the count for each state of the communes of `cible`, the observer adding `propre`."""
    varie = reduce(or_, cible) & ~reduce(and_, cible)
    vues = {rang: [0, 0] for rang in range(varie.bit_length()) if varie >> rang & 1}
    for masque in cible:
        bits = salle.spread(masque)
        valeurs = coupes.read(tuple(bit + autre for bit, autre in zip(bits, propre, strict=True)))
        for rang, vue in vues.items():
            vue[masque >> rang & 1] |= valeurs
    return tuple((non, oui) for non, oui in vues.values())


def _merge(classes: tuple[Classe, ...], danger: Danger) -> tuple[Classe, ...]:
    """Merge each unsafe class with its neighbour until all are safe for `danger`."""
    rang = 0
    while rang < len(classes) and len(classes) > 1:
        if _is_sure(classes[rang], danger):
            rang += 1
            continue
        gauche = min(rang, len(classes) - 2)
        fusion = Classe(classes[gauche].bas, classes[gauche + 1].haut)
        classes = (*classes[:gauche], fusion, *classes[gauche + 2 :])
        rang = gauche
    return classes


def _is_sure(classe: Classe, danger: Danger) -> bool:
    masque = (1 << classe.haut + 1) - (1 << classe.bas)
    return all(bool(non & masque) == bool(oui & masque) for non, oui in danger)
