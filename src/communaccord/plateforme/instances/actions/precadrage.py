"""The précadrage put to a séance: noted as validated there, once the séance was held and its conclusion written."""

from datetime import datetime
from typing import Any

from communaccord.plateforme.instances.actions.etats import require_seance
from communaccord.plateforme.instances.enums import TENUES
from communaccord.plateforme.instances.models import Point
from communaccord.plateforme.projet.actions.cadre import validate_cadre
from communaccord.plateforme.projet.models import Cadre
from communaccord.plateforme.projet.rules.cadre import may_validate
from communaccord.plateforme.socle.permis import Conflit


def validate_precadrage(*, acteur: Any, instant: datetime, point: Point, version: int) -> Cadre:
    """Record that the séance of ``point`` validated the précadrage that it was shown.

    ``version``: the writing of the précadrage that was read. Conflit before the séance is held, without a conclusion,
    when the item carries no précadrage or when this one is not proposed (any more).
    """
    seance = point.seance
    require_seance(acteur, seance, may_validate(acteur, seance.instance.demarche_id))
    if point.precadrage is None:
        raise Conflit("Ce point ne présente pas de précadrage.")
    if seance.etat not in TENUES:
        raise Conflit("La séance ne s'est pas encore tenue : notez d'abord qu'elle s'est tenue.")
    if not point.conclusion.strip():
        raise Conflit("Écrivez d'abord la conclusion du point : elle dit ce que l'instance a validé.")
    return validate_cadre(
        acteur=acteur,
        instant=instant,
        cadre=point.precadrage,
        version=version,
        jour=seance.debut_local.date(),
        instance=seance.instance.nom,
    )
