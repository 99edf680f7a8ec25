"""What pages read of dossiers: everything starts from what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import ELUS
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.diagnostic.enums import NatureFlux
from communaccord.plateforme.diagnostic.models import Flux
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.models import (
    BaseFinanciere,
    ChangementMaire,
    ClausesScenario,
    CoutOublie,
    CritereService,
    DonneesCommune,
    Dossier,
    EffectifEmployeur,
    EffetCommune,
    Gel,
    HistoriqueDossier,
    PieceForme,
    ReponsesForme,
    Scenario,
    SuiviForme,
    Volet,
)
from communaccord.plateforme.dossiers.rules import LISENT_LES_BROUILLONS
from communaccord.plateforme.projet.models import Objectif
from communaccord.plateforme.territoires.models import CommuneMembre

LONGS = ("annees", "explication")


def list_dossiers(acteur: Acteur) -> QuerySet[Dossier]:
    """Dossiers that this actor reads, with the number of scenarios shown and of communes that gave their figures."""
    shown = Q(scenarios__fige_le__isnull=False) & (
        Q(scenarios__remplacement__isnull=True) | Q(scenarios__remplacement__fige_le__isnull=True)
    )
    return (
        Dossier.objects.visible_to(acteur)
        .with_porteur()
        .annotate(
            nombre_scenarios=Count("scenarios", filter=shown, distinct=True),
            nombre_donnees=Count("donnees", distinct=True),
        )
    )


def find_dossier(acteur: Acteur, pk: int) -> Dossier | None:
    return Dossier.objects.visible_to(acteur).with_porteur().filter(pk=pk).first()


def list_objectifs(dossier: Dossier) -> list[Objectif]:
    """The objectifs of the projet de territoire that this dossier serves, in the order of the plan: one query."""
    rows = dossier.objectifs.select_related("orientation")
    return list(rows.order_by("orientation__rang", "orientation_id", "rang", "pk"))


def list_dossiers_et_objectifs(acteur: Acteur) -> list[Dossier]:
    """Dossiers whose words this actor reads, without those withdrawn, each with its objectifs: two queries."""
    rows = Dossier.objects.presented_to(acteur).exclude(etat=EtatDossier.RETIRE)
    return list(rows.prefetch_related("objectifs"))


def list_scenarios(acteur: Acteur, dossier: Dossier) -> list[Scenario]:
    """The scenarios shown: frozen, last frozen version of each, in order."""
    return list(Scenario.objects.visible_to(acteur).filter(dossier=dossier).frozen().with_gel())


def list_brouillons(acteur: Acteur, dossier: Dossier) -> list[Scenario]:
    """Drafts, for those who prepare only: nobody else sees one, and no query is made for them."""
    if acteur.role not in LISENT_LES_BROUILLONS:
        return []
    return list(
        Scenario.objects.visible_to(acteur).filter(dossier=dossier, fige_le__isnull=True).select_related("remplace")
    )


def find_scenario(acteur: Acteur, dossier: Dossier, pk: int) -> Scenario | None:
    """A scenario of this dossier, with the summary of its result when it is frozen."""
    rows = Scenario.objects.visible_to(acteur).filter(dossier=dossier)
    return (
        rows.select_related("dossier__demarche", "gel", "remplacement")
        .defer("gel__entree", "gel__resultat")
        .filter(pk=pk)
        .first()
    )


def list_effets(acteur: Acteur, scenarios: Iterable[Scenario]) -> dict[int, list[EffetCommune]]:
    """Effects by scenario, in the order of the communes, without their long parts: one query."""
    kept = list(scenarios)
    found: dict[int, list[EffetCommune]] = {scenario.pk: [] for scenario in kept}
    if kept:
        rows = EffetCommune.objects.visible_to(acteur).filter(scenario__in=[s.pk for s in kept])
        for effet in rows.select_related("commune").defer(*LONGS):
            found[effet.scenario_id].append(effet)
    return found


def list_effets_complets(acteur: Acteur, scenario: Scenario) -> list[EffetCommune]:
    """Every effect that the actor reads, with its years: for a file."""
    rows = EffetCommune.objects.visible_to(acteur).filter(scenario=scenario)
    return list(rows.select_related("commune").defer("explication"))


def find_effet(acteur: Acteur, scenario: Scenario, commune_id: int) -> EffetCommune | None:
    """The effect on one commune, with its years and the formula."""
    rows = EffetCommune.objects.visible_to(acteur).filter(scenario=scenario, commune_id=commune_id)
    return rows.select_related("commune").first()


def list_effets_de_commune(acteur: Acteur, scenarios: Iterable[Scenario], commune_id: int) -> dict[int, EffetCommune]:
    """The effect of each scenario on one commune, with the years: one query."""
    rows = EffetCommune.objects.visible_to(acteur).filter(scenario__in=[s.pk for s in scenarios], commune_id=commune_id)
    return {effet.scenario_id: effet for effet in rows.select_related("commune")}


def list_contributions(scenarios: Iterable[int]) -> dict[int, dict[str, int]]:
    """What every commune pays, by scenario then by code: weights of a sharing, never shown. One query."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in scenarios}
    if found:
        rows = EffetCommune.objects.filter(scenario__in=found, participe=True)
        for pk, code, contribution in rows.values_list("scenario_id", "commune__code", "contribution"):
            found[pk][code] = contribution
    return found


