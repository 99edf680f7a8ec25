"""Calendar of the mandate: dates to come and, backwards, the last useful date of each step. No clock inside."""

from communaccord.noyau.droit.calendrier.agenda import EvenementAgenda, build_evenements
from communaccord.noyau.droit.calendrier.mandat import build_calendrier
from communaccord.noyau.droit.calendrier.retroplanning import Etape, Retroplanning, build_retroplannings
from communaccord.noyau.droit.calendrier.types import (
    ELECTIONS_2026,
    Calendrier,
    Echeance,
    Elections,
    EtatEcheance,
    FaitsMandat,
    Limite,
    StatutEcheance,
    build_faits,
    compute_fenetre_schema,
    compute_renouvellement,
)

__all__ = [
    "ELECTIONS_2026",
    "Calendrier",
    "Echeance",
    "Elections",
    "Etape",
    "EtatEcheance",
    "EvenementAgenda",
    "FaitsMandat",
    "Limite",
    "Retroplanning",
    "StatutEcheance",
    "build_calendrier",
    "build_evenements",
    "build_faits",
    "build_retroplannings",
    "compute_fenetre_schema",
    "compute_renouvellement",
]
