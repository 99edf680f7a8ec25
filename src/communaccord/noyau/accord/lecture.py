"""What a clause reads in an offer: the one definition that verdicts, sentences and the audit of publications share."""

from fractions import Fraction
from typing import NamedTuple

from communaccord.noyau.accord.types import Clause, Engagement, Offre, OffreCommune, Sens, TypeClause

ENGAGEMENTS = {
    TypeClause.SERVICE_MIN: Engagement.SERVICE_MIN,
    TypeClause.PERMANENCE: Engagement.PERMANENCE,
    TypeClause.AGENT: Engagement.AGENT,
    TypeClause.SIEGE_SUIVI: Engagement.SIEGE_SUIVI,
}


class Hausse(NamedTuple):
    """Steepest rise of a contribution: year reached and rate (None: it starts from zero, no rate is enough)."""

    annee: int
    taux: Fraction | None


class Montant(NamedTuple):
    """An amount read in an offer, in cents (None: unknown), and its year."""

    annee: int
    cents: int | None


def read_contribution(offre: OffreCommune, annee: int | None) -> Montant:
    """Return the contribution of `annee`, or of the dearest year (the first of them) when it is None. O(years)."""
    if annee is not None:
        return Montant(annee, offre.contributions.get(annee))
    chere = min(offre.contributions, key=lambda a: (-offre.contributions[a], a))
    return Montant(chere, offre.contributions[chere])


def read_gain(offre: Offre, commune: str, annee: int | None) -> Montant:
    """Return the gain of `annee`, or of the régime de croisière when it is None. O(years)."""
    locale = offre.communes[commune]
    annee = annee or offre.annee_croisiere or max(locale.contributions)
    return Montant(annee, None if locale.gains is None else locale.gains.get(annee))


def find_hausse(offre: OffreCommune) -> Hausse:
    """Return the steepest rise from one year to the next (the first of them); zero when nothing rises. O(years)."""
    annees = sorted(offre.contributions)
    forte = Hausse(annees[0], Fraction(0))
    for annee in annees[1:]:
        avant, apres = offre.contributions[annee - 1], offre.contributions[annee]
        if avant == 0 and apres > 0:
            return Hausse(annee, None)
        taux = Fraction(apres, avant) - 1 if avant else Fraction(0)
        if forte.taux is not None and taux > forte.taux:
            forte = Hausse(annee, taux)
    return forte


def read_plafond(offre: Offre, commune: str) -> Fraction | None:
    """Return the lowest cap that the offer holds for `commune`, by its undertaking and by its figures; None: none.

    A forecast alone is not a cap: without `hausse_max` there is none. O(years).
    """
    hausse = find_hausse(offre.communes[commune]).taux
    return None if hausse is None or offre.hausse_max is None else max(hausse, offre.hausse_max)


def judge_clause(clause: Clause, offre: Offre, commune: str) -> Sens:
    """Return the verdict alone, without its sentence; A_APPRECIER when the offer does not have what is read.

    `commune` must take part in `offre`, else A_APPRECIER. Complexity: O(years). Source: produit.md, tours de
    consultation.
    """
    if not offre.is_participante(commune):
        return Sens.A_APPRECIER
    locale = offre.communes[commune]
    match clause.type:
        case TypeClause.CONTRIBUTION_MAX:
            return _compare(clause.montant, read_contribution(locale, clause.annee).cents)
        case TypeClause.GAIN_MIN:
            return _compare(read_gain(offre, commune, clause.annee).cents, clause.montant)
        case TypeClause.AVEC_COMMUNE:
            return _sens(offre.is_participante(clause.commune or ""))
        case TypeClause.ANNEE_MIN:
            return _compare(offre.annee_debut, clause.annee)
        case TypeClause.HAUSSE_MAX:
            plafond = read_plafond(offre, commune)
            return Sens.NON_REUNIE if plafond is None else _compare(clause.taux, plafond)
        case TypeClause.AUTRE:
            return Sens.A_APPRECIER
        case _:
            return Sens.REUNIE if ENGAGEMENTS[clause.type] in offre.engagements else Sens.A_APPRECIER


def _sens(reunie: bool) -> Sens:
    return Sens.REUNIE if reunie else Sens.NON_REUNIE


def _compare(haut: int | Fraction | None, bas: int | Fraction | None) -> Sens:
    """REUNIE when `bas` is at most `haut`; A_APPRECIER when one of them is unknown."""
    return Sens.A_APPRECIER if haut is None or bas is None else _sens(bas <= haut)
