"""The words of the parts: written beside the figures, kept when these move, read again when they have moved."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.rapports.actions.communs import EditionConcurrente, journalise, open_rapport
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.models import Partie, Rapport
from communaccord.plateforme.rapports.rules import may_prepare
from communaccord.plateforme.socle.permis import Conflit, require

MAX_TEXTE = 20_000
INCONNUE = "Cette partie n'est pas du rapport."


@transaction.atomic
def record_partie(*, acteur: Acteur, instant: datetime, cle: str, texte: str, empreinte: str, version: int) -> Partie:
    """Write the words of a part over the version that was read (0: none yet), beside the figures of ``empreinte``.

    Errors: Conflit for an unknown part or a text too long, EditionConcurrente when somebody else wrote meanwhile.
    """
    require(may_prepare(acteur))
    if cle not in ClePartie.values:
        raise Conflit(INCONNUE)
    if len(texte) > MAX_TEXTE:
        raise Conflit(f"Ce texte compte {len(texte)} caractères : gardez-en {MAX_TEXTE} au plus.")
    rapport = open_rapport(acteur, instant)
    values = {
        "texte": texte,
        "empreinte": empreinte,
        "modifie_par": acteur.nom[:250],
        "modifie_le": instant,
        "relu_par": acteur.nom[:250],
        "relu_le": instant,
    }
    if not write_partie(rapport, cle, version, values):
        actuelle = Partie.objects.get(rapport=rapport, cle=cle)
        raise EditionConcurrente(actuelle, actuelle.modifie_par)
    partie = Partie.objects.get(rapport=rapport, cle=cle)
    journalise(acteur, instant, partie, "rapport.partie_ecrite", f"a écrit la partie « {partie} » du rapport")
    return partie


def write_partie(rapport: Rapport, cle: str, version: int, values: dict) -> bool:
    """False, and nothing written, when the part is not at this version."""
    if version:
        rows = Partie.objects.filter(rapport=rapport, cle=cle, version=version)
        return bool(rows.update(**values, version=F("version") + 1))
    try:
        with transaction.atomic():
            Partie.objects.create(rapport=rapport, cle=cle, **values)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def mark_relue(*, acteur: Acteur, instant: datetime, cle: str, empreinte: str, version: int) -> None:
    """Say that the words still suit the figures as they are now (``empreinte``). Errors: Conflit when it moved."""
    require(may_prepare(acteur))
    rows = Partie.objects.filter(rapport__demarche_id=acteur.demarche_id, cle=cle, version=version)
    values = {"empreinte": empreinte, "relu_par": acteur.nom[:250], "relu_le": instant}
    if not rows.update(**values, version=F("version") + 1):
        raise Conflit("Cette partie a changé pendant que vous la relisiez : relisez-la telle qu'elle est maintenant.")
    partie = Partie.objects.get(rapport__demarche_id=acteur.demarche_id, cle=cle)
    journalise(
        acteur, instant, partie, "rapport.partie_relue", f"a relu la partie « {partie} » du rapport avec ses chiffres"
    )
