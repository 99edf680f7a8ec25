"""The costs often forgotten as one commune reads them, beside its contribution of the year of reference."""

from collections.abc import Iterable, Mapping

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.models.profondeur import EtatCout
from communaccord.plateforme.dossiers.pages.annee import compute_annee
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.queries import list_contributions, list_couts
from communaccord.plateforme.socle.typographie import prose

PAS_CHIFFRES = "coûts souvent oubliés : pas encore chiffrés"
# By scenario, cents of one commune; a scenario of which no forgotten cost is told is left out.
Oublies = Mapping[int, int]


def read_oublies(acteur: Acteur, scenarios: Iterable[Scenario], code: str) -> dict[int, int]:
    """What the commune of this code would bear, by scenario: two queries."""
    kept = list(scenarios)
    couts: dict[int, list] = {}
    for cout in list_couts(acteur, [s.pk for s in kept]):
        if cout.etat == EtatCout.CHIFFRE:
            couts.setdefault(cout.scenario_id, []).append(cout)
    contributions = list_contributions(couts)
    return {
        s.pk: compute_annee(s.gel, contributions[s.pk], couts[s.pk]).get_oublie(code) for s in kept if s.pk in couts
    }


def compute_total(effet: EffetCommune, oublie: int) -> int:
    """Contribution and forgotten costs of the year, exact."""
    return (effet.contribution or 0) + oublie


def write_ligne(effet: EffetCommune, oublie: int | None, plume: Plume) -> str:
    """``avec les coûts souvent oubliés : 11 700 €, écart +4 300 €``; what is not told says so; nothing when nil."""
    if oublie is None:
        return prose(PAS_CHIFFRES)
    if not oublie:
        return ""
    total = compute_total(effet, oublie)
    ecart = plume.subtract(total, effet.depense)
    suite = "" if ecart is None else f", écart {plume.write_ecart(ecart)}"
    return prose(f"avec les coûts souvent oubliés : {plume.write(total)}{suite}")
