"""What makes one lawful distribution of seats better than another: exact costs, and bounds that spare the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from communaccord.noyau.droit.sieges.lectures import LectureOrdre
from communaccord.noyau.droit.sieges.parcours import Cout
from communaccord.noyau.droit.sieges.possibles import Choix
from communaccord.noyau.droit.sieges.types import LigneSieges, SiegesDroitCommun

_TousChoix = Sequence[Sequence[Choix]]


class Objectif(Enum):
    """What makes one lawful distribution better than another; the value says it in French."""

    PROPORTION = "le plus près de la proportion des populations"
    PETITES = "le plus de sièges aux communes qui n'en ont qu'un par la règle ordinaire"
    MOINS_DE_SIEGES = "le moins de sièges"
    PLUS_DE_SIEGES = "le plus de sièges"
    PROCHE = "le moins de sièges déplacés par rapport à une répartition donnée"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


A_MAXIMISER = frozenset({Objectif.PETITES, Objectif.PLUS_DE_SIEGES})


@dataclass(frozen=True, slots=True)
class Couts:
    """Costs, to be made least, of the choices in a council of ``total`` seats; communes as in ``lignes``.

    ``cible``: the seats to stay close to (PROCHE); ``ordre``: whether the order of the populations binds.
    """

    ordinaire: SiegesDroitCommun
    lignes: tuple[LigneSieges, ...]
    objectifs: tuple[Objectif, ...]
    total: int
    cible: Mapping[str, int]
    ordre: LectureOrdre

    def compute(self, rang: int, choix: Choix) -> Cout:
        """Return the cost of one choice for each objective; proportion is multiplied by 2 x total x population."""
        return tuple(self._compute_un(objectif, self.lignes[rang], choix.sieges) for objectif in self.objectifs)

    def _compute_un(self, objectif: Objectif, ligne: LigneSieges, sieges: int) -> int:
        if objectif is Objectif.PROPORTION:
            return abs(sieges * self.ordinaire.population - self.total * ligne.population)
        if objectif is Objectif.PETITES:
            return -sieges if ligne.sieges_iv == 1 else 0
        if objectif is Objectif.PROCHE:
            return abs(sieges - self.cible[ligne.code])
        return sieges if objectif is Objectif.MOINS_DE_SIEGES else -sieges

    def bound(self, choix: _TousChoix) -> tuple[Fraction, ...]:
        """Return what no distribution of this total goes below, for each objective taken apart. O(all the choices)."""
        return self.scale(tuple(self._bound_un(objectif, choix) for objectif in self.objectifs))

    def _bound_un(self, objectif: Objectif, choix: _TousChoix) -> int:
        if objectif is Objectif.PROPORTION:
            return self._bound_proportion(choix)
        if objectif is Objectif.PETITES:
            return -self._bound_petites(choix)
        if objectif is Objectif.PROCHE:
            cibles = [self.cible[ligne.code] for ligne in self.lignes]
            ecarts = (min(abs(un.sieges - cible) for un in c) for c, cible in zip(choix, cibles, strict=True))
            return max(sum(ecarts), abs(self.total - sum(cibles)))
        return self.total if objectif is Objectif.MOINS_DE_SIEGES else -self.total

    def _bound_proportion(self, choix: _TousChoix) -> int:
        """What is above the proportions and what is below are as much: their sum is twice the larger of the two."""
        population = self.ordinaire.population
        parts = [self.total * ligne.population for ligne in self.lignes]
        dessus = sum(max(c[0].sieges * population - part, 0) for c, part in zip(choix, parts, strict=True))
        dessous = sum(max(part - c[-1].sieges * population, 0) for c, part in zip(choix, parts, strict=True))
        return 2 * max(dessus, dessous)

    def _bound_petites(self, choix: _TousChoix) -> int:
        """The most seats that the communes of one ordinary seat can hold, by the most ``haut`` that one of them holds.

        Where the order binds, the communes more populous than all of them hold ``haut`` seats at least.
        """
        petites = [c for c, ligne in zip(choix, self.lignes, strict=True) if ligne.sieges_iv == 1]
        seuil = max((ligne.population for ligne in self.lignes if ligne.sieges_iv == 1), default=0)
        croissant = self.ordre is LectureOrdre.CROISSANT
        meilleur = 0
        for haut in sorted({un.sieges for c in petites for un in c}):
            donnes = sum(max((un.sieges for un in c if un.sieges <= haut), default=0) for c in petites)
            autres = 0
            for c, ligne in zip(choix, self.lignes, strict=True):
                if ligne.sieges_iv != 1:
                    moins = haut if croissant and ligne.population > seuil else 0
                    autres += next((un.sieges for un in c if un.sieges >= moins), self.total)
            meilleur = max(meilleur, min(donnes, self.total - autres))
        return meilleur

    def scale(self, cout: Cout) -> tuple[Fraction, ...]:
        """Return the costs in units that compare from one total to another."""
        entier = 2 * self.total * self.ordinaire.population
        return tuple(
            Fraction(valeur, entier if objectif is Objectif.PROPORTION else 1)
            for objectif, valeur in zip(self.objectifs, cout, strict=True)
        )
