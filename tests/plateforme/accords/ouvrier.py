"""A worker of the concurrency tests: a process of its own, on a real database file or server, with real connections.

``python -m tests.plateforme.accords.ouvrier COMMAND[:ARGUMENT]...`` does each command and prints what they said as one
line of JSON. The database is that of DATABASE_URL. It is an hour of the round until a file is there; then it is closed.
"""

import itertools
import json
import os
import signal
import sys
import threading
import time
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from tests.plateforme.accords.fabrique import CLOTURE, CODE, INSTANT, SECRET_PLI, build_elements, open_table  # noqa: E402

from communaccord.plateforme.accords import actions, coffre, queries  # noqa: E402
from communaccord.plateforme.accords.actions import depouillement, validation  # noqa: E402
from communaccord.plateforme.accords.models import Reponse, Resultat, Tour  # noqa: E402
from communaccord.plateforme.accords.saisies import ReponseRefusee  # noqa: E402
from communaccord.plateforme.comptes.acteurs import build_acteur  # noqa: E402
from communaccord.plateforme.comptes.codes import normalize_code  # noqa: E402
from communaccord.plateforme.comptes.models import Mandat  # noqa: E402
from communaccord.plateforme.socle.permis import Conflit  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
coffre.ARGON2_MEMOIRE = 1024 * 1024
FERMETURE = settings.DOSSIER_DONNEES / "fermeture"
# The round closes when so many answers were acknowledged: some are before, some after, some in between.
AVANT_FERMETURE = 6


def read_clock() -> datetime:
    return CLOTURE if FERMETURE.exists() else INSTANT


def find_maire(reponse: Reponse):
    rows = Mandat.objects.with_personne().filter(role="maire", commune_id=reponse.commune_id)
    return build_acteur(rows.get())


def build(communes: str) -> dict:
    """Empty the database, then lay an open round."""
    FERMETURE.unlink(missing_ok=True)
    call_command("flush", interactive=False, verbosity=0)
    table = open_table(int(communes))
    return {"tour": table.tour.pk}


def run_threads(count: int, work) -> list:
    """Start together, each with its own connection; what each says, in its order."""
    barrier, said = threading.Barrier(count), [None] * count

    def run(rang: int) -> None:
        try:
            barrier.wait()
            said[rang] = work(rang)
        except Exception as error:
            said[rang] = {"erreur": type(error).__name__, "message": str(error)}
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(rang,)) for rang in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def answer(reponse: Reponse) -> dict:
    """Save and validate again and again around the closing, as a person in a hurry; stop at the first refusal."""
    maire, elements = find_maire(reponse), build_elements()
    while True:
        fresh = Reponse.objects.with_tour().get(pk=reponse.pk)
        call = {"acteur": maire, "reponse": fresh, "version": fresh.version}
        if fresh.etat == "validee":
            try:
                actions.reopen_reponse(**call, instant=read_clock(), code=CODE)
            except Conflit:
                return {"etat": "validee"}
            continue
        try:
            draft = actions.save_brouillon(**call, instant=read_clock(), elements=elements)
        except ReponseRefusee as refusal:
            return {"etat": "brouillon refuse", "texte_rendu": refusal.saisie == elements}
        try:
            actions.validate_reponse(
                acteur=maire, reponse=draft, version=draft.version, instant=read_clock(), code=CODE
            )
        except ReponseRefusee:
            kept = queries.read_reponse(maire, Reponse.objects.get(pk=reponse.pk))
            return {"etat": "validation refusee", "texte_rendu": any(SECRET_PLI in str(e.contenu) for e in kept)}
        if next(acknowledged) >= AVANT_FERMETURE:
            FERMETURE.touch()


acknowledged = itertools.count(1)


def answer_all(_: str = "") -> dict:
    reponses = list(Reponse.objects.with_tour().order_by("pk"))
    return {"dits": run_threads(len(reponses), lambda rang: answer(reponses[rang]))}


def sweep(_: str = "") -> dict:
    """The clock, at work until the round is opened."""
    while not Tour.objects.exists():
        time.sleep(0.05)
    done = 0
    while not Resultat.objects.exists():
        done += actions.veiller(read_clock())
        time.sleep(0.02)
    return {"faits": done}


