"""Who tries, where they go, what they may read: shared by the tests of secrets."""

import os
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from tests.plateforme.attaque.monde import Monde
from tests.plateforme.attaque.robot import Visite, crawl, fill, list_routes, visit
from tests.plateforme.fabriques import client_for

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import EQUIPE, MAIRIE, Role
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.demo.reglages import CODE

DEHORS = ("compte/logout/", "compte/2fa/")
# The rooms where a moment of a round changes something, asked for address by address.
SALLES = ("table/", "journal/")
INTRUS = {
    "code": "0000 1111",
    "ancien-code": CODE,
    "geste": "relire",
    "choix": "seule",
    "commune": "1",
    "version": "0",
    "version-1": "0",
    "version-2": "0",
    "position": "favorable",
    "motif": "autre chose",
    "c1-type": "contribution_max",
    "c1-montant": "abc",
    "origine": "visite",
}
# Who is tried: role, commune.
ACTEURS = {
    "équipe projet": (Role.EQUIPE_PROJET, ""),
    "DGS de l'intercommunalité": (Role.DGS_EPCI, ""),
    "présidence, maire par ailleurs": (Role.PRESIDENT, ""),
    "vice-présidence, maire par ailleurs": (Role.VICE_PRESIDENT, ""),
    "maire d'une autre commune": (Role.MAIRE, "F007"),
    "maire de la commune de la présidence": (Role.MAIRE, "F003"),
    "secrétaire d'une autre commune": (Role.SECRETAIRE, "F006"),
    "boîte partagée par maire et secrétaire": (Role.SECRETAIRE, "F008"),
    "direction": (Role.DIRECTION, ""),
    "DRH": (Role.DRH, ""),
    "conseil communautaire": (Role.CONSEILLER_COMMUNAUTAIRE, ""),
    "conseil municipal": (Role.CONSEILLER_MUNICIPAL, "F001"),
    "personnel": (Role.REPRESENTANT_PERSONNEL, ""),
    "agent": (Role.AGENT, ""),
    "consultant": (Role.CONSULTANT, ""),
    "observateur": (Role.OBSERVATEUR, ""),
}
# The whole attack takes several minutes: the suite plays those who stand closest, COMMUNACCORD_ATTAQUE=complete all.
COMPLETE = os.environ.get("COMMUNACCORD_ATTAQUE") == "complete"
COURTS = (
    "équipe projet",
    "maire d'une autre commune",
    "conseil municipal",
    "consultant",
)
ESSAYES = tuple(ACTEURS) if COMPLETE else COURTS
PROCHES = ("équipe projet", "présidence, maire par ailleurs", "maire d'une autre commune", "conseil communautaire")
PROCHES = PROCHES if COMPLETE else PROCHES[::2]


def build_acteur(monde: Monde, qui: str) -> Acteur:
    return monde.gens.get(*ACTEURS[qui])


def list_adresses(acteur: Acteur | None, salles: Iterable[str] = ()) -> list[str]:
    """Every address in the name of this actor; only the rooms named, when some are.

    In nobody's name, the mandate of the address is refused before its other numbers are read (@avec_acteur, on each of
    them: tests/projet/test_acces.py): each of these routes is asked once, all the numbers on demand.
    """
    mandat = acteur.mandat_id if acteur else Mandat.objects.order_by("pk").values_list("pk", flat=True)[0]
    heads = tuple(f"m/<int:mandat>/{salle}" for salle in salles)
    routes = [r for r in list_routes() if not r.chemin.startswith(DEHORS)]
    kept = [r for r in routes if not heads or r.chemin.startswith(heads) or r.chemin == "m/<int:mandat>/"]
    first = 1 if acteur is None and not COMPLETE else None
    return [a for r in kept for a in islice(fill(r.chemin, mandat), first if r.est_de_demarche else None)]


def list_admis(monde: Monde, acteur: Acteur | None) -> set[str]:
    """Whoever acts for a commune reads what is its own; the équipe projet and the DRH the sheets, never the rounds."""
    if acteur is None or acteur.demarche_id != monde.demarche.pk:
        return set()
    if acteur.role in MAIRIE:
        return monde.list_secrets(acteur.commune.code) | monde.list_prepares(acteur.commune.code)
    return monde.list_prepares() if acteur.role in EQUIPE | {Role.DRH} else set()


def find_fuites(monde: Monde, acteur: Acteur | None, visites: Iterable[Visite]) -> dict[str, list[str]]:
    """Secrets that this actor should not have read, and where; a visit that breaks is told too."""
    admis = list_admis(monde, acteur)
    leaks: dict[str, list[str]] = defaultdict(list)
    for visite in visites:
        for mot in monde.plantes.find(visite.textes) - admis:
            leaks[mot].append(f"{visite.methode} {visite.adresse}")
        if visite.statut >= 500:
            leaks[f"erreur {visite.statut}"].append(f"{visite.methode} {visite.adresse}")
    return dict(leaks)


def explore(acteur: Acteur, salles: Iterable[str] = ()) -> Iterable[Visite]:
    """Every address of these rooms; of the whole site, with whatever the pages lead to, when none is named."""
    racine = "#" if salles else f"/m/{acteur.mandat_id}/"
    return crawl(client_for(acteur), list_adresses(acteur, salles), racine=racine)


def read_plis(acteur: Acteur, tour: int, rang: int) -> Visite:
    adresse = f"/m/{acteur.mandat_id}/table/tours/{tour}/reponse/{rang}/plis/"
    return visit(client_for(acteur), adresse, "POST", {"geste": "relire", "code": CODE})
