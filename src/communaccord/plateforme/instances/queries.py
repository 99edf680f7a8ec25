"""The read side: who sits, the agenda, the sheet of presence, what awaits an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from communaccord.plateforme.instances.enums import A_VENIR, LA, PAR_COMMUNE, EtatSeance, Reponse
from communaccord.plateforme.instances.gens import write_qui
from communaccord.plateforme.instances.models import (
    Convocation,
    Instance,
    MembreInstance,
    Point,
    Presence,
    Reserve,
    Seance,
)
from communaccord.plateforme.instances.rules import may_validate_releve


def visible(model: type[Model], acteur: Any) -> QuerySet[Any]:
    """What this actor sees of ``model``: where every view starts."""
    return model._default_manager.visible_to(acteur)


@dataclass(frozen=True, slots=True)
class LigneFeuille:
    """A line of the sheet: a commune, or a person; what they answered, what is noted (empty: nothing)."""

    cle: str
    nom: str
    precision: str
    commune_id: int | None
    mandat_id: int | None
    reponse: str
    reponse_par_qui: str
    etat: str
    par_qui: str


def list_membres(instance: Instance, jour: date) -> list[MembreInstance]:
    """Who sits that day, commune by commune, then those of no commune."""
    return list(instance.membres.active_on(jour).with_mandat())


def list_points(seance: Seance) -> list[Point]:
    """The agenda in its order, with all that a paper or a page says of each item: five queries whatever the number."""
    return list(
        seance.points.select_related(
            "dossier", "tour", "precadrage", "deliberation__piece", "prepare_par__seance__instance"
        )
        .prefetch_related("invites", "suites", Prefetch("reserves", Reserve.objects.select_related("commune")))
        .order_by("rang", "pk")
    )


def list_convocations(seance: Seance) -> list[Convocation]:
    return list(seance.convocations.with_mandat())


def list_presences(seance: Seance) -> list[Presence]:
    return list(seance.presences.select_related("commune", "mandat__personne", "mandat__commune"))


def select_miennes(acteur: Any, convocations: Sequence[Convocation]) -> list[Convocation]:
    """Among convocations already read, those that ``of_acteur`` gives."""
    return [
        row
        for row in convocations
        if row.mandat_id == acteur.mandat_id
        or (acteur.est_mairie and acteur.commune_id and row.mandat.commune_id == acteur.commune_id)
    ]


def list_assis(seance: Seance, convocations: Sequence[Convocation] | None = None) -> Sequence[Any]:
    """Those convened; for a séance that was not convened here, the members of its day, or else those known since."""
    convened = list_convocations(seance) if convocations is None else convocations
    convened = convened or list_membres(seance.instance, seance.debut_local.date())
    return convened or list(seance.instance.membres.filter(jusqu_au__isnull=True).with_mandat())


def list_lignes(seance: Seance, convocations: Sequence[Convocation] | None = None) -> list[LigneFeuille]:
    """The sheet: one line a commune where communes are counted (the president and the staff after them).

    ``convocations``: when they were already read.
    """
    noted = {build_cle(p.commune_id, p.mandat_id): p for p in list_presences(seance)}
    by_commune = seance.instance.type in PAR_COMMUNE
    lines: dict[str, LigneFeuille] = {}
    for seat in list_assis(seance, convocations):
        mandat = seat.mandat
        commune = mandat.commune if by_commune else None
        key = build_cle(commune.pk if commune else None, None if commune else mandat.pk)
        if key in lines and getattr(seat, "reponse", "") == Reponse.ATTENDUE:
            continue
        presence = noted.get(key)
        lines[key] = LigneFeuille(
            cle=key,
            nom=commune.nom if commune else write_qui(mandat),
            precision=write_qui(mandat) if commune else (mandat.commune.nom if mandat.commune else ""),
            commune_id=commune.pk if commune else None,
            mandat_id=None if commune else mandat.pk,
            reponse=getattr(seat, "reponse", ""),
            reponse_par_qui=getattr(seat, "par_qui", ""),
            etat=presence.etat if presence else "",
            par_qui=presence.par_qui if presence else "",
        )
    return sorted(lines.values(), key=lambda ligne: ligne.commune_id is None)


def build_cle(commune_id: int | None, mandat_id: int | None) -> str:
    return f"c{commune_id}" if commune_id is not None else f"m{mandat_id}"


@dataclass(frozen=True, slots=True)
class Compte:
    """Communes (or persons) there, excused, and in all."""

    presentes: int
    excusees: int
    total: int
    par_commune: bool


def count_presences(seance: Seance, lignes: Sequence[LigneFeuille]) -> Compte:
    """Where communes are counted, the lines of persons are not."""
    by_commune = seance.instance.type in PAR_COMMUNE
    counted = [ligne for ligne in lignes if not by_commune or ligne.commune_id is not None]
    return Compte(
        presentes=sum(ligne.etat in LA for ligne in counted),
        excusees=sum(ligne.etat == "excuse" for ligne in counted),
        total=len(counted),
        par_commune=by_commune,
    )


def list_instances(acteur: Any) -> QuerySet[Instance]:
    return Instance.objects.visible_to(acteur).active().with_composition()


def list_a_venir(acteur: Any, instant: datetime) -> list[Convocation]:
    """Convocations of this actor (or of the commune it acts for) that wait for an answer, the next first."""
    waiting = Convocation.objects.of_acteur(acteur).filter(
        seance__instance__demarche_id=acteur.demarche_id,
        seance__etat=EtatSeance.CONVOQUEE,
        seance__debut__gte=instant,
        reponse=Reponse.ATTENDUE,
    )
    return list(
        waiting.select_related("seance__instance__demarche", "mandat__personne", "mandat__commune").order_by(
            "seance__debut", "pk"
        )
    )


def list_prochaines(acteur: Any, instant: datetime) -> list[Seance]:
    """Séances to come that this actor sees, the next first."""
    return list(Seance.objects.visible_to(acteur).a_venir(instant).with_instance())


def list_a_valider(acteur: Any) -> list[Seance]:
    """Séances held whose relevé this actor may validate, the oldest first."""
    held = Seance.objects.visible_to(acteur).filter(etat=EtatSeance.TENUE).with_instance().order_by("debut", "pk")
    return [seance for seance in held if may_validate_releve(acteur, list_presidences(seance))]


def list_presidences(seance: Seance) -> set[int]:
    """Mandates that may validate the relevé: who presided; who presides the instance when nobody else did."""
    chosen = seance.presidence_id or seance.instance.presidence_id
    return {chosen} if chosen else set()


def list_a_rappeler(instant: datetime, jusque: datetime) -> QuerySet[Convocation]:
    """Convocations without answer of the séances between two instants."""
    return Convocation.objects.filter(
        seance__etat__in=sorted(A_VENIR),
        seance__debut__gt=instant,
        seance__debut__lte=jusque,
        reponse=Reponse.ATTENDUE,
        par_courriel=True,
    ).select_related("seance__instance__demarche", "mandat__personne__compte")
