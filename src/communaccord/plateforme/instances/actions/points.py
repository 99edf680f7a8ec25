"""The agenda: items added, written, ordered, carried from the instance that prepares to the one that concludes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from communaccord.plateforme.accords.models import Tour
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.instances.actions.etats import require_modifiable, require_seance
from communaccord.plateforme.instances.enums import TypePoint
from communaccord.plateforme.instances.models import InvitePoint, Point, Seance
from communaccord.plateforme.instances.rules import belongs, may_prepare, may_vote
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.socle.permis import Conflit, require

PERIME = (
    "Quelqu'un d'autre a modifié ce point pendant que vous l'écriviez. Rien n'a été écrasé : comparez votre texte avec "
    "celui qui est enregistré, puis enregistrez ce que vous gardez."
)


class PointPerime(Conflit):
    """The item was written meanwhile: nothing was written over it."""

    def __init__(self) -> None:
        super().__init__(PERIME)


@transaction.atomic
def add_point(
    *,
    acteur: Any,
    instant: datetime,
    seance: Seance,
    titre: str,
    type: TypePoint | str = TypePoint.INFORMATION,
    dossier: Dossier | None = None,
    tour: Tour | None = None,
    precadrage: Cadre | None = None,
    presente_par: str = "",
    presentation: str = "",
    resultat_tour: str = "",
    duree_minutes: int | None = None,
    sensible: bool = False,
    invites: Sequence[str] = (),
) -> Point:
    """An item at the end of the agenda. A délibération is only of an instance that may decide (R-3.1)."""
    require_seance(acteur, seance, may_prepare(acteur))
    require_attendu(seance, type)
    require_liens(acteur, dossier, tour, precadrage)
    require_modifiable(seance)
    last = seance.points.aggregate(last=Max("rang"))["last"] or 0
    point = Point.objects.create(
        seance=seance,
        rang=last + 1,
        titre=titre,
        type=type,
        dossier=dossier,
        tour=tour,
        precadrage=precadrage,
        presente_par=presente_par,
        presentation=presentation,
        resultat_tour=resultat_tour,
        duree_minutes=duree_minutes,
        sensible=sensible or (dossier is not None and dossier.sensible),
    )
    write_invites(point, invites)
    journal_point(acteur, instant, point, "add_point", f"a mis à l'ordre du jour le point « {point.titre} »")
    return point


def require_attendu(seance: Seance, type: str) -> None:
    if type == TypePoint.DELIBERATION:
        require(may_vote(seance.instance.type))


def require_liens(acteur: Any, *rows: Dossier | Tour | Cadre | None) -> None:
    for row in rows:
        if row is not None:
            require(belongs(acteur, row.demarche_id))


def write_invites(point: Point, invites: Sequence[str]) -> None:
    point.invites.all().delete()
    InvitePoint.objects.bulk_create(InvitePoint(point=point, qualite=name) for name in invites if name)


def journal_point(acteur: Any, instant: datetime, point: Point, verbe: str, phrase: str) -> None:
    record_acte(acteur=acteur, instant=instant, verbe=verbe, phrase=phrase, portee=Portee.EQUIPE, objet=point)


def claim_point(point: Point, version: int, **values: Any) -> None:
    """Write the item if nobody wrote it since ``version`` was read; PointPerime otherwise."""
    rows = Point.objects.filter(pk=point.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise PointPerime
    point.refresh_from_db()


@transaction.atomic
def update_point(
    *,
    acteur: Any,
    instant: datetime,
    point: Point,
    version: int,
    titre: str,
    type: TypePoint | str,
    dossier: Dossier | None = None,
    tour: Tour | None = None,
    precadrage: Cadre | None = None,
    presente_par: str = "",
    presentation: str = "",
    resultat_tour: str = "",
    duree_minutes: int | None = None,
    sensible: bool = False,
    invites: Sequence[str] = (),
) -> Point:
    """Write an item anew; ``version`` is the one that was read."""
    require_seance(acteur, point.seance, may_prepare(acteur))
    require_attendu(point.seance, type)
    require_liens(acteur, dossier, tour, precadrage)
    require_modifiable(point.seance)
    claim_point(
        point,
        version,
        titre=titre,
        type=type,
        dossier=dossier,
        tour=tour,
        precadrage=precadrage,
        presente_par=presente_par,
        presentation=presentation,
        resultat_tour=resultat_tour,
        duree_minutes=duree_minutes,
        sensible=sensible,
    )
    write_invites(point, invites)
    journal_point(acteur, instant, point, "update_point", f"a récrit le point « {point.titre} »")
    return point


@transaction.atomic
def move_point(*, acteur: Any, instant: datetime, point: Point, vers_le_haut: bool) -> None:
    """Exchange an item with its neighbour; at the edge nothing moves."""
    require_seance(acteur, point.seance, may_prepare(acteur))
    require_modifiable(point.seance)
    order = list(point.seance.points.order_by("rang", "pk"))
    here = next(index for index, row in enumerate(order) if row.pk == point.pk)
    there = here - 1 if vers_le_haut else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for rang, row in enumerate(order, 1):
        row.rang = rang
    Point.objects.bulk_update(order, ["rang"])
    geste = "monté" if vers_le_haut else "descendu"
    journal_point(acteur, instant, point, "move_point", f"a {geste} dans l'ordre du jour le point « {point.titre} »")


@transaction.atomic
def delete_point(*, acteur: Any, instant: datetime, point: Point) -> None:
    """Take an item out of the agenda; not once something was concluded or voted on it."""
    require_seance(acteur, point.seance, may_prepare(acteur))
    require_modifiable(point.seance)
    if point.conclusion or hasattr(point, "deliberation"):
        raise Conflit("Ce point a déjà une conclusion ou un vote : il reste à l'ordre du jour.")
    journal_point(
        acteur, instant, point.seance, "delete_point", f"a retiré de l'ordre du jour le point « {point.titre} »"
    )
    point.delete()


@transaction.atomic
def carry_point(*, acteur: Any, instant: datetime, point: Point, vers: Seance) -> Point:
    """Put an item to another séance, with its dossier and its round; the link says which item prepared it.

    From a COTECH to its COPIL, or what is sensitive to the conférence des maires (S10, S14).
    """
    require_seance(acteur, point.seance, may_prepare(acteur))
    require(belongs(acteur, vers.instance.demarche_id))
    if point.seance_id == vers.pk or vers.points.filter(prepare_par=point).exists():
        raise Conflit("Ce point est déjà à l'ordre du jour de cette séance.")
    carried = add_point(
        acteur=acteur,
        instant=instant,
        seance=vers,
        titre=point.titre,
        type=TypePoint.AVIS if point.type == TypePoint.DELIBERATION else point.type,
        dossier=point.dossier,
        tour=point.tour,
        precadrage=point.precadrage,
        presente_par=point.presente_par,
        presentation=point.presentation,
        resultat_tour=point.resultat_tour,
        duree_minutes=point.duree_minutes,
        sensible=point.sensible,
    )
    Point.objects.filter(pk=carried.pk).update(prepare_par=point)
    carried.refresh_from_db()
    return carried
