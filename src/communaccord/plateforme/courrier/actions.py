"""Asking for a message, then sending what waits. Sending is no part of the act: a broken mail server stops nobody."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from communaccord.plateforme.courrier.enums import EtatCourriel
from communaccord.plateforme.courrier.models import Courriel, PieceJointe

ESSAIS = 5
REPRISE = timedelta(minutes=10)
LOT = 100
OUVERTE = "ouverte"  # territoires.enums.EtatDemarche, which stands above
INTERROMPU = "envoi interrompu"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to join: its name, its MIME type, its bytes."""

    nom: str
    type_contenu: str
    contenu: bytes


def post_courriel(
    *,
    cle: str,
    adresse: str,
    sujet: str,
    corps: str,
    instant: datetime,
    demarche_id: int | None = None,
    mandat_id: int | None = None,
    pieces: Sequence[Piece] = (),
) -> Courriel | None:
    """Ask for one message; nothing happens (None) when the address is empty or when ``cle`` was asked before.

    Nor for a démarche that is not open: nobody is written to in the name of an intercommunalité that did not confirm.
    """
    if not adresse or not is_open(demarche_id):
        return None
    values: dict[str, Any] = {
        "adresse": adresse,
        "sujet": " ".join(sujet.split())[:200],
        "corps": corps,
        "cree_le": instant,
        "demarche_id": demarche_id,
        "mandat_id": mandat_id,
    }
    with transaction.atomic():
        courriel, is_new = Courriel.objects.get_or_create(cle=cle, defaults=values)
        if not is_new:
            return None
        PieceJointe.objects.bulk_create(
            PieceJointe(courriel=courriel, nom=p.nom, type_contenu=p.type_contenu, contenu=p.contenu) for p in pieces
        )
    return courriel


def is_open(demarche_id: int | None) -> bool:
    """Whether one writes in the name of this démarche; a message of the site itself has none."""
    return demarche_id is None or Courriel(demarche_id=demarche_id).demarche.etat == OUVERTE


def send_courriels(instant: datetime) -> int:
    """Send what waits, one by one, each claimed first so that two workers never send the same; number sent."""
    stale = Q(etat=EtatCourriel.EN_COURS, pris_le__lt=instant - REPRISE)
    Courriel.objects.filter(stale, essais__gte=ESSAIS).update(etat=EtatCourriel.ECHEC, erreur=INTERROMPU)
    waiting = Courriel.objects.filter(Q(etat=EtatCourriel.A_ENVOYER) | stale).order_by("cree_le", "pk")
    return sum(send_courriel(courriel, instant) for courriel in waiting[:LOT] if claim(courriel, instant))


def claim(courriel: Courriel, instant: datetime) -> bool:
    unchanged = Courriel.objects.filter(pk=courriel.pk, etat=courriel.etat, essais=courriel.essais)
    return bool(unchanged.update(etat=EtatCourriel.EN_COURS, pris_le=instant, essais=F("essais") + 1))


def send_courriel(courriel: Courriel, instant: datetime) -> bool:
    message = EmailMessage(courriel.sujet, courriel.corps, to=[courriel.adresse])
    for piece in courriel.pieces.all():
        message.attach(piece.nom, bytes(piece.contenu), piece.type_contenu)
    row = Courriel.objects.filter(pk=courriel.pk)
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as error:
        is_over = courriel.essais + 1 >= ESSAIS
        etat = EtatCourriel.ECHEC if is_over else EtatCourriel.A_ENVOYER
        row.update(etat=etat, erreur=type(error).__name__[:300])
        logger.warning("Courriel %s non remis : %s", courriel.pk, type(error).__name__)
        return False
    row.update(etat=EtatCourriel.ENVOYE, envoye_le=instant, erreur="")
    return True


def veiller(instant: datetime) -> int:
    """What the clock does here: send the messages that wait."""
    return send_courriels(instant)
