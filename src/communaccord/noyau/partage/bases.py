"""What the cost reads of a perimeter: the figures of each member, and their sums."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.charge import check_connus, compute_charges
from communaccord.noyau.partage.modele import Membre, ModeleCout


class Agregats(NamedTuple):
    """Of a perimeter: number of members, workload of each kind of staff (0 for posts imposed), volumes by type."""

    nombre: int
    charges: tuple[Exact, ...]
    volumes: Mapping[str, Exact]


class Bases(NamedTuple):
    """Of each member, in their order (None: unknown): workload by kind of staff (0 for posts imposed), volumes by type.

    Only what the model reads is there.
    """

    nombre: int
    charges: tuple[Sequence[Exact | None], ...]
    volumes: Mapping[str, Sequence[Exact | None]]

    def scale(self, facteurs: Sequence[int]) -> "Bases":
        """Multiply the figures of each member by its factor. O(members x figures)."""
        if all(facteur == 1 for facteur in facteurs):
            return self
        return Bases(
            self.nombre,
            tuple(_scale(charges, facteurs) for charges in self.charges),
            {acte: _scale(volumes, facteurs) for acte, volumes in self.volumes.items()},
        )

    def aggregate(self, membres: Sequence[Membre]) -> Agregats:
        """Sum over the members. Errors: `Impossible`, naming the members of which a figure is unknown. O(figures)."""
        charges = tuple(sum(check_connus(charges, membres, "volumes d'actes")) for charges in self.charges)
        volumes = {
            acte: sum(check_connus(volumes, membres, f"volume « {acte} »")) for acte, volumes in self.volumes.items()
        }
        return Agregats(self.nombre, charges, volumes)

    def isolate(self) -> list[Agregats | None]:
        """Return the perimeter of each member alone; None when a figure that the model reads is unknown. O(figures)."""
        vides: list[tuple[Exact | None, ...]] = [()] * self.nombre
        charges = list(zip(*self.charges, strict=True)) or vides
        volumes = list(zip(*self.volumes.values(), strict=True)) or vides
        return [self._isolate(*figures) for figures in zip(charges, volumes, strict=True)]

    def _isolate(self, charges: Sequence[Exact | None], volumes: Sequence[Exact | None]) -> Agregats | None:
        connues = tuple([charge for charge in charges if charge is not None])
        connus = {acte: volume for acte, volume in zip(self.volumes, volumes, strict=True) if volume is not None}
        if len(connues) < len(charges) or len(connus) < len(volumes):
            return None
        return Agregats(1, connues, connus)


def read_bases(modele: ModeleCout, membres: Sequence[Membre]) -> Bases:
    """Read what the model needs of each member. Errors: those of `compute_charges`. Complexity: O(members x types)."""
    return Bases(
        len(membres),
        tuple(
            [0] * len(membres) if effectif.productivite is None else compute_charges(membres, effectif.bareme)
            for effectif in modele.personnel
        ),
        {
            acte: [None if membre.volumes is None else membre.volumes.get(acte, 0) for membre in membres]
            for acte in modele.couts_unitaires
        },
    )


def _scale(valeurs: Sequence[Exact | None], facteurs: Sequence[int]) -> list[Exact | None]:
    return [None if valeur is None else valeur * facteur for valeur, facteur in zip(valeurs, facteurs, strict=True)]
