"""``communaccord simuler``: the answer to a simulation written in a file."""

import argparse
from fractions import Fraction
from pathlib import Path

from communaccord.cli.sortie import ErreurCommande, print_json, print_tableau, print_titre
from communaccord.noyau.partage import Fourchette
from communaccord.simulateur import (
    Anomalie,
    Resultat,
    ResultatVariante,
    Simulation,
    build_exemple,
    compute_resultat,
    read_classeur,
    read_json,
    to_json,
    write_json,
)
from communaccord.simulateur.ecriture import (
    format_estimation,
    format_montant,
    format_nombre,
    round_estimation,
    round_par_habitant,
)
from communaccord.simulateur.resultat import compute_ecart_budget, describe_seules, list_noms

MAX_OCTETS = 6_000_000


def execute(arguments: argparse.Namespace) -> None:
    """Print the answer, or the example file."""
    if arguments.exemple == bool(arguments.fichier):
        raise ErreurCommande("Donnez un fichier, ou bien --exemple, mais pas les deux.", code=2)
    if arguments.exemple:
        print(write_json(build_exemple()), end="")
        return
    simulation = read_simulation(Path(arguments.fichier))
    if isinstance(simulation, list):
        lignes = [f"- {anomalie}" for anomalie in simulation]
        raise ErreurCommande("\n".join([f"« {arguments.fichier} » ne peut pas être simulé :", *lignes]))
    resultat = compute_resultat(simulation)
    if arguments.json:
        print_json(to_json(resultat))
    else:
        print_resultat(resultat)
    if all(variante.refus for variante in resultat.variantes):
        raise ErreurCommande("Aucune variante n'a de réponse.")


def read_simulation(chemin: Path) -> Simulation | list[Anomalie]:
    """Read a file, JSON or workbook by what it holds. Errors: ErreurCommande when the file cannot be opened."""
    try:
        with chemin.open("rb") as fichier:
            contenu = fichier.read(MAX_OCTETS + 1)
    except FileNotFoundError as erreur:
        raise ErreurCommande(f"Le fichier « {chemin} » n'existe pas.") from erreur
    except IsADirectoryError as erreur:
        raise ErreurCommande(f"« {chemin} » est un dossier : donnez un fichier.") from erreur
    except (OSError, ValueError) as erreur:
        raise ErreurCommande(f"Le fichier « {chemin} » ne peut pas être lu.") from erreur
    return read_classeur(contenu) if contenu.startswith(b"PK") else read_json(contenu)


def print_resultat(resultat: Resultat) -> None:
    """Print the sentence, then for each variant the communes in the year of reference."""
    simulation = resultat.simulation
    print_titre(simulation.titre or f"{simulation.service.nom}, {simulation.territoire.nom}")
    if simulation.territoire.fictif:
        print("Territoire et chiffres fictifs.")
    noms = list_noms([variante.variante for variante in resultat.variantes])
    for nom, variante in zip(noms, resultat.variantes, strict=True):
        print(f"\n{nom}")
        print(variante.phrase)
        if variante.temps:
            print(variante.temps)
        if variante.refus is None:
            print()
            _print_communes(resultat, variante)
        for avertissement in variante.avertissements:
            print(f"À savoir : {avertissement}")


def _print_communes(resultat: Resultat, variante: ResultatVariante) -> None:
    annee, write = resultat.annee_reference, format_estimation if resultat.estime else format_montant
    entete = ("Commune", f"Contribution {annee}", "Fourchette", "Par habitant", "Écart budget", "Écart coût seule")
    lignes = []
    for commune in variante.communes:
        effet, fourchette = commune.get_annee(annee), commune.get_fourchette(annee)
        lignes.append(
            (
                commune.commune.nom,
                write(effet.contribution),
                _write_fourchette(fourchette),
                _write_par_habitant(effet.par_habitant, estime=resultat.estime),
                _write_ecart(compute_ecart_budget(effet), estime=resultat.estime),
                _write_ecart(effet.ecart_seul, estime=resultat.estime),
            )
        )
    print_tableau([entete, *lignes], droite=frozenset({1, 2, 3, 4, 5}))
    print("Écart budget : contribution moins dépense d'aujourd'hui ; un nombre négatif veut dire moins à payer.")
    if hypothese := describe_seules(resultat, variante, annee):
        print(f"Écart coût seule : contribution moins coût du même service, {hypothese}.")
    if resultat.estime:
        print("Chaque montant est arrondi à part.")


def _write_fourchette(fourchette: Fourchette | None) -> str:
    if fourchette is None:
        return "–"
    bas, haut = (round_estimation(borne) for borne in fourchette.contribution)
    return f"{format_nombre(bas // 100)} à {format_montant(haut, centimes_visibles=False)}"


def _write_ecart(centimes: int | None, *, estime: bool) -> str:
    if centimes is None:
        return "inconnu"
    arrondi = round_estimation(centimes) if estime else centimes
    signe = "+" if arrondi > 0 else ""
    return signe + format_montant(arrondi, centimes_visibles=not estime)


def _write_par_habitant(centimes: Fraction | None, *, estime: bool) -> str:
    if centimes is None:
        return "–"
    return format_montant(round_par_habitant(centimes, estime=estime))
