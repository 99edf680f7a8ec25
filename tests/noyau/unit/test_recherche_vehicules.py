"""Who may give and who may receive by the legal ways of a package; every figure is invented (fictif)."""

import pytest

from communaccord.noyau.accord.recherche import (
    Critere,
    Paquet,
    Service,
    build_fonds_concours,
    build_revision_libre,
    check,
)
from communaccord.noyau.accord.recherche.lignes import ContributionMax
from communaccord.noyau.accord.recherche.vehicules import find_donneurs, find_receveurs
from communaccord.noyau.accord.types import Priorite

AC = build_revision_libre((0, 500, 500), (500, 0, 0), 1000, fpu=True)
SANS_TOTAL = build_revision_libre((0, 500, 500), (500, 0, 0), 0, fpu=True)
FONDS = build_fonds_concours((0, 2000, 2000), (0, 0, 2000), 1000)


def build_paquet(*vehicules):
    """Three communes, the last one out of the only service."""
    critere = Critere("habitants", (1, 1, 0))
    return Paquet(("A", "B", "C"), (Service("S", 1000, frozenset({0, 1}), (critere,), (600, 600, 600)),), vehicules)


@pytest.mark.parametrize(
    ("vehicules", "donneurs", "receveurs"),
    [
        ((), set(), set()),
        ((AC,), {1}, {0}),
        ((SANS_TOTAL,), set(), set()),
        ((FONDS,), set(), {1}),
        ((AC, FONDS), {1}, {0, 1}),
    ],
)
def test_who_may_give_and_receive(vehicules, donneurs, receveurs):
    paquet = build_paquet(*vehicules)
    assert (find_donneurs(paquet), find_receveurs(paquet)) == (donneurs, receveurs)
    for vehicule in vehicules:
        assert find_donneurs(paquet, vehicule) <= find_donneurs(paquet)
        assert find_receveurs(paquet, vehicule) <= find_receveurs(paquet)


@pytest.mark.parametrize("vehicules", [(), (AC,), (SANS_TOTAL,), (FONDS,), (AC, FONDS)])
def test_money_passes_only_from_who_gives_to_who_receives(vehicules):
    paquet = build_paquet(*vehicules)
    verdict = check(paquet, [ContributionMax("A", Priorite.INDISPENSABLE, 499)])
    passe = any(i != k for i in find_donneurs(paquet) for k in find_receveurs(paquet))
    assert (type(verdict).__name__ == "Feasible") is passe
