"""What is asked to open a démarche, to confirm it, to replace a code."""

from typing import Any

from django import forms

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.forms.personnes import build_date, build_nom

FONDATEURS = (
    (Role.EQUIPE_PROJET.value, "Je suis de l'équipe projet (chargé·e de mission, direction…)"),
    (Role.DGS_EPCI.value, "Je suis DGS de l'intercommunalité"),
)


class OuvertureForm(forms.Form):
    """Who opens the démarche; the territory is in the address."""

    nom = build_nom(label="Votre nom")
    fonction = forms.CharField(
        label="Votre fonction", max_length=150, error_messages={"required": "Dites votre fonction, en toutes lettres."}
    )
    role = forms.ChoiceField(
        label="Votre place dans la démarche",
        choices=FONDATEURS,
        error_messages={"required": "Choisissez votre place dans la démarche."},
    )
    approbation_visee = build_date(label="Conseil communautaire visé pour approuver", required=False)


def build_code(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    messages = {"required": "Tapez les huit chiffres du code."}
    return forms.CharField(label=label, max_length=20, widget=widget, error_messages=messages)


class ConfirmationForm(forms.Form):
    code = build_code("Code de la lettre")


class CodeForm(forms.Form):
    """The code that is replaced, and the new one typed twice."""

    ancien = build_code("Code actuel")
    nouveau = build_code("Code que vous choisissez")
    encore = build_code("Le même, une seconde fois")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("nouveau") and data.get("encore") and data["nouveau"] != data["encore"]:
            self.add_error("encore", "Les deux codes ne sont pas les mêmes : retapez-les.")
        return data


class MotifForm(forms.Form):
    """Why a démarche is confirmed or refused: written in its journal."""

    motif = forms.CharField(
        label="Comment vous l'avez vérifié, ou pourquoi vous refusez",
        max_length=150,
        error_messages={"required": "Écrivez en quelques mots ce que vous avez vérifié : le journal le garde."},
    )
