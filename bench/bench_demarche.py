"""CPU time of the pages of a démarche of 158 communes, in process: `python bench/bench_demarche.py`.

The large territory of the demo is told in a throw-away SQLite database (unless COMMUNACCORD_DONNEES names one where it
is already), then each page is asked several times through Django's client, in the name of each role: the median of the
CPU time is compared with the budget. Exit code 1 when it is passed. Papers are measured on their own budget.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BUDGET, BUDGET_PAPIER = 100.0, 1_000.0
REQUETES = 15
FICHIERS = (".pdf", ".docx", ".xlsx", ".zip", ".ics", ".csv")
ROLES = ("equipe_projet", "maire", "president", "conseiller_municipal")
# Numbers are those of the demo: its first round is published, its second is open; {commune} is that of the actor.
PAGES = (
    "",
    "journal/",
    "journal/journal.csv",
    "territoire/",
    "territoire/communes.xlsx",
    "personnes/",
    "personnes/{personne}/",
    "instances/",
    "instances/proposer/",
    "instances/{copil}/",
    "instances/{copil}/modifier/",
    "instances/organisation/",
    "instances/poles/",
    "instances/seances/{tenue}/",
    "instances/seances/{tenue}/ecran/",
    "instances/seances/{tenue}/fichiers/seance.ics",
    "instances/seances/{tenue}/fichiers/releve-de-conclusions.pdf",
    "instances/seances/{venir}/",
    "instances/seances/{venir}/preparer/",
    "instances/seances/{venir}/saisie/",
    "instances/seances/{venir}/ecran/",
    "instances/seances/{venir}/fichiers/convocation.pdf",
    "instances/seances/{venir}/fichiers/feuille-de-presence.pdf",
    "dossiers/",
    "dossiers/nouveau/",
    "dossiers/{dossier}/",
    "dossiers/{dossier}/modifier/",
    "dossiers/{dossier}/chiffres/",
    "dossiers/{dossier}/chiffres/{commune}/",
    "dossiers/{dossier}/chiffres/tableau.xlsx",
    "dossiers/{dossier}/fiches/{commune}/",
    "dossiers/{dossier}/fiches/{commune}/fiche.pdf",
    "dossiers/{dossier}/scenarios/{scenario}/",
    "dossiers/{dossier}/scenarios/{scenario}/classeur.xlsx",
    "dossiers/{dossier}/scenarios/{scenario}/tableau.csv",
    "table/",
    "table/ce-que-protege-le-pli/",
    "table/preparer/",
    "table/regle/{regle}/",
    "table/regle/{regle}/regle-du-jeu.pdf",
    "table/tours/{publie}/",
    "table/tours/{publie}/resultat/",
    "table/tours/{publie}/resultat/resultat.pdf",
    "table/tours/{publie}/resultat/tableau.xlsx",
    "table/tours/{publie}/resultat/{dossier}/partager/",
    "table/tours/{ouvert}/",
    "table/tours/{ouvert}/suivi/",
    "table/tours/{ouvert}/enveloppes/",
    "table/tours/{ouvert}/communes/{commune}/recueillir/1/",
    "table/tours/{ouvert}/communes/{commune}/papier.pdf",
    "table/tours/{ouvert}/reponse/",
    "table/tours/{ouvert}/reponse/1/",
    "table/tours/{ouvert}/reponse/1/plis/",
)


@dataclass(frozen=True)
class Mesure:
    """What a page costs to one role: first and median CPU time in milliseconds, queries, kilobytes."""

    role: str
    adresse: str
    premiere: float
    mediane: float
    requetes: int
    kilooctets: float

    @property
    def budget(self) -> float:
        return BUDGET_PAPIER if self.adresse.endswith(FICHIERS) else BUDGET

    @property
    def depasse(self) -> bool:
        return self.mediane > self.budget or self.requetes >= REQUETES


def prepare() -> None:
    """The large demo in a fresh database, unless COMMUNACCORD_DONNEES names one where it is."""
    os.environ["COMMUNACCORD_DEMO"] = "1"
    os.environ.setdefault("COMMUNACCORD_DONNEES", tempfile.mkdtemp(prefix="communaccord-mesure-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communaccord.plateforme.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    start = time.process_time()
    call_command("charger_demo", "--grande")
    print(f"récit de la démonstration : {time.process_time() - start:.1f} s de processeur")
    call_command("collectstatic", "--noinput", verbosity=0)


def get_objects(model: str) -> Any:
    """The rows of a model, which can be imported once Django is set up only."""
    return apps.get_model(model).objects


def find_numeros() -> dict[str, int]:
    """Numbers of the objects that the addresses name."""
    demarche = get_objects("territoires.Demarche").filter(fictive=True).latest("sieges_total")
    publie, ouvert = get_objects("accords.Tour").filter(demarche=demarche).order_by("numero")
    scenario = get_objects("dossiers.Scenario").filter(liens_tours__lien__tour=publie).order_by("pk")[0]
    seances = get_objects("instances.Seance").filter(instance__demarche=demarche, instance__type="copil")
    seances = seances.order_by("debut")
    return {
        "demarche": demarche.pk,
        "publie": publie.pk,
        "ouvert": ouvert.pk,
        "dossier": scenario.dossier_id,
        "scenario": scenario.pk,
        "regle": ouvert.regle_id,
        "copil": seances[0].instance_id,
        "tenue": seances[0].pk,
        "venir": seances.last().pk,
    }


def list_adresses(numeros: dict[str, int], role: str) -> Iterator[tuple[Client, str]]:
    """The pages of this role, asked by somebody who has it."""
    mandats = get_objects("comptes.Mandat").of_demarche(numeros["demarche"]).with_personne()
    held = mandats.filter(role=role).order_by("pk").last()
    commune = held.commune or held.personne.demarche.communes.order_by("code")[4]
    client = Client(SERVER_NAME="localhost")
    client.force_login(held.personne.compte, backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in PAGES:
        yield client, f"/m/{held.pk}/{page.format(**numeros, commune=commune.pk, personne=held.personne_id)}"


def measure(client: Client, role: str, adresse: str, tours: int) -> Mesure | None:
    """None when this page is not for this role."""
    times = []
    for _ in range(tours + 1):
        start = time.process_time()
        response = client.get(adresse)
        times.append((time.process_time() - start) * 1000)
        if response.status_code != 200:
            return None
    with CaptureQueriesContext(connection) as queries:
        client.get(adresse)
    return Mesure(role, adresse, times[0], statistics.median(times[1:]), len(queries), len(response.content) / 1000)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tours", type=int, default=20, help="nombre de requêtes mesurées par page")
    tours = parser.parse_args().tours
    warnings.simplefilter("ignore")
    prepare()
    numeros = find_numeros()
    is_late = False
    print(f"{'page':<72} {'1re':>7} {'médiane':>8} {'budget':>7} {'req.':>5} {'ko':>7}")
    for role in ROLES:
        print(f"-- {role}")
        for client, adresse in list_adresses(numeros, role):
            mesure = measure(client, role, adresse, 3 if adresse.endswith(FICHIERS) else tours)
            if mesure is None:
                continue
            is_late |= mesure.depasse
            figures = f"{mesure.premiere:>7.1f} {mesure.mediane:>8.1f} {mesure.budget:>7.0f} {mesure.requetes:>5}"
            print(f"{adresse:<72} {figures} {mesure.kilooctets:>7.1f}{'  TROP' if mesure.depasse else ''}")
    return int(is_late)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    sys.exit(main())
