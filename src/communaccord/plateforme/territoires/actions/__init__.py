"""The write side: the reference data of France, loaded as a whole; the démarches."""

from communaccord.plateforme.territoires.actions.demarche import (
    close_demarche,
    confirm_demarche,
    create_demarche,
    enter_demarche_en_cours,
    set_phases,
)
from communaccord.plateforme.territoires.actions.reference import (
    build_commune,
    build_epci,
    compute_empreinte,
    is_en_place,
    load_reference,
)

__all__ = [
    "build_commune",
    "build_epci",
    "close_demarche",
    "compute_empreinte",
    "confirm_demarche",
    "create_demarche",
    "enter_demarche_en_cours",
    "is_en_place",
    "load_reference",
    "set_phases",
]
