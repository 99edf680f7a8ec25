"""What the rapport says of a dossier: there or not, with which scenario, and the effect on the intercommunalité."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.dossiers.models import Dossier, Scenario
from communaccord.plateforme.dossiers.models.dossier import PRESENTES
from communaccord.plateforme.rapports.actions.communs import EditionConcurrente, journalise, open_rapport
from communaccord.plateforme.rapports.models import ChoixAction, Rapport
from communaccord.plateforme.rapports.rules import check_demarche, may_prepare
from communaccord.plateforme.socle.permis import Conflit, require

AGENTS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Choix:
    """``scenario``: None while it is to be chosen. Agents are people, amounts cents a year, None unknown."""

    retenue: bool = True
    scenario: Scenario | None = None
    agents_avant: int | None = None
    agents_apres: int | None = None
    depense_avant: int | None = None
    depense_apres: int | None = None
    source: str = ""


def check_choix(dossier: Dossier, choix: Choix) -> None:
    """Errors: Conflit, in one sentence."""
    if dossier.etat not in PRESENTES:
        raise Conflit("Seul un dossier présenté, ou conclu, est une action du rapport : présentez-le d'abord.")
    if choix.scenario is not None and (choix.scenario.dossier_id != dossier.pk or not choix.scenario.est_fige):
        raise Conflit("Le rapport retient un scénario figé de ce dossier : choisissez dans la liste.")
    nombres = (choix.agents_avant, choix.agents_apres, choix.depense_avant, choix.depense_apres)
    if any(nombre is not None and nombre < 0 for nombre in nombres):
        raise Conflit("Un effectif et une dépense ne peuvent être négatifs.")
    if any(nombre is not None and nombre > AGENTS_MAX for nombre in nombres[:2]):
        raise Conflit("Cet effectif est démesuré : comptez des personnes.")


@transaction.atomic
def record_choix(*, acteur: Acteur, instant: datetime, dossier: Dossier, version: int, choix: Choix) -> ChoixAction:
    """Write the choice over the version that was read (0: none yet).

    Errors: Conflit for an impossible choice, EditionConcurrente when somebody else wrote meanwhile.
    """
    require(may_prepare(acteur))
    require(check_demarche(acteur, dossier.demarche_id))
    check_choix(dossier, choix)
    rapport = open_rapport(acteur, instant)
    if not write_choix(rapport, dossier, version, choix, acteur, instant):
        actuel = ChoixAction.objects.get(rapport=rapport, dossier=dossier)
        raise EditionConcurrente(actuel, actuel.modifie_par)
    row = ChoixAction.objects.select_related("scenario").get(rapport=rapport, dossier=dossier)
    geste = "a réglé" if row.retenue else "a écarté du rapport"
    suite = " dans le rapport" if row.retenue else ""
    journalise(acteur, instant, row, "rapport.action_reglee", f"{geste} l'action « {dossier.titre} »{suite}")
    return row


def write_choix(
    rapport: Rapport, dossier: Dossier, version: int, choix: Choix, acteur: Acteur, instant: datetime
) -> bool:
    """False, and nothing written, when the row is not at this version."""
    values = {nom: getattr(choix, nom) for nom in Choix.__slots__}
    values |= {"source": choix.source[:200], "modifie_par": acteur.nom[:250], "modifie_le": instant}
    if version:
        rows = ChoixAction.objects.filter(rapport=rapport, dossier=dossier, version=version)
        return bool(rows.update(**values, version=F("version") + 1))
    try:
        with transaction.atomic():
            ChoixAction.objects.create(rapport=rapport, dossier=dossier, **values)
    except IntegrityError:
        return False
    return True
