"""Game and vote files for the tests of the command line; every figure is invented (fictif)."""

import json
from itertools import combinations

from communaccord.cli import main

SERVICE = {
    "type": "service",
    "joueurs": ["Commune A", "Commune B", "Commune C", "Commune D"],
    "charge": [120, 80, 200, 45],
    "fixe": "40000.00",
    "par_membre": "400.00",
    "cout_etp": "48000.00",
    "pas_etp": "0.5",
    "productivite": 300,
    "seul": ["36000.00", "24000.00", "60000.00", "15000.00"],
}
TABLE = {
    "type": "table",
    "joueurs": ["A", "B"],
    "couts": [
        {"groupe": ["A"], "cout": "10.00"},
        {"groupe": ["B"], "cout": "8.00"},
        {"groupe": ["B", "A"], "cout": "12.01"},
    ],
}
VOIX = {"poids": {"D": 4, "F": 4, "I": 4, "B": 2, "N": 2, "L": 1}, "quota": 12}
MAJORITE = {"regle": "majorite_qualifiee", "populations": {"Bourg": 5000, "Val": 1200, "Mont": 800, "Pré": 400}}


def run(capsys, *argv):
    """Return the exit code and both outputs of a command."""
    code = main(argv)
    sortie = capsys.readouterr()
    return code, sortie.out, sortie.err


def play(capsys, dossier, commande, donnees, *options):
    """Write a file, run a command on it; return the exit code and both outputs."""
    fichier = dossier / "fichier.json"
    fichier.write_text(donnees if isinstance(donnees, str) else json.dumps(donnees), encoding="utf-8")
    return run(capsys, commande, str(fichier), *options)


def answer(capsys, dossier, commande, donnees, *options):
    """Return the JSON answer of a command that must succeed."""
    code, sortie, erreurs = play(capsys, dossier, commande, donnees, "--json", *options)
    assert (code, erreurs) == (0, "")
    return json.loads(sortie)


def read_cents(texte):
    """Return an amount such as "-0.43" in cents."""
    return int(texte.replace(".", ""))


def list_groupes(joueurs):
    """Return every group but nobody and all."""
    return [set(groupe) for taille in range(1, len(joueurs)) for groupe in combinations(joueurs, taille)]


DOSSIER = {
    "communes": ["Bourg", "Val", "Mont"],
    "services": [
        {
            "nom": "Droit des sols",
            "cout": "60000.00",
            "criteres": [
                {"nom": "population", "valeurs": [5000, 1200, 800]},
                {"nom": "actes", "valeurs": [120, 60, 20]},
            ],
            "seul": ["45000.00", "20000.00", "9000.00"],
        }
    ],
    "demandes": [
        {"commune": "Bourg", "type": "contribution_max", "montant": "40000.00"},
        {"commune": "Val", "type": "gain_min", "montant": "5000.00", "degre": "utile"},
        {"commune": "Mont", "type": "gain_min", "montant": "1500.00"},
    ],
}
