"""Time of the rapport of 158 communes, from the database to the file: PDF, text file, letters.

Run: ``.venv/bin/python bench/bench_rapport.py``. In process, on a throw-away database; ``COMMUNES=26`` for less.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(RACINE), str(RACINE / "src")]
os.environ["COMMUNACCORD_DONNEES"] = tempfile.mkdtemp(prefix="bench-rapport-")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from tests.plateforme.dossiers.fabrique import build_dossier, build_equipe, build_fige  # noqa: E402
from tests.plateforme.fabriques import INSTANT, build_demarche, client_for  # noqa: E402
from tests.plateforme.rapports.fabrique import CHIFFRES, freeze  # noqa: E402

from communaccord.plateforme.comptes.salles import chemin  # noqa: E402
from communaccord.plateforme.dossiers.actions import present_dossier  # noqa: E402
from communaccord.plateforme.rapports.actions import Choix, fabricate, record_choix  # noqa: E402
from communaccord.plateforme.rapports.actions.fabrications import ask_fabrication, get_fichier  # noqa: E402

COMMUNES = int(os.environ.get("COMMUNES", "158"))
ACTIONS = 6


def build_territoire():
    """Six presented dossiers on all the communes, with the figures of the EPCI."""
    demarche = build_demarche(COMMUNES)
    equipe = build_equipe(demarche)
    for rang in range(ACTIONS):
        dossier = build_dossier(demarche, equipe, titre=f"Service partagé {rang + 1} (fictif)")
        build_fige(dossier, equipe)
        dossier = present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
        record_choix(acteur=equipe, instant=INSTANT, dossier=dossier, version=0, choix=Choix(**CHIFFRES))
    return demarche, equipe


def measure(libelle: str, work) -> object:
    start, cpu = time.perf_counter(), time.process_time()
    done = work()
    print(f"{libelle} : {time.perf_counter() - start:.2f} s ({time.process_time() - cpu:.2f} s de processeur)")
    return done


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    _, equipe = build_territoire()
    client = client_for(equipe)
    for name, args in (("accueil", ()), ("partie", ("impact",)), ("partie", ("annexes",))):
        client.get(chemin(equipe, f"rapports:{name}", *args))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            start = time.process_time()
            assert client.get(chemin(equipe, f"rapports:{name}", *args)).status_code == 200
            cpu = 1000 * (time.process_time() - start)
            print(f"page {' '.join((name, *args))} : {cpu:.0f} ms, {len(queries)} requêtes")
    version = measure("figer une version", lambda: freeze(equipe))
    for genre in ("rapport_pdf", "rapport_docx", "courriers"):
        row = ask_fabrication(acteur=equipe, instant=INSTANT, genre=genre, version=version)
        etat = measure(genre, lambda row=row: fabricate(row.pk, lambda: INSTANT))
        row.refresh_from_db()
        content = get_fichier(row).read_bytes() if etat == "prete" else b""
        pages = re.search(rb"/Count (\d+)", content)
        suite = f", {pages[1].decode()} pages" if genre == "rapport_pdf" and pages else ""
        print(f"  {etat} {row.erreur} : {len(content) // 1000} ko{suite}")


if __name__ == "__main__":
    main()
