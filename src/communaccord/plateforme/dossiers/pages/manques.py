"""What is still to be done before a dossier can be presented, each thing leading where it is done."""

from collections.abc import Sequence

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.dossiers.rules import list_manques


def build_manques(acteur: Acteur, dossier: Dossier, scenarios: Sequence[Scenario]) -> list[dict[str, str]]:
    """Words and addresses."""
    edition = chemin(acteur, "dossiers:modifier", dossier.pk)
    return [
        {"mot": mot, "adresse": "#scenarios" if champ == "scenarios" else f"{edition}#{champ}"}
        for champ, mot in list_manques(dossier, scenarios_figes=len(scenarios))
    ]
