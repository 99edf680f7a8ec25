"""The write side of people: persons and mandates, invitations, personal codes, démarches founded and confirmed."""

from communaccord.plateforme.comptes.actions.codes import replace_code, reset_code
from communaccord.plateforme.comptes.actions.demarches import (
    confirm_by_administration,
    confirm_by_code,
    draw_code_confirmation,
    found_demarche,
    refuse_by_administration,
)
from communaccord.plateforme.comptes.actions.invitations import invite_mandats, invite_personne
from communaccord.plateforme.comptes.actions.personnes import (
    add_personne,
    edit_personne,
    end_mandat,
    end_mandats_commune,
    import_personnes,
    open_mandat,
)

__all__ = [
    "add_personne",
    "confirm_by_administration",
    "confirm_by_code",
    "draw_code_confirmation",
    "edit_personne",
    "end_mandat",
    "end_mandats_commune",
    "found_demarche",
    "import_personnes",
    "invite_mandats",
    "invite_personne",
    "open_mandat",
    "refuse_by_administration",
    "replace_code",
    "reset_code",
]
