"""What the journey does not walk a second time: sessions, codes, answers; and the commands of the site.

One process beside the site (``LANCEUR``) reads one order a line, in JSON, and answers it by one line. Everything goes
through the actions that the pages call, in the name of the same people.
"""

import json
import logging
import sys
from importlib import import_module
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import EtatAssesseur, NatureElement, Visibilite
from communaccord.plateforme.accords.models import Assesseur, Reponse
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur, build_acteur
from communaccord.plateforme.comptes.codes import set_code
from communaccord.plateforme.comptes.enums import AVEC_CODE, Role
from communaccord.plateforme.comptes.models import Compte, Mandat
from communaccord.plateforme.socle.horloge import read_instant
from tests.plateforme.fabriques import BACKEND, CODE


def open_sessions() -> dict[str, str]:
    """A session for every account: address, key of the cookie."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = {}
    for compte in Compte.objects.all():
        session = store()
        session.update(
            {
                SESSION_KEY: str(compte.pk),
                BACKEND_SESSION_KEY: BACKEND,
                HASH_SESSION_KEY: compte.get_session_auth_hash(),
            }
        )
        session.save()
        keys[compte.email] = session.session_key
    return keys


def give_codes(sauf: str) -> int:
    """Everybody who validates has chosen their code, but the one whose address is ``sauf``."""
    mandats = Mandat.objects.filter(role__in=AVEC_CODE).exclude(personne__courriel=sauf).select_related("personne")
    for mandat in mandats:
        set_code(personne=mandat.personne, code=CODE, instant=read_instant(), provisoire=False)
    return len(mandats)


def list_mandats() -> list[dict[str, Any]]:
    """Who acts: address, role, commune, number of the mandate."""
    rows = Mandat.objects.select_related("personne", "commune").order_by("pk")
    return [
        {
            "courriel": m.personne.courriel,
            "role": m.role,
            "commune": m.commune.nom if m.commune else "",
            "commune_id": m.commune_id,
            "pk": m.pk,
        }
        for m in rows
    ]


def find_acteur(**criteria: Any) -> Acteur:
    return build_acteur(Mandat.objects.with_personne().get(**criteria))


def accept_designations() -> int:
    """The assesseurs who are called and have not answered yet accept."""
    waiting = Assesseur.objects.filter(etat=EtatAssesseur.TIRE).select_related("tour", "mandat")
    for assesseur in waiting:
        acteur = find_acteur(pk=assesseur.mandat_id)
        actions.accept_assesseur(acteur=acteur, instant=read_instant(), assesseur=assesseur, code=CODE)
    return len(waiting)


def answer_for(communes: str) -> int:
    """The mayors of these communes (names between commas) are favourable, under cover."""
    position = ElementSaisi(NatureElement.POSITION, Visibilite.PLI, {"position": "favorable", "motif": ""})
    rows = Reponse.objects.with_tour().filter(commune__nom__in=communes.split(","))
    for reponse in rows:
        acteur = find_acteur(role=Role.MAIRE, commune_id=reponse.commune_id)
        now = read_instant()
        draft = actions.save_brouillon(
            acteur=acteur, instant=now, reponse=reponse, version=reponse.version, elements=[position]
        )
        actions.validate_reponse(acteur=acteur, instant=now, reponse=draft, version=draft.version, code=CODE)
    return len(rows)


def run_command(*command: str) -> str:
    """A command of the site; what it complains of is an error here."""
    told = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: told.append(record.getMessage())
    logging.getLogger().addHandler(handler)
    try:
        call_command(*command, stdout=StringIO())
    finally:
        logging.getLogger().removeHandler(handler)
    return "\n".join(told)


ACTES = {
    "sessions": open_sessions,
    "codes": give_codes,
    "mandats": list_mandats,
    "assesseurs": accept_designations,
    "repondre": answer_for,
    "commande": run_command,
}


def main() -> None:
    """Until the journey closes the pipe. Nothing else may write on it: what prints is sent with the errors."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        acte, *arguments = json.loads(line)
        answers.write(json.dumps(ACTES[acte](*arguments)) + "\n")
        answers.flush()
