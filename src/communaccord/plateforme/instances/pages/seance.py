"""One séance: its sentence, what may be done there and by whom, its agenda, its counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communaccord.plateforme.instances.bridge import (
    DelaiVu,
    QuorumVu,
    ResultatVu,
    build_delai,
    build_quorum,
    build_resultat,
)
from communaccord.plateforme.instances.enums import A_VENIR, CONSEILS, MODIFIABLES, TENUES, EtatSeance
from communaccord.plateforme.instances.models import Convocation, Point, Releve, Seance
from communaccord.plateforme.instances.papiers import write_mention
from communaccord.plateforme.instances.queries import (
    Compte,
    LigneFeuille,
    count_presences,
    list_convocations,
    list_lignes,
    list_points,
    list_presidences,
    select_miennes,
)
from communaccord.plateforme.instances.rules import (
    may_convoke,
    may_prepare,
    may_read_reponses,
    may_record,
    may_validate_releve,
    may_vote,
)
from communaccord.plateforme.projet.enums.cadre import EtatCadre
from communaccord.plateforme.projet.rules.cadre import list_etats_lus, may_validate
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.socle.permis import Decision
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import moment, pluriel


@dataclass(frozen=True, slots=True)
class PointVu:
    """An item with what the rule says of its vote, when there was one; and what may be said of its précadrage."""

    point: Point
    resultat: ResultatVu | None
    lit_precadrage: bool = False
    valide_precadrage: bool = False


@dataclass(frozen=True, slots=True)
class PageSeance:
    """What every face of a séance shows."""

    seance: Seance
    quand: str
    phrase: str
    mention: str
    points: list[PointVu]
    lignes: list[LigneFeuille]
    compte: Compte
    presents: tuple[str, int, int]
    convocations: list[Convocation]
    mes_convocations: list[Convocation]
    delai: DelaiVu | None
    quorum: QuorumVu | None
    releve: Releve | None
    est_conseil: bool
    est_a_venir: bool
    est_avant: bool
    est_modifiable: bool
    peut_preparer: Decision
    peut_convoquer: Decision
    peut_noter: Decision
    peut_valider: Decision
    vote: Decision


def build_page(acteur: Any, seance: Seance, instant: datetime) -> PageSeance:
    """Ten queries at most, whatever the number of communes."""
    convocations = list_convocations(seance)
    lignes = list_lignes(seance, convocations)
    compte = count_presences(seance, lignes)
    releve = Releve.objects.filter(seance=seance).without_files().last() if seance.releve_version else None
    points = [build_point(acteur, point, seance) for point in list_points(seance)]
    quorum = read_quorum(seance)
    return PageSeance(
        seance=seance,
        quand=moment(seance.debut, seance.instance.demarche.fuseau, semaine=True),
        phrase=write_phrase(seance, compte, quorum, len(points)),
        mention=write_mention(seance.instance.type),
        points=points,
        lignes=lignes,
        compte=compte,
        presents=read_presents(seance, compte),
        convocations=convocations if may_read_reponses(acteur) else [],
        mes_convocations=select_miennes(acteur, convocations),
        delai=build_delai(seance, get_jour(instant, seance.instance.demarche.fuseau)),
        quorum=quorum,
        releve=releve,
        est_conseil=seance.instance.type in CONSEILS,
        est_a_venir=seance.etat in A_VENIR,
        est_avant=instant < seance.debut,
        est_modifiable=seance.etat in MODIFIABLES,
        peut_preparer=may_prepare(acteur),
        peut_convoquer=may_convoke(acteur),
        peut_noter=may_record(acteur, seance.secretaire_id),
        peut_valider=may_validate_releve(acteur, list_presidences(seance)),
        vote=may_vote(seance.instance.type),
    )


def build_point(acteur: Any, point: Point, seance: Seance) -> PointVu:
    """``valide_precadrage``: the séance was held, concluded, and this actor may note that it validated the frame."""
    cadre = point.precadrage
    if cadre is None:
        return PointVu(point, read_resultat(point, seance))
    concluded = seance.etat in TENUES and bool(point.conclusion) and cadre.etat == EtatCadre.PROPOSE
    return PointVu(
        point,
        read_resultat(point, seance),
        lit_precadrage=cadre.etat in list_etats_lus(acteur.role),
        valide_precadrage=concluded and bool(may_validate(acteur, cadre.demarche_id)),
    )


def read_presents(seance: Seance, compte: Compte) -> tuple[str, int, int]:
    """What is counted, how many are there, of how many: communes, members of a council, or persons."""
    if seance.instance.type in CONSEILS and seance.presents is not None and seance.en_exercice is not None:
        return ("Membres présents", seance.presents, seance.en_exercice)
    libelle = "Communes présentes" if compte.par_commune else "Personnes présentes"
    return (libelle, compte.presentes, compte.total)


def read_resultat(point: Point, seance: Seance) -> ResultatVu | None:
    vote = getattr(point, "deliberation", None)
    return build_resultat(vote, seconde=seance.seconde_convocation) if vote else None


def read_quorum(seance: Seance) -> QuorumVu | None:
    """The quorum at the opening, once the counts of a council are noted."""
    if seance.instance.type not in CONSEILS or seance.presents is None or seance.en_exercice is None:
        return None
    return build_quorum(seance.en_exercice, seance.presents, seconde=seance.seconde_convocation)


def write_phrase(seance: Seance, compte: Compte, quorum: QuorumVu | None, points: int) -> str:
    """The one sentence: what is to come, or what happened."""
    quand = f"{moment(seance.debut, seance.instance.demarche.fuseau, semaine=True)}, {seance.lieu}"
    if seance.etat == EtatSeance.ANNULEE:
        return f"Cette séance est annulée : {seance.motif}"
    if seance.etat == EtatSeance.PREPARATION:
        return f"En préparation pour le {quand} : {pluriel(points, 'point')} à l'ordre du jour."
    if seance.etat == EtatSeance.CONVOQUEE:
        return f"Le {quand} : {pluriel(points, 'point')} à l'ordre du jour."
    libelle, presents, total = read_presents(seance, compte)
    there = quorum.phrase if quorum else f"{libelle} : {presents} sur {total}."
    suite = "Le relevé est validé." if seance.etat == EtatSeance.RELEVE_VALIDE else "Le relevé est à valider."
    return f"Tenue le {write_date(seance.debut_local.date())}. {there} {suite}"


def count_reponses(convocations: Sequence[Convocation]) -> dict[str, int]:
    """How many of each answer."""
    counts: dict[str, int] = {}
    for convocation in convocations:
        counts[convocation.reponse] = counts.get(convocation.reponse, 0) + 1
    return counts
