"""From the clauses of a round to red lines. What comes out of sealed answers is for the engine alone, as they are."""

from collections.abc import Sequence
from typing import NamedTuple

from communaccord.noyau.accord.lecture import ENGAGEMENTS
from communaccord.noyau.accord.recherche.lignes import (
    AvecCommune,
    ContributionMax,
    EngagementPris,
    GainMin,
    HausseMax,
    Ligne,
    PasAvant,
    SeulementSi,
)
from communaccord.noyau.accord.types import Clause, Confidentialite, Degre, Priorite, Reponse, TypeClause

DEGRES = {
    Degre.CONDITION_INDISPENSABLE: Priorite.INDISPENSABLE,
    Degre.CONDITION: Priorite.UTILE,
    Degre.SOUHAIT: Priorite.SECONDAIRE,
}


class Lignes(NamedTuple):
    """Red lines, and what is left to people: clauses that no package decides, with the code of their commune."""

    lignes: tuple[Ligne, ...]
    aux_personnes: tuple[tuple[str, Clause], ...]


def build_lignes(reponses: Sequence[Reponse], service: str | None = None) -> Lignes:
    """Return the clauses of the answers as red lines, in their order.

    `service`: name of the service of the dossier in the package (None: the clauses are about the whole package). A
    souhait becomes secondaire, a condition utile, a condition indispensable indispensable. The notes personnelles are
    never read; a free request is left to people. A cap on the rise is read here in the phase-in of the package, not in
    an undertaking. The degree of confidentiality does not travel: a line that comes from a sealed clause may not be
    shown. Errors: none. Complexity: O(clauses).
    """
    lignes: list[Ligne] = []
    laissees: list[tuple[str, Clause]] = []
    for reponse in reponses:
        for clause in reponse.clauses:
            if clause.confidentialite is Confidentialite.NOTES:
                continue
            ligne = build_ligne(reponse.commune, clause, service)
            if ligne is None:
                laissees.append((reponse.commune, clause))
            else:
                lignes.append(ligne)
    return Lignes(tuple(lignes), tuple(laissees))


def build_ligne(commune: str, clause: Clause, service: str | None) -> Ligne | None:
    """Return one clause as a red line; None for a free request. O(1)."""
    degre = DEGRES[clause.degre]
    match clause:
        case Clause(type=TypeClause.CONTRIBUTION_MAX, montant=int(montant)):
            return ContributionMax(commune, degre, montant, service, clause.annee)
        case Clause(type=TypeClause.GAIN_MIN, montant=int(montant)):
            return GainMin(commune, degre, montant, service, clause.annee)
        case Clause(type=TypeClause.AVEC_COMMUNE, commune=str(autre)):
            if service is None:
                return AvecCommune(commune, degre, autre)
            return SeulementSi(commune, degre, service, avec=autre)
        case Clause(type=TypeClause.ANNEE_MIN, annee=int(annee)):
            return PasAvant(commune, degre, annee, service)
        case Clause(type=TypeClause.HAUSSE_MAX) if clause.taux is not None:
            return HausseMax(commune, degre, clause.taux)
        case Clause(type=type_clause) if type_clause in ENGAGEMENTS:
            return EngagementPris(commune, degre, ENGAGEMENTS[type_clause])
        case _:
            return None
