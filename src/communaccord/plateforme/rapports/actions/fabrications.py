"""The files that take long: asked by somebody, made by a worker that holds the row, taken again when it dies.

One document is one row and one file, whatever the number of times it is asked or taken again: nobody finds two.
"""

import hashlib
import logging
import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django_tasks import task

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.documents.rendu import RenduImpossible
from communaccord.plateforme.rapports.actions.communs import open_rapport
from communaccord.plateforme.rapports.documents.courriers import Destinataire, Envoi
from communaccord.plateforme.rapports.documents.dossier import build_archive
from communaccord.plateforme.rapports.documents.rapport import render_rapport
from communaccord.plateforme.rapports.documents.rapport_docx import render_docx
from communaccord.plateforme.rapports.enums import EN_ATTENTE, EtatFabrication, Genre
from communaccord.plateforme.rapports.models import Fabrication, VersionRapport
from communaccord.plateforme.rapports.pages.contenu import build_contenu
from communaccord.plateforme.rapports.queries import Sources, list_parties, read_textes
from communaccord.plateforme.rapports.rules import check_demarche, may_make
from communaccord.plateforme.socle import horloge
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.queries import list_communes

ESSAIS = 3
# A worker that gave no sign of life for so long is dead; a demand that nobody took for so long is asked again.
SILENCE, ATTENTE = timedelta(minutes=2), timedelta(minutes=10)
BROUILLON = "brouillon"
INTERROMPUE = "La fabrication s'est arrêtée plusieurs fois sans aboutir : demandez-la de nouveau, ou prévenez l'équipe."
IMPREVU = "Le document n'a pas pu être fait : un incident est inscrit au journal technique."
SANS_VERSION = "Les lettres sont celles d'une version figée : figez d'abord une version."
logger = logging.getLogger(__name__)
Heure = Callable[[], datetime]


class Depossede(Exception):
    """Another worker has taken the demand: this one stops, and writes nothing."""


def name_cle(demarche_id: int, version: VersionRapport | None, genre: str) -> str:
    """The name of a document: the same for everybody who asks it."""
    return f"{demarche_id}:{version.numero if version else BROUILLON}:{genre}"


def get_fichier(fabrication: Fabrication) -> Path:
    """Where its file is kept, out of what the site serves."""
    return Path(settings.DOSSIER_DONNEES) / "rapports" / fabrication.nom_interne


@transaction.atomic
def ask_fabrication(
    *, acteur: Acteur, instant: datetime, genre: str, version: VersionRapport | None = None
) -> Fabrication:
    """Ask for a file of a version, or of the draft (None). What is frozen and made already is not made again.

    Errors: Conflit when letters are asked of a draft.
    """
    require(may_make(acteur, genre))
    if version is not None:
        require(check_demarche(acteur, version.rapport.demarche_id))
    elif genre == Genre.COURRIERS:
        raise Conflit(SANS_VERSION)
    rapport = version.rapport if version is not None else open_rapport(acteur, instant)
    values = {
        "rapport": rapport,
        "version": version,
        "genre": genre,
        "demandee_par": acteur.nom[:250],
        "demandee_le": instant,
    }
    cle = name_cle(rapport.demarche_id, version, genre)
    fabrication, is_new = Fabrication.objects.get_or_create(cle=cle, defaults=values)
    if is_new or restart(fabrication, values):
        fabriquer.enqueue(fabrication.pk)
    return Fabrication.objects.get(pk=fabrication.pk)


def restart(fabrication: Fabrication, values: dict) -> bool:
    """Whether the demand begins again: it failed, it was of a draft, or of a version validated since."""
    if fabrication.etat in EN_ATTENTE or (fabrication.etat == EtatFabrication.PRETE and is_current(fabrication)):
        return False
    rows = Fabrication.objects.filter(pk=fabrication.pk, etat=fabrication.etat)
    neuf = {"avancement": 0, "etape": "", "erreur": "", "essais": 0, "jeton": "", "battement": None}
    return bool(rows.update(**values, **neuf, etat=EtatFabrication.DEMANDEE))


def is_current(fabrication: Fabrication) -> bool:
    """Whether a file that is ready still says what its version is; one that was lost is made again."""
    return fabrication.version is not None and not fabrication.est_perimee and get_fichier(fabrication).exists()


@task()
def fabriquer(fabrication_id: int) -> str:
    """What the worker does: the state in which it leaves the demand."""
    return fabricate(fabrication_id, horloge.read_instant)


