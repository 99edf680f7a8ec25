"""The cost to share without its lines, in integers: for the many perimeters of the costs alone and of the ranges.

Same figures as :func:`compute_cout`, cent for cent: each line is rounded alone, and the lines are summed.
"""

from typing import NamedTuple

from communaccord.noyau.partage.bases import Agregats
from communaccord.noyau.partage.erreurs import Impossible
from communaccord.noyau.partage.indices import Indices
from communaccord.noyau.partage.lignes import Horizon, build_lignes_constantes, build_lignes_epci
from communaccord.noyau.partage.modele import ModeleCout, PartEpci


class _Personnel(NamedTuple):
    """Staff of one kind that follows the workload: one step holds `haut / bas`; `connus`: cost of each number of steps
    already met.
    """

    rang: int
    haut: int
    bas: int
    cout_pas: Indices
    connus: dict[int, tuple[int, ...]]


class Totaux(NamedTuple):
    """A model read once for all perimeters: what is constant, and the cents of one unit of each aggregate."""

    constantes: tuple[int, ...]
    adhesion: Indices | None
    personnel: tuple[_Personnel, ...]
    unitaires: tuple[tuple[str, Indices], ...]
    part_epci: PartEpci

    def compute(self, agregats: Agregats) -> tuple[int, ...]:
        """Return `compute_cout(...).a_repartir` of the perimeter. Errors: as `compute_cout`. O(lines x years)."""
        colonnes = [self.constantes]
        if self.adhesion is not None:
            colonnes.append(self.adhesion.round_cents(agregats.nombre))
        colonnes += [_compute_personnel(personnel, agregats) for personnel in self.personnel]
        colonnes += [prix.round_cents(agregats.volumes[acte]) for acte, prix in self.unitaires]
        nets = [max(0, sum(annee)) for annee in zip(*colonnes, strict=True)]
        for ligne in build_lignes_epci(self.part_epci, nets):
            nets = [net + cents for net, cents in zip(nets, ligne.cents, strict=True)]
        return tuple(nets)


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
            personnel.append(_Personnel(rang, pas.numerator, pas.denominator, cout_pas, {}))
    return Totaux(
        constantes=tuple(map(sum, zip(*colonnes, strict=True))),
        adhesion=horizon.autres.scale(modele.cout_adhesion) if modele.cout_adhesion else None,
        personnel=tuple(personnel),
        unitaires=tuple((acte, horizon.autres.scale(prix)) for acte, prix in modele.couts_unitaires.items()),
        part_epci=modele.part_epci,
    )


def _compute_personnel(personnel: _Personnel, agregats: Agregats) -> tuple[int, ...]:
    charge = agregats.charges[personnel.rang]
    if charge is None:
        raise Impossible("La charge de travail est inconnue.", "Saisissez les volumes d'actes.")
    nombre = -(-charge.numerator * personnel.bas // (charge.denominator * personnel.haut))
    if nombre not in personnel.connus:
        personnel.connus[nombre] = personnel.cout_pas.round_cents(nombre)
    return personnel.connus[nombre]
