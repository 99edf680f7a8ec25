"""A worker of the concurrency test of the collecte: a process of its own, real threads, a real database.

``python -m tests.plateforme.diagnostic.ouvrier_collecte`` prints what became of two races as one line of JSON.
"""

import json
import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
django.setup()

from django.db import connections  # noqa: E402
from tests.plateforme.diagnostic.outils_collecte import build_mairie, build_ouverte, find_ligne, record  # noqa: E402
from tests.plateforme.fabriques import INSTANT  # noqa: E402

from communaccord.plateforme.diagnostic import actions  # noqa: E402
from communaccord.plateforme.diagnostic.models import HistoriqueFiche, Reponse  # noqa: E402
from communaccord.plateforme.socle.permis import Conflit  # noqa: E402

ENSEMBLE = 6


def run_threads(work):
    """Start together, each with its own connection; what each says, in its order."""
    barrier, said = threading.Barrier(ENSEMBLE), [None] * ENSEMBLE

    def run(rang):
        try:
            barrier.wait()
            said[rang] = work(rang)
        except Conflit as conflit:
            said[rang] = type(conflit).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(rang,)) for rang in range(ENSEMBLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def main():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)

    def create(rang):
        return record(secretaire, fiche, "population", valeur=100 * (rang + 1)).valeurs["valeur"]

    def rewrite(rang):
        return record(secretaire, fiche, "population", 1, valeur=1_000 * (rang + 1)).valeurs["valeur"]

    def validate(_rang):
        actions.validate_fiche(acteur=secretaire, instant=INSTANT, fiche=fiche)
        return "validee"

    told = {}
    for name, work in (("creation", create), ("reecriture", rewrite), ("validation", validate)):
        said = run_threads(work)
        kept = Reponse.objects.get(ligne=find_ligne(campagne, "population"))
        told[name] = {"dits": said, "garde": kept.valeurs["valeur"], "version": kept.version}
    told["validations"] = HistoriqueFiche.objects.filter(fiche=fiche, etat_apres="validee").count()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
