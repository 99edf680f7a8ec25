"""Figures on fewer than five people: what may be published so that nobody deduces one. Exact, pure, no Django.

A table crosses entities (communes, intercommunalité) and services. A count of 1 to 4 is *sensitive*: masked. Masking it
is not enough when the total of its service is published: others are masked with it (*complementary* suppression), or
the total is not published. The vocabulary and the method are those of tabular data protection (Willenborg & de Waal,
Elements of Statistical Disclosure Control, 2001, ch. 4; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).

What is published is the same for every reader without privilege: two readers who compare learn nothing more. Each
reader is supposed to know the row of one entity, its own, or those of all the communes that one account serves. A
masked cell enters at most one published sum, so that the interval in which a reader can place it is computed exactly,
line by line (``resists``). The same people may serve several services: a sum over services tells of five people when
those surely distinct are five. What changes from one version to the next is masked by ``versions``.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

Entite = Hashable
Cellule = tuple[Entite, str]
# Entities that one reader knows together: the communes of one account.
Lecteurs = frozenset[frozenset[Entite]]
SANS_GROUPE: Lecteurs = frozenset()
SEUIL = 5


@dataclass(frozen=True, slots=True)
class Masque:
    """What may be shown. ``connus``: entities that this reader knows whole; they change nothing of what is published.

    ``masquees``: cells hidden from who has no privilege; the sets of totals are those that may be shown.
    ``personnes``: the people of each cell, that another figure on them is masked by.
    """

    masquees: frozenset[Cellule]
    totaux_services: frozenset[str]
    totaux_entites: frozenset[Entite]
    total: bool
    connus: frozenset[Entite] = field(default_factory=frozenset)
    personnes: Mapping[Cellule, int | None] = field(default_factory=dict, compare=False, repr=False)

    def shows(self, entite: Entite, service: str) -> bool:
        """Whether this cell, and whatever is computed from it alone, may be shown to this reader."""
        return entite in self.connus or (entite, service) not in self.masquees

    def shows_total_service(self, service: str) -> bool:
        """Whether the sum of a service over the entities may be shown: the same answer for every reader."""
        return service in self.totaux_services

    def shows_total_entite(self, entite: Entite) -> bool:
        """Whether the sum of an entity over the services may be shown."""
        return entite in self.connus or entite in self.totaux_entites

    def shows_total(self) -> bool:
        """Whether the sum of the whole table may be shown."""
        return self.total

    def for_lecteur(self, connus: Iterable[Entite]) -> "Masque":
        """The same publication, read by somebody who knows these entities whole."""
        return replace(self, connus=frozenset(connus))


class Cachee(NamedTuple):
    """A masked cell of one published sum; ``sensible``: it is what must not be deduced; on so many people at least."""

    entite: Entite
    valeur: int
    sensible: bool
    personnes: int = 1


@dataclass(frozen=True, slots=True)
class Bornes:
    """What the worst reader knows beforehand of masked cells: ``haut`` None, no limit.

    ``bas``, ``haut``: of a sensitive cell; ``bas_autre``: of one masked to protect it (its upper limit is per line).
    ``lecteurs``: the entities whose rows one reader knows together.
    """

    bas: int
    haut: int | None
    bas_autre: int
    lecteurs: Lecteurs = SANS_GROUPE


COMPTES = Bornes(1, SEUIL - 1, SEUIL)
MONTANTS = Bornes(0, None, 0)


def mask_tableau(
    cellules: Mapping[Cellule, int | None],
    *,
    seuil: int = SEUIL,
    connus: Iterable[Entite] = (),
    lecteurs: Lecteurs = SANS_GROUPE,
) -> Masque:
    """What may be shown of a table of counts of people.

    ``cellules``: (entity, service) to a number of people, None when unknown (it enters no sum). Zero is shown: nobody
    is there. ``connus``: the entities that the reader knows whole; ``lecteurs``: the groups of entities that somebody
    knows together. Errors: ValueError on a negative count.
    Complexity: O(n log n) for n cells, but O(n times columns) in the worst case of complementary suppression.
    """
    sensibles = {cle for cle, valeur in cellules.items() if valeur is not None and 0 < valeur < seuil}
    return build_masque(cellules, sensibles, Bornes(1, seuil - 1, seuil, lecteurs), cellules).for_lecteur(connus)


def mask_derive(
    masque: Masque,
    cellules: Mapping[Cellule, int | None],
    *,
    seuls: Iterable[Cellule] = (),
    lecteurs: Lecteurs = SANS_GROUPE,
) -> Masque:
    """What may be shown of another figure on the same people (payroll, full-time equivalents, departures).

    Hidden wherever the people are hidden, and in ``seuls`` (known there although the number of people is not). A total
    is shown only where that of the people is, and when enough of the hidden cells are known. Same errors.
    """
    sensibles = {cle for cle, valeur in cellules.items() if valeur is not None and cle in masque.masquees}
    sensibles |= {cle for cle in seuls if cellules.get(cle) is not None}
    derive = build_masque(cellules, sensibles, replace(MONTANTS, lecteurs=lecteurs), masque.personnes)
    return Masque(
        masquees=derive.masquees | masque.masquees,
        totaux_services=derive.totaux_services & masque.totaux_services,
        totaux_entites=derive.totaux_entites & masque.totaux_entites,
        total=derive.total and masque.total and derive.totaux_services <= masque.totaux_services,
        connus=masque.connus,
        personnes=masque.personnes,
    )


def mask_autres(masque: Masque, cellules: Mapping[Cellule, int | None]) -> Masque:
    """What may be shown of a cost that tells of nobody: not where one entity alone tells it, and its people are hidden.

    ``masque``: of the people. Complexity: O(n).
    """
    by_service: dict[str, list[Cellule]] = defaultdict(list)
    for cle, valeur in cellules.items():
        if valeur is not None:
            by_service[cle[1]].append(cle)
    masquees = frozenset(cles[0] for cles in by_service.values() if len(cles) == 1 and cles[0] in masque.masquees)
    hidden = {service for _, service in masquees}
    return Masque(
        masquees=masquees,
        totaux_services=frozenset({service for _, service in cellules} - hidden),
        totaux_entites=frozenset({entite for entite, _ in cellules} - {entite for entite, _ in masquees}),
        total=not hidden,
        connus=masque.connus,
    )


def build_masque(
    cellules: Mapping[Cellule, int | None],
    sensibles: set[Cellule],
    bornes: Bornes,
    personnes: Mapping[Cellule, int | None],
) -> Masque:
    """The publication of a table whose sensitive cells are told; ``personnes``: how many people each cell tells of."""
    nues, visibles = split_colonnes(cellules, sensibles, personnes)
    cachees = {service: hide_column(visibles[service], line, bornes) for service, line in nues.items()}
    shown = {service for service, line in cachees.items() if line is not None}
    total, hidden = protect_total(cachees, nues, bornes)
    shown -= hidden
    masquees = frozenset(
        (cell.entite, service)
        for service in nues
        for cell in ((cachees[service] or ()) if service in shown else nues[service])
    )
    entites = frozenset({entite for entite, _ in cellules} - {entite for entite, _ in masquees})
    return Masque(masquees, frozenset(shown), entites, total, personnes=personnes)


def split_colonnes(
    cellules: Mapping[Cellule, int | None], sensibles: set[Cellule], personnes: Mapping[Cellule, int | None]
) -> tuple[dict[str, list[Cachee]], dict[str, list[tuple[int, Entite]]]]:
    """By service: its sensitive cells, and the others that are known and not zero. Errors: ValueError."""
    nues: dict[str, list[Cachee]] = {}
    visibles: dict[str, list[tuple[int, Entite]]] = {}
    for cle, valeur in cellules.items():
        entite, service = cle
        if service not in nues:
            nues[service], visibles[service] = [], []
        if valeur is None:
            continue
        if valeur < 0:
            raise ValueError("Un nombre de personnes ou un montant masqué n'est jamais négatif.")
        if cle in sensibles:
            nues[service].append(Cachee(entite, valeur, True, personnes.get(cle) or 1))
        elif valeur:
            visibles[service].append((valeur, entite))
    return nues, visibles


def hide_column(
    visibles: Sequence[tuple[int, Entite]], sensibles: Sequence[Cachee], bornes: Bornes
) -> tuple[Cachee, ...] | None:
    """The cells to hide so that the total of the column may be shown; None when nothing allows to show it.

    The smallest visible cells are hidden first; equal cells together, so that no order of input decides.
    """
    if not sensibles:
        return ()
    line = list(sensibles)
    values = sorted({valeur for valeur, _ in visibles})
    for rank in range(len(values) + 1):
        if rank:
            line += [Cachee(entite, valeur, False) for valeur, entite in visibles if valeur == values[rank - 1]]
        plafond = values[rank] if rank < len(values) else None
        if resists(line, bornes, plafond):
            return tuple(line)
    return None


def protect_total(
    cachees: Mapping[str, tuple[Cachee, ...] | None], nues: Mapping[str, Sequence[Cachee]], bornes: Bornes
) -> tuple[bool, set[str]]:
    """Whether the sum of all may be shown, and the totals of services to hide with it.

    The sum of all less the totals shown is the sum of the services whose total is hidden: it must resist too, and tell
    surely of five people.
    """
    hidden = {service for service, line in cachees.items() if line is None}
    if not hidden:
        return True, hidden
    by_sum: dict[int, set[str]] = defaultdict(set)
    for service, line in cachees.items():
        if line:
            by_sum[sum(cell.valeur for cell in nues[service])].add(service)
    pool = set(hidden)
    for group in [set(), *(by_sum[somme] for somme in sorted(by_sum))]:
        pool |= group
        line = [cell for service in pool for cell in nues[service]]
        if has_distinctes(line, bornes) and resists(line, bornes, None):
            return True, pool
    return False, hidden


def has_distinctes(line: Sequence[Cachee], bornes: Bornes) -> bool:
    """Whether cells of several services tell surely of five people or more, without those of any one reader.

    The same people may serve every service of an entity: those surely distinct are those of its largest service.
    """
    largest: dict[Entite, int] = {}
    for cell in line:
        largest[cell.entite] = max(largest.get(cell.entite, 0), cell.personnes)
    known = max((sum(largest.get(entite, 0) for entite in group) for group in bornes.lecteurs), default=0)
    return sum(largest.values()) - max(known, *largest.values(), 0) >= SEUIL


def resists(line: Sequence[Cachee], bornes: Bornes, plafond: int | None) -> bool:
    """Whether the published sum of ``line`` leaves two values at least to each sensitive cell, whoever reads.

    The reader is nobody, or one of the entities, which knows its own cells; the worst is supposed: the reader knows
    which cells are sensitive, their limits, and that those hidden with them are at most ``plafond`` (None: no limit).
    """
    somme, sensibles = sum(cell.valeur for cell in line), sum(cell.sensible for cell in line)
    autres = len(line) - sensibles
    return all(
        leaves_doubt(somme - valeur, sensibles - siennes, autres - siens, bornes, plafond)
        for valeur, siennes, siens in list_connaissances(line, bornes.lecteurs)
    )


def list_connaissances(line: Sequence[Cachee], lecteurs: Lecteurs = SANS_GROUPE) -> set[tuple[int, int, int]]:
    """What each reader knows of a sum, once: value, sensitive cells, others; (0, 0, 0) is whoever has no cell in it.

    A reader knows one entity, or all those of one group of ``lecteurs``.
    """
    by_entite: dict[Entite, tuple[int, int, int]] = {}
    for cell in line:
        valeur, siennes, siens = by_entite.get(cell.entite, (0, 0, 0))
        by_entite[cell.entite] = (valeur + cell.valeur, siennes + cell.sensible, siens + (not cell.sensible))
    unions = [[by_entite[entite] for entite in group if entite in by_entite] for group in lecteurs]
    together = {(sum(v for v, _, _ in rows), sum(s for _, s, _ in rows), sum(a for *_, a in rows)) for rows in unions}
    return {(0, 0, 0), *by_entite.values(), *together}


def leaves_doubt(somme: int, sensibles: int, autres: int, bornes: Bornes, plafond: int | None) -> bool:
    """Whether a sensitive cell may still take two values, when ``somme`` is that of so many hidden cells.

    An amount has no upper limit of its own: it must stay known to no better than from one to two.
    """
    if not sensibles:
        return True
    least = (sensibles - 1) * bornes.bas + autres * bornes.bas_autre
    haut = somme - least if bornes.haut is None else min(bornes.haut, somme - least)
    bas = bornes.bas
    if (bornes.haut is not None or sensibles == 1) and (plafond is not None or not autres):
        most = (sensibles - 1) * (bornes.haut or 0) + autres * (plafond or 0)
        bas = max(bas, somme - most)
    return haut > bas and (bornes.haut is not None or 2 * bas <= haut)
