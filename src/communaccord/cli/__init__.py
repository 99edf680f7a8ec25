"""The command line: ``communaccord territoire | sieges | calendrier | simuler | partage | vote | accord | demo``.

No network. Only ``demo`` touches a database, through the commands of the site.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from communaccord.cli.accords_locaux.options import add_options
from communaccord.cli.analyseur import Analyseur
from communaccord.cli.sortie import ErreurCommande

DESCRIPTION = "Commun Accord : l'intercommunalité et le coût de ses services partagés, sans compte ni réseau."
AIDE_TERRITOIRE = "nom ou SIREN d'une intercommunalité, nom ou code Insee d'une de ses communes"
AIDE_JSON = "écrit la réponse en JSON"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return 0 (done), 1 (no answer, the reason is on the error output) or 2 (misuse)."""
    _accept_any_encoding()
    # A proof is written whole, however long its whole numbers; those that are read are short (lecture.read_entier).
    sys.set_int_max_str_digits(0)
    try:
        arguments = build_analyseur().parse_args(argv)
        # Each command is loaded when it is asked for: a search does not pay for the simulator.
        import_module(f"communaccord.cli.commandes.{arguments.commande}").execute(arguments)
        sys.stdout.flush()
    except ErreurCommande as erreur:
        if str(erreur):
            print(erreur, file=sys.stderr)
        return erreur.code
    except BrokenPipeError:
        # The reader of the pipe is gone (head, less): nothing more to say, and nothing to say at closing either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except SystemExit as sortie:
        return sortie.code if isinstance(sortie.code, int) else 0
    return 0


def _accept_any_encoding() -> None:
    """Replace what the terminal cannot write, rather than fail."""
    for flux in (sys.stdout, sys.stderr):
        reconfigure = getattr(flux, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def build_analyseur() -> Analyseur:
    """Build the parser of all commands."""
    analyseur = Analyseur(prog="communaccord", description=DESCRIPTION)
    commandes = analyseur.add_subparsers(dest="commande", metavar="COMMANDE", required=True, title="Commandes")

    territoire = commandes.add_parser("territoire", help="ce que l'on sait d'une intercommunalité")
    territoire.add_argument("territoire", metavar="NOM|SIREN", help=AIDE_TERRITOIRE)
    territoire.add_argument("--json", action="store_true", help=AIDE_JSON)

    sieges = commandes.add_parser("sieges", help="les sièges du conseil, par la règle ordinaire et constatés")
    sieges.add_argument("territoire", metavar="SIREN", nargs="?", help=AIDE_TERRITOIRE)
    sieges.add_argument("--tous", action="store_true", help="toutes les intercommunalités, une ligne JSON chacune")
    sieges.add_argument(
        "--renouvellement", type=int, choices=(2020, 2026), default=2026, metavar="ANNÉE", help="2026 ou 2020"
    )
    add_options(sieges)
    sieges.add_argument("--json", action="store_true", help=AIDE_JSON)

    calendrier = commandes.add_parser("calendrier", help="les dates du mandat")
    calendrier.add_argument("territoire", metavar="SIREN", help=AIDE_TERRITOIRE)
    calendrier.add_argument("--date", metavar="AAAA-MM-JJ", help="jour d'où l'on regarde (par défaut aujourd'hui)")
    calendrier.add_argument("--json", action="store_true", help=AIDE_JSON)

    simuler = commandes.add_parser("simuler", help="ce qu'un service partagé coûterait à chaque commune")
    simuler.add_argument("fichier", metavar="FICHIER", nargs="?", help="fichier .json, ou classeur .xlsx du simulateur")
    simuler.add_argument("--exemple", action="store_true", help="écrit un fichier d'exemple, sur un territoire fictif")
    simuler.add_argument("--json", action="store_true", help=AIDE_JSON)

    _add_moteur(commandes)

    demo = commandes.add_parser("demo", help="charge le territoire fictif de la démonstration")
    demo.add_argument("--grande", action="store_true", help="158 communes plutôt que 26")
    demo.add_argument("--refaire", action="store_true", help="efface la démonstration en place et la raconte à nouveau")
    return analyseur


def _add_moteur(commandes: "argparse._SubParsersAction[Analyseur]") -> None:
    """Add the commands that read a file of docs/moteur/formats.md."""
    partage = commandes.add_parser("partage", help="un coût partagé par toutes les règles, et qui gagnerait à partir")
    partage.add_argument("fichier", metavar="JEU.json", help="jeu de coût (docs/moteur/formats.md)")
    partage.add_argument(
        "--secondes", type=float, default=120.0, metavar="DURÉE", help="temps donné à chaque recherche (120 par défaut)"
    )
    partage.add_argument("--json", action="store_true", help=AIDE_JSON)

    vote = commandes.add_parser("vote", help="le poids de chacun dans un vote")
    vote.add_argument("fichier", metavar="REGLE.json", help="règle de vote (docs/moteur/formats.md)")
    vote.add_argument("--json", action="store_true", help=AIDE_JSON)

    accord = commandes.add_parser("accord", help="les demandes des communes tiennent-elles ensemble ?")
    accord.add_argument("fichier", metavar="DOSSIER.json", help="dossier (docs/moteur/formats.md)")
    accord.add_argument(
        "--secondes", type=float, default=60.0, metavar="DURÉE", help="temps donné à chaque recherche (60 par défaut)"
    )
    accord.add_argument(
        "--questions",
        metavar="LISTE",
        help="cle, bascule, sorties, sensibilite, charges, atlas, paquets ; toutes, ou aucune",
    )
    accord.add_argument("--json", action="store_true", help=AIDE_JSON)
