"""The cost to share without its lines, in integers: for the many perimeters of the costs alone and of the ranges.

Same figures as :func:`compute_cout`, cent for cent: each line is rounded alone, and the lines are summed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.bases import Agregats
from communaccord.noyau.partage.indices import Indices
from communaccord.noyau.partage.lignes import Horizon, build_lignes_constantes, build_lignes_epci
from communaccord.noyau.partage.modele import ModeleCout, PartEpci


class _Personnel(NamedTuple):
    """Staff of one kind that follows the workload, of rank `rang` in the model: one step holds `haut / bas`."""

    rang: int
    haut: int
    bas: int
    cout_pas: Indices


class Totaux(NamedTuple):
    """A model read once for all perimeters: what is constant, and the cents of one unit of each aggregate.

    `connus`: sums already met, by number of members and of steps of staff.
    """

    constantes: tuple[int, ...]
    adhesion: Indices | None
    personnel: tuple[_Personnel, ...]
    unitaires: tuple[tuple[str, Indices], ...]
    part_epci: PartEpci
    connus: dict[tuple[int, ...], tuple[int, ...]]

    def compute(self, agregats: Agregats) -> tuple[int, ...]:
        """Return `compute_cout(...).a_repartir` of the perimeter. Complexity: O(lines x years)."""
        pas = [_count_pas(personnel, agregats.charges[personnel.rang]) for personnel in self.personnel]
        cle = (agregats.nombre, *pas)
        if cle not in self.connus:
            self.connus[cle] = self._sum_postes(agregats.nombre, pas)
        bruts = self.connus[cle]
        if self.unitaires:
            bruts = _sum([bruts, *(prix.round_cents(agregats.volumes[acte]) for acte, prix in self.unitaires)])
        nets = [max(0, brut) for brut in bruts]
        for ligne in build_lignes_epci(self.part_epci, nets):
            nets = [net + cents for net, cents in zip(nets, ligne.cents, strict=True)]
        return tuple(nets)

    def _sum_postes(self, nombre: int, pas: Sequence[int]) -> tuple[int, ...]:
        colonnes = [self.constantes]
        if self.adhesion is not None:
            colonnes.append(self.adhesion.round_cents(nombre))
        colonnes += [staff.cout_pas.round_cents(n) for staff, n in zip(self.personnel, pas, strict=True)]
        return _sum(colonnes)


def build_totaux(modele: ModeleCout, horizon: Horizon) -> Totaux:
    """Read the model once. Complexity: O(lines x years)."""
    colonnes = [(0,) * len(horizon.annees), *(ligne.cents for ligne in build_lignes_constantes(modele, horizon))]
    personnel = []
    for rang, effectif in enumerate(modele.personnel):
        if effectif.productivite is None:
            colonnes.append(horizon.personnel.round_cents((effectif.etp_impose or 0) * effectif.cout_etp))
        else:
            pas = effectif.productivite * effectif.pas
            cout_pas = horizon.personnel.scale(effectif.pas * effectif.cout_etp)
            personnel.append(_Personnel(rang, pas.numerator, pas.denominator, cout_pas))
    return Totaux(
        constantes=_sum(colonnes),
        adhesion=horizon.autres.scale(modele.cout_adhesion) if modele.cout_adhesion else None,
        personnel=tuple(personnel),
        unitaires=tuple((acte, horizon.autres.scale(prix)) for acte, prix in modele.couts_unitaires.items()),
        part_epci=modele.part_epci,
        connus={},
    )


def _count_pas(personnel: _Personnel, charge: Exact) -> int:
    """Steps of staff that hold the workload."""
    return -(-charge.numerator * personnel.bas // (charge.denominator * personnel.haut))


def _sum(colonnes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*colonnes, strict=True)))
