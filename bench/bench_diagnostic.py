"""CPU time and queries of the restitution with 158 communes and 40 services (6,320 answers of staff and costs).

Run: ``.venv/bin/python bench/bench_diagnostic.py``. In process, on a throw-away database;
the levels of sharing and the needs of each commune come on top (12,640 answers more). Exit code 1 when a page passes
its budget: 15 queries, and 200 ms for the synthèse.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(RACINE), str(RACINE / "src")]
os.environ.setdefault("COMMUNACCORD_DONNEES", tempfile.mkdtemp(prefix="bench-diagnostic-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from tests.plateforme.diagnostic.fabrique import build_campagne, fill_grand_territoire, list_services  # noqa: E402
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, list_communes  # noqa: E402

from communaccord.plateforme.comptes.enums import Role  # noqa: E402
from communaccord.plateforme.comptes.salles import chemin  # noqa: E402

TOURS = 7
REQUETES = 15
SYNTHESE, PAPIER = 200, 1_000


def measure(client, adresse: str) -> tuple[float, int]:
    """Median CPU time of a page, in milliseconds, and its queries."""
    times = []
    for _ in range(TOURS):
        start = time.process_time()
        response = client.get(adresse)
        times.append(1000 * (time.process_time() - start))
        assert response.status_code == 200, adresse
    with CaptureQueriesContext(connection) as queries:
        client.get(adresse)
    return statistics.median(times), len(queries)


def main() -> int:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    demarche = build_demarche(158)
    campagne = build_campagne(demarche, services=list_services(40))
    answers = fill_grand_territoire(campagne)
    print(f"{answers} réponses")
    commune = list_communes(demarche)[30]
    president, maire = (
        build_acteur_de(demarche, Role.PRESIDENT),
        build_acteur_de(demarche, Role.MAIRE, commune),
    )
    equipe = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    pages = (
        (president, "diagnostic:synthese", (), SYNTHESE),
        (president, "diagnostic:synthese_classeur", (), PAPIER),
        (president, "diagnostic:synthese_csv", (), PAPIER),
        (president, "diagnostic:synthese_note", (), PAPIER),
        (maire, "diagnostic:carnet", (commune.pk,), SYNTHESE),
        (maire, "diagnostic:carnet_pdf", (commune.pk,), PAPIER),
        (equipe, "diagnostic:carnets", (), SYNTHESE),
    )
    is_late = False
    for acteur, name, args, budget in pages:
        mediane, requetes = measure(client_for(acteur), chemin(acteur, name, *args))
        late = mediane > budget or requetes >= REQUETES
        is_late |= late
        print(f"{acteur.role:14} {name:28} {mediane:7.1f} ms {requetes:3} requêtes{'  TROP' if late else ''}")
    return int(is_late)


if __name__ == "__main__":
    sys.exit(main())
