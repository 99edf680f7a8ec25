"""The costs often forgotten, added to the years of a frozen scenario, each to whoever bears it: exact to the cent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communaccord.plateforme.dossiers.bridge.budget import BudgetFige, share_montant
from communaccord.plateforme.dossiers.models import CoutOublie
from communaccord.plateforme.dossiers.models.profondeur import EtatCout, PorteurCout, PosteOublie, Rythme

PART_EPCI = "Part de l'EPCI"


@dataclass(frozen=True, slots=True)
class Budget:
    """Cents by year. ``oublies``: forgotten costs borne by each commune (code); ``oublies_epci``: by the EPCI.

    ``hors``: costs paid in a year that the scenario does not count. ``nominatif``: one commune bears a cost alone, so
    that the sum of these costs would tell its amount.
    """

    fige: BudgetFige
    oublies: Mapping[str, tuple[int, ...]]
    oublies_epci: tuple[int, ...]
    hors: tuple[str, ...]
    nominatif: bool

    def sum_contributions(self, rang: int) -> int:
        return sum(annees[rang].contribution for annees in self.fige.communes.values())

    def sum_oublies(self, rang: int) -> int:
        return sum(annees[rang] for annees in self.oublies.values())


def compute_budget(fige: BudgetFige, couts: Iterable[CoutOublie]) -> Budget:
    """Add the forgotten costs that are told to the years of the scenario, each to whoever bears it."""
    oublies = {code: [0] * len(fige.annees) for code in fige.communes}
    epci = [0] * len(fige.annees)
    hors = []
    nominatif = False
    for cout in couts:
        nominatif = nominatif or cout.commune is not None
        if cout.etat != EtatCout.CHIFFRE or cout.montant is None:
            continue
        rangs = list_annees(fige, cout)
        if not rangs:
            hors.append(f"{PosteOublie(cout.poste).label} ({cout.annee})")
        for rang in rangs:
            for code, cents in share_cout(fige, cout, rang).items():
                if code:
                    oublies.setdefault(code, [0] * len(fige.annees))[rang] += cents
                else:
                    epci[rang] += cents
    by_code = {code: tuple(annees) for code, annees in oublies.items()}
    return Budget(fige, by_code, tuple(epci), tuple(hors), nominatif)


def list_annees(fige: BudgetFige, cout: CoutOublie) -> list[int]:
    """The ranks of the years in which a cost is paid."""
    if cout.rythme == Rythme.PAR_AN:
        return list(range(len(fige.annees)))
    annee = cout.annee or fige.annees[0]
    return [fige.annees.index(annee)] if annee in fige.annees else []


def share_cout(fige: BudgetFige, cout: CoutOublie, rang: int) -> dict[str, int]:
    """Who pays what of a cost in one year; the empty code is the EPCI."""
    montant = cout.montant or 0
    if cout.porteur == PorteurCout.EPCI:
        return {"": montant}
    if cout.commune is not None:
        return {cout.commune.code: montant}
    egales = cout.porteur == PorteurCout.PARTS_EGALES
    return share_montant(
        montant, {c: 1 if egales else annees[rang].contribution for c, annees in fige.communes.items()}
    )
