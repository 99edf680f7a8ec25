"""``communaccord accord``: can all requests hold together? Fair deals, or the conflict and what would end it."""

import argparse
from pathlib import Path

from communaccord.cli.dossiers import read_dossier
from communaccord.cli.ecriture_accord import build_reponse
from communaccord.cli.examen import examine
from communaccord.cli.questions import answer_questions, read_questions
from communaccord.cli.sortie import ErreurCommande, print_json
from communaccord.cli.texte_accord import print_examen
from communaccord.noyau.partage.erreurs import DonneeInvalide


def execute(arguments: argparse.Namespace) -> None:
    """Print the verdict, with its proof, what follows from it, and the answers to the questions."""
    if not arguments.secondes > 0:
        raise ErreurCommande("--secondes : donnez une durée plus grande que zéro.", code=2)
    try:
        lu = read_dossier(Path(arguments.fichier))
        questions = read_questions(arguments.questions, lu)
        examen = examine(lu, arguments.secondes)
        etudie = answer_questions(examen, questions, arguments.secondes)
    except DonneeInvalide as erreur:
        raise ErreurCommande(str(erreur), code=2) from erreur
    if arguments.json:
        print_json(build_reponse(examen, etudie))
    else:
        print_examen(examen, etudie)
