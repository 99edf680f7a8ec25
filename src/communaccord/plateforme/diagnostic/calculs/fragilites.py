"""Fragilities: people who leave within five years, know-how held by one person alone. Counted, never below five people.

A service counts so many people over the territory. The count is told when, without any one entity, it still tells of
five people: a commune that knows its own cannot subtract it and read a handful of the others.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from communaccord.plateforme.diagnostic.enums import PETIT_EFFECTIF

Contributions = Mapping[Hashable, int]


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


def count_service(contributions: Contributions) -> Compte:
    """People of one service over the territory: ``contributions``, entity to people. O(n)."""
    return Compte(sum(contributions.values()) if is_tellable(contributions) else None)


def count_territoire(services: Mapping[str, Contributions]) -> Compte:
    """People of all the services: exact when what the services hide may be told too, otherwise at least what they tell.

    ``services``: service to (entity to people). O(total number of contributions).
    """
    shown, hidden = 0, dict[Hashable, int]()
    for contributions in services.values():
        if is_tellable(contributions):
            shown += sum(contributions.values())
            continue
        for entite, nombre in contributions.items():
            hidden[entite] = hidden.get(entite, 0) + nombre
    return Compte(shown + sum(hidden.values()), shown) if is_tellable(hidden) else Compte(None, shown)
