"""The read side, for the pages of this context and of those above: always through what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from communaccord.plateforme.accords.elements import read_a_vous_seule, read_brouillon
from communaccord.plateforme.accords.enums import EtatAssesseur, EtatReponse, EtatTour
from communaccord.plateforme.accords.models import (
    Assesseur,
    AVousSeule,
    Element,
    RegleDuJeu,
    Reponse,
    Tour,
)
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.comptes.acteurs import Acteur


def get_regle_en_vigueur(acteur: Acteur) -> RegleDuJeu | None:
    """The latest adopted rule of the démarche."""
    return RegleDuJeu.objects.visible_to(acteur).adopted().first()


def read_reponse(acteur: Acteur, reponse: Reponse) -> tuple[ElementSaisi, ...]:
    """What those who act for the commune read of its answer: drafts, notes, shared elements; never a pli."""
    return read_brouillon(reponse, Element.objects.visible_to(acteur).filter(reponse=reponse))


def read_seules(acteur: Acteur, tour: Tour) -> dict[int, dict]:
    """By dossier, what the engine showed to the commune of this actor alone."""
    rows = AVousSeule.objects.visible_to(acteur).filter(tour=tour)
    return {row.dossier_id: read_a_vous_seule(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Attentes:
    """What awaits an actor at the table, for the home: rounds open with answers to prepare or to validate, draws."""

    tours: tuple[Tour, ...]
    a_preparer: dict[int, int]
    a_valider: dict[int, int]
    designations: tuple[Assesseur, ...]
    parts: tuple[Tour, ...]


def list_attentes(acteur: Acteur, instant: datetime) -> Attentes:
    """Counts by round of what this actor has to do. Four queries at most."""
    tours = list(Tour.objects.visible_to(acteur).accepting(instant).order_by("cloture_le"))
    counts = count_etats(acteur, tours) if acteur.est_mairie else {}
    called = Assesseur.objects.visible_to(acteur).filter(mandat_id=acteur.mandat_id).select_related("tour")
    mine = list(called) if acteur.est_maire else []
    return Attentes(
        tours=tuple(tours),
        a_preparer={pk: c[0] for pk, c in counts.items()},
        a_valider={pk: c[1] for pk, c in counts.items()},
        designations=tuple(a for a in mine if a.etat == EtatAssesseur.TIRE and a.tour.etat == EtatTour.PREPARATION),
        parts=tuple(
            a.tour
            for a in mine
            if a.part_scellee is not None
            and a.contribuee_le is None
            and a.tour.etat == EtatTour.OUVERT
            and a.tour.is_clos(instant)
        ),
    )


def count_etats(acteur: Acteur, tours: Iterable[Tour]) -> dict[int, tuple[int, int]]:
    """By round: answers of the commune still to prepare, and to validate."""
    rows = Reponse.objects.visible_to(acteur).filter(tour__in=list(tours)).values("tour_id").order_by()
    to_prepare = Q(etat__in=(EtatReponse.A_PREPARER, EtatReponse.BROUILLON))
    counted = rows.annotate(p=Count("pk", filter=to_prepare), v=Count("pk", filter=Q(etat=EtatReponse.SOUMISE)))
    return {row["tour_id"]: (row["p"], row["v"]) for row in counted}
