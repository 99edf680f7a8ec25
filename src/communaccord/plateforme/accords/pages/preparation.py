"""The form that prepares a round: rules, scenarios by dossier, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.forms.elements import Anomalie
from communaccord.plateforme.accords.models import RegleDuJeu, Tour
from communaccord.plateforme.accords.pages.lectures import select_precedents, select_regles, select_scenarios
from communaccord.plateforme.accords.pages.repondre import Messages
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.socle.typographie import date, pluriel, prose

Choix = dict[str, str]


@dataclass(frozen=True, slots=True)
class Preparation:
    """The page; ``dossiers``: title and its scenarios to tick."""

    tour: Tour | None
    regles: Sequence[tuple[str, str]]
    precedents: Sequence[tuple[str, str]]
    dossiers: Sequence[tuple[str, Sequence[Choix]]]
    modes: Sequence[Choix]
    erreurs: Messages
    resume: Sequence[Choix]
    adresse: str


def build_preparation(acteur: Acteur, anomalies: Sequence[Anomalie], tour: Tour | None) -> Preparation:
    """Compose the page. Three requests."""
    dossiers: dict[str, list[Choix]] = {}
    for scenario in select_scenarios(acteur):
        gel = scenario.gel
        aide = f"{pluriel(gel.participantes, 'commune')}, figé le {date(gel.instant.date())}"
        choix = {
            "valeur": str(scenario.pk),
            "libelle": prose(f"Scénario {scenario.lettre} : {scenario.libelle}"),
            "aide": prose(aide),
        }
        dossiers.setdefault(scenario.dossier.titre, []).append(choix)
    precedents = [] if tour else [(str(row.pk), row.titre) for row in select_precedents(acteur)]
    return Preparation(
        tour=tour,
        regles=[(str(regle.pk), describe_regle(regle)) for regle in select_regles(acteur).order_by("-version")],
        precedents=precedents,
        dossiers=list(dossiers.items()),
        modes=[{"valeur": mode, "libelle": prose(mode.label.capitalize())} for mode in ModeOuverture],
        erreurs=Messages({anomalie.id: anomalie.message for anomalie in anomalies}),
        resume=[{"id": anomalie.id, "message": anomalie.message} for anomalie in anomalies],
        adresse=chemin(acteur, "accords:modifier", tour.pk) if tour else chemin(acteur, "accords:preparer"),
    )


def describe_regle(regle: RegleDuJeu) -> str:
    if regle.adoptee_le is None:
        return prose(f"version {regle.version}, pas encore adoptée")
    return prose(f"version {regle.version}, adoptée le {date(regle.adoptee_le)}")
