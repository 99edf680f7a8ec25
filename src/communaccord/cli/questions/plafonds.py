"""What each commune accepts to pay for one service, as the questions on keys and packages read it."""

from communaccord.cli.menus import build_menu_service
from communaccord.cli.questions.etude import Etude
from communaccord.noyau.accord.recherche import (
    ContributionMax,
    GainMin,
    HausseMax,
    KeyedService,
    Ligne,
    Service,
)
from communaccord.noyau.accord.recherche.fixes import judge_fixe

Plafonds = list[int | None]


def read_plafonds(etude: Etude, j: int) -> tuple[Plafonds, list[int]]:
    """Return the most that each commune accepts to pay for a service, cents (None: it stays out), and the ranks of the
    requests that this does not read.

    A commune without a request on it accepts what it pays alone. A request on all the services is read for a commune of
    one service only; one on a year is not read, nor transfers.
    """
    paquet, lignes = etude.paquet, etude.lu.lignes
    service = paquet.services[j]
    plafonds: Plafonds = [None] * paquet.n
    lues: set[int] = set()
    for i in sorted(service.perimetre):
        nom = paquet.communes[i]
        siennes = [rang for rang, ligne in enumerate(lignes) if ligne.commune == nom]
        if not all(judge_fixe(paquet, lignes[rang]) for rang in siennes):
            continue
        seule = sum(i in autre.perimetre for autre in paquet.services) == 1
        argent = [rang for rang in siennes if is_lue(lignes[rang], service, seule)]
        bornes = [read_plafond(lignes[rang], service.seul[i]) for rang in argent]
        plafond = min(bornes, default=service.seul[i])
        plafonds[i] = plafond if plafond >= 0 else None
        lues.update(argent)
    noms = {paquet.communes[i] for i in service.perimetre}
    argent = [rang for rang, ligne in enumerate(lignes) if ligne.commune in noms and is_argent(ligne, service)]
    return plafonds, [rang for rang in argent if rang not in lues]


def is_argent(ligne: Ligne, service: Service) -> bool:
    """Return whether a request is about money and bears on this service."""
    if isinstance(ligne, HausseMax):
        return True
    return isinstance(ligne, ContributionMax | GainMin) and ligne.service in (None, service.nom)


def is_lue(ligne: Ligne, service: Service, seule: bool) -> bool:
    """Return whether a request sets a most for this service."""
    if not isinstance(ligne, ContributionMax | GainMin) or ligne.annee is not None:
        return False
    return ligne.service == service.nom or (ligne.service is None and seule)


def read_plafond(ligne: Ligne, seul: int) -> int:
    """Return the most that a request lets pay, cents; below zero: no amount is low enough."""
    if isinstance(ligne, GainMin):
        return seul - ligne.montant
    assert isinstance(ligne, ContributionMax)
    return ligne.montant


def build_service_a_cle(etude: Etude, j: int) -> KeyedService:
    """Return a service as the atlas reads it: its criteria as its members count them."""
    criteria = build_menu_service(etude.paquet.services[j], ()).criteria
    return KeyedService(etude.lu.jeux[j], criteria, etude.lu.complements.populations)
