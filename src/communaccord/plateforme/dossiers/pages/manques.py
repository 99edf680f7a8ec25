"""What is still to be done before a dossier can be presented; what is not known yet and prevents nothing."""

from collections.abc import Iterable, Sequence

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.models import Dossier, EffetCommune, Scenario
from communaccord.plateforme.dossiers.rules import list_manques
from communaccord.plateforme.socle.typographie import pluriel, prose


def build_manques(acteur: Acteur, dossier: Dossier, scenarios: Sequence[Scenario]) -> list[dict[str, str]]:
    """Words and addresses."""
    edition = chemin(acteur, "dossiers:modifier", dossier.pk)
    return [
        {"mot": mot, "adresse": "#scenarios" if champ == "scenarios" else f"{edition}#{champ}"}
        for champ, mot in list_manques(dossier, scenarios_figes=len(scenarios))
    ]


def write_inconnues(depenses: Iterable[int | None]) -> str:
    """Warns that communes will read no difference from today; empty when the spending of each is known."""
    toutes = list(depenses)
    inconnues = sum(depense is None for depense in toutes)
    if not inconnues:
        return ""
    suite = "elle ne verra" if inconnues == 1 else "elles ne verront"
    return prose(
        f"La dépense d'aujourd'hui de {pluriel(inconnues, 'commune')} sur {len(toutes)} n'est pas connue : "
        f"{suite} pas l'écart entre ce service et ce qui se paie aujourd'hui."
    )


def write_inconnues_figees(effets: Iterable[Sequence[EffetCommune]]) -> str:
    """The same for the frozen scenario where the fewest are known."""
    depenses = [[effet.depense for effet in rows if effet.participe] for rows in effets]
    return write_inconnues(max(depenses, key=lambda known: known.count(None), default=[]))