def list_historique(acteur: Acteur, dossier: Dossier) -> list[HistoriqueDossier]:
    return list(HistoriqueDossier.objects.visible_to(acteur).filter(dossier=dossier))


def list_communes(acteur: Acteur) -> list[CommuneMembre]:
    return list(CommuneMembre.objects.visible_to(acteur))


def find_commune(acteur: Acteur, pk: int) -> CommuneMembre | None:
    return CommuneMembre.objects.visible_to(acteur).filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class LigneChiffres:
    """A commune and the figures it gave for a dossier, None when it gave none."""

    commune: CommuneMembre
    donnees: DonneesCommune | None


def list_chiffres(acteur: Acteur, dossier: Dossier) -> list[LigneChiffres]:
    """Every commune, with its figures as far as the actor sees them: two queries."""
    by_commune = {d.commune_id: d for d in DonneesCommune.objects.visible_to(acteur).filter(dossier=dossier)}
    return [LigneChiffres(commune, by_commune.get(commune.pk)) for commune in list_communes(acteur)]


def find_chiffres(acteur: Acteur, dossier: Dossier, commune: CommuneMembre) -> DonneesCommune | None:
    return DonneesCommune.objects.visible_to(acteur).filter(dossier=dossier, commune=commune).first()


def list_valeurs(acteur: Acteur, dossier: Dossier) -> dict[str, dict]:
    """Figures given so far, by code of commune."""
    rows = DonneesCommune.objects.visible_to(acteur).filter(dossier=dossier).select_related("commune")
    return {donnees.commune.code: donnees.valeurs for donnees in rows}


def list_porteurs(acteur: Acteur) -> list[Mandat]:
    """Élus who may carry a dossier, by role then by name."""
    rows = Mandat.objects.visible_to(acteur).filter(role__in=ELUS, fin__isnull=True)
    return list(rows.select_related("personne", "commune").order_by("role", "personne__nom"))


def find_reponses(acteur: Acteur, dossier: Dossier) -> ReponsesForme | None:
    """What was answered to the advisor of forms."""
    return ReponsesForme.objects.visible_to(acteur).filter(dossier=dossier).first()


def find_suivi(acteur: Acteur, dossier: Dossier, forme: str) -> SuiviForme | None:
    """The follow-up of the acts of one form."""
    return SuiviForme.objects.visible_to(acteur).filter(dossier=dossier, forme=forme).first()


def list_pieces(acteur: Acteur, suivi: SuiviForme | None) -> list[PieceForme]:
    """The acts recorded: one query, none without a follow-up."""
    if suivi is None:
        return []
    return list(PieceForme.objects.visible_to(acteur).filter(suivi=suivi).select_related("commune"))


