"""Tables of the table des accords: the rule, the rounds, the answers, the results.

Confidentiality is that of the element: `Element` and `AVousSeule` hold closed contents only, and `visible_to` gives
them to those who act for the commune; what is put on the table is a `Partage`, in clear, written once.
"""

from communaccord.plateforme.accords.models.assesseurs import Assesseur
from communaccord.plateforme.accords.models.enveloppes import Enveloppe
from communaccord.plateforme.accords.models.regles import RegleDuJeu
from communaccord.plateforme.accords.models.reponses import Element, HistoriqueReponse, Reponse
from communaccord.plateforme.accords.models.resultats import AVousSeule, Partage, Resultat
from communaccord.plateforme.accords.models.tours import Annonce, HistoriqueTour, Tour, TourDossier, TourScenario

__all__ = [
    "AVousSeule",
    "Annonce",
    "Assesseur",
    "Element",
    "Enveloppe",
    "HistoriqueReponse",
    "HistoriqueTour",
    "Partage",
    "RegleDuJeu",
    "Reponse",
    "Resultat",
    "Tour",
    "TourDossier",
    "TourScenario",
]
