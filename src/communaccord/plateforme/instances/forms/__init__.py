"""What people type in the room Instances: read and cleaned, never saved."""

from communaccord.plateforme.instances.forms.composition import FormInstance, FormMembre, FormPole
from communaccord.plateforme.instances.forms.saisie import (
    FormComptes,
    FormMotif,
    FormReponse,
    FormSuivi,
    FormVote,
    read_conclusion,
    read_presences,
)
from communaccord.plateforme.instances.forms.seance import FormPoint, FormSeance

__all__ = [
    "FormComptes",
    "FormInstance",
    "FormMembre",
    "FormMotif",
    "FormPoint",
    "FormPole",
    "FormReponse",
    "FormSeance",
    "FormSuivi",
    "FormVote",
    "read_conclusion",
    "read_presences",
]
