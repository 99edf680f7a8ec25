"""Every lawful local agreement on the seats: how many, which ones, the best by a stated objective."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice

from communaccord.noyau.droit.sieges.comptage import count_repartitions
from communaccord.noyau.droit.sieges.lectures import LectureOrdre, Lectures, LectureTunnel
from communaccord.noyau.droit.sieges.objectifs import A_MAXIMISER, Couts, Objectif
from communaccord.noyau.droit.sieges.parcours import Parcours, list_suivantes
from communaccord.noyau.droit.sieges.possibles import (
    Choix,
    Possibles,
    Voie,
    build_possibles,
    compute_total_maximal,
    is_voie_ouverte,
)
from communaccord.noyau.droit.sieges.types import LigneSieges, SiegesDroitCommun


@dataclass(frozen=True, slots=True)
class Compte:
    """How many distributions there are: all of them, and those that lean on no tolerance."""

    nombre: int
    conformes: int


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
    Complexity: see :func:`count_repartitions`, for each total. Source: CGCT L5211-6-1 I-2° and VI (R-2.5, R-2.6).
    """
    populations = [ligne.population for ligne in _sort_lignes(ordinaire)]
    par_total: dict[int, Compte] = {}
    for total, choix in _list_totaux(ordinaire, lectures, voie):
        nombre = count_repartitions(populations, choix, total, croissant=lectures.ordre is LectureOrdre.CROISSANT)
        conformes = nombre
        if lectures.tunnel is LectureTunnel.PRATIQUE:
            surs = [tuple(c for c in liste if not c.tolere) for liste in choix]
            conformes = count_repartitions(populations, surs, total, croissant=lectures.ordre is LectureOrdre.CROISSANT)
        if nombre:
            par_total[total] = Compte(nombre, conformes)
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
    Totals of seats are tried from the most
    promising, as long as a bound lets them do as well. Complexity: O(n x states x choices) for each total tried.
    Source: R-2.5, R-2.6; PROPORTION is half the sum of the absolute differences
    between shares of seats and of population (Loosemore and Hanby 1971, from memory).
    """
    _check_objectifs(ordinaire, objectifs, cible)
    lignes = _sort_lignes(ordinaire)
    rangees = []
    for total, choix in _list_totaux(ordinaire, lectures, voie):
        couts = Couts(ordinaire, lignes, tuple(objectifs), total, cible or {}, lectures.ordre)
        rangees.append((couts.bound(choix), total, couts, choix))
    valeurs: tuple[Fraction, ...] | None = None
    meilleurs: list[tuple[int, int, Iterator[tuple[int, ...]]]] = []
    for borne, total, couts, choix in sorted(rangees, key=lambda rangee: rangee[:2]):
        if valeurs is not None and borne > valeurs:
            break
        trouve = _build_parcours(lignes, choix, total, lectures).find_minimum(couts.compute)
        if trouve is None:
            continue
        obtenues = couts.scale(trouve[0])
        if valeurs is None or obtenues < valeurs:
            valeurs, meilleurs = obtenues, []
        if obtenues == valeurs:
            meilleurs.append((total, *trouve[1:]))
    if valeurs is None:
        return None
    meilleurs.sort(key=lambda meilleur: meilleur[0])
    premiers = islice(chain.from_iterable(suite for _, _, suite in meilleurs), limite)
    signees = tuple(-v if o in A_MAXIMISER else v for o, v in zip(objectifs, valeurs, strict=True))
    nombre = sum(egaux for _, egaux, _ in meilleurs)
    return MeilleurAccord(
        tuple(objectifs), voie, lectures, signees, nombre, tuple(_name(lignes, sieges) for sieges in premiers)
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


def _list_totaux(
    ordinaire: SiegesDroitCommun, lectures: Lectures, voie: Voie, total: int | None = None
) -> Iterator[tuple[int, list[tuple[Choix, ...]]]]:
    """Yield each total of seats that is not refused at once, and what each commune may hold then."""
    if not is_voie_ouverte(ordinaire, voie):
        return
    possibles = [build_possibles(ordinaire, ligne, voie, lectures) for ligne in _sort_lignes(ordinaire)]
    plancher = len(possibles) if voie is Voie.ACCORD_LOCAL else ordinaire.total
    totaux = range(plancher, compute_total_maximal(ordinaire, voie) + 1)
    for nombre in totaux if total is None else {total} & set(totaux):
        choix = _list_tous_choix(possibles, nombre)
        if choix is not None:
            yield nombre, choix


def _build_parcours(
    lignes: Sequence[LigneSieges], choix: Sequence[tuple[Choix, ...]], total: int, lectures: Lectures
) -> Parcours:
    suivantes = list_suivantes([ligne.population for ligne in lignes])
    return Parcours(choix, suivantes, total, croissant=lectures.ordre is LectureOrdre.CROISSANT)


def _list_tous_choix(possibles: Sequence[Possibles], total: int) -> list[tuple[Choix, ...]] | None:
    """Return what each commune may hold; None as soon as one may hold nothing, or if the total is out of reach."""
    tous: list[tuple[Choix, ...]] = []
    for possible in possibles:
        choix = possible.list_choix(total)
        if not choix:
            return None
        tous.append(choix)
    plus_bas, plus_haut = sum(c[0].sieges for c in tous), sum(c[-1].sieges for c in tous)
    return tous if plus_bas <= total <= plus_haut else None


def _iterate(
    ordinaire: SiegesDroitCommun, lectures: Lectures, voie: Voie, total: int | None
) -> Iterator[Mapping[str, int]]:
    lignes = _sort_lignes(ordinaire)
    for nombre, choix in _list_totaux(ordinaire, lectures, voie, total):
        for sieges in _build_parcours(lignes, choix, nombre, lectures).list_sieges():
            yield _name(lignes, sieges)
