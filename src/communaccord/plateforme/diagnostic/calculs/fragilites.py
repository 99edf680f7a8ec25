"""Fragilities: people who leave within five years, know-how held by one person alone. Counted, never below five people.

A service counts so many people over the territory. The count is told when, without any one entity, it still tells of
five people: a commune that knows its own cannot subtract it and read a handful of the others. What moved since a
version that was read before is held to the same.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.enums import PETIT_EFFECTIF

Contributions = Mapping[Hashable, int]
Services = Mapping[str, Contributions]


@dataclass(frozen=True, slots=True)
class Compte:
    """A number of people; ``exact`` is None when it cannot be told. ``au_moins``: what is told of it otherwise."""

    exact: int | None
    au_moins: int = 0


def is_tellable(contributions: Contributions) -> bool:
    """Whether the sum of what each entity counts may be told: nobody at all, or five people without any of them. O(n).

    Errors: ValueError on a negative count.
    """
    if any(nombre < 0 for nombre in contributions.values()):
        raise ValueError("Un nombre de personnes n'est jamais négatif.")
    somme = sum(contributions.values())
    return somme == 0 or somme - max(contributions.values()) >= PETIT_EFFECTIF


def holds(contributions: Contributions, avant: Iterable[Contributions]) -> bool:
    """Whether a sum may be told, and what moved in it since each version before. O(versions times n)."""
    if not is_tellable(contributions):
        return False
    return all(
        is_tellable({cle: abs(contributions.get(cle, 0) - old.get(cle, 0)) for cle in {*contributions, *old}})
        for old in avant
    )


def count_service(contributions: Contributions, avant: Iterable[Contributions] = ()) -> Compte:
    """People of one service over the territory: ``contributions``, entity to people; ``avant``, in earlier versions."""
    return Compte(sum(contributions.values()) if holds(contributions, avant) else None)


def count_territoire(services: Services, avant: Iterable[Services] = ()) -> Compte:
    """People of all the services: exact when what the services hide may be told too, otherwise at least what they tell.

    ``services``: service to (entity to people); ``avant``: in earlier versions. The same person may be told of in
    several services of an entity: what is hidden counts by its largest one. O(versions times contributions).
    """
    avant = list(avant)
    shown, hidden, largest = 0, 0, dict[Hashable, int]()
    for service, contributions in services.items():
        if holds(contributions, [version.get(service, {}) for version in avant]):
            shown += sum(contributions.values())
            continue
        hidden += sum(contributions.values())
        for entite, nombre in contributions.items():
            largest[entite] = max(largest.get(entite, 0), nombre)
    if hidden and (avant or not is_tellable(largest)):
        return Compte(None, shown)
    return Compte(shown + hidden, shown)