def list_communes_parties(acteur: Acteur, dossier: Dossier, forme: str) -> list[CommuneMembre]:
    """The communes that take part in a frozen scenario of this form; every commune while there is none: two queries."""
    scenarios = Scenario.objects.visible_to(acteur).filter(dossier=dossier, forme=forme).frozen()
    communes = CommuneMembre.objects.visible_to(acteur)
    parties = list(communes.filter(effets__scenario__in=scenarios, effets__participe=True).distinct())
    return parties or list(communes)


def find_base(acteur: Acteur) -> BaseFinanciere | None:
    """The amounts on which the orders of magnitude are computed."""
    return BaseFinanciere.objects.visible_to(acteur).first()


@dataclass(slots=True)
class Profondeur:
    """What one scenario says beyond its figures."""

    criteres: list[CritereService] = field(default_factory=list)
    changements: list[ChangementMaire] = field(default_factory=list)
    effectifs: list[EffectifEmployeur] = field(default_factory=list)
    couts: list[CoutOublie] = field(default_factory=list)
    clauses: ClausesScenario | None = None


def list_attributions(acteur: Acteur) -> dict[int, int]:
    """Attribution de compensation of the communes whose flows this actor reads, in cents; negative: paid to the EPCI.

    That of the last campaign that tells one; a commune of which none is told is left out. One query.
    """
    rows = Flux.objects.visible_to(acteur).counted().filter(nature=NatureFlux.AC, montant__isnull=False)
    found: dict[int, dict[int, int]] = {}
    for campagne, payeur, receveur, montant in rows.values_list(
        "campagne_id", "porteur_id", "beneficiaire_id", "montant"
    ):
        by_commune = found.setdefault(campagne, {})
        for commune, signe in ((receveur, 1), (payeur, -1)):
            if commune is not None:
                by_commune[commune] = by_commune.get(commune, 0) + signe * montant
    return found[max(found)] if found else {}


def list_profondeurs(acteur: Acteur, scenarios: Iterable[Scenario]) -> dict[int, Profondeur]:
    """By scenario, everything that was said: five queries whatever their number."""
    found = {scenario.pk: Profondeur() for scenario in scenarios}
    for row in CritereService.objects.visible_to(acteur).filter(scenario__in=found):
        found[row.scenario_id].criteres.append(row)
    for row in ChangementMaire.objects.visible_to(acteur).filter(scenario__in=found):
        found[row.scenario_id].changements.append(row)
    for row in list_effectifs(acteur, found):
        found[row.scenario_id].effectifs.append(row)
    for row in list_couts(acteur, found):
        found[row.scenario_id].couts.append(row)
    for row in ClausesScenario.objects.visible_to(acteur).filter(scenario__in=found):
        found[row.scenario_id].clauses = row
    return found


def list_effectifs(acteur: Acteur, scenarios: Iterable[int]) -> list[EffectifEmployeur]:
    """Staff by employer, the EPCI first: one query."""
    rows = EffectifEmployeur.objects.visible_to(acteur).filter(scenario__in=scenarios)
    return list(rows.select_related("commune"))


def list_couts(acteur: Acteur, scenarios: Iterable[int]) -> list[CoutOublie]:
    """The costs that are told: one query."""
    return list(CoutOublie.objects.visible_to(acteur).filter(scenario__in=scenarios).select_related("commune"))


def find_clauses(acteur: Acteur, scenario: Scenario) -> ClausesScenario | None:
    return ClausesScenario.objects.visible_to(acteur).filter(scenario=scenario).first()


def list_volets(acteur: Acteur, scenario: Scenario) -> dict[str, Volet]:
    """Who wrote each part last."""
    return {volet.nom: volet for volet in Volet.objects.visible_to(acteur).filter(scenario=scenario)}


def read_resultats(scenarios: Iterable[Scenario]) -> dict[int, str]:
    """``read_resultat`` of several scenarios, by scenario: one query."""
    return dict(Gel.objects.filter(scenario__in=[s.pk for s in scenarios]).values_list("scenario_id", "resultat"))


def read_resultat(scenario: Scenario) -> str:
    """The frozen result of a scenario that the actor was given: its years, every commune. One query."""
    return Gel.objects.values_list("resultat", flat=True).get(scenario=scenario)
