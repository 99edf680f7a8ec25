"""From a key to exact parts: integer numerators over one common denominator."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.charge import check_connus, compute_charges
from communaccord.noyau.partage.modele import Membre
from communaccord.noyau.partage.regles import (
    Cle,
    CleForfait,
    CleMixte,
    ClePopulation,
    ClePotentielFiscal,
    CleSimple,
    CleTemps,
    CleUsage,
)


class Critere(NamedTuple):
    """One criterion of a mix: its weight and the base of each member, in `1 / echelle` of the unit.

    `usage`: the bases come from the volumes, so that a margin on volumes is a margin on them.
    """

    libelle: str
    unite: str
    poids: Fraction
    bases: tuple[int, ...]
    echelle: int
    totale: int
    usage: bool


class Parts(NamedTuple):
    """Part of each member: `numerateurs[i] / denominateur`; what nobody's base takes is the difference to 1."""

    numerateurs: tuple[int, ...]
    denominateur: int

    @property
    def inutilisee(self) -> int:
        """Numerator of the part of the key that no base takes."""
        return self.denominateur - sum(self.numerateurs)


def build_criteres(cle: Cle, membres: Sequence[Membre]) -> tuple[Critere, ...]:
    """Return the criteria of a key, with the base of each member; weights of zero are left out.

    Errors: `Impossible`, naming the communes, when a base the key reads is unknown. Complexity: O(criteria x members).
    """
    composantes = cle.composantes if isinstance(cle, CleMixte) else ((Fraction(1), cle),)
    criteres = []
    for poids, simple in composantes:
        if poids:
            critere = _build_critere(simple.libelle, simple.unite, read_bases(simple, membres), membres)
            criteres.append(critere._replace(poids=poids, usage=isinstance(simple, CleUsage)))
    return tuple(criteres)


def build_critere_aujourd_hui(membres: Sequence[Membre]) -> Critere:
    """Return the criterion of the phase-in: today's cost of each member. Errors and complexity: as `build_criteres`."""
    return _build_critere("Coût d'aujourd'hui", "centimes", [m.cout_actuel for m in membres], membres)


def read_bases(cle: CleSimple, membres: Sequence[Membre]) -> list[Exact | None]:
    """Return what a simple key reads of each member (None: unknown). Complexity: O(members)."""
    match cle:
        case ClePopulation():
            return [membre.population for membre in membres]
        case CleForfait():
            return [1] * len(membres)
        case CleTemps():
            return [membre.temps for membre in membres]
        case ClePotentielFiscal():
            return [membre.potentiel_fiscal for membre in membres]
        case CleUsage():
            return compute_charges(membres, cle.bareme)


def mix_parts(criteres: Sequence[Critere]) -> Parts:
    """Return the exact parts: sum over the criteria of weight x base / total base.

    A criterion whose total base is nil gives nothing to anybody: its weight stays in `Parts.inutilisee`. The weights
    sum to 1. Complexity: O(criteria x members), in integers. Source: weighted mean of proportional shares.
    """
    utiles = [critere for critere in criteres if critere.totale]
    denominateur = lcm(*(critere.poids.denominator * critere.totale for critere in utiles))
    coefficients = [denominateur // (c.poids.denominator * c.totale) * c.poids.numerator for c in utiles]
    nombre = len(criteres[0].bases)
    numerateurs = [0] * nombre
    for critere, coefficient in zip(utiles, coefficients, strict=True):
        numerateurs = [n + coefficient * base for n, base in zip(numerateurs, critere.bases, strict=True)]
    return Parts(tuple(numerateurs), denominateur)


def _build_critere(libelle: str, unite: str, bases: Sequence[Exact | None], membres: Sequence[Membre]) -> Critere:
    connues = check_connus(bases, membres, libelle.lower())
    echelle = lcm(*(base.denominator for base in connues))
    entieres = tuple(base.numerator * (echelle // base.denominator) for base in connues)
    return Critere(libelle, unite, Fraction(1), entieres, echelle, sum(entieres), False)
