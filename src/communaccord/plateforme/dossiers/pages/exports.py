"""A frozen scenario as a table, for a spreadsheet: whole euros, what masks staff on the page masks it here."""

from collections.abc import Sequence

from django.utils.text import slugify

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import EffetCommune, Scenario
from communaccord.plateforme.dossiers.pages.effectifs import tell_effectifs
from communaccord.plateforme.socle.tableur import Cellule, write_csv, write_xlsx
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose

EFFECTIFS = ("Agents aujourd'hui", "Agents qui rejoindraient le service", "Agents ensuite")


def list_titres(scenario: Scenario) -> list[str]:
    annee = scenario.gel.annee_reference
    annees = range(scenario.gel.annee_debut, scenario.gel.annee_fin + 1)
    return [
        "Code",
        "Commune",
        "Population municipale",
        "Participe",
        f"Contribution {annee} (€)",
        f"Dépense d'aujourd'hui {annee} (€)",
        f"Écart {annee} (€)",
        f"Coût seule, même service {annee} (€)",
        *(f"Contribution {numero} (€)" for numero in annees),
        *EFFECTIFS,
    ]


def list_lignes(acteur: Acteur, scenario: Scenario, effets: Sequence[EffetCommune]) -> list[list[Cellule]]:
    """One line a commune; an unknown figure is an empty cell."""
    return [build_ligne(acteur, scenario, effet) for effet in effets]


def build_ligne(acteur: Acteur, scenario: Scenario, effet: EffetCommune) -> list[Cellule]:
    payees = {annuel["annee"]: annuel["contribution"] for annuel in effet.annees}
    annees = range(scenario.gel.annee_debut, scenario.gel.annee_fin + 1)
    contribution, depense = to_euros(effet.contribution), to_euros(effet.depense)
    ecart = None if contribution is None or depense is None else contribution - depense
    return [
        effet.commune.code,
        effet.commune.nom,
        effet.population,
        "oui" if effet.participe else "non",
        contribution,
        depense,
        ecart,
        to_euros(effet.cout_seul),
        *(to_euros(payees.get(annee)) for annee in annees),
        *tell_effectifs(acteur, effet),
    ]


def to_euros(centimes: int | None) -> int | None:
    """Whole euros, halves away from zero."""
    if centimes is None:
        return None
    euros = (abs(centimes) + 50) // 100
    return -euros if centimes < 0 else euros


def list_mentions(scenario: Scenario) -> list[str]:
    """What must be known to read the table."""
    gel, demarche = scenario.gel, scenario.dossier.demarche
    fictif = " Territoire et chiffres fictifs." if demarche.fictive else ""
    jour = write_date(gel.instant.astimezone(demarche.zone))
    return [
        prose(f"{demarche.nom_epci}.{fictif}"),
        prose(f"Estimations arrondies à l'euro, figées le {jour} par {gel.qui}. Document préparatoire."),
        prose(f"Moteur : {gel.moteur}. Empreinte SHA-256 des données : {gel.empreinte}"),
    ]


def build_xlsx(acteur: Acteur, scenario: Scenario, effets: Sequence[EffetCommune]) -> bytes:
    titre = prose(f"{scenario.dossier.titre} : scénario {scenario.lettre}, {scenario.libelle}")
    lignes = list_lignes(acteur, scenario, effets)
    return write_xlsx(titre, list_titres(scenario), lignes, mentions=list_mentions(scenario))


def build_csv(acteur: Acteur, scenario: Scenario, effets: Sequence[EffetCommune]) -> bytes:
    return write_csv(list_titres(scenario), list_lignes(acteur, scenario, effets))


def name_fichier(scenario: Scenario, extension: str) -> str:
    """``dossier-paie-scenario-a.xlsx``; what is invented says so in its name."""
    fictif = "-fictif" if scenario.dossier.demarche.fictive else ""
    titre = slugify(scenario.dossier.titre)[:50].strip("-") or "dossier"
    return f"dossier-{titre}-scenario-{scenario.lettre.lower()}-v{scenario.numero}{fictif}.{extension}"
