"""Small fictif dossiers: words filled in, figures for each commune, one scenario ready to be frozen."""

from dataclasses import replace
from typing import Any

from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, build_mandat, list_communes

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.actions import (
    ContenuDossier,
    ContenuScenario,
    create_dossier,
    create_scenario,
    freeze_scenario,
    import_chiffres,
    present_dossier,
)
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.territoires.models import Demarche
from communaccord.simulateur import Simulation, parse_simulation

LEVIERS: dict[str, Any] = {
    "personnel": {"etp": "1", "cout_etp": "40 000"},
    "couts": {"fixes": [{"libelle": "Logiciel", "montant": "2 000"}]},
    "annees": {"premiere": "2027", "horizon": "3"},
    "cle": {"population": "50", "usage": "50"},
}


def build_equipe(demarche: Demarche) -> Acteur:
    return build_acteur_de(demarche, Role.EQUIPE_PROJET)


def build_contenu(demarche: Demarche, **fields: Any) -> ContenuDossier:
    """Every word that a presented dossier holds."""
    contenu = ContenuDossier(
        titre="Secrétariat de mairie itinérant (fictif)",
        domaine="libre",
        unite="journée",
        objectif="Un accueil ouvert chaque jour dans chaque bassin de vie.",
        porteur=build_mandat(demarche, Role.PRESIDENT),
        pilote="Direction des services aux communes",
        service_avant="Deux demi-journées par semaine.",
        service_apres="Un remplacement sous trois jours.",
        ce_qui_change="Le planning est partagé.",
        ce_qui_ne_change_pas="Vous signez vos actes.",
        sortie="Préavis d'un an.",
    )
    return replace(contenu, **fields)


def build_dossier(demarche: Demarche | None = None, acteur: Acteur | None = None, **fields: Any) -> Dossier:
    demarche = demarche or build_demarche()
    acteur = acteur or build_equipe(demarche)
    return create_dossier(acteur=acteur, instant=INSTANT, contenu=build_contenu(demarche, **fields))


def give_chiffres(dossier: Dossier, acteur: Acteur) -> None:
    """Ten days and 1,000 euros more for each commune than for the one before."""
    valeurs = {
        commune.code: {"volume": str(10 * rang), "depense_actuelle": str(1000 * rang), "heures_actuelles": "100"}
        for rang, commune in enumerate(list_communes(dossier.demarche), start=1)
    }
    import_chiffres(
        acteur=acteur, instant=INSTANT, dossier=dossier, valeurs=valeurs, annee=2025, source="comptes 2025 (fictif)"
    )


def build_scenario(dossier: Dossier, acteur: Acteur, libelle: str = "Service commun", **leviers: Any) -> Scenario:
    contenu = ContenuScenario(
        libelle=libelle,
        forme="service_commun",
        leviers={**LEVIERS, **leviers},
        engagements=("permanence",),
        hausse_max=200,
    )
    return create_scenario(acteur=acteur, instant=INSTANT, dossier=dossier, contenu=contenu)


def build_fige(dossier: Dossier, acteur: Acteur, libelle: str = "Service commun", **leviers: Any) -> Scenario:
    """A frozen scenario; the figures of the communes are given if they were not."""
    if not dossier.donnees.exists():
        give_chiffres(dossier, acteur)
    scenario = build_scenario(dossier, acteur, libelle, **leviers)
    freeze_scenario(acteur=acteur, instant=INSTANT, scenario=scenario, version=scenario.version)
    return Scenario.objects.with_gel().get(pk=scenario.pk)


def build_presente(communes: int = 3, scenarios: int = 1) -> tuple[Dossier, Acteur]:
    """A presented dossier and the équipe projet that prepared it."""
    demarche = build_demarche(communes)
    acteur = build_equipe(demarche)
    dossier = build_dossier(demarche, acteur)
    for rang in range(scenarios):
        build_fige(dossier, acteur, f"Variante {rang + 1}", personnel={"etp": str(1 + rang), "cout_etp": "40 000"})
    return present_dossier(acteur=acteur, instant=INSTANT, dossier=dossier), acteur


def build_simulation(demarche: Demarche, **fields: Any) -> Simulation:
    """A simulation on the communes of the démarche, two keys."""
    data = {
        "titre": "Essai fictif",
        "territoire": {"nom": "Territoire fictif", "fictif": True},
        "service": {"domaine": "paie"},
        "communes": [
            {"code": c.code, "nom": c.nom, "population": c.population_municipale, "volume": str(rang * 12)}
            for rang, c in enumerate(list_communes(demarche), start=1)
        ],
        "personnel": {"etp": "1", "cout_etp": "45 000"},
        "variantes": [
            {"nom": "Population", "cle": {"population": "100"}},
            {"nom": "Usage", "cle": {"usage": "100"}},
        ],
        **fields,
    }
    simulation = parse_simulation(data, strict=True)
    assert isinstance(simulation, Simulation), simulation
    return simulation
