"""An instance, a member, a pole."""

from datetime import date
from typing import Any

from django import forms

from communaccord.plateforme.instances.enums import Fonction, Qualite, TypeInstance
from communaccord.plateforme.instances.forms.champs import (
    SANS,
    Formulaire,
    Personnes,
    build_case,
    build_choix,
    build_entier,
    build_personnes,
    build_texte,
    list_mandats,
)
from communaccord.plateforme.instances.models import Instance, Pole
from communaccord.plateforme.territoires.models import CommuneMembre

AIDE_EXERCICE = "Pour un conseil ou le bureau : sièges pourvus. Laissez vide ailleurs."


class FormInstance(Formulaire):
    """An instance; its type and its commune are chosen once, at its creation."""

    type = build_choix("Type", TypeInstance.choices)
    commune = forms.ModelChoiceField(
        label="Commune",
        queryset=CommuneMembre.objects.none(),
        required=False,
        empty_label=SANS,
        help_text="Pour un conseil municipal seulement.",
    )
    nom = build_texte("Nom", 150, required=False, aide="Laissez vide pour prendre celui du type.")
    fonction = build_choix("À quoi elle sert", Fonction.choices, required=False)
    presidence = build_personnes("Présidence", None)
    prepare_pour = forms.ModelChoiceField(
        label="Elle prépare les séances de", queryset=Instance.objects.none(), required=False, empty_label=SANS
    )
    en_exercice = build_entier("Membres en exercice", minimum=1, maximum=500, required=False, unite="membres")
    ouverte_aux_municipaux = build_case("Ouverte aux conseillers et conseillères municipales")
    adjoint_admis = build_case(
        "Un adjoint ou une adjointe peut remplacer le ou la maire", aide="Selon votre règlement intérieur."
    )

    def __init__(self, *args: Any, acteur: Any, jour: date, instance: Instance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Instance.objects.visible_to(acteur).active()
        self.fields["presidence"].queryset = list_mandats(acteur, jour)
        self.fields["commune"].queryset = CommuneMembre.objects.visible_to(acteur)
        self.fields["prepare_pour"].queryset = others.exclude(pk=instance.pk) if instance else others
        self.fields["en_exercice"].help_text = AIDE_EXERCICE
        if instance is not None:
            del self.fields["type"], self.fields["commune"]
            self.fields["nom"].required = self.fields["fonction"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_municipal = data.get("type") == TypeInstance.CONSEIL_MUNICIPAL
        if "type" in self.fields and is_municipal and not data.get("commune"):
            self.add_error("commune", "Dites de quelle commune est ce conseil municipal.")
        if not is_municipal and data.get("commune"):
            data["commune"] = None
        return data


class FormMembre(Formulaire):
    """Somebody who comes to sit."""

    mandat = Personnes(label="Personne", queryset=None, empty_label=SANS)
    qualite = build_choix("Qualité", Qualite.choices)
    pole = forms.ModelChoiceField(
        label="Pour le pôle",
        queryset=Pole.objects.none(),
        required=False,
        empty_label=SANS,
        help_text="Si cette personne représente les communes d'un pôle.",
    )

    def __init__(self, *args: Any, acteur: Any, jour: date, instance: Instance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = instance.membres.filter(jusqu_au__isnull=True).values("mandat_id")
        self.fields["mandat"].queryset = list_mandats(acteur, jour).exclude(pk__in=seated)
        self.fields["mandat"].error_messages["invalid_choice"] = "Cette personne siège déjà, ou n'est plus en fonction."
        self.fields["pole"].queryset = Pole.objects.visible_to(acteur)


class FormPole(Formulaire):
    """A pole and its communes."""

    nom = build_texte("Nom du pôle", 100)
    communes = forms.ModelMultipleChoiceField(
        label="Communes du pôle",
        queryset=CommuneMembre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des communes de la démarche."},
    )

    def __init__(self, *args: Any, acteur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communes"].queryset = CommuneMembre.objects.visible_to(acteur)
