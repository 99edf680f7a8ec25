"""The rapport, its parts, versions and files, as far as an actor sees them."""

from collections.abc import Mapping

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.dossiers.models.dossier import PRESENTES
from communaccord.plateforme.rapports.models import (
    ChoixAction,
    Fabrication,
    Partie,
    Rapport,
    RetraitValidation,
    VersionRapport,
)
from communaccord.plateforme.territoires.models import CommuneMembre, Demarche


def find_rapport(demarche: Demarche) -> Rapport | None:
    """None as long as nobody wrote, chose or froze anything."""
    return Rapport.objects.filter(demarche=demarche).first()


def list_parties(demarche: Demarche) -> dict[str, Partie]:
    """What people wrote, by key: one query."""
    return {partie.cle: partie for partie in Partie.objects.filter(rapport__demarche=demarche)}


def read_textes(parties: Mapping[str, Partie]) -> dict[str, str]:
    return {cle: partie.texte for cle, partie in parties.items()}


def find_partie(acteur: Acteur, cle: str) -> Partie | None:
    return Partie.objects.visible_to(acteur).filter(cle=cle).first()


def find_choix(acteur: Acteur, dossier: Dossier) -> ChoixAction | None:
    return ChoixAction.objects.visible_to(acteur).filter(dossier=dossier).select_related("scenario").first()


def find_dossier(acteur: Acteur, pk: int) -> Dossier | None:
    """A dossier that may be in the rapport: presented or concluded."""
    return Dossier.objects.visible_to(acteur).with_porteur().filter(pk=pk, etat__in=PRESENTES).first()


def find_commune(acteur: Acteur, pk: int) -> CommuneMembre | None:
    return CommuneMembre.objects.visible_to(acteur).filter(pk=pk).first()


def list_communes(acteur: Acteur) -> list[CommuneMembre]:
    return list(CommuneMembre.objects.visible_to(acteur))


def list_versions(acteur: Acteur) -> list[VersionRapport]:
    """From the last to the first, without their long matter."""
    return list(VersionRapport.objects.visible_to(acteur).with_validation().without_contenu().order_by("-numero"))


def find_version(acteur: Acteur, pk: int) -> VersionRapport | None:
    return VersionRapport.objects.visible_to(acteur).with_validation().filter(pk=pk).first()


def list_retraits(acteur: Acteur, version: VersionRapport) -> list[RetraitValidation]:
    """Validations of this version that were taken back, in order: one query."""
    return list(RetraitValidation.objects.visible_to(acteur).filter(version=version))


def find_precedente(acteur: Acteur, version: VersionRapport) -> VersionRapport | None:
    """The version before this one that the actor reads."""
    rows = VersionRapport.objects.visible_to(acteur).filter(numero__lt=version.numero)
    return rows.with_validation().order_by("-numero").first()


def find_derniere(acteur: Acteur) -> VersionRapport | None:
    """The last version frozen, without its long matter."""
    rows = VersionRapport.objects.visible_to(acteur).with_validation().without_contenu()
    return rows.order_by("-numero").first()


def list_fabrications(acteur: Acteur) -> dict[str, Fabrication]:
    """Files asked for, by key."""
    rows = Fabrication.objects.visible_to(acteur).select_related("version__validation").defer("version__contenu")
    return {row.cle: row for row in rows}


def find_fabrication(acteur: Acteur, pk: int) -> Fabrication | None:
    rows = (
        Fabrication.objects.visible_to(acteur)
        .select_related("version__validation", "rapport__demarche")
        .defer("version__contenu")
    )
    return rows.filter(pk=pk).first()
