"""Two versions of one picture, one after the other: what the second may show so that nobody reads what moved. Pure.

A total known before and after tells what moved between both. It stays published when what moved cannot be placed:
nothing hidden moved, or enough hidden cells did (``masques.resists``). What a version hid stays hidden in the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communaccord.plateforme.diagnostic.calculs.masques import (
    SEUIL,
    Bornes,
    Cachee,
    Cellule,
    Masque,
    has_distinctes,
    resists,
)

Cellules = Mapping[Cellule, int | None]


@dataclass(frozen=True, slots=True)
class Version:
    """What a version published of one figure: its mask and its cells."""

    masque: Masque
    cellules: Cellules


def mask_suite(masque: Masque, cellules: Cellules, avant: Sequence[Version], bornes: Bornes) -> Masque:
    """What a later version may show: ``masque`` is what it would show alone, ``avant`` what was published before.

    Complexity: O(versions times cells).
    """
    if not avant:
        return masque
    masquees = masque.masquees | {
        cle for version in avant for cle in version.masque.masquees if cellules.get(cle) is not None
    }
    hidden = group_par_service(masquees)
    services = frozenset(
        service
        for service in masque.totaux_services
        if all(
            holds(hidden.get(service, ()), cellules, version, bornes, publie=service in version.masque.totaux_services)
            for version in avant
        )
    )
    entites = masque.totaux_entites - {entite for entite, _ in masquees}
    total = services == masque.totaux_services and all(
        holds_total(masquees, services, cellules, version, bornes) for version in avant
    )
    return replace(
        masque,
        masquees=frozenset(masquees),
        totaux_services=services,
        totaux_entites=entites,
        total=masque.total and total,
    )


def group_par_service(cles: Iterable[Cellule]) -> dict[str, list[Cellule]]:
    groups: dict[str, list[Cellule]] = {}
    for cle in cles:
        groups.setdefault(cle[1], []).append(cle)
    return groups


def holds(hidden: Iterable[Cellule], cellules: Cellules, version: Version, bornes: Bornes, *, publie: bool) -> bool:
    """Whether a sum with these hidden cells may be published after a version; ``publie``: that one published its own.

    What was hidden then and is not changed tells nothing more; what was read then is known now.
    """
    hidden = list(hidden)
    moved = [cle for cle in hidden if cellules.get(cle) != version.cellules.get(cle)]
    known = [cle for cle in hidden if version.cellules.get(cle) is not None and cle not in version.masque.masquees]
    if not moved and not known:
        return True
    secret = [build_cachee(cle, cellules.get(cle) or 0, bornes) for cle in hidden if cle not in known]
    deltas = [
        Cachee(cle[0], abs((cellules.get(cle) or 0) - (version.cellules.get(cle) or 0)), True)
        for cle in moved
        if publie
    ]
    return resists(secret, bornes, None) and resists(deltas, bornes, None) and (bool(secret) or not hidden)


def build_cachee(cle: Cellule, valeur: int, bornes: Bornes) -> Cachee:
    """A hidden cell: not sensitive when it counts five people or more."""
    return Cachee(cle[0], valeur, bornes.haut is None or valeur < SEUIL)


def holds_total(
    masquees: Iterable[Cellule], services: frozenset[str], cellules: Cellules, version: Version, bornes: Bornes
) -> bool:
    """Whether the sum of all may be published after a version: what both leave out of their totals must hold."""
    pool = [cle for cle in masquees if cle[1] not in services or cle[1] not in version.masque.totaux_services]
    if not holds(pool, cellules, version, bornes, publie=version.masque.total):
        return False
    moved = [cle for cle in pool if cellules.get(cle) != version.cellules.get(cle)]
    return not moved or has_distinctes([Cachee(cle[0], 0, True) for cle in moved], bornes)
