"""The bills of a deal in whole cents: what each pays by service, what moves between communes, who gains, who loses."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.refus import count_mots, shorten
from communaccord.cli.sortie import align_tableau
from communaccord.noyau.accord.recherche import ContributionMax, Deal, GainMin, HausseMax, Paquet, Point
from communaccord.noyau.accord.recherche.arrondi import compute_nets, round_cents
from communaccord.noyau.partage.erreurs import format_euros

MAX_COLONNES = 3
MAX_PERDANTES = 8


@dataclass(frozen=True, slots=True)
class Facture:
    """Whole cents a year. `parts[j][i]`: of commune i for service j; `transferts[v][i]`: received; `paie`, `gagne`: net
    of transfers, by commune."""

    parts: tuple[tuple[int, ...], ...]
    transferts: tuple[tuple[int, ...], ...]
    paie: tuple[int, ...]
    gagne: tuple[int, ...]


def read_facture(deal: Deal) -> Facture:
    """Return the bills that a deal already has."""
    return Facture(deal.shares, deal.transfers, deal.contributions, deal.gains)


def build_facture(paquet: Paquet, point: Point) -> Facture | None:
    """Return the bills at an exact point; None when they could not be put in whole cents."""
    cents = round_cents(paquet, point)
    return None if cents is None else Facture(*cents, *compute_nets(paquet, cents))


def tell_facture(paquet: Paquet, facture: Facture, membres: Iterable[int] | None = None) -> list[str]:
    """Return the bills as an aligned table with its total, then what moves by each legal way."""
    rangs = range(paquet.n) if membres is None else sorted(membres)
    colonnes: list[tuple[str, Callable[[int], int]]] = []
    if 1 < len(paquet.services) <= MAX_COLONNES:
        colonnes += [
            (shorten(s.nom), table.__getitem__) for s, table in zip(paquet.services, facture.parts, strict=True)
        ]
    if any(map(any, facture.transferts)):
        colonnes.append(("reçoit (- : donne)", lambda i: sum(table[i] for table in facture.transferts)))
    colonnes += [("paie", facture.paie.__getitem__), ("gagne", facture.gagne.__getitem__)]
    tableau = [("Commune", *(nom for nom, _ in colonnes))]
    tableau += [(paquet.communes[i], *(format_euros(lire(i)) for _, lire in colonnes)) for i in rangs]
    tableau.append(("Total", *(format_euros(sum(map(lire, rangs))) for _, lire in colonnes)))
    lignes = align_tableau(tableau, droite=frozenset(range(1, len(tableau[0]))))
    return lignes + tell_deplaces(paquet, facture)


def tell_deplaces(paquet: Paquet, facture: Facture) -> list[str]:
    """Return how much each legal way moves, of what it may."""
    lignes = []
    for vehicule, table in zip(paquet.vehicules, facture.transferts, strict=False):
        bouge = max(sum(recu for recu in table if recu > 0), -sum(recu for recu in table if recu < 0))
        lignes.append(f"  {vehicule.nom} : {format_euros(bouge)} déplacés sur {format_euros(vehicule.total)} permis.")
    return lignes


def tell_perdantes(lu: DossierLu, facture: Facture, cedent: Collection[str] = ()) -> list[str]:
    """Return who would pay more than alone, and whether its requests say that it accepts it. `cedent`: communes that
    have a request that does not hold."""
    lignes = []
    if sum(facture.gagne) < 0:
        lignes.append(
            f"  À savoir : ensemble coûte {format_euros(-sum(facture.gagne))} par an de plus que chacune seule."
        )
    perdantes = [i for i, gain in enumerate(facture.gagne) if gain < 0]
    for i in perdantes[:MAX_PERDANTES]:
        nom = lu.paquet.communes[i]
        suite = "et rien ne dit qu'elle l'accepte" if is_silencieuse(lu, nom) else "ce que ses demandes permettent"
        if nom in cedent:
            suite = "et une de ses demandes n'y tient pas"
        lignes.append(f"  À savoir : {nom} paie {format_euros(-facture.gagne[i])} par an de plus que seule, {suite}.")
    if len(perdantes) > MAX_PERDANTES:
        lignes.append(f"  À savoir : et {count_mots(len(perdantes) - MAX_PERDANTES, 'autre')} de même.")
    return lignes


def is_silencieuse(lu: DossierLu, nom: str) -> bool:
    """Return whether no request of a commune tells that it would pay more than alone: none bears on the money of all
    its services, none accepts a loss for one."""
    seuls = {service.nom: service.seul[lu.paquet.numeros[nom]] for service in lu.paquet.services}
    for ligne in lu.lignes:
        if ligne.commune != nom:
            continue
        if isinstance(ligne, HausseMax):
            return False
        if isinstance(ligne, ContributionMax | GainMin):
            perte = -ligne.montant
            if isinstance(ligne, ContributionMax):
                perte = ligne.montant - seuls.get(ligne.service or "", 0)
            if ligne.service is None or perte > 0:
                return False
    return True
