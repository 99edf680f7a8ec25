"""Lines of cost: what each costs each year, with the formula that gives it."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.bases import Agregats
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.indices import Indices, build_indices, compute_indices
from communaccord.noyau.partage.modele import Effectif, ModeleCout, PartEpci
from communaccord.noyau.partage.resultats import Facteur, Famille, Ligne, Poste


class Horizon(NamedTuple):
    """Years and their indexation factors, computed once for all perimeters."""

    annees: tuple[int, ...]
    personnel: Indices
    autres: Indices


def build_horizon(modele: ModeleCout, annees: Sequence[int]) -> Horizon:
    if not annees or any(b <= a for a, b in pairwise(annees)):
        raise DonneeInvalide("Les années ne se suivent pas.", "Donnez au moins une année, dans l'ordre.")
    index = modele.indexation
    return Horizon(
        annees=tuple(annees),
        personnel=compute_indices(index.personnel, index.annee_base, annees),
        autres=compute_indices(index.autres, index.annee_base, annees),
    )


def build_lignes_constantes(modele: ModeleCout, horizon: Horizon) -> list[Ligne]:
    """Lines that do not depend on the perimeter: fixed costs, set-up, grants."""
    lignes = [
        Ligne(
            Famille.FIXE,
            fixe.libelle,
            (Facteur(fixe.libelle, fixe.montant, "centimes"),),
            horizon.autres.facteurs,
            horizon.autres.round_cents(fixe.montant),
        )
        for fixe in modele.couts_fixes
    ]
    formule: tuple[Facteur, ...]
    for mise in modele.mises_en_place:
        rangs = [annee - mise.debut for annee in horizon.annees]
        formule = (Facteur(mise.libelle, mise.montant, "centimes"), Facteur("Étalement", Fraction(1, mise.duree)))
        cents = tuple((mise.montant + mise.duree - 1 - r) // mise.duree if 0 <= r < mise.duree else 0 for r in rangs)
        termes = tuple(int(0 <= rang < mise.duree) for rang in rangs)
        lignes.append(Ligne(Famille.MISE_EN_PLACE, mise.libelle, formule, termes, cents))
    for aide in modele.subventions:
        termes = tuple(int(annee in aide.annees) for annee in horizon.annees)
        formule = (Facteur(aide.libelle, -aide.montant, "centimes"),)
        cents = tuple(-aide.montant * terme for terme in termes)
        lignes.append(Ligne(Famille.SUBVENTION, aide.libelle, formule, termes, cents))
    return lignes


def build_lignes_variables(
    modele: ModeleCout, horizon: Horizon, agregats: Agregats, postes: Sequence[Poste]
) -> list[Ligne]:
    """Lines that read the perimeter: staff, unit costs, membership."""
    lignes = []
    for effectif, poste in zip(modele.personnel, postes, strict=True):
        formule = (Facteur("Effectif", poste.etp, "ETP"), Facteur("Coût d'un ETP", effectif.cout_etp, "centimes"))
        cents = horizon.personnel.round_cents(poste.etp * effectif.cout_etp)
        lignes.append(Ligne(Famille.PERSONNEL, effectif.libelle, formule, horizon.personnel.facteurs, cents))
    for acte, prix in sorted(modele.couts_unitaires.items()):
        volume = agregats.volumes.get(acte, 0)
        formule = (Facteur("Volume", volume, "actes"), Facteur("Coût d'un acte", prix, "centimes"))
        cents = horizon.autres.round_cents(volume * prix)
        lignes.append(Ligne(Famille.UNITAIRE, acte, formule, horizon.autres.facteurs, cents))
    if modele.cout_adhesion:
        formule = (
            Facteur("Communes", agregats.nombre),
            Facteur("Coût d'une adhésion", modele.cout_adhesion, "centimes"),
        )
        cents = horizon.autres.round_cents(agregats.nombre * modele.cout_adhesion)
        lignes.append(Ligne(Famille.ADHESION, Famille.ADHESION.value, formule, horizon.autres.facteurs, cents))
    return lignes


def build_poste(effectif: Effectif, charge: Exact) -> Poste:
    """Posts of one kind: imposed, or workload over productivity rounded up to the step."""
    if effectif.productivite is None:
        impose = Fraction(effectif.etp_impose or 0)
        return Poste(effectif.libelle, None, None, effectif.pas, impose)
    pas_charge = effectif.productivite * effectif.pas
    nombre_pas = -(-charge.numerator * pas_charge.denominator // (charge.denominator * pas_charge.numerator))
    return Poste(effectif.libelle, charge, effectif.productivite, effectif.pas, nombre_pas * effectif.pas)


def build_lignes_epci(part: PartEpci, nets: Sequence[int]) -> list[Ligne]:
    """Part of the EPCI: a rate of the net cost, then an amount, never more than what is left."""
    lignes = []
    formule: tuple[Facteur, ...]
    restes = list(nets)
    if part.taux:
        cents = tuple(-c for c in build_indices(nets).round_cents(part.taux))
        formule = (Facteur("Taux pris par l'EPCI", -part.taux),)
        lignes.append(Ligne(Famille.PART_EPCI, "Part de l'EPCI, en proportion", formule, tuple(nets), cents))
        restes = [net + c for net, c in zip(nets, cents, strict=True)]
    if part.montant:
        cents = tuple(-min(part.montant, reste) for reste in restes)
        formule = (Facteur("Montant pris par l'EPCI", -part.montant, "centimes"),)
        termes = tuple(Fraction(-c, part.montant) for c in cents)
        lignes.append(Ligne(Famille.PART_EPCI, "Part de l'EPCI, forfaitaire", formule, termes, cents))
    return lignes
