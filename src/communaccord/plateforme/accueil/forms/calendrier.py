"""The calendar of a démarche as its équipe projet writes it: the phase reached, the dates, the aimed council."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from communaccord.plateforme.territoires.bridge import PlanPhases
from communaccord.plateforme.territoires.enums import Phase
from communaccord.plateforme.territoires.models import Demarche, PhaseDemarche

ERREURS = {"invalid": "Ce n'est pas une date. Écrivez-la ainsi : 17/12/2026."}
FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def build_champ(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=FORMATS, error_messages=ERREURS)


class CalendrierForm(forms.Form):
    """Both dates of a phase go together; a phase without dates stays without."""

    phase = forms.ChoiceField(
        label="Phase atteinte",
        choices=Phase.choices,
        error_messages={"required": "Choisissez la phase atteinte.", "invalid_choice": "Choisissez l'une des phases."},
    )
    approbation_visee = build_champ("Conseil communautaire visé pour l'approbation")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for phase in Phase:
            self.fields[f"{phase}_debut"] = build_champ(f"{phase.label.capitalize()} : début")
            self.fields[f"{phase}_fin"] = build_champ(f"{phase.label.capitalize()} : fin")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for phase in Phase:
            debut, fin = data.get(f"{phase}_debut"), data.get(f"{phase}_fin")
            typed = not {f"{phase}_debut", f"{phase}_fin"} & self.errors.keys()
            if typed and (debut is None) is not (fin is None):
                missing = f"{phase}_debut" if debut is None else f"{phase}_fin"
                self.add_error(missing, "Donnez les deux dates de la phase, ou aucune.")
            elif debut and fin and fin < debut:
                self.add_error(f"{phase}_fin", "La fin est avant le début : corrigez l'une des deux dates.")
        return data

    def list_dates(self) -> dict[str, tuple[date, date]]:
        """Dates of the phases that have some; the form must be valid."""
        data = self.cleaned_data
        return {str(phase): (data[f"{phase}_debut"], data[f"{phase}_fin"]) for phase in Phase if data[f"{phase}_debut"]}


def read_initial(demarche: Demarche, phases: Iterable[PhaseDemarche]) -> dict[str, Any]:
    """What is recorded today."""
    dates = {f"{row.phase}_debut": row.debut for row in phases} | {f"{row.phase}_fin": row.fin for row in phases}
    return {"phase": demarche.phase, "approbation_visee": demarche.approbation_visee, **dates}


def read_plan(plan: PlanPhases, phase: str) -> dict[str, Any]:
    """What is proposed backwards from a council."""
    dates = {f"{row.phase}_debut": row.debut for row in plan.phases}
    return {"phase": phase, "approbation_visee": plan.seance, **dates, **{f"{r.phase}_fin": r.fin for r in plan.phases}}
