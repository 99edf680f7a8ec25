"""A séance from its creation to the day it is held."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.instances.actions.avis_de_seance import post_annulation
from communaccord.plateforme.instances.actions.etats import advance_seance, require_modifiable, require_seance
from communaccord.plateforme.instances.enums import EtatSeance
from communaccord.plateforme.instances.models import HistoriqueSeance, Instance, Seance
from communaccord.plateforme.instances.papiers import write_seance
from communaccord.plateforme.instances.rules import belongs, may_prepare, may_record
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require


@transaction.atomic
def create_seance(
    *,
    acteur: Any,
    instant: datetime,
    instance: Instance,
    debut: datetime,
    lieu: str,
    duree_minutes: int = 120,
    visioconference: str = "",
    reponse_avant: date | None = None,
    presidence: Mandat | None = None,
    secretaire: Mandat | None = None,
) -> Seance:
    """A séance to prepare; a past ``debut`` is that of a séance already held, recorded as it happened."""
    require(may_prepare(acteur))
    require(belongs(acteur, instance.demarche_id))
    seance = Seance.objects.create(
        instance=instance,
        debut=debut,
        lieu=lieu,
        duree_minutes=duree_minutes,
        visioconference=visioconference,
        reponse_avant=reponse_avant,
        presidence=presidence or instance.presidence,
        secretaire=secretaire,
        en_exercice=instance.en_exercice,
        creee_le=instant,
    )
    HistoriqueSeance.objects.create(
        seance=seance, instant=instant, mandat_id=acteur.mandat_id, qui=acteur.nom[:250], etat_apres=seance.etat
    )
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="create_seance",
        phrase=f"a préparé {write_seance(seance)}",
        portee=Portee.EQUIPE,
        objet=seance,
    )
    return seance


@transaction.atomic
def update_seance(
    *,
    acteur: Any,
    instant: datetime,
    seance: Seance,
    debut: datetime,
    lieu: str,
    duree_minutes: int,
    visioconference: str = "",
    reponse_avant: date | None = None,
    presidence: Mandat | None = None,
    secretaire: Mandat | None = None,
    urgence: bool = False,
    motif_urgence: str = "",
    seconde_convocation: bool = False,
) -> Seance:
    """Change the day, the place, who presides; those already convened are told only by another convocation."""
    require_seance(acteur, seance, may_prepare(acteur))
    require_modifiable(seance)
    if urgence and not motif_urgence:
        raise Conflit("Dites pourquoi l'urgence : le conseil se prononce à l'ouverture de la séance.")
    values = {
        "debut": debut,
        "lieu": lieu,
        "duree_minutes": duree_minutes,
        "visioconference": visioconference,
        "reponse_avant": reponse_avant,
        "presidence": presidence,
        "secretaire": secretaire,
        "urgence": urgence,
        "motif_urgence": motif_urgence if urgence else "",
        "seconde_convocation": seconde_convocation,
    }
    Seance.objects.filter(pk=seance.pk).update(**values)
    seance.refresh_from_db()
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="update_seance",
        phrase=f"a modifié {write_seance(seance)}",
        portee=Portee.EQUIPE,
        objet=seance,
    )
    return seance


@transaction.atomic
def cancel_seance(*, acteur: Any, instant: datetime, seance: Seance, motif: str) -> None:
    """Cancel a séance to come and tell those who were convened."""
    require_seance(acteur, seance, may_prepare(acteur))
    if not motif.strip():
        raise Conflit("Dites pourquoi la séance est annulée : les personnes convoquées le liront.")
    values = {"motif": motif, "agenda_version": seance.agenda_version + 1}
    advance_seance(acteur=acteur, instant=instant, seance=seance, to=EtatSeance.ANNULEE, **values)
    post_annulation(seance=seance, instant=instant)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="cancel_seance",
        phrase=f"a annulé {write_seance(seance)} : {motif}",
        portee=Portee.TABLE,
        objet=seance,
    )


@transaction.atomic
def hold_seance(*, acteur: Any, instant: datetime, seance: Seance) -> None:
    """Say that the séance was held: its relevé is then to be written and validated."""
    require_seance(acteur, seance, may_record(acteur, seance.secretaire_id))
    if instant < seance.debut:
        raise Conflit("Cette séance n'a pas encore commencé. Si elle a été avancée, corrigez d'abord son heure.")
    advance_seance(acteur=acteur, instant=instant, seance=seance, to=EtatSeance.TENUE)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="hold_seance",
        phrase=f"a noté que {write_seance(seance)} s'est tenue",
        portee=Portee.TABLE,
        objet=seance,
    )
