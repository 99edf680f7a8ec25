"""The état des lieux: campaign and questionnaire, sheets and answers, public data, flows, the reference picture."""

from communaccord.plateforme.diagnostic.models.campagne import Campagne, HistoriqueCampagne, Ligne, PropositionLigne
from communaccord.plateforme.diagnostic.models.fiche import Fiche, HistoriqueFiche, QuestionLigne, Reponse
from communaccord.plateforme.diagnostic.models.flux import Flux, FluxDistincts, RelevePartage
from communaccord.plateforme.diagnostic.models.photographie import Photographie
from communaccord.plateforme.diagnostic.models.priorites import (
    BulletinPriorites,
    OptionPriorite,
    Priorisation,
    ResultatPriorites,
)
from communaccord.plateforme.diagnostic.models.publiques import ClePublique, DonneePublique

__all__ = [
    "BulletinPriorites",
    "Campagne",
    "ClePublique",
    "DonneePublique",
    "Fiche",
    "Flux",
    "FluxDistincts",
    "HistoriqueCampagne",
    "HistoriqueFiche",
    "Ligne",
    "OptionPriorite",
    "Photographie",
    "Priorisation",
    "PropositionLigne",
    "QuestionLigne",
    "RelevePartage",
    "Reponse",
    "ResultatPriorites",
]
