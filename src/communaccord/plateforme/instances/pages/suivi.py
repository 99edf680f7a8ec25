"""One line a council: what it received, when it met, what it said, and what is to look at."""

from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.instances.models import SuiviConseil
from communaccord.plateforme.instances.rules import may_follow_conseil
from communaccord.plateforme.socle.permis import Decision
from communaccord.plateforme.socle.typographie import pluriel


@dataclass(frozen=True, slots=True)
class LigneSuivi:
    """``remarque``: dates out of order; flagged, never refused."""

    suivi: SuiviConseil
    nom: str
    remarque: str
    peut_noter: Decision
    mienne: bool


@dataclass(frozen=True, slots=True)
class PageSuivi:
    phrase: str
    lignes: list[LigneSuivi]


def build_suivis(acteur: Any) -> PageSuivi:
    """One query; the conseil communautaire first, then mine, then the communes in their order."""
    rows = SuiviConseil.objects.visible_to(acteur).select_related("commune", "piece").defer("piece__contenu")
    lignes = [build_ligne(acteur, row) for row in rows.order_by("commune__cle_tri")]
    lignes.sort(key=lambda ligne: (ligne.suivi.commune_id is not None, not ligne.mienne))
    done = sum(bool(ligne.suivi.sens) for ligne in lignes)
    if not lignes:
        return PageSuivi("L'organisation des instances n'a pas été soumise aux conseils.", [])
    return PageSuivi(f"{pluriel(done, 'conseil')} sur {len(lignes)} se sont prononcés.", lignes)


def build_ligne(acteur: Any, suivi: SuiviConseil) -> LigneSuivi:
    commune = suivi.commune
    return LigneSuivi(
        suivi=suivi,
        nom=commune.nom if commune else "Conseil communautaire",
        remarque=write_remarque(suivi),
        peut_noter=may_follow_conseil(acteur, suivi.commune_id),
        mienne=bool(commune and commune.pk == acteur.commune_id),
    )


def write_remarque(suivi: SuiviConseil) -> str:
    if suivi.seance_le and suivi.transmis_le and suivi.seance_le < suivi.transmis_le:
        return "La séance précède la transmission : vérifiez les dates."
    if suivi.sens and not suivi.seance_le:
        return "Date de séance à noter."
    return ""
