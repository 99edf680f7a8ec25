"""Keeping a file: a PDF, known by its content and not by its name."""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from communaccord.plateforme.instances.models import Piece
from communaccord.plateforme.socle.permis import Conflit

TAILLE_MAX = 6 * 1024 * 1024
DEBUT_PDF = b"%PDF-"
FIN_PDF = b"%%EOF"
QUEUE = 2048


class FichierRefuse(Conflit):
    """The file is not one that is kept: said in one sentence, nothing was written."""


def check_pdf(contenu: bytes) -> None:
    """Raise FichierRefuse unless ``contenu`` is a whole PDF within the bound."""
    if not contenu:
        raise FichierRefuse("Ce fichier est vide. Choisissez le PDF de la délibération.")
    if len(contenu) > TAILLE_MAX:
        raise FichierRefuse("Ce fichier dépasse 6 Mo. Réduisez-le, ou déposez-le sans ses annexes.")
    if not contenu.startswith(DEBUT_PDF) or FIN_PDF not in contenu[-QUEUE:]:
        raise FichierRefuse("Ce fichier n'est pas un PDF entier, quel que soit son nom. Enregistrez-le en PDF.")


def clean_nom(nom: str) -> str:
    """The last part of a path, without what a header or a disk could misread."""
    base = PurePosixPath(nom.replace("\\", "/")).name
    kept = "".join(c for c in base if c.isalnum() or c in " ._-").strip(" .")
    stem = kept[:-4] if kept.lower().endswith(".pdf") else kept
    return f"{stem[:120] or 'deliberation'}.pdf"


def store_piece(*, acteur: Any, instant: datetime, nom: str, contenu: bytes) -> Piece:
    """Keep a PDF; the right was checked by the act that it belongs to."""
    check_pdf(contenu)
    return Piece.objects.create(
        demarche_id=acteur.demarche_id,
        nom=clean_nom(nom),
        contenu=contenu,
        taille=len(contenu),
        empreinte=sha256(contenu).hexdigest(),
        deposee_le=instant,
        deposee_par=acteur.nom[:250],
    )
