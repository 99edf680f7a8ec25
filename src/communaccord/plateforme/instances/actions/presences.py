"""Who was there: written line by line, so that two people who note at once lose nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from communaccord.plateforme.instances.actions.etats import require_modifiable, require_seance
from communaccord.plateforme.instances.enums import EtatPresence
from communaccord.plateforme.instances.models import Presence, Seance
from communaccord.plateforme.instances.papiers import write_seance
from communaccord.plateforme.instances.queries import list_lignes
from communaccord.plateforme.instances.rules import may_record
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.socle.typographie import pluriel


@dataclass(frozen=True, slots=True)
class LignePresence:
    """One line as sent: ``cle`` is that of ``queries.list_lignes``, ``avant`` what was shown when it was typed."""

    cle: str
    etat: str
    par_qui: str = ""
    avant: str = ""
    par_qui_avant: str = ""


@dataclass(frozen=True, slots=True)
class Desaccord:
    """A line that somebody else noted otherwise meanwhile: what is kept, and what was asked."""

    cle: str
    nom: str
    garde: str
    demande: str


@transaction.atomic
def record_presences(
    *, acteur: Any, instant: datetime, seance: Seance, lignes: Sequence[LignePresence]
) -> list[Desaccord]:
    """Write the lines that were changed; those noted otherwise meanwhile are kept as they are, and returned."""
    require_seance(acteur, seance, may_record(acteur, seance.secretaire_id))
    require_modifiable(seance)
    known = {ligne.cle: ligne for ligne in list_lignes(seance)}
    written, desaccords = 0, []
    for sent in lignes:
        row = known.get(sent.cle)
        if row is None:
            raise Conflit("Une ligne de la feuille de présence n'existe plus : rechargez la page.")
        if (sent.etat, sent.par_qui) in {(sent.avant, sent.par_qui_avant), (row.etat, row.par_qui)}:
            continue
        if (row.etat, row.par_qui) != (sent.avant, sent.par_qui_avant):
            desaccords.append(Desaccord(sent.cle, row.nom, write_etat(row.etat), write_etat(sent.etat)))
            continue
        write_presence(seance, row, sent, instant)
        written += 1
    if written:
        record_acte(
            acteur=acteur,
            instant=instant,
            verbe="record_presences",
            phrase=f"a noté les présences à {write_seance(seance)} : {pluriel(written, 'ligne')}",
            portee=Portee.EQUIPE,
            objet=seance,
        )
    return desaccords


def write_etat(etat: str) -> str:
    return EtatPresence(etat).label if etat else "non notée"


def write_presence(seance: Seance, row: Any, sent: LignePresence, instant: datetime) -> None:
    """One line; an empty state takes it away."""
    if sent.etat and sent.etat not in EtatPresence.values:
        raise Conflit("Présence inconnue : choisissez présente, représentée, excusée ou absente.")
    where = {"seance": seance, "commune_id": row.commune_id, "mandat_id": row.mandat_id}
    if not sent.etat:
        Presence.objects.filter(**where).delete()
        return
    par_qui = sent.par_qui.strip()[:150] if sent.etat == EtatPresence.REPRESENTE else ""
    Presence.objects.update_or_create(**where, defaults={"etat": sent.etat, "par_qui": par_qui, "notee_le": instant})


@transaction.atomic
def record_comptes(
    *, acteur: Any, instant: datetime, seance: Seance, en_exercice: int, presents: int, pouvoirs: int
) -> None:
    """The counts of a council at its opening: members in exercise, present, pouvoirs."""
    require_seance(acteur, seance, may_record(acteur, seance.secretaire_id))
    require_modifiable(seance)
    if presents > en_exercice:
        raise Conflit("Il y a plus de membres présents que de membres en exercice : vérifiez la feuille de présence.")
    try:
        with transaction.atomic():
            rows = Seance.objects.filter(pk=seance.pk)
            rows.update(en_exercice=en_exercice, presents=presents, pouvoirs=pouvoirs)
    except IntegrityError as error:
        raise Conflit("Un nombre de membres ne peut être négatif, ni nul pour les membres en exercice.") from error
    seance.refresh_from_db()
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="record_comptes",
        phrase=f"a compté {presents} membres présents sur {en_exercice} à {write_seance(seance)}",
        portee=Portee.EQUIPE,
        objet=seance,
    )
