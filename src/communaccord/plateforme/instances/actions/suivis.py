"""The organisation of the instances put to the councils (S11), and what each really did."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.instances.actions.pieces import store_piece
from communaccord.plateforme.instances.models import SuiviConseil
from communaccord.plateforme.instances.rules import belongs, may_compose, may_follow_conseil
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import pluriel


@transaction.atomic
def submit_organisation(*, acteur: Any, instant: datetime, transmis_le: date | None = None) -> int:
    """Follow the conseil communautaire and each conseil municipal on the organisation of the instances; lines made.

    A choice of the territory: no text asks for it.
    """
    require(may_compose(acteur))
    known = set(SuiviConseil.objects.filter(demarche_id=acteur.demarche_id).values_list("commune_id", flat=True))
    communes = [None, *acteur.demarche.communes.values_list("pk", flat=True)]
    rows = [
        SuiviConseil(demarche_id=acteur.demarche_id, commune_id=pk, transmis_le=transmis_le)
        for pk in communes
        if pk not in known
    ]
    try:
        with transaction.atomic():
            SuiviConseil.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Conflit("Le suivi des conseils vient d'être ouvert par quelqu'un d'autre : rechargez la page.") from error
    if rows:
        record_acte(
            acteur=acteur,
            instant=instant,
            verbe="submit_organisation",
            phrase=f"a soumis l'organisation des instances à {pluriel(len(rows), 'conseil')}",
            portee=Portee.TABLE,
        )
    return len(rows)


@transaction.atomic
def record_suivi(
    *,
    acteur: Any,
    instant: datetime,
    suivi: SuiviConseil,
    version: int,
    transmis_le: date | None = None,
    seance_le: date | None = None,
    numero: str = "",
    sens: str = "",
    nom_fichier: str = "",
    contenu: bytes = b"",
) -> SuiviConseil:
    """Write what a council received, when it met, what it said; dates out of order are flagged, never refused."""
    require(belongs(acteur, suivi.demarche_id))
    require(may_follow_conseil(acteur, suivi.commune_id))
    values: dict[str, Any] = {"transmis_le": transmis_le, "seance_le": seance_le, "numero": numero, "sens": sens}
    if contenu:
        values["piece"] = store_piece(acteur=acteur, instant=instant, nom=nom_fichier, contenu=contenu)
    rows = SuiviConseil.objects.filter(pk=suivi.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise Conflit("Quelqu'un d'autre a écrit cette ligne : rechargez la page, puis écrivez ce que vous gardez.")
    suivi.refresh_from_db()
    conseil = f"municipal {write_de(suivi.commune.nom)}" if suivi.commune else "communautaire"
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="record_suivi",
        phrase=f"a noté le suivi du conseil {conseil}",
        portee=Portee.ELUS,
        objet=suivi,
        commune_id=suivi.commune_id,
    )
    return suivi
