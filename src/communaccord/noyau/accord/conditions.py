"""Clauses judged before an offer, and where a commune stands. Nothing here is published: see `publication`."""

from collections.abc import Sequence

from communaccord.noyau.accord.lecture import judge_clause
from communaccord.noyau.accord.phrases import explain_clause
from communaccord.noyau.accord.types import (
    Clause,
    Confidentialite,
    EtatConditions,
    EtatReponse,
    Offre,
    Position,
    Reponse,
    Sens,
    Verdict,
)
from communaccord.noyau.partage.erreurs import FINE

OUVERTES = frozenset({Position.FAVORABLE, Position.SOUS_CONDITIONS})


def check_clause(clause: Clause, offre: Offre, commune: str) -> Verdict:
    """Return the verdict on `clause` of `commune` before `offre`: sense, sentence, smallest change that meets it.

    A clause equal to its limit is met. Amounts in cents; the year that binds is told. A commune outside the perimeter:
    A_APPRECIER. Errors: none for a valid clause and offer. Complexity: O(years + communes). Source: produit.md, tours
    de consultation; table in docs/moteur/conditions.md.
    """
    sens = judge_clause(clause, offre, commune)
    phrase = explain_clause(clause, offre, commune, sens)
    return Verdict(clause, sens, phrase.texte, phrase.ajustement, phrase.annee)


def check_reponse(reponse: Reponse, offre: Offre) -> EtatReponse:
    """Return where the commune of `reponse` stands before `offre`.

    Every condition counts, indispensable or not; souhaits and notes personnelles never do. Only a position favorable,
    sous conditions or not, can be REUNIES: no position is ever inferred. A position kept in the notes is no answer.
    Errors: none. Complexity: O(clauses x (years + communes)). Source: produit.md; table in docs/moteur/conditions.md.
    """
    verdicts = [check_clause(clause, offre, reponse.commune) for clause in reponse.clauses]
    conditions = tuple(v for v in verdicts if v.clause.compte)
    notes = tuple(v for v in verdicts if v.clause.confidentialite is Confidentialite.NOTES)
    souhaits = tuple(v for v in verdicts if v not in conditions and v not in notes)
    etat, motif = _find_etat(reponse, offre, conditions)
    return EtatReponse(reponse.commune, offre.identifiant, etat, motif, conditions, souhaits, notes)


def build_a_vous_seule(reponse: Reponse, offres: Sequence[Offre]) -> tuple[EtatReponse, ...]:
    """Return, for one commune and for it alone, each offer in the order given, with every clause judged.

    The result must reach nobody but that commune. Errors: none. Complexity: that of `check_reponse` by offer.
    Source: produit.md, "à vous seule".
    """
    return tuple(check_reponse(reponse, offre) for offre in offres)


def _find_etat(reponse: Reponse, offre: Offre, conditions: Sequence[Verdict]) -> tuple[EtatConditions, str]:
    if reponse.confidentialite_position is Confidentialite.NOTES:
        return EtatConditions.SANS_REPONSE, "La position est gardée dans les notes personnelles."
    if not offre.is_participante(reponse.commune):
        return EtatConditions.HORS_PERIMETRE, "La commune n'est pas dans le périmètre de ce scénario."
    if reponse.position is Position.NON_CONCERNEE:
        return EtatConditions.SANS_OBJET, "La commune se dit non concernée."
    if reponse.position is Position.DEFAVORABLE:
        return EtatConditions.NON_REUNIES, "La position est défavorable."
    manquantes = sum(verdict.sens is Sens.NON_REUNIE for verdict in conditions)
    if manquantes:
        accord = "condition n'est pas réunie" if manquantes == 1 else "conditions ne sont pas réunies"
        return EtatConditions.NON_REUNIES, f"{manquantes} {accord} à ce jour."
    if reponse.position not in OUVERTES:
        return EtatConditions.A_APPRECIER, f"Position exprimée{FINE}: {reponse.position.label}."
    if any(verdict.sens is Sens.A_APPRECIER for verdict in conditions):
        return EtatConditions.A_APPRECIER, "Une condition au moins s'apprécie entre personnes."
    if reponse.position is Position.SOUS_CONDITIONS and not conditions:
        return EtatConditions.A_APPRECIER, "Des conditions sont annoncées sans être écrites."
    return (
        EtatConditions.REUNIES,
        "Toutes les conditions sont réunies." if conditions else "Aucune condition n'est posée.",
    )
