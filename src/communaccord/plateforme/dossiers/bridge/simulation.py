"""From the rows of a dossier to a simulation of the simulator, and back: one territory, one service, one key."""

from collections.abc import Iterable, Mapping
from typing import Any

from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche
from communaccord.reference import normalize_nom
from communaccord.simulateur import Anomalie, Simulation, parse_simulation, write_data

# What a scenario keeps of a simulation: all but the territory, the service, the communes and the variants.
LEVIERS = (
    "perimetre",
    "volume_total",
    "volumes_totaux",
    "personnel",
    "couts",
    "conditions",
    "cout_horaire",
    "marges",
    "annees",
    "cle",
)
# The act that the simulator makes of the unit of work itself.
ACTE_UNIQUE = "unite"
IDENTITE = frozenset({"code", "nom", "population"})
# What a simulation needs to be read when only the figures of the communes are to be checked.
LEVIERS_MINIMAUX: Mapping[str, Any] = {"personnel": {"etp": "1", "cout_etp": "1000"}, "cle": {"population": "100"}}

Valeurs = Mapping[str, Any]


def build_territoire(demarche: Demarche, communes: Iterable[CommuneMembre]) -> dict[str, Any]:
    """The territory of the démarche as it knows it, whether real or invented."""
    millesimes = sorted({str(commune.millesime) for commune in communes})
    return {
        "nom": demarche.nom_epci,
        "fictif": demarche.fictive,
        "source_population": f"populations municipales {', '.join(millesimes)}",
    }


def build_service(dossier: Dossier) -> dict[str, Any]:
    service: dict[str, Any] = {"domaine": dossier.domaine, "nom": dossier.titre}
    if dossier.unite:
        service["unite"] = dossier.unite
    if dossier.actes:
        service["actes"] = dossier.actes
    return service


def build_data(
    dossier: Dossier,
    communes: Iterable[CommuneMembre],
    valeurs: Mapping[str, Valeurs],
    leviers: Mapping[str, Any],
    libelle: str = "",
) -> dict[str, Any]:
    """The nested data that ``parse_simulation`` reads; ``valeurs``: figures by code of commune."""
    membres = list(communes)
    lignes = [
        {
            **valeurs.get(commune.code, {}),
            "code": commune.code,
            "nom": commune.nom,
            "population": commune.population_municipale,
        }
        for commune in membres
    ]
    kept = {cle: leviers[cle] for cle in LEVIERS if cle in leviers}
    variante = {"nom": libelle, "cle": kept.pop("cle", {})}
    return {
        **kept,
        "titre": dossier.titre,
        "territoire": build_territoire(dossier.demarche, membres),
        "service": build_service(dossier),
        "communes": lignes,
        "variantes": [variante],
    }


def parse_leviers(
    dossier: Dossier,
    communes: Iterable[CommuneMembre],
    valeurs: Mapping[str, Valeurs],
    leviers: Mapping[str, Any],
    libelle: str = "",
) -> Simulation | list[Anomalie]:
    """The simulation of a scenario, or what is to be mended; fields of the key are named ``cle-…``, as in the form."""
    lue = parse_simulation(build_data(dossier, communes, valeurs, leviers, libelle))
    if isinstance(lue, Simulation):
        return lue
    return [Anomalie(a.ou.removeprefix("variantes-0-"), a.libelle, a.message, a.que_faire) for a in lue]


def is_chiffres(anomalie: Anomalie) -> bool:
    """Whether what misses is a figure of the communes: it prevents freezing, not preparing."""
    return anomalie.ou.startswith("communes-")


def check_valeurs(
    dossier: Dossier, communes: Iterable[CommuneMembre], valeurs: Mapping[str, Valeurs]
) -> dict[str, dict[str, Any]] | list[Anomalie]:
    """Figures by code as they are kept (exact, unknown ones left out), or what is to be mended in them."""
    lue = parse_leviers(dossier, communes, valeurs, LEVIERS_MINIMAUX)
    if isinstance(lue, list):
        return lue
    return extract_valeurs(lue)


def extract_valeurs(simulation: Simulation) -> dict[str, dict[str, Any]]:
    """What a simulation knows of each commune, by code, beside its name and population."""
    lignes: Any = write_data(simulation)["communes"]
    return {ligne["code"]: {cle: v for cle, v in ligne.items() if cle not in IDENTITE} for ligne in lignes}


def extract_leviers(simulation: Simulation) -> list[tuple[str, dict[str, Any]]]:
    """One (label, levers) a variant: each becomes a scenario."""
    data: Any = write_data(simulation)
    commun = {cle: data[cle] for cle in LEVIERS if cle in data}
    leviers = []
    for variante in data["variantes"]:
        propres = {**commun, "cle": variante["cle"]}
        if variante.get("perimetre"):
            propres["perimetre"] = variante["perimetre"]
        leviers.append((str(variante["nom"]), propres))
    return leviers


def extract_service(simulation: Simulation) -> dict[str, Any]:
    """Kind of service, unit and acts, as a dossier keeps them: no act when the unit of work is counted as a whole."""
    service: Any = write_data(simulation)["service"]
    actes = [] if [acte["code"] for acte in service["actes"]] == [ACTE_UNIQUE] else service["actes"]
    return {"domaine": service["domaine"], "unite": service["unite"][:80], "actes": actes}


def match_communes(
    simulation: Simulation, communes: Iterable[CommuneMembre]
) -> tuple[dict[str, CommuneMembre], list[str]]:
    """Members of the démarche by the code that the simulation gives them (by code, then by name); names left over."""
    membres = list(communes)
    by_code = {commune.code: commune for commune in membres}
    by_nom = {normalize_nom(commune.nom): commune for commune in membres}
    found, unknown = {}, []
    for simulee in simulation.communes:
        membre = by_code.get(simulee.code)
        if membre is None or normalize_nom(membre.nom) != normalize_nom(simulee.nom):
            membre = by_nom.get(normalize_nom(simulee.nom))
        if membre is None:
            unknown.append(simulee.nom)
        else:
            found[simulee.code] = membre
    return found, unknown


def translate_perimetre(leviers: Mapping[str, Any], found: Mapping[str, CommuneMembre]) -> dict[str, Any]:
    """The same levers, their perimeter said with the codes of the démarche."""
    codes = leviers.get("perimetre", found)
    return {**leviers, "perimetre": [found[code].code for code in codes if code in found]}


def index_valeurs(donnees: Iterable[DonneesCommune]) -> dict[str, Valeurs]:
    """Figures by code, from rows loaded with their commune."""
    return {donnee.commune.code: donnee.valeurs for donnee in donnees}
