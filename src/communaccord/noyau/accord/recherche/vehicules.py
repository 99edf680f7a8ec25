"""The legal ways by which money may pass between communes of a package, each with its article, as data of the law."""

from collections.abc import Sequence

from communaccord.noyau.accord.recherche.modele import Paquet, Vehicule
from communaccord.noyau.droit.cif import SANS_AC, compute_plafond_fonds
from communaccord.noyau.droit.regles import REGLES
from communaccord.noyau.partage.erreurs import DonneeInvalide


def build_revision_libre(
    donner: Sequence[int], recevoir: Sequence[int], total: int, *, fpu: bool, nom: str = "attribution de compensation"
) -> Vehicule:
    """Return the free revision of the attribution de compensation as a vehicle (R-6.4).

    `donner`, `recevoir`: most that the AC of each commune may fall and rise, cents a year; `total`: most in all. Every
    commune whose AC moves must vote it: it is among those that sign. Errors: DonneeInvalide without fiscalité
    professionnelle unique (there is no AC). Complexity: O(n). Source: CGI 1609 nonies C V 1° bis.
    """
    if not fpu:
        raise DonneeInvalide(SANS_AC, "Retirez ce véhicule, ou choisissez un fonds de concours.")
    return build_vehicule("R-6.4", nom, donner, recevoir, total)


def build_fonds_concours(
    couts: Sequence[int], subventions: Sequence[int], total: int, *, nom: str = "fonds de concours"
) -> Vehicule:
    """Return fonds de concours paid to communes for an équipement of theirs, never for a service without one (R-5.8).

    `couts`, `subventions`: of the équipement of each commune (0: it has none), cents a year of the operation. A commune
    receives half of its net cost at most, and gives none: what it receives, the others give by another vehicle.
    Errors: DonneeInvalide. Complexity: O(n). Source: CGCT L5214-16 V, L5215-26, L5216-5 VI.
    """
    try:
        plafonds = [compute_plafond_fonds(c, s) for c, s in zip(couts, subventions, strict=True)]
    except ValueError as error:
        raise DonneeInvalide(str(error), "Corrigez le plan de financement.") from error
    return build_vehicule("R-5.8", nom, [0] * len(plafonds), plafonds, total)


def build_vehicule(identifiant: str, nom: str, donner: Sequence[int], recevoir: Sequence[int], total: int) -> Vehicule:
    """Return a vehicle that rests on a rule of the law of this software. Errors: KeyError for no such rule. O(n)."""
    regle = REGLES[identifiant]
    articles = " ; ".join(regle.articles)
    return Vehicule(nom, identifiant, articles, regle.resume, tuple(donner), tuple(recevoir), total)


def find_donneurs(paquet: Paquet, vehicule: Vehicule | None = None) -> frozenset[int]:
    """Return the communes that may give, by one vehicle or by any (None): no money passes when there is none.

    Only who joins a service gives or receives, and what some receive others give, all vehicles together. Errors: none.
    Complexity: O(n x (vehicles + services)). Source: CGI 1609 nonies C V 1° bis; CGCT L5214-16 V.
    """
    vues = paquet.vehicules if vehicule is None else (vehicule,)
    return frozenset(i for i in list_membres(paquet) if any(v.total and v.donner[i] for v in vues))


def find_receveurs(paquet: Paquet, vehicule: Vehicule | None = None) -> frozenset[int]:
    """Return the communes that may receive, by one vehicle or by any (None). Errors, complexity, source: as above."""
    vues = paquet.vehicules if vehicule is None else (vehicule,)
    return frozenset(i for i in list_membres(paquet) if any(v.total and v.recevoir[i] for v in vues))


def list_membres(paquet: Paquet) -> list[int]:
    """Return the communes of at least one service. O(n x services)."""
    return [i for i in range(paquet.n) if any(i in service.perimetre for service in paquet.services)]
