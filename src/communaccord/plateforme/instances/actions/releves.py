"""Conclusions, then the relevé: validated with the code of who presides, frozen, sent; corrected by a new version."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from django.db import transaction

from communaccord.plateforme.comptes.codes import check_code
from communaccord.plateforme.instances.actions.avis_de_seance import post_releve
from communaccord.plateforme.instances.actions.etats import advance_seance, require_modifiable, require_seance
from communaccord.plateforme.instances.actions.points import claim_point
from communaccord.plateforme.instances.bridge import build_quorum
from communaccord.plateforme.instances.documents.papiers import render_releve
from communaccord.plateforme.instances.documents.releve_docx import render_releve_docx
from communaccord.plateforme.instances.documents.types import ReleveConclusions, Validation
from communaccord.plateforme.instances.enums import CONSEILS, EtatSeance
from communaccord.plateforme.instances.models import HistoriqueSeance, Point, Releve, Reserve, Seance, Suite
from communaccord.plateforme.instances.papiers import build_releve, write_seance
from communaccord.plateforme.instances.queries import (
    count_presences,
    list_lignes,
    list_points,
    list_presences,
    list_presidences,
)
from communaccord.plateforme.instances.rules import belongs, may_correct_releve, may_record, may_validate_releve
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.plateforme.territoires.models import CommuneMembre

CHANGE = "Le relevé a changé depuis que vous l'avez lu : relisez-le, puis validez-le. Rien n'a été validé."


@dataclass(frozen=True, slots=True)
class SaisieReserve:
    """A reservation as typed."""

    commune: CommuneMembre
    texte: str


@dataclass(frozen=True, slots=True)
class SaisieSuite:
    """A follow-up as typed."""

    action: str
    responsable: str
    echeance: date | None = None


@transaction.atomic
def record_conclusion(
    *,
    acteur: Any,
    instant: datetime,
    point: Point,
    version: int,
    conclusion: str,
    reserves: Sequence[SaisieReserve] = (),
    suites: Sequence[SaisieSuite] = (),
) -> Point:
    """Write what an item concluded, with its reservations and follow-ups; ``version`` is the one that was read."""
    require_seance(acteur, point.seance, may_record(acteur, point.seance.secretaire_id))
    for reserve in reserves:
        require(belongs(acteur, reserve.commune.demarche_id))
    require_modifiable(point.seance)
    claim_point(point, version, conclusion=conclusion)
    point.reserves.all().delete()
    Reserve.objects.bulk_create(Reserve(point=point, commune=r.commune, texte=r.texte) for r in reserves)
    point.suites.all().delete()
    Suite.objects.bulk_create(Suite(point=point, **asdict(suite)) for suite in suites)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="record_conclusion",
        phrase=f"a noté la conclusion du point « {point.titre} »",
        portee=Portee.EQUIPE,
        objet=point,
    )
    return point


def build_projet(seance: Seance, instant: datetime, validation: Validation | None = None) -> ReleveConclusions:
    """The relevé as the rows say it now."""
    compte = count_presences(seance, list_lignes(seance))
    return build_releve(
        seance,
        list_points(seance),
        list_presences(seance),
        communes_total=compte.total if compte.par_commune else 0,
        instant=instant,
        quorum=write_quorum(seance),
        comptes=write_comptes(seance),
        validation=validation,
    )


def write_quorum(seance: Seance) -> str:
    """The sentence of the rule on the members of a council, once they are counted."""
    if seance.instance.type not in CONSEILS or seance.presents is None or seance.en_exercice is None:
        return ""
    return build_quorum(seance.en_exercice, seance.presents, seconde=seance.seconde_convocation).phrase


def write_comptes(seance: Seance) -> str:
    """``55 en exercice, 41 présents, 3 pouvoirs``: what a council counted at its opening; empty before."""
    if seance.instance.type not in CONSEILS or seance.presents is None or seance.en_exercice is None:
        return ""
    presents, pouvoirs = pluriel(seance.presents, "présent"), pluriel(seance.pouvoirs or 0, "pouvoir")
    return f"{seance.en_exercice} en exercice, {presents}, {pouvoirs}"


def write_contenu(releve: ReleveConclusions) -> str:
    """Canonical JSON of what a relevé says: neither the instant of edition nor who validates."""
    data = asdict(releve)
    del data["entete"], data["validation"]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=write_valeur)


def write_valeur(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def compute_empreinte(releve: ReleveConclusions) -> str:
    """What the person who validates has read: sent back with the code."""
    return sha256(write_contenu(releve).encode()).hexdigest()


def validate_releve(*, acteur: Any, instant: datetime, seance: Seance, code: str, lu: str) -> Releve:
    """Validate the relevé that was read (``lu``: its ``compute_empreinte``), with one's personal code; then send it.

    The code is checked outside the transaction of the act, so that a miss stays counted.
    """
    require_seance(acteur, seance, may_validate_releve(acteur, list_presidences(seance)))
    if seance.etat != EtatSeance.TENUE:
        raise Conflit(f"Cette séance est « {seance.get_etat_display()} » : il n'y a pas de relevé à valider.")
    check_code(personne=acteur.mandat.personne, code=code, instant=instant)
    with transaction.atomic():
        return write_releve(acteur=acteur, instant=instant, seance=seance, lu=lu)


def write_releve(*, acteur: Any, instant: datetime, seance: Seance, lu: str) -> Releve:
    version = seance.releve_version + 1
    advance_seance(acteur=acteur, instant=instant, seance=seance, to=EtatSeance.RELEVE_VALIDE, releve_version=version)
    validation = Validation(par=acteur.nom, le=get_jour(instant, acteur.demarche.fuseau))
    projet = build_projet(seance, instant, validation)
    if compute_empreinte(projet) != lu:
        raise Conflit(CHANGE)
    pdf = render_releve(projet)
    releve = Releve.objects.create(
        seance=seance,
        version=version,
        contenu=write_contenu(projet),
        pdf=pdf,
        docx=render_releve_docx(projet),
        empreinte=sha256(pdf).hexdigest(),
        valide_le=instant,
        mandat_id=acteur.mandat_id,
        qui=acteur.nom[:250],
        motif=find_motif(seance) if version > 1 else "",
    )
    for convocation in seance.convocations.with_mandat():
        post_releve(convocation, seance, pdf=pdf, version=version, instant=instant)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="validate_releve",
        phrase=f"a validé le relevé de conclusions de {write_seance(seance)}, version {version}",
        portee=Portee.ELUS,
        objet=seance,
    )
    return releve


def find_motif(seance: Seance) -> str:
    """Why the relevé was last reopened."""
    reopened = HistoriqueSeance.objects.filter(
        seance=seance, etat_avant=EtatSeance.RELEVE_VALIDE, etat_apres=EtatSeance.TENUE
    )
    return reopened.order_by("-pk").values_list("motif", flat=True)[0]


@transaction.atomic
def reopen_releve(*, acteur: Any, instant: datetime, seance: Seance, motif: str) -> None:
    """Open the séance again to correct its relevé; the validated version stays the one that is read meanwhile."""
    require_seance(acteur, seance, may_correct_releve(acteur, list_presidences(seance)))
    if not motif.strip():
        raise Conflit("Dites ce qui est à corriger : la nouvelle version du relevé le portera.")
    advance_seance(acteur=acteur, instant=instant, seance=seance, to=EtatSeance.TENUE, raison=motif.strip())
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="reopen_releve",
        phrase=f"a rouvert, pour le corriger, le relevé de {write_seance(seance)} : {motif.strip()}",
        portee=Portee.ELUS,
        objet=seance,
    )
