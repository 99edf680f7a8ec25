"""Seats proposed for a real communauté, and its answers, for the tests of ``communaccord sieges``."""

import json

from tests.cli.jeux import run

LAMASTRE = "200016905"
PROPOSES = {
    "07129": 9, "07079": 5, "07085": 2, "07073": 2, "07216": 2, "07095": 2, "07218": 2, "07290": 1, "07166": 1,
    "07114": 1, "07124": 1,
}  # fmt: skip
FICTIF = {"sieges": PROPOSES, "fictif": True}


def answer(capsys, *options, siren=LAMASTRE):
    code, sortie, erreurs = run(capsys, "sieges", siren, "--json", *options)
    assert (code, erreurs) == (0, "")
    return json.loads(sortie)


def write(dossier, contenu, nom="sieges.json"):
    fichier = dossier / nom
    if isinstance(contenu, bytes):
        fichier.write_bytes(contenu)
    else:
        fichier.write_text(contenu if isinstance(contenu, str) else json.dumps(contenu), encoding="utf-8")
    return str(fichier)
