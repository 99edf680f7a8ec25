"""The vote of a council on an item, as the procès-verbal says it. The rule is shown beside it, never instead of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from communaccord.plateforme.instances.actions.etats import require_modifiable, require_seance
from communaccord.plateforme.instances.actions.pieces import store_piece
from communaccord.plateforme.instances.actions.points import PointPerime
from communaccord.plateforme.instances.enums import Majorite, ModeScrutin
from communaccord.plateforme.instances.models import Deliberation, Point
from communaccord.plateforme.instances.rules import may_record, may_vote
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.socle.permis import Conflit, require

INCOHERENT = (
    "Ces nombres ne tiennent pas ensemble : les membres présents ne dépassent pas les membres en exercice (moins "
    "celles et ceux qui n'ont pas pris part), et les voix ne dépassent pas les membres présents et les pouvoirs."
)


class VoteIncoherent(Conflit):
    """The counts do not hold together: nothing was written."""


@dataclass(frozen=True, slots=True)
class SaisieVote:
    """A vote as typed; ``adoptee`` is what the procès-verbal says."""

    date: date
    en_exercice: int
    presents: int
    pour: int
    contre: int
    adoptee: bool
    abstentions: int = 0
    blancs: int = 0
    pouvoirs: int = 0
    exclus: int = 0
    mode: str = ModeScrutin.ORDINAIRE
    majorite: str = Majorite.ABSOLUE
    vote_presidence: str = ""
    numero: str = ""


@transaction.atomic
def record_deliberation(
    *,
    acteur: Any,
    instant: datetime,
    point: Point,
    saisie: SaisieVote,
    version: int | None = None,
    nom_fichier: str = "",
    contenu: bytes = b"",
) -> Deliberation:
    """Record a vote, or write it anew (``version``: the one that was read). Refused where no text gives a vote (R-3.1).

    A vote of a secret ballot keeps no voice of a person, not even that of the presidency.
    """
    require(may_vote(point.seance.instance.type))
    require_seance(acteur, point.seance, may_record(acteur, point.seance.secretaire_id))
    require_modifiable(point.seance)
    values = asdict(saisie)
    if saisie.mode == ModeScrutin.SECRET:
        values["vote_presidence"] = ""
    if contenu:
        values["piece"] = store_piece(acteur=acteur, instant=instant, nom=nom_fichier, contenu=contenu)
    vote = save_vote(point, version, values)
    record_acte(
        acteur=acteur,
        instant=instant,
        verbe="record_deliberation",
        phrase=f"a noté le vote sur « {point.titre} » : {vote.pour} pour, {vote.contre} contre, "
        f"{vote.abstentions} abstentions",
        portee=Portee.ELUS,
        objet=vote,
    )
    return vote


def save_vote(point: Point, version: int | None, values: dict[str, Any]) -> Deliberation:
    """Create the vote, or write it when nobody did since ``version``."""
    try:
        with transaction.atomic():
            if version is None:
                if Deliberation.objects.filter(point=point).exists():
                    raise PointPerime
                return Deliberation.objects.create(point=point, **values)
            rows = Deliberation.objects.filter(point=point, version=version)
            if not rows.update(version=F("version") + 1, **values):
                raise PointPerime
    except IntegrityError as error:
        raise VoteIncoherent(INCOHERENT) from error
    return Deliberation.objects.select_related("piece").get(point=point)
