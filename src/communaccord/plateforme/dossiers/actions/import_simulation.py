"""A simulation made elsewhere (public simulator, file, link) becomes scenarios and figures of a dossier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.actions.chiffres import import_chiffres
from communaccord.plateforme.dossiers.actions.communs import SaisieRefusee, check_demarche, lock_modifiable
from communaccord.plateforme.dossiers.actions.dossiers import ContenuDossier, create_dossier
from communaccord.plateforme.dossiers.actions.scenarios import ContenuScenario, create_scenario
from communaccord.plateforme.dossiers.bridge.simulation import (
    extract_leviers,
    extract_service,
    extract_valeurs,
    match_communes,
    translate_perimetre,
)
from communaccord.plateforme.dossiers.enums import Origine
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier, Scenario
from communaccord.plateforme.dossiers.rules import may_prepare
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.simulateur import Anomalie, Simulation

MAX_NOMS = 5
AUTRES_ACTES = (
    "Cette simulation ne compte pas les mêmes actes que ce dossier, qui a déjà des chiffres : "
    "ouvrez un autre dossier à partir d'elle."
)


@dataclass(frozen=True, slots=True)
class Import:
    """What was taken: the drafts, the number of communes whose figures were written, the names left aside."""

    dossier: Dossier
    scenarios: tuple[Scenario, ...]
    communes: int
    gardees: tuple[str, ...]


@transaction.atomic
def start_dossier(*, acteur: Acteur, instant: datetime, simulation: Simulation) -> Import:
    """Open a dossier from a simulation: its service, one scenario a variant, its figures."""
    service = extract_service(simulation)
    contenu = ContenuDossier(simulation.service.nom[:150], domaine=service["domaine"], unite=service["unite"])
    dossier = create_dossier(acteur=acteur, instant=instant, contenu=contenu, actes=service["actes"])
    return import_simulation(acteur=acteur, instant=instant, dossier=dossier, simulation=simulation)


@transaction.atomic
def import_simulation(
    *, acteur: Acteur, instant: datetime, dossier: Dossier, simulation: Simulation, remplacer: bool = False
) -> Import:
    """Add one draft a variant, and the figures of the communes that have none yet (or with ``remplacer``).

    Errors: SaisieRefusee when the simulation is of another territory, Conflit when it counts other acts.
    """
    require(may_prepare(acteur))
    check_demarche(acteur, dossier)
    actuel = lock_modifiable(dossier)
    membres = CommuneMembre.objects.filter(demarche_id=actuel.demarche_id)
    found, unknown = match_communes(simulation, membres)
    check_territoire(unknown)
    adopt_service(actuel, extract_service(simulation))
    valeurs = {found[code].code: propres for code, propres in extract_valeurs(simulation).items() if propres}
    nombre, gardees = 0, []
    if valeurs:
        nombre, gardees = import_chiffres(
            acteur=acteur,
            instant=instant,
            dossier=actuel,
            valeurs=valeurs,
            source=f"simulation « {simulation.titre or simulation.service.nom} »"[:200],
            remplacer=remplacer,
            origine=Origine.SIMULATION,
        )
    scenarios = tuple(
        create_scenario(
            acteur=acteur,
            instant=instant,
            dossier=actuel,
            contenu=ContenuScenario(libelle=libelle[:80], leviers=translate_perimetre(leviers, found)),
        )
        for libelle, leviers in extract_leviers(simulation)
    )
    return Import(actuel, scenarios, nombre, tuple(gardees))


def check_territoire(unknown: list[str]) -> None:
    """A simulation of other communes would be read as theirs: it is refused, and names them."""
    if not unknown:
        return
    noms = ", ".join(unknown[:MAX_NOMS]) + ("…" if len(unknown) > MAX_NOMS else "")
    message = f"elle porte sur des communes qui ne sont pas de cette démarche : {noms}."
    que_faire = "Vérifiez le territoire de la simulation, ou corrigez le nom de ces communes dans son fichier."
    raise SaisieRefusee([Anomalie("simulation", "Simulation", message, que_faire)])


def adopt_service(dossier: Dossier, service: Mapping[str, Any]) -> None:
    """The dossier counts the acts of the simulation; it cannot change them once it has figures."""
    same = list_codes(dossier.actes) == list_codes(service["actes"])
    if DonneesCommune.objects.filter(dossier=dossier).exists():
        if not same:
            raise Conflit(AUTRES_ACTES)
        return
    if same and dossier.unite:
        return
    Dossier.objects.filter(pk=dossier.pk).update(**service)
    for nom, valeur in service.items():
        setattr(dossier, nom, valeur)


def list_codes(actes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [acte["code"] for acte in actes]
