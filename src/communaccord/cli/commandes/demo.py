"""``communaccord demo``: put the invented territory in the database of this folder, by the commands of the site."""

import argparse
import os
import subprocess
import sys

from communaccord.cli.sortie import ErreurCommande

REGLAGES = "communaccord.plateforme.config.settings"


def execute(arguments: argparse.Namespace) -> None:
    """Make the tables, then load the demo; its words are those of the site's command."""
    options = [f"--{nom}" for nom in ("grande", "refaire") if getattr(arguments, nom)]
    for commande in (["migrate", "--verbosity", "0"], ["charger_demo", *options]):
        run_django(commande)


def run_django(commande: list[str]) -> None:
    """Run one command of the site, as a demo; ErreurCommande with the same code when it fails."""
    environnement = {**os.environ, "COMMUNACCORD_DEMO": "1", "DJANGO_SETTINGS_MODULE": REGLAGES}
    # The words come from this module alone: nothing typed by somebody is run.
    fait = subprocess.run([sys.executable, "-m", "django", *commande], env=environnement, check=False)  # noqa: S603
    if fait.returncode:
        raise ErreurCommande("", code=fait.returncode)
