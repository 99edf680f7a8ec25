"""``communaccord territoire``: what is known of an intercommunalité and its communes."""

import argparse

from communaccord.cli.choix import find_choix
from communaccord.cli.sortie import print_json, print_tableau, print_titre, write_entier
from communaccord.reference import Commune, Epci, get_communes, get_departement


def execute(arguments: argparse.Namespace) -> None:
    """Print the territory asked for."""
    choix = find_choix(arguments.territoire)
    if arguments.json:
        print_json({"epci": None if choix.epci is None else _write_epci(choix.epci), "commune": _write(choix.commune)})
    elif choix.epci is None:
        _print_isolee(choix.commune)
    else:
        _print_epci(choix.epci, choix.commune)


def _write(commune: Commune | None) -> dict[str, object] | None:
    if commune is None:
        return None
    return {
        "code": commune.code,
        "nom": commune.nom,
        "population_municipale_2022": commune.population_municipale_2022,
        "population_municipale_2023": commune.population_municipale_2023,
        "sieges_constates": commune.sieges_constates,
    }


def _write_epci(epci: Epci) -> dict[str, object]:
    return {
        "siren": epci.siren,
        "nom": epci.nom_complet,
        "nature": epci.nature,
        "financement": epci.financement,
        "departements": list(epci.codes_departements),
        "population_municipale_2022": epci.population_municipale_2022,
        "population_totale_2022": epci.population_totale_2022,
        "population_municipale_2023": epci.population_municipale_2023,
        "sieges_constates": epci.sieges_constates,
        "communes": [_write(commune) for commune in get_communes(epci.siren)],
    }


def _print_isolee(commune: Commune | None) -> None:
    if commune is None:
        return
    print_titre(f"{commune.nom} ({commune.code})")
    print("Cette commune n'appartient à aucune intercommunalité à fiscalité propre.")


def _print_epci(epci: Epci, commune: Commune | None) -> None:
    communes = get_communes(epci.siren)
    print_titre(epci.nom_complet)
    if commune is not None:
        print(f"{commune.nom} ({commune.code}) en est membre.")
    departements = [get_departement(code) for code in epci.codes_departements]
    faits = [
        ("SIREN", epci.siren),
        ("Nature", epci.libelle_nature),
        ("Financement", epci.libelle_financement),
        ("Département", ", ".join(f"{departement.nom} ({departement.code})" for departement in departements)),
        ("Population municipale 2022", write_entier(epci.population_municipale_2022)),
        ("Population municipale 2023", write_entier(epci.population_municipale_2023)),
        ("Sièges constatés, automne 2026", write_entier(epci.sieges_constates)),
    ]
    print_tableau(faits)
    print()
    print(f"{len(communes)} communes (population municipale 2022, sièges constatés) :")
    print_tableau(
        (
            (une.code, une.nom, write_entier(une.population_municipale_2022), write_entier(une.sieges_constates))
            for une in communes
        ),
        droite=frozenset({2, 3}),
    )
