"""``communaccord demo``: put the invented territory in the database of this folder, by the commands of the site."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from communaccord.cli.sortie import ErreurCommande

REGLAGES = "communaccord.plateforme.config.settings"


def execute(arguments: argparse.Namespace) -> None:
    """Make the folder and the tables, then load the demo; its words are those of the site's command."""
    Path(os.environ.get("COMMUNACCORD_DONNEES", "var")).mkdir(parents=True, exist_ok=True)
    options = [f"--{nom}" for nom in ("grande", "refaire") if getattr(arguments, nom)]
    run_django("migrate", "--verbosity", "0")
    run_django("charger_demo", *options)


def run_django(*commande: str) -> None:
    """Run one command of the site, as a demo; ErreurCommande with the same code when it fails."""
    environnement = {**os.environ, "COMMUNACCORD_DEMO": "1", "DJANGO_SETTINGS_MODULE": REGLAGES}
    fait = run([sys.executable, "-m", "django", *commande], environnement)
    if fait:
        raise ErreurCommande("", code=fait)


def run(commande: Sequence[str], environnement: dict[str, str]) -> int:
    """Run a program and return its code. The words come from this module alone: nothing typed is run."""
    return subprocess.run(commande, env=environnement, check=False).returncode  # noqa: S603
