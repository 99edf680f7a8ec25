"""Cost of the pooled service for any perimeter: one definition, read by the shares, the cost alone and the marginal
cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.charge import check_connus, compute_charges
from communaccord.noyau.partage.erreurs import DonneeInvalide, Impossible
from communaccord.noyau.partage.indices import Indices, build_indices, compute_indices
from communaccord.noyau.partage.modele import Effectif, Membre, ModeleCout, PartEpci
from communaccord.noyau.partage.resultats import Cout, Facteur, Famille, Ligne, Poste


class _Horizon(NamedTuple):
    """Years and their indexation factors, computed once for all perimeters."""

    annees: tuple[int, ...]
    personnel: Indices
    autres: Indices


class _Agregats(NamedTuple):
    """What the cost reads of a perimeter: number of members, workload of each kind of staff, volumes by type."""

    nombre: int
    charges: tuple[Exact | None, ...]
    volumes: Mapping[str, Exact]


def compute_cout(modele: ModeleCout, membres: Sequence[Membre], annees: Sequence[int]) -> Cout:
    """Return the cost of the service for the perimeter `membres`, year by year, line by line, in cents.

    Each line is rounded to the cent, and the cost is the sum of its lines: what is printed adds up. `annees` ascend.
    Errors: `DonneeInvalide` for an empty perimeter, a code met twice, years that do not ascend; `Impossible` when a
    workload or a volume the model reads is unknown. Complexity: O((members + lines) x years). Source: moteur.md part
    1; what a unit cost may hold: D5211-16 (regles.md R-5.3).
    """
    check_perimetre(membres)
    horizon = _build_horizon(modele, annees)
    agregats = _aggregate(modele, membres)
    return _compute(modele, horizon, agregats, _lignes_constantes(modele, horizon), tuple(m.code for m in membres))


def build_modele_seul(modele: ModeleCout, membres: Sequence[Membre]) -> ModeleCout | None:
    """Return the model of the same service run by one commune alone: no membership cost, no grant, no part of the
    EPCI.

    Posts imposed for the perimeter `membres` become the productivity they imply (workload / posts). Any field may then
    be changed with `dataclasses.replace` (a cheaper licence, a smaller step...). None when the cost alone cannot be
    deduced: posts imposed, and a workload unknown or nil. Complexity: O(members x types).
    """
    personnel: list[Effectif] = []
    for effectif in modele.personnel:
        if not effectif.etp_impose:
            personnel.append(effectif)
            continue
        charges = compute_charges(membres, effectif.bareme)
        total = sum(charge for charge in charges if charge is not None)
        if None in charges or not total:
            return None
        personnel.append(replace(effectif, etp_impose=None, productivite=Fraction(total) / effectif.etp_impose))
    return replace(modele, personnel=tuple(personnel), cout_adhesion=0, subventions=(), part_epci=PartEpci())


def compute_couts_seuls(
    modele: ModeleCout, membres: Sequence[Membre], annees: Sequence[int], modele_seul: ModeleCout | None = None
) -> dict[str, tuple[int, ...] | None]:
    """Return, by code, the cents a year each commune would pay alone for the same service; None when it is unknown.

    `modele_seul` defaults to `build_modele_seul(modele, membres)`; the figure is exactly `compute_cout(modele_seul,
    (membre,), annees).a_repartir`. An amount given by the commune (`Membre.cout_seul`, indexed as other costs)
    replaces it. Errors: those of `compute_cout`. Complexity: O(members x lines x years).
    """
    check_perimetre(membres)
    if modele_seul is None:
        modele_seul = build_modele_seul(modele, membres)
    horizon = _build_horizon(modele_seul or modele, annees)
    couts: dict[str, tuple[int, ...] | None] = {membre.code: None for membre in membres}
    if modele_seul is not None:
        constantes = _lignes_constantes(modele_seul, horizon)
        for membre, charges in zip(membres, _charges_par_membre(modele_seul, membres), strict=True):
            if membre.volumes is not None or not _reads_volumes(modele_seul):
                agregats = _Agregats(1, charges, membre.volumes or {})
                couts[membre.code] = _compute(modele_seul, horizon, agregats, constantes, (membre.code,)).a_repartir
    for membre in membres:
        if membre.cout_seul is not None:
            couts[membre.code] = horizon.autres.round_cents(membre.cout_seul)
    return couts


def compute_cout_marginal(
    modele: ModeleCout, membres: Sequence[Membre], code: str, annees: Sequence[int]
) -> tuple[int, ...]:
    """Return what the presence of one commune adds to the cost to share: cost with it minus cost without it, cents a
    year.

    It is what the others would no longer have to find, or would still have to bear, if it left. The last member adds
    the whole cost. Errors: `DonneeInvalide` for a code out of the perimeter, and those of `compute_cout`. Complexity:
    two costs.
    """
    restants = [membre for membre in membres if membre.code != code]
    if len(restants) == len(membres):
        raise DonneeInvalide(
            f"La commune « {code} » ne fait pas partie du périmètre.", "Choisissez une commune du périmètre."
        )
    avec = compute_cout(modele, membres, annees).a_repartir
    if not restants:
        return avec
    sans = compute_cout(modele, restants, annees).a_repartir
    return tuple(a - b for a, b in zip(avec, sans, strict=True))


def check_perimetre(membres: Sequence[Membre]) -> None:
    """Refuse, with `DonneeInvalide`, an empty perimeter or a code met twice. O(n)."""
    if not membres:
        raise DonneeInvalide("Le périmètre ne compte aucune commune.", "Choisissez au moins une commune.")
    codes = [membre.code for membre in membres]
    if len(set(codes)) < len(codes):
        doubles = sorted({code for code in codes if codes.count(code) > 1})
        raise DonneeInvalide(
            f"Code présent deux fois dans le périmètre : {', '.join(doubles)}.", "Retirez la ligne en double."
        )


def _build_horizon(modele: ModeleCout, annees: Sequence[int]) -> _Horizon:
    if not annees or any(b <= a for a, b in pairwise(annees)):
        raise DonneeInvalide("Les années ne se suivent pas.", "Donnez au moins une année, dans l'ordre.")
    index = modele.indexation
    return _Horizon(
        annees=tuple(annees),
        personnel=compute_indices(index.personnel, index.annee_base, annees),
        autres=compute_indices(index.autres, index.annee_base, annees),
    )


def _reads_volumes(modele: ModeleCout) -> bool:
    return bool(modele.couts_unitaires) or any(effectif.productivite is not None for effectif in modele.personnel)


def _charges_par_membre(modele: ModeleCout, membres: Sequence[Membre]) -> list[tuple[Exact | None, ...]]:
    """Workload of each member for each kind of staff; None when it is unknown or when the posts are imposed."""
    inconnues: list[Exact | None] = [None] * len(membres)
    charges = [
        inconnues if effectif.productivite is None else compute_charges(membres, effectif.bareme)
        for effectif in modele.personnel
    ]
    return [tuple(charge[rang] for charge in charges) for rang in range(len(membres))]


def _aggregate(modele: ModeleCout, membres: Sequence[Membre]) -> _Agregats:
    """Sum what the model reads; what it does not read may stay unknown."""
    par_membre = _charges_par_membre(modele, membres)
    charges = tuple(
        None
        if effectif.productivite is None
        else sum(check_connus([charge[rang] for charge in par_membre], membres, "volumes d'actes"))
        for rang, effectif in enumerate(modele.personnel)
    )
    volumes = {}
    for acte in modele.couts_unitaires:
        propres = [None if membre.volumes is None else membre.volumes.get(acte, 0) for membre in membres]
        volumes[acte] = sum(check_connus(propres, membres, f"volume « {acte} »"))
    return _Agregats(len(membres), charges, volumes)


def _compute(
    modele: ModeleCout, horizon: _Horizon, agregats: _Agregats, constantes: Sequence[Ligne], codes: tuple[str, ...]
) -> Cout:
    """Sum the lines of a perimeter, then take off the part of the EPCI."""
    postes = tuple(_build_poste(e, c) for e, c in zip(modele.personnel, agregats.charges, strict=True))
    lignes = [*_lignes_variables(modele, horizon, agregats, postes), *constantes]
    bruts = [sum(annee) for annee in zip(*(ligne.cents for ligne in lignes), strict=True)] or [0] * len(horizon.annees)
    nets = [max(0, brut) for brut in bruts]
    for ligne in _lignes_epci(modele.part_epci, nets):
        lignes.append(ligne)
        nets = [net + cents for net, cents in zip(nets, ligne.cents, strict=True)]
    excedent = tuple([max(0, -brut) for brut in bruts])
    avertissements = [
        f"En {annee}, les subventions dépassent le coût : l'EPCI garde l'excédent, les communes ne paient rien."
        for annee, montant in zip(horizon.annees, excedent, strict=True)
        if montant
    ]
    return Cout(horizon.annees, codes, tuple(lignes), postes, tuple(nets), excedent, tuple(avertissements))


def _lignes_constantes(modele: ModeleCout, horizon: _Horizon) -> list[Ligne]:
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


def _lignes_variables(
    modele: ModeleCout, horizon: _Horizon, agregats: _Agregats, postes: Sequence[Poste]
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


def _build_poste(effectif: Effectif, charge: Exact | None) -> Poste:
    """Posts of one kind: imposed, or workload over productivity rounded up to the step."""
    if effectif.productivite is None:
        impose = Fraction(effectif.etp_impose or 0)
        return Poste(effectif.libelle, None, None, effectif.pas, impose)
    if charge is None:
        raise Impossible(f"{effectif.libelle} : la charge de travail est inconnue.", "Saisissez les volumes d'actes.")
    pas_charge = effectif.productivite * effectif.pas
    nombre_pas = -(-charge.numerator * pas_charge.denominator // (charge.denominator * pas_charge.numerator))
    return Poste(effectif.libelle, charge, effectif.productivite, effectif.pas, nombre_pas * effectif.pas)


def _lignes_epci(part: PartEpci, nets: Sequence[int]) -> list[Ligne]:
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
