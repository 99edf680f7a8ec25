"""« Ce que je donne, ce que je reçois »: shared with the table by its mairie, by nobody else; taken back likewise."""

from datetime import datetime
from typing import Any

from django.db import transaction

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.noms import write_de
from communaccord.plateforme.diagnostic.calculs.echanges import build_echanges, dump_partage
from communaccord.plateforme.diagnostic.models import Campagne, Flux, RelevePartage
from communaccord.plateforme.diagnostic.queries.flux import build_corps, read_compte
from communaccord.plateforme.diagnostic.rules import can_share_releve
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.territoires.models import CommuneMembre

CHANGE = "Des flux ont changé pendant que vous lisiez : relisez le relevé, puis partagez-le."


def read_contenu(campagne: Campagne, commune: CommuneMembre) -> dict[str, Any]:
    """What would be shared now of this commune."""
    rows = list(Flux.objects.filter(campagne=campagne))
    sources = {row.pk: row.source for row in rows}
    compte = read_compte(campagne.pk, rows)
    return dump_partage(build_echanges(compte.declarations, build_corps(commune.pk), sources, compte.attentes))


@transaction.atomic
def share_releve(
    *, acteur: Acteur, instant: datetime, campagne: Campagne, commune: CommuneMembre, lu: dict[str, Any]
) -> RelevePartage:
    """Share what was read (``lu``), or share it again; Conflit when the flows have changed since."""
    require(can_share_releve(acteur, commune.pk, campagne.demarche_id))
    contenu = read_contenu(campagne, commune)
    if contenu != lu:
        raise Conflit(CHANGE)
    if not contenu["lignes"]:
        raise Conflit("Aucun flux n'est encore déclaré avec l'intercommunalité : il n'y a rien à partager.")
    releve, _ = RelevePartage.objects.update_or_create(
        campagne=campagne,
        commune=commune,
        defaults={"contenu": contenu, "partage_par": acteur.nom[:250], "partage_le": instant},
    )
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="releve.partage",
        phrase=f"a partagé avec la table ce que donne et reçoit la commune {write_de(commune.nom)}",
        portee=Portee.TABLE,
        objet=releve,
        commune_id=commune.pk,
    )
    return releve


@transaction.atomic
def withdraw_releve(*, acteur: Acteur, instant: datetime, campagne: Campagne, commune: CommuneMembre) -> None:
    """Take back what was shared: the others read nothing of it any more."""
    require(can_share_releve(acteur, commune.pk, campagne.demarche_id))
    deleted, _ = RelevePartage.objects.filter(campagne=campagne, commune=commune).delete()
    if not deleted:
        raise Conflit("Ce relevé n'est pas partagé.")
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="releve.repris",
        phrase=f"a repris le partage de ce que donne et reçoit la commune {write_de(commune.nom)}",
        portee=Portee.TABLE,
        objet=campagne,
        commune_id=commune.pk,
    )