def validate_ten(_: str = "") -> dict:
    """Ten validations of one answer, at the same version."""
    reponse = Reponse.objects.with_tour().order_by("pk").first()
    maire = find_maire(reponse)
    draft = actions.save_brouillon(
        acteur=maire, instant=INSTANT, reponse=reponse, version=reponse.version, elements=build_elements()
    )

    def validate(_: int) -> str:
        # The ten have typed the right code: its own throttle is tested where it lives.
        validation.check_code_acteur = lambda acteur, code, instant: normalize_code(code)
        try:
            actions.validate_reponse(acteur=maire, instant=INSTANT, reponse=draft, version=draft.version, code=CODE)
        except ReponseRefusee:
            return "refusee"
        return "validee"

    return {"dits": run_threads(10, validate)}


def write_two(_: str = "") -> dict:
    """Mayor and secretary save the same draft at the same version, eight at a time."""
    reponse = Reponse.objects.with_tour().order_by("pk").first()
    maire = find_maire(reponse)

    def save(rang: int) -> dict:
        elements = build_elements(motif=f"texte {rang}")
        try:
            actions.save_brouillon(
                acteur=maire, instant=INSTANT, reponse=reponse, version=reponse.version, elements=elements
            )
        except ReponseRefusee as refusal:
            return {"ecrit": False, "texte_rendu": refusal.saisie == elements}
        return {"ecrit": True, "rang": rang}

    said = run_threads(8, save)
    kept = {e.contenu["motif"] for e in queries.read_reponse(maire, reponse) if e.nature == "position"}
    return {"dits": said, "garde": sorted(kept)}


def die(*_args, **_values) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_validating(_: str = "") -> dict:
    """Killed after sealing, before the commit."""
    reponse = Reponse.objects.with_tour().order_by("pk").first()
    maire = find_maire(reponse)
    draft = actions.save_brouillon(
        acteur=maire, instant=INSTANT, reponse=reponse, version=reponse.version, elements=build_elements()
    )
    validation.record_reponse = die
    actions.validate_reponse(acteur=maire, instant=INSTANT, reponse=draft, version=draft.version, code=CODE)
    return {}


def die_after(_: str = "") -> dict:
    """Killed just after the acknowledgement of a validation."""
    reponse = Reponse.objects.with_tour().order_by("pk").first()
    maire = find_maire(reponse)
    actions.validate_reponse(acteur=maire, instant=INSTANT, reponse=reponse, version=reponse.version, code=CODE)
    die()
    return {}


def die_opening(_: str = "") -> dict:
    """Killed in the middle of the opening, the result written and not committed."""
    depouillement.write_partages = die
    actions.veiller(CLOTURE)
    return {}


def close(_: str = "") -> dict:
    """What the clock does at the closing."""
    return {"faits": actions.veiller(CLOTURE)}


def tell(_: str = "") -> dict:
    """The state of things, as a new process finds it."""
    with transaction.atomic():
        reponse = Reponse.objects.with_tour().order_by("pk").first()
        maire = find_maire(reponse)
        tour = Tour.objects.get()
        resultat = Resultat.objects.first()
        plis = ()
        if reponse.etat == "validee":
            plis = actions.reread_plis(acteur=maire, instant=INSTANT, reponse=reponse, code=CODE)
        drafts = queries.read_reponse(maire, reponse)
    return {
        "etat": reponse.etat,
        "version": reponse.version,
        "validations": tour.validations,
        "tour": tour.etat,
        "comptees": tour.a_vous_seules.count(),
        "publiees": [d["reponses"] for d in resultat.publication["dossiers"].values()] if resultat else [],
        "textes": sorted(e.contenu.get("motif") for e in (*plis, *drafts) if e.nature == "position"),
        "validees": Reponse.objects.validated().count(),
    }


COMMANDES = {
    f.__name__: f
    for f in (build, answer_all, sweep, validate_ten, write_two, die_validating, die_after, die_opening, close, tell)
}

if __name__ == "__main__":
    said = []
    for argument in sys.argv[1:]:
        name, _, value = argument.partition(":")
        said.append(COMMANDES[name](value))
    sys.stdout.write(json.dumps(said) + "\n")
