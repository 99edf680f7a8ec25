"""Every way to give a fixed total of seats, commune after commune: listed, the least costly found.

A dynamic programme over the communes, most populous first. What must be remembered of the communes already served is
the seats left, the largest number still permitted by the order of populations, and two facts for the reserve on the
second seat. Whole numbers only.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from communaccord.noyau.droit.sieges.possibles import Choix

Cout = tuple[int, ...]
# Cost of one choice of the commune of that rank: whole numbers, compared in their order.
CoutChoix = Callable[[int, Choix], Cout]


# Seats left to give; most seats of a commune less populous than those already served; fewest seats seen among the
# communes of the same population being served; whether a commune was left with one seat where a second was open;
# whether one of the same population was given that second seat.
_Etat = tuple[int, int, int, bool, bool]
_Arcs = dict[_Etat, list[tuple[Choix, _Etat]]]


class Parcours:
    """The distributions of ``total`` seats among communes sorted from the most to the least populous.

    ``choix``: for each commune, what it may hold; ``suivantes``: whether it has the population of the next one;
    ``croissant``: whether a more populous commune may never have fewer seats.
    Complexity: O(n x states x choices) to build, states at most total x choices of one commune.
    Source: counting by dynamic programming; conditions of CGCT L5211-6-1 I-2° (R-2.6).
    """

    def __init__(
        self, choix: Sequence[tuple[Choix, ...]], suivantes: Sequence[bool], total: int, *, croissant: bool
    ) -> None:
        self._choix, self._suivantes, self._croissant = tuple(choix), tuple(suivantes), croissant
        self._bas = [*accumulate((c[0].sieges for c in reversed(choix)), initial=0)][::-1]
        self._haut = [*accumulate((c[-1].sieges for c in reversed(choix)), initial=0)][::-1]
        self._attend = [*accumulate((any(s.deuxieme for s in c) for c in reversed(choix)), max, initial=False)][::-1]
        self._plus_haut = [*accumulate((c[-1].sieges for c in reversed(choix)), max, initial=0)][::-1]
        plafond = self._plus_haut[0] if croissant else 0
        self._depart: _Etat = (total, plafond, plafond, False, False)
        self._arcs: list[_Arcs] = []
        self._build()
        self._prune()

    def _build(self) -> None:
        """Find the states that can be reached, commune after commune."""
        etats = [self._depart] if self._bas[0] <= self._depart[0] <= self._haut[0] else []
        for rang in range(len(self._choix)):
            arcs: _Arcs = {etat: list(self._list_arcs(rang, etat)) for etat in etats}
            self._arcs.append(arcs)
            etats = list(dict.fromkeys(suivant for sorties in arcs.values() for _, suivant in sorties))

    def _list_arcs(self, rang: int, etat: _Etat) -> Iterator[tuple[Choix, _Etat]]:
        """Yield what may be given to the commune of that rank, and the state it leads to."""
        bas, haut, plus_haut = self._bas[rang + 1], self._haut[rang + 1], self._plus_haut[rang + 1]
        reste, plafond, minimum, seul, deuxieme = etat
        meme, attend = self._suivantes[rang], self._attend[rang + 1]
        for choix in self._choix[rang]:
            sieges = choix.sieges
            suite = reste - sieges
            if suite < bas or (self._croissant and sieges > plafond):
                break
            if suite > haut or (choix.deuxieme and seul) or (choix.seul and (deuxieme or choix.deuxieme)):
                continue
            nouveau = min(minimum, sieges, plus_haut) if self._croissant else 0
            laisse = attend and (seul or choix.seul)
            servi = meme and (deuxieme or choix.deuxieme)
            yield choix, (suite, plafond if meme else nouveau, nouveau, laisse, servi)

    def _prune(self) -> None:
        """Forget, from the last commune back, the states that lead nowhere."""
        vifs = {suivant for sorties in self._arcs[-1].values() for _, suivant in sorties if not suivant[0]}
        self._fins = vifs
        for rang in range(len(self._choix) - 1, -1, -1):
            arcs = {
                etat: vives
                for etat, sorties in self._arcs[rang].items()
                if (vives := [arc for arc in sorties if arc[1] in vifs])
            }
            self._arcs[rang], vifs = arcs, set(arcs)

    def list_sieges(self) -> Iterator[tuple[int, ...]]:
        """Yield each distribution once, lazily, fewest seats to the most populous first. O(n) for each."""
        yield from self._walk()

    def find_minimum(self, cout: CoutChoix) -> tuple[Cout, int, Iterator[tuple[int, ...]]] | None:
        """Return the least total cost, how many distributions reach it, and these lazily; None if there is none.

        Complexity: O(arcs). Source: Bellman's principle, costs compared number after number.
        """
        minima: list[dict[_Etat, tuple[Cout, int]]] = [{} for _ in self._choix]
        minima.append(dict.fromkeys(self._fins, ((), 1)))

        def add(rang: int, choix: Choix, suivant: _Etat) -> Cout:
            reste = minima[rang + 1][suivant][0]
            propre = cout(rang, choix)
            return tuple(a + b for a, b in zip(propre, reste, strict=True)) if reste else propre

        for rang in range(len(self._choix) - 1, -1, -1):
            for etat, sorties in self._arcs[rang].items():
                couts = [(add(rang, choix, suivant), suivant) for choix, suivant in sorties]
                moindre = min(valeur for valeur, _ in couts)
                nombre = sum(minima[rang + 1][suivant][1] for valeur, suivant in couts if valeur == moindre)
                minima[rang][etat] = (moindre, nombre)
        if self._depart not in minima[0]:
            return None
        moindre, nombre = minima[0][self._depart]
        suites = self._walk(lambda rang, etat, choix, suivant: add(rang, choix, suivant) == minima[rang][etat][0])
        return moindre, nombre, suites

    def _walk(self, keep: Callable[[int, _Etat, Choix, _Etat], bool] | None = None) -> Iterator[tuple[int, ...]]:
        """Yield the paths of the arcs kept, depth first, by ascending seats."""
        if self._depart not in self._arcs[0]:
            return
        sieges = [0] * len(self._choix)
        pile = [iter(self._arcs[0][self._depart])]
        etats = [self._depart]
        while pile:
            rang = len(pile) - 1
            arc = next((arc for arc in pile[-1] if keep is None or keep(rang, etats[-1], *arc)), None)
            if arc is None:
                pile.pop()
                etats.pop()
                continue
            sieges[rang] = arc[0].sieges
            if rang + 1 == len(self._choix):
                yield tuple(sieges)
                continue
            pile.append(iter(self._arcs[rang + 1][arc[1]]))
            etats.append(arc[1])


def list_suivantes(populations: Sequence[int]) -> tuple[bool, ...]:
    """Return, for populations in descending order, whether each one is that of the next. O(n)."""
    return (*(premiere == seconde for premiere, seconde in pairwise(populations)), False)
