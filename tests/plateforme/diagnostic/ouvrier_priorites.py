"""A worker of the concurrency test of priorities: a process of its own, real threads, a real database.

``python -m tests.plateforme.diagnostic.ouvrier_priorites`` prints what became of three races as one line of JSON.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
django.setup()

from tests.plateforme.diagnostic.outils_priorites import build_priorisation, close, vote  # noqa: E402
from tests.plateforme.diagnostic.ouvrier_collecte import run_threads  # noqa: E402

from communaccord.plateforme.diagnostic.models import BulletinPriorites, ResultatPriorites  # noqa: E402


def main():
    priorisation, equipe, mairies = build_priorisation()
    notes = [(2, 1, 0), (0, 1, 2), (1, 1, 1), (2, 2, 2), (0, 0, 0), (1, 2, 0)]

    def click(_rang):
        return list(vote(mairies[0], priorisation, (2, 1, 0)).choix.values())

    def write(rang):
        return list(vote(mairies[0], priorisation, notes[rang], 1).choix.values()) if rang else None

    def shut(rang):
        if rang == 0:
            return vote(mairies[1], priorisation, (2, 1, 0)).version
        return close(equipe, priorisation).bulletins

    clicks = run_threads(click)
    writes = run_threads(write)
    kept = BulletinPriorites.objects.get(commune=mairies[0].commune)
    shuts = run_threads(shut)
    told = {
        "clics": clicks,
        "ecritures": writes,
        "garde": list(kept.choix.values()),
        "version": kept.version,
        "clotures": shuts,
        "comptes": list(ResultatPriorites.objects.values_list("bulletins", flat=True)),
        "bulletins": BulletinPriorites.objects.count(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
