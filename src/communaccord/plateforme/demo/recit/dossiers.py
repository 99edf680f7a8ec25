"""The three dossiers: their words, the figures of the communes, their scenarios frozen, then presented."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.recit.profondeur import tell_profondeur
from communaccord.plateforme.demo.recit.textes import DOSSIERS, DossierRaconte
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.dossiers.actions import (
    ContenuDossier,
    ContenuScenario,
    create_dossier,
    edit_scenario,
    freeze_scenario,
    import_simulation,
    open_version,
    present_dossier,
)
from communaccord.plateforme.dossiers.enums import Forme
from communaccord.plateforme.dossiers.models import Dossier, Scenario

HAUSSE_MAX = 250
PART_EPCI_REVUE = "20 %"


@dataclass(frozen=True, slots=True)
class DossierPret:
    """A dossier presented, with its frozen scenarios in their order."""

    dossier: Dossier
    scenarios: tuple[Scenario, ...]


def tell_dossiers(
    gens: Gens, territoire: TerritoireFictif, calendrier: Calendrier, objectifs: Mapping[str, int]
) -> dict[str, DossierPret]:
    """Prepare, freeze and present the dossiers, one after the other; by key. ``objectifs``: the one each serves."""
    return {
        raconte.cle: tell_dossier(gens, territoire, calendrier, raconte, -93 + 6 * rang, objectifs[raconte.cle])
        for rang, raconte in enumerate(DOSSIERS)
    }


def tell_dossier(
    gens: Gens,
    territoire: TerritoireFictif,
    calendrier: Calendrier,
    raconte: DossierRaconte,
    jour: int,
    objectif: int,
) -> DossierPret:
    simulation = raconte.build_simulation(territoire)
    contenu = ContenuDossier(
        **raconte.textes,
        porteur=gens.maire(raconte.porteur).mandat,
        sensible=raconte.sensible,
        objectifs=(objectif,),
    )
    equipe = gens.equipe
    dossier = create_dossier(acteur=equipe, instant=calendrier.at(jour), contenu=contenu)
    pris = import_simulation(acteur=equipe, instant=calendrier.at(jour + 2), dossier=dossier, simulation=simulation)
    ecrits = [write_scenario(equipe, calendrier, s, raconte, jour + 3, s.leviers) for s in pris.scenarios]
    ecrits[0] = tell_profondeur(gens, calendrier, raconte, simulation, ecrits[0], jour + 4)
    scenarios = tuple(freeze(equipe, calendrier, ecrit, jour + 5) for ecrit in ecrits)
    present_dossier(acteur=equipe, instant=calendrier.at(jour + 6), dossier=dossier)
    return DossierPret(Dossier.objects.get(pk=dossier.pk), scenarios)


def write_scenario(
    equipe: Acteur,
    calendrier: Calendrier,
    scenario: Scenario,
    raconte: DossierRaconte,
    jour: int,
    leviers: dict[str, Any],
) -> Scenario:
    return edit_scenario(
        acteur=equipe,
        instant=calendrier.at(jour, "11:30"),
        scenario=scenario,
        version=scenario.version,
        contenu=ContenuScenario(
            libelle=scenario.libelle,
            leviers=leviers,
            forme=Forme.SERVICE_COMMUN,
            engagements=raconte.engagements,
            hausse_max=HAUSSE_MAX,
        ),
    )


def freeze(equipe: Acteur, calendrier: Calendrier, scenario: Scenario, jour: int) -> Scenario:
    freeze_scenario(acteur=equipe, instant=calendrier.at(jour), scenario=scenario, version=scenario.version)
    return Scenario.objects.select_related("dossier__demarche").get(pk=scenario.pk)


def revise_scenario(
    gens: Gens, calendrier: Calendrier, scenario: Scenario, raconte: DossierRaconte, jour: int
) -> Scenario:
    """After the COPIL: the same scenario, of which the intercommunalité takes a larger part; frozen as a version 2."""
    suivant = open_version(acteur=gens.equipe, instant=calendrier.at(jour, "9:00"), scenario=scenario)
    leviers = dict(suivant.leviers)
    leviers["couts"] = {**leviers["couts"], "part_epci_taux": PART_EPCI_REVUE}
    ecrit = write_scenario(gens.equipe, calendrier, suivant, raconte, jour, leviers)
    return freeze(gens.equipe, calendrier, ecrit, jour + 1)
