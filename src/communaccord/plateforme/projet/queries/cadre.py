"""What pages read of the précadrage: everything starts from what the actor may see."""

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.projet.models import Cadre, HistoriqueCadre
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche


def find_cadre(demarche: Demarche) -> Cadre | None:
    """The last validated version, which everybody of the démarche may read; None before. One query."""
    return Cadre.objects.validated().filter(demarche=demarche).first()


def list_cadres(acteur: Acteur) -> list[Cadre]:
    """Versions that this actor reads, the last first."""
    return list(Cadre.objects.visible_to(acteur).order_by("-numero"))


def find_cadre_visible(acteur: Acteur, pk: int) -> Cadre | None:
    return Cadre.objects.visible_to(acteur).select_related("demarche").filter(pk=pk).first()


def list_historique_cadre(acteur: Acteur, cadre: Cadre) -> list[HistoriqueCadre]:
    return list(HistoriqueCadre.objects.visible_to(acteur).filter(cadre=cadre))


def list_communes(acteur: Acteur) -> list[CommuneMembre]:
    return list(CommuneMembre.objects.visible_to(acteur))
