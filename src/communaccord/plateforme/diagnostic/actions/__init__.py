"""The acts of the état des lieux; each subject adds its own lines."""

from communaccord.plateforme.diagnostic.actions.campagnes import (
    ContenuCampagne,
    close_campagne,
    create_campagne,
    edit_campagne,
    open_campagne,
    remind_mairies,
    reopen_campagne,
)
from communaccord.plateforme.diagnostic.actions.communs import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.diagnostic.actions.fiches import (
    Ecriture,
    ReponseAEcrire,
    record_reponse,
    record_reponses,
    reopen_fiche,
    validate_fiche,
)
from communaccord.plateforme.diagnostic.actions.veille import veiller
from communaccord.plateforme.diagnostic.calculs.valeurs import ReponseSaisie

__all__ = [
    "ContenuCampagne",
    "Ecriture",
    "EditionConcurrente",
    "ReponseAEcrire",
    "ReponseSaisie",
    "SaisieRefusee",
    "close_campagne",
    "create_campagne",
    "edit_campagne",
    "open_campagne",
    "record_reponse",
    "record_reponses",
    "remind_mairies",
    "reopen_campagne",
    "reopen_fiche",
    "validate_fiche",
    "veiller",
]
