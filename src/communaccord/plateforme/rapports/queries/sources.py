"""All that the rapport is made of, read at once: the same rows that feed the pages it must equal."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from communaccord.plateforme.diagnostic.calculs.photographie import RIEN_DE_MASQUE, MasquesPhotographie
from communaccord.plateforme.diagnostic.models import Photographie
from communaccord.plateforme.diagnostic.queries.photographies import read_masques, read_photographie
from communaccord.plateforme.dossiers.models import CoutOublie, Dossier, EffectifEmployeur, EffetCommune, Scenario
from communaccord.plateforme.dossiers.models.dossier import PRESENTES
from communaccord.plateforme.instances.models import Instance
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.projet.models.plan import Orientation
from communaccord.plateforme.projet.queries import Arbre, find_cadre, read_plan
from communaccord.plateforme.rapports.models import ChoixAction
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche, PhaseDemarche
from communaccord.plateforme.territoires.queries import list_phases

# Columns that no page of the rapport writes.
LONGS = ("annees", "explication")


@dataclass(frozen=True, slots=True)
class ActionSource:
    """A presented dossier: its frozen scenarios, the one retained (None: still to be chosen), its effects."""

    dossier: Dossier
    scenarios: tuple[Scenario, ...]
    scenario: Scenario | None
    effets: tuple[EffetCommune, ...]
    employeurs: tuple[EffectifEmployeur, ...]
    couts: tuple[CoutOublie, ...]
    choix: ChoixAction | None

    @property
    def est_retenue(self) -> bool:
        return self.choix is None or self.choix.retenue


class Sources:
    """The matter of the rapport of a démarche, whoever reads: each part of it is read once, when it is asked for.

    ``presentes``: which parts of the matter exist, in one query, for a page that shows none of it.
    """

    def __init__(self, demarche: Demarche) -> None:
        self.demarche = demarche

    @cached_property
    def presentes(self) -> frozenset[str]:
        demarche = Demarche.objects.filter(pk=self.demarche.pk).annotate(
            **{nom: Exists(rows.filter(**{lien: OuterRef("pk")})) for nom, (rows, lien) in list_presences().items()}
        )
        row = demarche.values(*list_presences()).get()
        return frozenset(nom for nom, is_there in row.items() if is_there)

    @cached_property
    def communes(self) -> tuple[CommuneMembre, ...]:
        return tuple(self.demarche.communes.all())

    @cached_property
    def phases(self) -> tuple[PhaseDemarche, ...]:
        return tuple(list_phases(self.demarche))

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        rows = list_instances_ouvertes().filter(demarche=self.demarche)
        return tuple(rows.order_by("type", "nom", "pk"))

    @cached_property
    def arbre(self) -> Arbre:
        return read_plan(self.demarche)

    @cached_property
    def cadre(self) -> Cadre | None:
        return find_cadre(self.demarche)

    @cached_property
    def photographie(self) -> Photographie | None:
        return read_photographie(self.demarche)

    @cached_property
    def masques_photographie(self) -> MasquesPhotographie:
        """What of the picture everybody may read; nothing is masked of a picture that is not there."""
        return RIEN_DE_MASQUE if self.photographie is None else read_masques(self.photographie)

    @cached_property
    def actions(self) -> tuple[ActionSource, ...]:
        """Every presented dossier, retained or not."""
        return read_actions(self.demarche)

    @property
    def retenues(self) -> tuple[ActionSource, ...]:
        return tuple(action for action in self.actions if action.est_retenue)

    @property
    def chiffrees(self) -> tuple[ActionSource, ...]:
        """Retained, with a scenario."""
        return tuple(action for action in self.retenues if action.scenario is not None)


def list_instances_ouvertes() -> QuerySet[Instance]:
    """Instances of the démarche, not those of one commune."""
    return Instance.objects.filter(commune__isnull=True, close_le__isnull=True)


def list_presences() -> dict[str, tuple[QuerySet[Any], str]]:
    """Matter of the other rooms, by name: its rows, and what links them to a démarche."""
    return {
        "a_instances": (list_instances_ouvertes(), "demarche"),
        "a_phases": (PhaseDemarche.objects.all(), "demarche"),
        "a_orientations": (Orientation.objects.all(), "demarche"),
        "a_cadre": (Cadre.objects.validated(), "demarche"),
        "a_photographie": (Photographie.objects.all(), "campagne__demarche"),
    }


def read_actions(demarche: Demarche) -> tuple[ActionSource, ...]:
    """Presented dossiers by title, with what the scenario retained of each says of communes, staff, forgotten costs.

    Six queries.
    """
    dossiers = list(Dossier.objects.filter(demarche=demarche, etat__in=PRESENTES).with_porteur())
    by_dossier: dict[int, list[Scenario]] = {dossier.pk: [] for dossier in dossiers}
    for scenario in Scenario.objects.filter(dossier__in=by_dossier).frozen().with_gel():
        by_dossier[scenario.dossier_id].append(scenario)
    choix = {
        row.dossier_id: row for row in ChoixAction.objects.filter(rapport__demarche=demarche).select_related("scenario")
    }
    retained = {pk: choose_scenario(rows, choix.get(pk)) for pk, rows in by_dossier.items()}
    pks = [scenario.pk for scenario in retained.values() if scenario]
    effets = group_rows(pks, EffetCommune.objects.defer(*LONGS))
    employeurs, couts = group_rows(pks, EffectifEmployeur.objects.all()), group_rows(pks, CoutOublie.objects.all())
    return tuple(
        ActionSource(
            dossier=dossier,
            scenarios=tuple(by_dossier[dossier.pk]),
            scenario=(scenario := retained[dossier.pk]),
            effets=effets[scenario.pk] if scenario else (),
            employeurs=employeurs[scenario.pk] if scenario else (),
            couts=couts[scenario.pk] if scenario else (),
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


def group_rows(scenarios: list[int], rows: QuerySet[Any]) -> dict[int, tuple[Any, ...]]:
    """Rows of these scenarios, with their commune, in their order: one query."""
    found: dict[int, list[Any]] = {pk: [] for pk in scenarios}
    for row in rows.filter(scenario__in=scenarios).select_related("commune"):
        found[row.scenario_id].append(row)
    return {pk: tuple(grouped) for pk, grouped in found.items()}
