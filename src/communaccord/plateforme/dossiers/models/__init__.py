"""Dossiers: what is proposed, its scenarios frozen with their figures, the figures of the communes."""

from communaccord.plateforme.dossiers.models.chiffres import DonneesCommune
from communaccord.plateforme.dossiers.models.dossier import Dossier, HistoriqueDossier
from communaccord.plateforme.dossiers.models.formes import BaseFinanciere, PieceForme, ReponsesForme, SuiviForme
from communaccord.plateforme.dossiers.models.profondeur import ChangementMaire, CritereService, Volet
from communaccord.plateforme.dossiers.models.profondeur_chiffres import ClausesScenario, CoutOublie, EffectifEmployeur
from communaccord.plateforme.dossiers.models.scenario import EffetCommune, Gel, Scenario

__all__ = [
    "BaseFinanciere",
    "ChangementMaire",
    "ClausesScenario",
    "CoutOublie",
    "CritereService",
    "DonneesCommune",
    "Dossier",
    "EffectifEmployeur",
    "EffetCommune",
    "Gel",
    "HistoriqueDossier",
    "PieceForme",
    "ReponsesForme",
    "Scenario",
    "SuiviForme",
    "Volet",
]
