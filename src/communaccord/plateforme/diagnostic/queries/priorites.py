"""Reading the choice of priorities: what is asked, how many ballots, one's own ballot, the frozen result."""

from collections.abc import Sequence
from datetime import datetime

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import MAIRIE
from communaccord.plateforme.diagnostic.enums import EtatPriorisation, TypeLigne
from communaccord.plateforme.diagnostic.models import (
    BulletinPriorites,
    Campagne,
    Ligne,
    OptionPriorite,
    Priorisation,
    ResultatPriorites,
)
from communaccord.plateforme.socle.horloge import get_jour
from communaccord.plateforme.territoires.models import CommuneMembre


def list_priorisations(acteur: Acteur) -> list[Priorisation]:
    """Those that this actor reads, the last prepared first. One query."""
    return list(Priorisation.objects.visible_to(acteur).with_campagne())


def find_priorisation(acteur: Acteur, pk: int) -> Priorisation | None:
    return Priorisation.objects.visible_to(acteur).with_campagne().filter(pk=pk).first()


def list_options(acteur: Acteur, priorisation: Priorisation) -> list[OptionPriorite]:
    return list(OptionPriorite.objects.visible_to(acteur).filter(priorisation=priorisation))


def list_options_de_campagne(acteur: Acteur, campagne: Campagne) -> list[OptionPriorite]:
    """The options of the last choice on this campaign that this actor reads; none when there is none. One query."""
    rows = OptionPriorite.objects.visible_to(acteur).filter(priorisation__campagne=campagne)
    found = list(rows.select_related("priorisation"))
    last = max((row.priorisation.creee_le, row.priorisation_id) for row in found) if found else None
    return [row for row in found if (row.priorisation.creee_le, row.priorisation_id) == last]


def count_bulletins(priorisation: Priorisation) -> tuple[int, int]:
    """(ballots deposited, communes): the counts that everybody reads. Two queries."""
    deposited = BulletinPriorites.objects.filter(priorisation=priorisation).deposited().count()
    return deposited, CommuneMembre.objects.filter(demarche_id=priorisation.demarche_id).count()


def find_bulletin(acteur: Acteur, priorisation: Priorisation) -> BulletinPriorites | None:
    """One's own, for a mairie; None for the others, without asking."""
    if acteur.role not in MAIRIE:
        return None
    return BulletinPriorites.objects.visible_to(acteur).filter(priorisation=priorisation).first()


def find_resultat(acteur: Acteur, priorisation: Priorisation) -> ResultatPriorites | None:
    if priorisation.etat != EtatPriorisation.CLOSE:
        return None
    found = ResultatPriorites.objects.visible_to(acteur).filter(priorisation=priorisation).first()
    if found is not None:
        found.priorisation = priorisation
    return found


def list_options_proposees(campagne: Campagne) -> list[tuple[str, str]]:
    """(words, service) that a new choice starts from: the needs that the questionnaire asks about. One query."""
    rows = Ligne.objects.filter(campagne=campagne).active().exclude(service="").order_by("rang", "pk")
    lignes: Sequence[Ligne] = list(rows)
    for genre in (TypeLigne.BESOIN, TypeLigne.EFFECTIFS):
        if found := {ligne.libelle: ligne.service for ligne in lignes if ligne.type == genre}:
            return list(found.items())
    return []


def is_ouverte(priorisation: Priorisation, instant: datetime) -> bool:
    """Whether ballots are written now."""
    jour = get_jour(instant, priorisation.campagne.demarche.fuseau)
    return priorisation.etat == EtatPriorisation.OUVERTE and jour <= priorisation.fin


def find_a_voter(acteur: Acteur, instant: datetime) -> tuple[Priorisation, BulletinPriorites | None] | None:
    """The open choice that awaits the ballot of this mairie, with its draft. Two queries at most, none for others."""
    if acteur.role not in MAIRIE or acteur.commune_id is None:
        return None
    rows = Priorisation.objects.visible_to(acteur).filter(etat=EtatPriorisation.OUVERTE).with_campagne()
    priorisation = next((row for row in rows if is_ouverte(row, instant)), None)
    if priorisation is None:
        return None
    bulletin = find_bulletin(acteur, priorisation)
    return None if bulletin is not None and bulletin.depose_le is not None else (priorisation, bulletin)
