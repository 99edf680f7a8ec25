"""Installations on a database that was really migrated: a file of SQLite, or one of the server of DATABASE_URL."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

RACINE = Path(__file__).resolve().parents[2]
FICHIER = "essai.sqlite3"
_numbers = count(1)


def build_environment(folder: Path, base: str) -> dict[str, str]:
    """The product, installed in this folder, on the database of this name."""
    head, _, query = os.environ.get("DATABASE_URL", "").partition("?")
    is_server = head.startswith("postgres")
    kept = {name: value for name, value in os.environ.items() if name != "COMMUNACCORD_COFFRE"}
    return {
        **kept,
        "COMMUNACCORD_DONNEES": str(folder),
        "COMMUNACCORD_SECRET_KEY": "seulement-pour-les-essais-" + "0123456789" * 4,
        "DJANGO_SETTINGS_MODULE": "tests.reglages",
        "DATABASE_URL": f"{head.rpartition('/')[0]}/{base}?{query}" if is_server else f"sqlite://{base}",
    }


@contextmanager
def open_base(folder: Path, modele: str = "") -> Iterator[str]:
    """The name of a new database: empty, or a copy of the one whose name is `modele`."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        name = str(folder / FICHIER)
        if modele:
            shutil.copyfile(modele, name)
        yield name
        return
    name = f"essai_{os.getpid()}_{next(_numbers)}"
    template = f' TEMPLATE "{modele}"' if modele else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
    try:
        yield name
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrate(environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=RACINE, env=environment, check=True, timeout=300)
