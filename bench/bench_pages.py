"""CPU time of the public pages, in process: `python bench/bench_pages.py`.

The whole of France is loaded in a throw-away SQLite database, then each page is asked several times through Django's
client (no network): the median of the CPU time is compared with the budget, and so is the compressed size. Exit code 1
when a budget is passed. The first request of each page is reported apart: it pays for compiling the templates.
"""

import argparse
import gzip
import os
import statistics
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command
from django.test import Client

PAYS_BASQUE = "/territoires/200067106/"


@dataclass(frozen=True)
class Page:
    """An address and its budget: milliseconds of CPU, kilobytes once compressed."""

    nom: str
    adresse: str
    millisecondes: float
    kilooctets: float = 100.0
    fragment: bool = False


PAGES = (
    Page("entrée", "/", 60),
    Page("recherche « pau » pendant la frappe", "/recherche/?q=pau", 20, fragment=True),
    Page("recherche « saint » pendant la frappe", "/recherche/?q=saint", 20, fragment=True),
    Page("recherche « pays basque », page entière", "/recherche/?q=pays+basque", 20),
    Page("recherche mal écrite « bayone »", "/recherche/?q=bayone", 20, fragment=True),
    Page("recherche mal écrite « saint jaen de luz »", "/recherche/?q=saint+jaen+de+luz", 20, fragment=True),
    Page("recherche « mairie de bayonne »", "/recherche/?q=mairie+de+bayonne", 20, fragment=True),
    Page("portrait du Pays Basque, 158 communes", PAYS_BASQUE, 60),
    Page("portrait, ma commune épinglée et tri", f"{PAYS_BASQUE}?commune=64102&tri=nom", 60),
    Page("tableau filtré du portrait", f"{PAYS_BASQUE}?filtre=saint", 60, fragment=True),
    Page("portrait, petite communauté (15 communes)", "/territoires/241200567/", 60),
    Page("simulateur, formulaire de 158 communes", "/simulateur/200067106/", 60),
)


def prepare() -> None:
    """A fresh database with the reference data, unless COMMUNACCORD_DONNEES names one."""
    os.environ.setdefault("COMMUNACCORD_SECRET_KEY", "seulement-pour-la-mesure-" + "0123456789" * 4)
    os.environ.setdefault("COMMUNACCORD_DONNEES", tempfile.mkdtemp(prefix="communaccord-mesure-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communaccord.plateforme.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    start = time.process_time()
    call_command("charger_reference", "--silencieux")
    print(f"chargement de la référence : {time.process_time() - start:.1f} s de processeur")
    call_command("collectstatic", "--noinput", verbosity=0)


def measure(page: Page, tours: int) -> tuple[float, float, float]:
    """First CPU time, median of the following ones (milliseconds), compressed size (kilobytes)."""
    client = Client(headers={"HX-Request": "true"} if page.fragment else {})
    times = []
    for _ in range(tours + 1):
        start = time.process_time()
        response = client.get(page.adresse, SERVER_NAME="localhost")
        times.append((time.process_time() - start) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{page.adresse} a répondu {response.status_code}.")
    return times[0], statistics.median(times[1:]), len(gzip.compress(response.content, 6)) / 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tours", type=int, default=25, help="nombre de requêtes mesurées par page")
    tours = parser.parse_args().tours
    warnings.simplefilter("ignore")
    prepare()
    is_late = False
    print(f"{'page':<44} {'1re':>7} {'médiane':>8} {'budget':>7} {'ko gz':>6}")
    for page in PAGES:
        first, median, size = measure(page, tours)
        late = median > page.millisecondes or size > page.kilooctets
        is_late |= late
        figures = f"{first:>7.1f} {median:>8.1f} {page.millisecondes:>7.0f} {size:>6.1f}"
        print(f"{page.nom:<44} {figures}{'  TROP' if late else ''}")
    return int(is_late)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    sys.exit(main())
