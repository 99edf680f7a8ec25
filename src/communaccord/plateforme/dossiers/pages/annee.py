"""The year of reference of a frozen scenario beyond its contributions: forgotten costs, what the EPCI spends.

The same computation as the page of the budget (``couts.compute_budget``), on one year and without the long frozen
result: what is told elsewhere than on that page (rapport, kit) equals it to the cent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communaccord.plateforme.dossiers.bridge.budget import AnneeCommune, BudgetFige
from communaccord.plateforme.dossiers.models import CoutOublie, Gel
from communaccord.plateforme.dossiers.models.profondeur import Rythme
from communaccord.plateforme.dossiers.pages.couts import PART_EPCI, compute_budget


@dataclass(frozen=True, slots=True)
class AnneeReference:
    """Cents of the year of reference.

    ``oublies``: forgotten costs borne by each commune, by code, those of zero left out; ``oublies_epci``: by the EPCI.
    ``depense_epci``: all that the EPCI spends, its forgotten costs included, contributions not deducted.
    """

    oublies: Mapping[str, int]
    oublies_epci: int
    depense_epci: int

    def get_oublie(self, code: str) -> int:
        return self.oublies.get(code, 0)


def compute_annee(gel: Gel, contributions: Mapping[str, int], couts: Iterable[CoutOublie]) -> AnneeReference:
    """``contributions``: those of every commune that takes part, by code, in the year of reference.

    Complexity: O(costs x communes).
    """
    annee = gel.annee_reference
    fige = BudgetFige(
        annees=(annee,),
        lignes=(),
        a_repartir=(gel.cout,),
        restes=(0,),
        communes={code: (AnneeCommune(montant, None, None, None, None),) for code, montant in contributions.items()},
    )
    budget = compute_budget(fige, [cout for cout in couts if is_of_annee(gel, cout, annee)])
    oublies = {code: montants[0] for code, montants in budget.oublies.items() if montants[0]}
    depense = sum(cents for famille, _, _, cents in gel.couts if famille != PART_EPCI and cents > 0)
    return AnneeReference(oublies, budget.oublies_epci[0], depense + budget.oublies_epci[0])


def is_of_annee(gel: Gel, cout: CoutOublie, annee: int) -> bool:
    """Whether a cost is paid that year: one paid once and not dated is paid in the first year."""
    return cout.rythme == Rythme.PAR_AN or (cout.annee or gel.annee_debut) == annee
