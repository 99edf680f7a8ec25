"""CPU time of the pages of a dossier with 158 communes and three scenarios: median, in milliseconds.

Run: ``.venv/bin/python bench/bench_dossiers.py``. In process, from the address to the bytes, on a throw-away database.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(RACINE), str(RACINE / "src")]
os.environ["COMMUNACCORD_DONNEES"] = tempfile.mkdtemp(prefix="bench-dossiers-")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from tests.plateforme.dossiers.fabrique import (  # noqa: E402
    build_dossier,
    build_equipe,
    build_fige,
    build_scenario,
)
from tests.plateforme.fabriques import (  # noqa: E402
    INSTANT,
    build_acteur_de,
    build_demarche,
    client_for,
    list_communes,
)

from communaccord.plateforme.comptes.enums import Role  # noqa: E402
from communaccord.plateforme.comptes.salles import chemin  # noqa: E402
from communaccord.plateforme.dossiers.actions import freeze_scenario, present_dossier  # noqa: E402
from communaccord.plateforme.dossiers.models import Scenario  # noqa: E402

TOURS = 9


def measure(client, adresse: str) -> float:
    """Median CPU time of a page, in milliseconds."""
    times = []
    for _ in range(TOURS):
        start = time.process_time()
        response = client.get(adresse)
        times.append(1000 * (time.process_time() - start))
        assert response.status_code == 200, adresse
    return statistics.median(times)


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    demarche = build_demarche(158)
    equipe = build_equipe(demarche)
    commune = list_communes(demarche)[4]
    maire = build_acteur_de(demarche, Role.MAIRE, commune)
    dossier = build_dossier(demarche, equipe)
    for rang in range(2):
        build_fige(dossier, equipe, f"Scénario {rang}", marges={"volumes": "10 %"})
    third = build_scenario(dossier, equipe, "Scénario 2", marges={"volumes": "10 %"})
    start = time.process_time()
    freeze_scenario(acteur=equipe, instant=INSTANT, scenario=third, version=1)
    print(f"figer un scénario de 158 communes : {1000 * (time.process_time() - start):.0f} ms")
    present_dossier(acteur=equipe, instant=INSTANT, dossier=dossier)
    draft = build_scenario(dossier, equipe, "Brouillon")
    fige = Scenario.objects.filter(dossier=dossier).first()
    pages = (
        (maire, "dossiers:liste", ()),
        (maire, "dossiers:dossier", (dossier.pk,)),
        (maire, "dossiers:scenario", (dossier.pk, fige.pk)),
        (maire, "dossiers:fiche", (dossier.pk, commune.pk)),
        (maire, "dossiers:fiche_pdf", (dossier.pk, commune.pk)),
        (maire, "dossiers:scenario_csv", (dossier.pk, fige.pk)),
        (maire, "dossiers:scenario_classeur", (dossier.pk, fige.pk)),
        (equipe, "dossiers:dossier", (dossier.pk,)),
        (equipe, "dossiers:scenario", (dossier.pk, draft.pk)),
        (equipe, "dossiers:scenario_modifier", (dossier.pk, draft.pk)),
        (equipe, "dossiers:chiffres", (dossier.pk,)),
    )
    for acteur, name, args in pages:
        print(f"{acteur.role:14} {name:28} {measure(client_for(acteur), chemin(acteur, name, *args)):6.1f} ms")


if __name__ == "__main__":
    main()
