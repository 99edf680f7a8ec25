"""All that the rapport is made of, read at once: the same rows that feed the pages it must equal."""

from dataclasses import dataclass

from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.models.dossier import PRESENTES
from communaccord.plateforme.instances.models import Instance
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.projet.queries import Arbre, find_cadre, read_plan
from communaccord.plateforme.rapports.models import ChoixAction
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche, PhaseDemarche
from communaccord.plateforme.territoires.queries import list_phases


@dataclass(frozen=True, slots=True)
class ActionSource:
    """A presented dossier: its frozen scenarios, the one retained (None: still to be chosen), its effects."""

    dossier: Dossier
    scenarios: tuple[Scenario, ...]
    scenario: Scenario | None
    effets: tuple[EffetCommune, ...]
    choix: ChoixAction | None

    @property
    def est_retenue(self) -> bool:
        return self.choix is None or self.choix.retenue


@dataclass(frozen=True, slots=True)
class Sources:
    """Rows, not yet words. ``actions``: every presented dossier, retained or not."""

    demarche: Demarche
    communes: tuple[CommuneMembre, ...]
    phases: tuple[PhaseDemarche, ...]
    instances: tuple[Instance, ...]
    arbre: Arbre
    cadre: Cadre | None
    actions: tuple[ActionSource, ...]

    @property
    def retenues(self) -> tuple[ActionSource, ...]:
        return tuple(action for action in self.actions if action.est_retenue)


def read_sources(demarche: Demarche) -> Sources:
    """The matter of the rapport of this démarche, whoever reads: a bounded number of queries."""
    instances = Instance.objects.filter(demarche=demarche, commune__isnull=True, close_le__isnull=True)
    return Sources(
        demarche=demarche,
        communes=tuple(demarche.communes.all()),
        phases=tuple(list_phases(demarche)),
        instances=tuple(instances.order_by("type", "nom", "pk")),
        arbre=read_plan(demarche),
        cadre=find_cadre(demarche),
        actions=read_actions(demarche),
    )


def read_actions(demarche: Demarche) -> tuple[ActionSource, ...]:
    """Presented dossiers by title, with the effects of the scenario retained of each: four queries."""
    dossiers = list(Dossier.objects.filter(demarche=demarche, etat__in=PRESENTES).with_porteur())
    by_dossier: dict[int, list[Scenario]] = {dossier.pk: [] for dossier in dossiers}
    for scenario in Scenario.objects.filter(dossier__in=by_dossier).frozen().with_gel():
        by_dossier[scenario.dossier_id].append(scenario)
    choix = {
        row.dossier_id: row for row in ChoixAction.objects.filter(rapport__demarche=demarche).select_related("scenario")
    }
    retained = {pk: choose_scenario(rows, choix.get(pk)) for pk, rows in by_dossier.items()}
    effets = read_effets([scenario for scenario in retained.values() if scenario])
    return tuple(
        ActionSource(
            dossier=dossier,
            scenarios=tuple(by_dossier[dossier.pk]),
            scenario=(scenario := retained[dossier.pk]),
            effets=tuple(effets.get(scenario.pk, ())) if scenario else (),
            choix=choix.get(dossier.pk),
        )
        for dossier in dossiers
    )


def choose_scenario(scenarios: list[Scenario], choix: ChoixAction | None) -> Scenario | None:
    """The one that people chose, in its last frozen version; without a choice, the only one there is."""
    if choix is not None and choix.scenario_id is not None:
        rang = choix.scenario.rang
        return next((scenario for scenario in scenarios if scenario.rang == rang), None)
    return scenarios[0] if len(scenarios) == 1 else None


def read_effets(scenarios: list[Scenario]) -> dict[int, list[EffetCommune]]:
    """Effects by scenario, in the order of the communes."""
    found: dict[int, list[EffetCommune]] = {scenario.pk: [] for scenario in scenarios}
    rows = EffetCommune.objects.filter(scenario__in=found).select_related("commune").defer("annees", "explication")
    for effet in rows:
        found[effet.scenario_id].append(effet)
    return found
