"""The base of the forms of this room: French messages, fields of people and of dates."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.instances.papiers import write_mandat

SANS = "—"


class Formulaire(forms.Form):
    """Every missing field says its own name; no markup is made here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Complétez « {field.label} »."

    def list_erreurs(self) -> list[dict[str, str]]:
        """For the summary that takes the focus: where each error is, and its sentence."""
        return [
            {"id": "" if name == "__all__" else name, "message": message}
            for name, messages in self.errors.items()
            for message in messages
        ]


class Personnes(forms.ModelChoiceField):
    """One person of the démarche, by function and commune."""

    def label_from_instance(self, mandat: Mandat) -> str:
        return write_mandat(mandat)


def build_personnes(label: str, mandats: QuerySet[Mandat], *, aide: str = "") -> Personnes:
    return Personnes(label=label, queryset=mandats, required=False, empty_label=SANS, help_text=aide)


def list_mandats(acteur: Any, jour: Any) -> QuerySet[Mandat]:
    """People in force that day, by commune then by role."""
    active = Mandat.objects.visible_to(acteur).active_on(jour).select_related("personne", "commune")
    return active.order_by("commune__cle_tri", "role", "pk")


def build_date(label: str, *, required: bool = False, aide: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=aide,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": f"« {label} » : écrivez une date, par exemple 17/12/2026."},
    )


def build_entier(
    label: str,
    *,
    minimum: int = 0,
    maximum: int = 10_000,
    required: bool = True,
    unite: str = "",
    initial: int | None = None,
) -> forms.IntegerField:
    message = f"« {label} » : écrivez un nombre entier, de {minimum} à {maximum}."
    return forms.IntegerField(
        label=label,
        min_value=minimum,
        max_value=maximum,
        required=required,
        initial=initial,
        widget=forms.NumberInput(attrs={"unite": unite}),
        error_messages={"invalid": message, "min_value": message, "max_value": message},
    )


def build_texte(
    label: str, longueur: int, *, required: bool = True, aide: str = "", lignes: int = 0
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": lignes}) if lignes else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=longueur,
        required=required,
        help_text=aide,
        widget=widget,
        error_messages={"max_length": f"« {label} » : {longueur} caractères au plus."},
    )


def build_choix(label: str, choices: Iterable[Any], *, required: bool = True, aide: str = "") -> forms.ChoiceField:
    rows = list(choices)
    return forms.ChoiceField(
        label=label,
        choices=rows if required else [("", SANS), *rows],
        required=required,
        help_text=aide,
        error_messages={"invalid_choice": f"« {label} » : choisissez dans la liste."},
    )


def build_case(label: str, *, aide: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=aide)
