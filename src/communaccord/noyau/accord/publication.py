"""What a round may publish: counts from which no sealed answer can be deduced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.noyau.accord.types import Offre, Position, Reponse

SEUIL = 5


@dataclass(frozen=True, slots=True)
class Compte:
    """A count told as `bas` to `haut` (equal: exact) among `sur`; not `publie`: nothing told, `phrase` says why."""

    bas: int
    haut: int
    sur: int
    publie: bool
    phrase: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What everybody of the table may read of a round, ready to be stored (`codage.write_publication`).

    `motif`: French sentence when nothing at all is published (else ""). `scenarios`: by identifier, number of communes
    whose conditions are réunies. `ouvertes`: communes favorable, sous conditions or not. `positions`: by position.
    """

    reponses: int
    seuil: int
    motif: str
    scenarios: Mapping[str, Compte]
    ouvertes: Compte | None
    positions: Mapping[Position, Compte]


@dataclass(frozen=True, slots=True)
class TourPublie:
    """An earlier round of the same dossier: its offers, who answered, what was published."""

    offres: tuple[Offre, ...]
    repondantes: frozenset[str]
    publication: Publication


def publish_tour(
    reponses: Sequence[Reponse],
    offres: Sequence[Offre],
    *,
    anterieurs: Sequence[TourPublie] = (),
    seuil: int = SEUIL,
) -> Publication:
    """Return what the round may publish."""
    raise NotImplementedError