def fabricate(fabrication_id: int, heure: Heure) -> str:
    """Make one file, telling how far it is. A demand held or done by another is left alone."""
    jeton = secrets.token_hex(16)
    row = Fabrication.objects.filter(pk=fabrication_id)
    claim = row.filter(etat=EtatFabrication.DEMANDEE, essais__lt=ESSAIS)
    values = {"etat": EtatFabrication.EN_COURS, "jeton": jeton, "battement": heure(), "erreur": ""}
    if not claim.update(**values, essais=F("essais") + 1, avancement=0, etape="lecture"):
        return "laissée"
    fabrication = row.select_related("version__rapport", "version__validation", "rapport__demarche").get()
    fabrication.projet = fabrication.version is None or not fabrication.version.est_validee
    try:
        contenu = build_fichier(
            fabrication, heure(), lambda part, etape: tell(fabrication_id, jeton, heure, part, etape)
        )
        finish(fabrication, jeton, heure(), contenu)
    except Depossede:
        return "laissée"
    except RenduImpossible as error:
        fail(fabrication_id, jeton, heure(), str(error))
    except Exception:
        fail(fabrication_id, jeton, heure(), IMPREVU)
        logger.exception("Fabrication %s", fabrication_id)
    return row.values_list("etat", flat=True).get()


def tell(fabrication_id: int, jeton: str, heure: Heure, avancement: int, etape: str) -> None:
    """A sign of life. Errors: Depossede when the demand is no longer held by this worker."""
    rows = Fabrication.objects.filter(pk=fabrication_id, jeton=jeton, etat=EtatFabrication.EN_COURS)
    if not rows.update(avancement=avancement, etape=etape[:120], battement=heure()):
        raise Depossede


def build_fichier(fabrication: Fabrication, instant: datetime, dire: Callable[[int, str], None]) -> bytes:
    """The bytes of the document: a version gives the same ones each time."""
    version, demarche = fabrication.version, fabrication.rapport.demarche
    if version is None:
        dire(10, "lecture des dossiers")
        contenu = build_contenu(Sources(demarche), read_textes(list_parties(demarche)))
    else:
        contenu, instant = version.contenu, version.figee_le
    projet, edite_le = fabrication.projet, instant.astimezone(demarche.zone)
    if fabrication.genre == Genre.COURRIERS:
        assert version is not None
        dire(5, "lettres")
        communes = [Destinataire(commune.code, commune.nom) for commune in list_communes(demarche)]
        return build_archive(Envoi(contenu, version.numero, projet, edite_le), communes, dire)
    dire(30, "mise en page")
    render = render_rapport if fabrication.genre == Genre.RAPPORT_PDF else render_docx
    pdf = render(contenu, numero=version.numero if version else None, projet=projet, edite_le=edite_le)
    dire(90, "rangement")
    return pdf


def finish(fabrication: Fabrication, jeton: str, instant: datetime, contenu: bytes) -> None:
    """Keep the file under its one name, once the row says that it is ours. Errors: Depossede."""
    path = get_fichier(fabrication)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{jeton}")
    values = {
        "etat": EtatFabrication.PRETE,
        "avancement": 100,
        "etape": "",
        "terminee_le": instant,
        "taille": len(contenu),
        "empreinte": hashlib.sha256(contenu).hexdigest(),
        "projet": fabrication.projet,
    }
    try:
        partial.write_bytes(contenu)
        with transaction.atomic():
            rows = Fabrication.objects.filter(pk=fabrication.pk, jeton=jeton, etat=EtatFabrication.EN_COURS)
            if not rows.update(**values):
                raise Depossede
            os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def fail(fabrication_id: int, jeton: str, instant: datetime, erreur: str) -> None:
    rows = Fabrication.objects.filter(pk=fabrication_id, jeton=jeton, etat=EtatFabrication.EN_COURS)
    rows.update(etat=EtatFabrication.ECHEC, erreur=erreur[:300], terminee_le=instant)


def veiller(instant: datetime) -> int:
    """What the clock does here: ask again what a worker left; how many demands."""
    dead = Fabrication.objects.filter(etat=EtatFabrication.EN_COURS, battement__lt=instant - SILENCE)
    dead.filter(essais__gte=ESSAIS).update(etat=EtatFabrication.ECHEC, erreur=INTERROMPUE, terminee_le=instant)
    forgotten = Q(etat=EtatFabrication.DEMANDEE) & (
        Q(battement__isnull=True, demandee_le__lt=instant - ATTENTE) | Q(battement__lt=instant - ATTENTE)
    )
    lost = Q(etat=EtatFabrication.EN_COURS, battement__lt=instant - SILENCE)
    return sum(ask_again(row, instant) for row in Fabrication.objects.filter(lost | forgotten))


@transaction.atomic
def ask_again(fabrication: Fabrication, instant: datetime) -> bool:
    """Give the demand back, whoever held it; only once when several clocks run."""
    rows = Fabrication.objects.filter(pk=fabrication.pk, etat=fabrication.etat, jeton=fabrication.jeton)
    rows = rows.filter(battement=fabrication.battement) if fabrication.battement else rows.filter(battement=None)
    if not rows.update(etat=EtatFabrication.DEMANDEE, jeton="", battement=instant, avancement=0, etape=""):
        return False
    fabriquer.enqueue(fabrication.pk)
    return True
