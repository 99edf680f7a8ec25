"""The form of an action of the rapport."""

from collections.abc import Sequence

from communaccord.plateforme.dossiers.models import Scenario
from communaccord.plateforme.rapports.actions import Choix
from communaccord.plateforme.rapports.forms.champs import read_agents, read_euros
from communaccord.plateforme.rapports.models import ChoixAction
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

AGENTS = (
    ("agents_avant", "Agents de l'intercommunalité aujourd'hui"),
    ("agents_apres", "Agents de l'intercommunalité ensuite"),
)
DEPENSES = (
    ("depense_avant", "Dépenses de l'intercommunalité aujourd'hui"),
    ("depense_apres", "Dépenses de l'intercommunalité ensuite"),
)
MAX_SOURCE = 200


def fill_saisie(choix: ChoixAction | None) -> Saisie:
    """The form as it stands: an action is in the rapport unless somebody put it aside."""
    if choix is None:
        return Saisie({"retenue": "oui"})
    champs = {nom: write_nombre(getattr(choix, nom)) for nom, _ in AGENTS}
    champs |= {nom: write_euros(getattr(choix, nom)) for nom, _ in DEPENSES}
    champs |= {"retenue": "oui" if choix.retenue else "", "source": choix.source}
    champs["scenario"] = str(choix.scenario.rang) if choix.scenario else ""
    return Saisie(champs)


def write_nombre(valeur: int | None) -> str:
    return "" if valeur is None else str(valeur)


def write_euros(centimes: int | None) -> str:
    """Cents as one types euros."""
    if centimes is None:
        return ""
    euros, reste = divmod(centimes, 100)
    return f"{euros},{reste:02d}" if reste else str(euros)


def parse_saisie(saisie: Saisie, scenarios: Sequence[Scenario]) -> Choix | list[Anomalie]:
    """The choice, or what is to be mended."""
    anomalies: list[Anomalie] = []
    agents = {nom: read_agents(saisie, nom, libelle, anomalies) for nom, libelle in AGENTS}
    depenses = {nom: read_euros(saisie, nom, libelle, anomalies) for nom, libelle in DEPENSES}
    asked = saisie.texte("scenario").strip()
    scenario = next((row for row in scenarios if str(row.rang) == asked), None)
    if asked and scenario is None:
        anomalies.append(Anomalie("scenario", "Scénario", "il n'est pas figé pour ce dossier.", "Choisissez-en un."))
    source = saisie.texte("source").strip()
    if len(source) > MAX_SOURCE:
        anomalies.append(Anomalie("source", "Source", "elle est trop longue.", f"Gardez {MAX_SOURCE} caractères."))
    if anomalies:
        return anomalies
    return Choix(saisie.texte("retenue") == "oui", scenario, **agents, **depenses, source=source)
