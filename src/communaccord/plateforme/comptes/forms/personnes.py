"""One person, one mandate, one date: each form gives what its action asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.enums import A_TERME, DANS_UNE_COMMUNE, Role
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.territoires.models import CommuneMembre

SANS_COMMUNE = "Aucune : l'intercommunalité"
COMMUNE_A_DIRE = "Ce rôle s'exerce dans une commune : choisissez-la."
FIN_A_DIRE = "L'accès d'un consultant ou d'une consultante a une fin : donnez sa date."
FIN_AVANT = "La fin est avant le début : corrigez l'une des deux dates."
DATE_FAUSSE = "Cette date n'existe pas : écrivez-la jour, mois, année, par exemple 23/11/2026."
ADRESSE_FAUSSE = "Cette adresse n'est pas complète : elle a la forme nom@commune.fr."


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def build_date(**options: Any) -> forms.DateField:
    messages = {"invalid": DATE_FAUSSE, "required": "Donnez une date."}
    return forms.DateField(widget=DateInput(), error_messages=messages, **options)


def build_courriel(**options: Any) -> forms.EmailField:
    messages = {"invalid": ADRESSE_FAUSSE, "required": "Donnez une adresse électronique."}
    return forms.EmailField(error_messages=messages, max_length=254, **options)


def build_nom(**options: Any) -> forms.CharField:
    required = "Dites comment nommer cette personne : son nom, ou sa fonction."
    return forms.CharField(max_length=150, error_messages={"required": required}, **options)


class MandatForm(forms.Form):
    """A role, where, since when and until when."""

    role = forms.ChoiceField(label="Rôle", error_messages={"required": "Choisissez un rôle."})
    commune = forms.ChoiceField(label="Commune", required=False)
    fonction = forms.CharField(label="Fonction, en toutes lettres", max_length=150, required=False)
    debut = build_date(label="À partir du", required=False)
    fin = build_date(label="Jusqu'au", required=False)

    def __init__(self, *args: Any, communes: Iterable[CommuneMembre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communes = {str(commune.pk): commune for commune in communes}
        self.fields["role"].choices = [("", "Choisir"), *Role.choices]
        noms = [(pk, commune.nom) for pk, commune in self.communes.items()]
        self.fields["commune"].choices = [("", SANS_COMMUNE), *noms]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for champ, message in check_mandat(
            data.get("role", ""), data.get("commune"), data.get("debut"), data.get("fin")
        ):
            if champ not in self.errors:
                self.add_error(champ, message)
        return data

    def get_commune(self) -> CommuneMembre | None:
        return self.communes.get(self.cleaned_data["commune"])


class PersonneForm(MandatForm):
    """Somebody who joins the démarche, with a first mandate."""

    nom = build_nom(label="Nom, ou fonction")
    courriel = build_courriel(label="Adresse électronique", required=False)
    field_order = ("nom", "role", "commune", "fonction", "courriel", "debut", "fin")

    def build_entree(self) -> Entree:
        data = self.cleaned_data
        return Entree(
            nom=data["nom"],
            role=Role(data["role"]),
            commune=self.get_commune(),
            fonction=data["fonction"],
            courriel=data["courriel"],
            debut=data["debut"],
            fin=data["fin"],
        )


class FicheForm(forms.Form):
    """The name and the address of somebody who is already there."""

    nom = build_nom(label="Nom, ou fonction")
    courriel = build_courriel(label="Adresse électronique", required=False)

    @classmethod
    def of(cls, personne: Personne) -> "FicheForm":
        return cls(initial={"nom": personne.nom, "courriel": personne.courriel})


class FinForm(forms.Form):
    """The last day of one mandate, or of all those of a commune."""

    fin = build_date(label="Dernier jour")


def check_mandat(role: str, commune: Any, debut: date | None, fin: date | None) -> list[tuple[str, str]]:
    """What is wrong in a mandate, field by field: said by the form as by the list."""
    faults = []
    if role in DANS_UNE_COMMUNE and not commune:
        faults.append(("commune", COMMUNE_A_DIRE))
    if role in A_TERME and fin is None:
        faults.append(("fin", FIN_A_DIRE))
    if debut and fin and fin < debut:
        faults.append(("fin", FIN_AVANT))
    return faults
