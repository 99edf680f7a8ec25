"""Counts by position: six numbers of known sum, told so that what is masked cannot be had by subtraction."""

from collections.abc import Mapping, Sequence

from communaccord.noyau.accord.audit import Classe, split_classes
from communaccord.noyau.accord.comptes import Compte, name_position, name_reste, refuse_compte, tell_compte
from communaccord.noyau.accord.conditions import OUVERTES
from communaccord.noyau.accord.types import Confidentialite, Position, Reponse

# Who is counted first is told most precisely.
ORDRE = (
    Position.FAVORABLE,
    Position.SOUS_CONDITIONS,
    Position.DEFAVORABLE,
    Position.CONSEIL_D_ABORD,
    Position.COMPLEMENT,
    Position.NON_CONCERNEE,
)


def publish_positions(comptees: Sequence[Reponse], ouvertes: Compte, seuil: int) -> Mapping[Position, Compte]:
    """Return the counts by position, one after the other, each within what the earlier ones leave possible.

    `ouvertes`: the count of positions favorable, sous conditions or not, already told. Sealed positions only are
    protected; shared ones are added. Errors: none. Complexity: O(positions^2 + answers). Source: complementary
    suppression by interval propagation on a table of two groups.
    """
    if not ouvertes.publie:
        return dict.fromkeys(Position, ouvertes)
    scellees = [r for r in comptees if r.confidentialite_position is Confidentialite.PLI]
    partagees = [r for r in comptees if r.confidentialite_position is Confidentialite.PARTAGE]
    connues_ouvertes = sum(r.position in OUVERTES for r in partagees)
    sur, total = len(comptees), len(scellees)
    groupe = Classe(ouvertes.bas - connues_ouvertes, ouvertes.haut - connues_ouvertes)
    dites = dict.fromkeys(Position, Classe(0, total))
    comptes = {}
    for position in ORDRE:
        connues = sum(r.position is position for r in partagees)
        sujet = name_position(position.label)
        bornes = Classe(connues, connues + total)
        possible = find_intervalle(position, dites, groupe, total)
        vrai = sum(r.position is position for r in scellees)
        classe = find_classe(vrai, possible, total, seuil)
        if classe is None:
            comptes[position] = refuse_compte(sur, name_reste(seuil))
            continue
        dites[position] = classe
        vue = Classe(connues + classe.bas, connues + classe.haut)
        comptes[position] = tell_compte(sujet, vue, bornes, sur)
    return {position: comptes[position] for position in Position}


def find_classe(vrai: int, possible: Classe, total: int, seuil: int) -> Classe | None:
    """Return what is told of a count that outsiders hold within `possible`; None: nothing. O(total)."""
    if possible.bas == possible.haut:
        return possible
    classes = split_classes(*possible, total, seuil)
    classe = next(c for c in classes if c.bas <= vrai <= c.haut)
    return None if len(classes) == 1 else Classe(max(classe.bas, possible.bas), min(classe.haut, possible.haut))


def find_intervalle(position: Position, dites: Mapping[Position, Classe], groupe: Classe, total: int) -> Classe:
    """Return the values that an outsider holds possible for a position, knowing `dites` and the class of the open ones.

    Shapes: counts of sealed positions of sum `total`; `groupe` is the class of the sum of `OUVERTES`. Errors: none.
    Complexity: O(positions). Source: bounds of a two-level table (sums of intervals).
    """
    dedans = [c for p, c in dites.items() if p in OUVERTES]
    dehors = [c for p, c in dites.items() if p not in OUVERTES]
    somme = Classe(
        max(groupe.bas, sum(c.bas for c in dedans), total - sum(c.haut for c in dehors)),
        min(groupe.haut, sum(c.haut for c in dedans), total - sum(c.bas for c in dehors)),
    )
    famille = somme if position in OUVERTES else Classe(total - somme.haut, total - somme.bas)
    autres = [c for p, c in dites.items() if p is not position and (p in OUVERTES) == (position in OUVERTES)]
    return Classe(
        max(dites[position].bas, famille.bas - sum(c.haut for c in autres)),
        min(dites[position].haut, famille.haut - sum(c.bas for c in autres)),
    )
