"""A frozen scenario as the engine of accords reads it."""

from collections.abc import Iterable
from fractions import Fraction

from communaccord.noyau.accord import Engagement, Offre, OffreCommune
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario

POINTS_DE_BASE = 10_000


class ScenarioNonFige(ValueError):
    """An offer is made of frozen figures only."""


def get_identifiant(scenario_id: int) -> str:
    """The identifier of a scenario in the engine."""
    return f"scenario-{scenario_id}"


def build_offre(scenario: Scenario) -> Offre:
    """The offer of one frozen scenario: two queries at most. Errors: ScenarioNonFige."""
    return build_offres([scenario])[0]


def build_offres(scenarios: Iterable[Scenario]) -> list[Offre]:
    """Offers in the order given: the effects of all of them are read in one query, their summaries in another."""
    kept = list(scenarios)
    keys = [scenario.pk for scenario in kept]
    rows = {scenario.pk: scenario for scenario in Scenario.objects.filter(pk__in=keys).with_gel()}
    effets: dict[int, list[EffetCommune]] = {pk: [] for pk in keys}
    read = EffetCommune.objects.filter(scenario__in=keys).select_related("commune").defer("explication")
    for effet in read:
        effets[effet.scenario_id].append(effet)
    return [assemble_offre(rows[pk], effets[pk]) for pk in keys]


def assemble_offre(scenario: Scenario, effets: Iterable[EffetCommune]) -> Offre:
    if not scenario.est_fige:
        raise ScenarioNonFige("Ce scénario n'est pas figé : figez-le avant de le soumettre à un tour.")
    gel = scenario.gel
    return Offre(
        identifiant=get_identifiant(scenario.pk),
        annee_debut=gel.annee_debut,
        communes={effet.commune.code: build_offre_commune(effet) for effet in effets},
        engagements=frozenset(Engagement(code) for code in scenario.engagements),
        hausse_max=None if scenario.hausse_max is None else Fraction(scenario.hausse_max, POINTS_DE_BASE),
        annee_croisiere=gel.annee_reference,
        libelle=scenario.libelle,
    )


def build_offre_commune(effet: EffetCommune) -> OffreCommune:
    """What the commune pays and what it saves each year; its gain is unknown as long as its spending is."""
    if not effet.participe:
        return OffreCommune(participe=False)
    gains = None
    if effet.depense is not None:
        gains = {annuel["annee"]: annuel["depense"] - annuel["contribution"] for annuel in effet.annees}
    return OffreCommune(
        participe=True,
        contributions={annuel["annee"]: annuel["contribution"] for annuel in effet.annees},
        gains=gains,
    )
