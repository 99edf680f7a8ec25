"""Every lawful local agreement on the seats: how many, which ones, the best by a stated objective."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import islice

from communaccord.noyau.droit.sieges.lectures import LectureOrdre, Lectures
from communaccord.noyau.droit.sieges.parcours import Compte, Cout, Parcours, list_suivantes
from communaccord.noyau.droit.sieges.possibles import (
    Choix,
    Voie,
    compute_total_maximal,
    is_voie_ouverte,
    list_choix,
)
from communaccord.noyau.droit.sieges.types import LigneSieges, SiegesDroitCommun


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


@dataclass(frozen=True, slots=True)
class NombreAccords:
    """How many distributions are lawful: by total of seats, all and without tolerance. The readings stand beside.

    The ordinary seats of III and IV are counted when they are lawful themselves. ``ouverte``: whether the nature and
    the ordinary rule leave this way open at all (zero everywhere otherwise).
    """

    voie: Voie
    lectures: Lectures
    ouverte: bool
    total_maximal: int
    par_total: Mapping[int, Compte]

    @property
    def nombre(self) -> int:
        """Lawful distributions under these readings, tolerated ones included if the reading admits them."""
        return sum(compte.nombre for compte in self.par_total.values())

    @property
    def conformes(self) -> int:
        """Those where no commune is out of the 20 % by the effect of the others only."""
        return sum(compte.conformes for compte in self.par_total.values())

    @property
    def toleres(self) -> int:
        """Those admitted in practice only."""
        return self.nombre - self.conformes


@dataclass(frozen=True, slots=True)
class MeilleurAccord:
    """The best lawful distributions by ``objectifs``, the first one first, the next ones between equals.

    ``valeurs``: exact value of each objective (share points between 0 and 1 for PROPORTION, seats otherwise).
    ``nombre``: how many distributions are equally good; ``accords``: the first ones, code: seats. Equals are all
    told: the law does not choose between them.
    """

    objectifs: tuple[Objectif, ...]
    voie: Voie
    lectures: Lectures
    valeurs: tuple[Fraction, ...]
    nombre: int
    accords: tuple[Mapping[str, int], ...]


def count_accords(ordinaire: SiegesDroitCommun, *, lectures: Lectures, voie: Voie = Voie.ACCORD_LOCAL) -> NombreAccords:
    """Return how many distributions of seats the law admits, exactly, for each total of seats.

    ``lectures``: the reading of each open point (see POINTS_OUVERTS), always chosen by the caller.
    Complexity: O(totals x n x states x choices). For the communautés of France: about 0.15 s at worst with the prudent
    readings, some seconds for 158 communes where one seat is always admitted (more than 10^8 agreements then).
    Source: CGCT L5211-6-1 I-2° and VI (R-2.5, R-2.6).
    """
    par_total = {
        total: parcours.compte
        for total, parcours in _list_parcours(ordinaire, lectures, voie)
        if parcours.compte.nombre
    }
    ouverte = is_voie_ouverte(ordinaire, voie)
    return NombreAccords(voie, lectures, ouverte, compute_total_maximal(ordinaire, voie), par_total)


def list_accords(
    ordinaire: SiegesDroitCommun,
    *,
    lectures: Lectures,
    voie: Voie = Voie.ACCORD_LOCAL,
    total: int | None = None,
    limite: int | None = None,
) -> Iterator[Mapping[str, int]]:
    """Yield the lawful distributions (code: seats), lazily, each once, in an order that never changes.

    Order: total of seats ascending, then the seats of the communes from the most populous (codes between equals),
    ascending. ``total``: only councils of that size. ``limite``: at most that many. Errors: ValueError for a negative
    ``limite``. Complexity: O(n) each, once the states of the total are built. Source: as :func:`count_accords`.
    """
    if limite is not None and limite < 0:
        raise ValueError("Le nombre d'accords à donner ne peut pas être négatif.")
    return islice(_iterate(ordinaire, lectures, voie, total), limite)


def find_meilleur_accord(
    ordinaire: SiegesDroitCommun,
    objectifs: Sequence[Objectif],
    *,
    lectures: Lectures,
    voie: Voie = Voie.ACCORD_LOCAL,
    cible: Mapping[str, int] | None = None,
    limite: int = 20,
) -> MeilleurAccord | None:
    """Return the lawful distributions that are best by ``objectifs``, in lexicographic order; None: none is lawful.

    ``cible``: the seats to stay close to (objective PROCHE only). ``limite``: how many equals are listed, all being
    counted. Errors: ValueError, in French, without an objective, or for PROCHE without the seats of every commune.
    Complexity: as :func:`count_accords`. Source: R-2.5, R-2.6; PROPORTION is half the sum of the absolute differences
    between shares of seats and of population (Loosemore and Hanby 1971, from memory).
    """
    _check_objectifs(ordinaire, objectifs, cible)
    lignes = _sort_lignes(ordinaire)
    valeurs: tuple[Fraction, ...] | None = None
    nombre, accords = 0, list[Mapping[str, int]]()
    for total, parcours in _list_parcours(ordinaire, lectures, voie):
        couts = _Couts(ordinaire, lignes, tuple(objectifs), total, cible or {})
        trouve = parcours.find_minimum(couts.compute)
        if trouve is None:
            continue
        obtenues = couts.scale(trouve[0])
        if valeurs is None or obtenues < valeurs:
            valeurs, nombre, accords = obtenues, 0, []
        if obtenues == valeurs:
            nombre += trouve[1]
            accords += [_name(lignes, sieges) for sieges in islice(trouve[2], max(limite - len(accords), 0))]
    if valeurs is None:
        return None
    signees = tuple(-v if o in _A_MAXIMISER else v for o, v in zip(objectifs, valeurs, strict=True))
    return MeilleurAccord(tuple(objectifs), voie, lectures, signees, nombre, tuple(accords))


_A_MAXIMISER = frozenset({Objectif.PETITES, Objectif.PLUS_DE_SIEGES})


@dataclass(frozen=True, slots=True)
class _Couts:
    """Costs, to be made least, of the choices in a council of ``total`` seats."""

    ordinaire: SiegesDroitCommun
    lignes: tuple[LigneSieges, ...]
    objectifs: tuple[Objectif, ...]
    total: int
    cible: Mapping[str, int]

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

    def scale(self, cout: Cout) -> tuple[Fraction, ...]:
        """Return the costs in units that compare from one total to another."""
        entier = 2 * self.total * self.ordinaire.population
        return tuple(
            Fraction(valeur, entier if objectif is Objectif.PROPORTION else 1)
            for objectif, valeur in zip(self.objectifs, cout, strict=True)
        )


def _check_objectifs(
    ordinaire: SiegesDroitCommun, objectifs: Sequence[Objectif], cible: Mapping[str, int] | None
) -> None:
    if not objectifs:
        raise ValueError("Donnez au moins un objectif : rien ne dit sans lui quel accord est le meilleur.")
    if Objectif.PROCHE in objectifs and set(cible or {}) != set(ordinaire.sieges):
        raise ValueError("Donnez un nombre de sièges pour chaque commune : c'est d'eux qu'il faut rester proche.")


def _sort_lignes(ordinaire: SiegesDroitCommun) -> tuple[LigneSieges, ...]:
    """Return the communes from the most populous, by code between equals."""
    return tuple(sorted(ordinaire.lignes, key=lambda ligne: (-ligne.population, ligne.code)))


def _name(lignes: Sequence[LigneSieges], sieges: Sequence[int]) -> Mapping[str, int]:
    return {ligne.code: nombre for ligne, nombre in zip(lignes, sieges, strict=True)}


def _list_parcours(
    ordinaire: SiegesDroitCommun, lectures: Lectures, voie: Voie, total: int | None = None
) -> Iterator[tuple[int, Parcours]]:
    """Yield the search of each total of seats that is not refused at once."""
    if not is_voie_ouverte(ordinaire, voie):
        return
    lignes = _sort_lignes(ordinaire)
    suivantes = list_suivantes([ligne.population for ligne in lignes])
    plancher = len(lignes) if voie is Voie.ACCORD_LOCAL else ordinaire.total
    totaux = range(plancher, compute_total_maximal(ordinaire, voie) + 1)
    for nombre in totaux if total is None else {total} & set(totaux):
        choix = _list_tous_choix(ordinaire, lignes, nombre, voie, lectures)
        if choix is not None:
            yield nombre, Parcours(choix, suivantes, nombre, croissant=lectures.ordre is LectureOrdre.CROISSANT)


def _list_tous_choix(
    ordinaire: SiegesDroitCommun, lignes: Sequence[LigneSieges], total: int, voie: Voie, lectures: Lectures
) -> list[tuple[Choix, ...]] | None:
    """Return what each commune may hold; None as soon as one may hold nothing, or if the total is out of reach."""
    tous: list[tuple[Choix, ...]] = []
    for ligne in lignes:
        choix = list_choix(ordinaire, ligne, total, voie, lectures)
        if not choix:
            return None
        tous.append(choix)
    plus_bas, plus_haut = sum(c[0].sieges for c in tous), sum(c[-1].sieges for c in tous)
    return tous if plus_bas <= total <= plus_haut else None


def _iterate(
    ordinaire: SiegesDroitCommun, lectures: Lectures, voie: Voie, total: int | None
) -> Iterator[Mapping[str, int]]:
    lignes = _sort_lignes(ordinaire)
    for _, parcours in _list_parcours(ordinaire, lectures, voie, total):
        for sieges in parcours.list_sieges():
            yield _name(lignes, sieges)
