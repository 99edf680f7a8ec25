"""Command line in French: headings, help and refusals."""

import argparse
import re
import sys
from typing import NoReturn

from communaccord.cli.sortie import ErreurCommande

_TRADUCTIONS = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"argument inconnu : \1"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 : « \2 » n'existe pas ; choisissez \3"),
    (r"argument (.*?): expected one argument", r"\1 attend une valeur"),
    (r"argument (.*?): invalid float value: '(.*)'", r"\1 : « \2 » n'est pas un nombre ; écrivez par exemple 2 ou 1.5"),
    (r"argument (.*?): invalid \w+ value: '(.*)'", r"\1 : « \2 » ne convient pas"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 et \2 ne vont pas ensemble"),
    (r"argument (.*?): ignored explicit argument '(.*)'", r"\1 n'attend pas de valeur (« \2 »)"),
    (r"ambiguous option: (.*) could match (.*)", r"l'option \1 est ambiguë : \2"),
    (r"one of the arguments (.*) is required", r"donnez l'un de ces arguments : \1"),
)


def translate_erreur(message: str) -> str:
    """Return in French what argparse says in English."""
    for motif, francais in _TRADUCTIONS:
        trouve = re.fullmatch(motif, message)
        if trouve:
            return trouve.expand(francais)
    return "la commande ne se lit pas"


class AideFrancaise(argparse.RawDescriptionHelpFormatter):
    """Help whose headings are French."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        """Put the French heading before the usage."""
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


class Analyseur(argparse.ArgumentParser):
    """Parser that speaks French and refuses with exit code 2."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", AideFrancaise)
        super().__init__(add_help=False, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--aide", "--help", action="help", help="affiche cette aide et s'arrête")

    def error(self, message: str) -> NoReturn:
        """Refuse on the error output, in French."""
        print(f"{self.prog} : {translate_erreur(message)}.", file=sys.stderr)
        print(f"Pour l'aide : {self.prog} --aide", file=sys.stderr)
        raise ErreurCommande("", code=2)
