"""Cost of the pooled service for any perimeter: one definition, read by the shares, the cost alone and the marginal
cost.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from communaccord.noyau.partage.bases import Bases, read_bases
from communaccord.noyau.partage.charge import compute_charges
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.lignes import (
    Horizon,
    build_horizon,
    build_lignes_constantes,
    build_lignes_epci,
    build_lignes_variables,
    build_poste,
)
from communaccord.noyau.partage.modele import Effectif, Membre, ModeleCout, PartEpci
from communaccord.noyau.partage.resultats import Cout
from communaccord.noyau.partage.totaux import build_totaux


def compute_cout(modele: ModeleCout, membres: Sequence[Membre], annees: Sequence[int]) -> Cout:
    """Return the cost of the service for the perimeter `membres`, year by year, line by line, in cents.

    Each line is rounded to the cent, and the cost is the sum of its lines: what is printed adds up. `annees` ascend.
    Errors: `DonneeInvalide` for an empty perimeter, a code met twice, years that do not ascend; `Impossible` when a
    workload or a volume the model reads is unknown. Complexity: O((members + lines) x years). Source: the
    terms of `ModeleCout`; what a unit cost may hold: CGCT D5211-16 (R-5.3).
    """
    check_perimetre(membres)
    horizon = build_horizon(modele, annees)
    agregats = read_bases(modele, membres).aggregate(membres)
    postes = tuple(build_poste(e, c) for e, c in zip(modele.personnel, agregats.charges, strict=True))
    lignes = [*build_lignes_variables(modele, horizon, agregats, postes), *build_lignes_constantes(modele, horizon)]
    bruts = [sum(annee) for annee in zip(*(ligne.cents for ligne in lignes), strict=True)] or [0] * len(horizon.annees)
    nets = [max(0, brut) for brut in bruts]
    for ligne in build_lignes_epci(modele.part_epci, nets):
        lignes.append(ligne)
        nets = [net + cents for net, cents in zip(nets, ligne.cents, strict=True)]
    excedent = tuple([max(0, -brut) for brut in bruts])
    avertissements = [
        f"En {annee}, les subventions dépassent le coût : l'EPCI garde l'excédent, les communes ne paient rien."
        for annee, montant in zip(horizon.annees, excedent, strict=True)
        if montant
    ]
    codes = tuple(membre.code for membre in membres)
    return Cout(horizon.annees, codes, tuple(lignes), postes, tuple(nets), excedent, tuple(avertissements))


def build_modele_seul(modele: ModeleCout, membres: Sequence[Membre]) -> ModeleCout | None:
    """Return the model of the same service run by one commune alone: no membership cost, no grant, no part of the
    EPCI.

    Posts imposed for the perimeter `membres` become the productivity they imply (workload / posts). Any field may then
    be changed with `dataclasses.replace` (a cheaper licence, a smaller step...). None when the cost alone cannot be
    deduced: posts imposed, and a workload unknown or nil. Complexity: O(members x types). Source: the terms of
    `ModeleCout`, those of the association left out.
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
    replaces it. Errors: those of `compute_cout`. Complexity: O(members x lines x years). Source: stand-alone cost,
    c({i}) in the vocabulary of cost allocation.
    """
    check_perimetre(membres)
    if modele_seul is None:
        modele_seul = build_modele_seul(modele, membres)
    horizon = build_horizon(modele_seul or modele, annees)
    bases = None if modele_seul is None else read_bases(modele_seul, membres)
    return sum_couts_seuls(modele_seul, bases, membres, horizon)


def sum_couts_seuls(
    modele_seul: ModeleCout | None, bases: Bases | None, membres: Sequence[Membre], horizon: Horizon
) -> dict[str, tuple[int, ...] | None]:
    """Return the costs alone for the figures `bases` of the members, in cents a year (None: no model, or unknown).

    Complexity: O(members x lines x years), in integers.
    """
    totaux = None if modele_seul is None else build_totaux(modele_seul, horizon)
    isoles = [None] * len(membres) if bases is None else bases.isolate()
    couts: dict[str, tuple[int, ...] | None] = {}
    for membre, agregats in zip(membres, isoles, strict=True):
        if membre.cout_seul is not None:
            couts[membre.code] = horizon.autres.round_cents(membre.cout_seul)
        elif totaux is None or agregats is None:
            couts[membre.code] = None
        else:
            couts[membre.code] = totaux.compute(agregats)
    return couts


def compute_cout_marginal(
    modele: ModeleCout, membres: Sequence[Membre], code: str, annees: Sequence[int]
) -> tuple[int, ...]:
    """Return what the presence of one commune adds to the cost to share: cost with it minus cost without it, cents a
    year.

    It is what the others would no longer have to find, or would still have to bear, if it left. The last member adds
    the whole cost. Errors: `DonneeInvalide` for a code out of the perimeter, and those of `compute_cout`. Complexity:
    two costs. Source: marginal cost, c(N) - c(N without i) in the vocabulary of cost allocation.
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
