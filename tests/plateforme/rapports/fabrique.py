"""Small fictif rapports: one presented dossier with its scenario, the figures of the EPCI, words."""

from typing import Any

from tests.plateforme.dossiers.fabrique import build_presente
from tests.plateforme.fabriques import INSTANT, build_acteur_de

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.rapports.actions import Choix, freeze_version, record_choix, record_partie
from communaccord.plateforme.rapports.models import VersionRapport
from communaccord.plateforme.rapports.pages.contenu import build_blocs, compute_empreinte
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.territoires.models import Demarche

CHIFFRES = {"agents_avant": 12, "agents_apres": 14, "depense_avant": 1_200_000, "depense_apres": 5_400_000}


def build_matiere(communes: int = 3, scenarios: int = 1) -> tuple[Demarche, Dossier, Acteur, Acteur]:
    """A démarche with one presented dossier, its équipe projet and its president."""
    dossier, equipe = build_presente(communes, scenarios)
    president = build_acteur_de(dossier.demarche, Role.PRESIDENT)
    return dossier.demarche, dossier, equipe, president


def settle(dossier: Dossier, equipe: Acteur, **fields: Any) -> None:
    """Give the action its figures of the EPCI."""
    values = {**CHIFFRES, "source": "compte 2025 (fictif)", **fields}
    record_choix(acteur=equipe, instant=INSTANT, dossier=dossier, version=0, choix=Choix(**values))


def read_empreinte(demarche: Demarche, cle: str) -> str:
    """Of the computed matter of a part, as it is now."""
    return compute_empreinte(build_blocs(Sources(demarche), cle))


def write(equipe: Acteur, cle: str, texte: str, version: int = 0):
    empreinte = read_empreinte(equipe.demarche, cle)
    return record_partie(acteur=equipe, instant=INSTANT, cle=cle, texte=texte, empreinte=empreinte, version=version)


def freeze(equipe: Acteur, motif: str = "") -> VersionRapport:
    version = freeze_version(acteur=equipe, instant=INSTANT, motif=motif)
    return VersionRapport.objects.with_validation().get(pk=version.pk)
