"""The French sentence of a verdict, with its figures, and the smallest change that would meet the clause."""

from fractions import Fraction
from typing import NamedTuple

from communaccord.noyau.accord.lecture import (
    ENGAGEMENTS,
    Montant,
    find_hausse,
    read_contribution,
    read_gain,
)
from communaccord.noyau.accord.types import Ajustement, Clause, Offre, Sens, TypeClause, UniteAjustement
from communaccord.noyau.partage.erreurs import FINE, format_euros, format_pourcent


class Phrase(NamedTuple):
    """Sentence of a verdict, smallest change that meets the clause (None: none to make), year that binds."""

    texte: str
    ajustement: Ajustement | None = None
    annee: int | None = None


def explain_clause(clause: Clause, offre: Offre, commune: str, sens: Sens) -> Phrase:
    """Return the sentence of the verdict `sens`, already judged, on `clause`. O(years)."""
    if not offre.is_participante(commune):
        return Phrase("La commune n'est pas dans le périmètre de ce scénario.")
    match clause.type:
        case TypeClause.CONTRIBUTION_MAX:
            return _explain_contribution(clause, offre, commune, sens)
        case TypeClause.GAIN_MIN:
            return _explain_gain(clause, offre, commune, sens)
        case TypeClause.AVEC_COMMUNE:
            return _explain_avec(clause, sens)
        case TypeClause.ANNEE_MIN:
            return _explain_annee(clause, offre, sens)
        case TypeClause.HAUSSE_MAX:
            return _explain_hausse(clause, offre, commune, sens)
        case TypeClause.AUTRE:
            return Phrase("Cette demande se lit et s'apprécie entre personnes.")
        case _:
            return _explain_engagement(clause, sens)


def _explain_contribution(clause: Clause, offre: Offre, commune: str, sens: Sens) -> Phrase:
    lu, limite = read_contribution(offre.communes[commune], clause.annee), clause.montant or 0
    if lu.cents is None:
        return Phrase(f"Le scénario ne donne pas de contribution pour {lu.annee}.", None, lu.annee)
    rang = "" if clause.annee else ", l'année la plus élevée"
    texte = f"En {lu.annee}{rang}, la contribution serait de {format_euros(lu.cents)}"
    if sens is Sens.REUNIE:
        return Phrase(f"{texte}, pour un maximum de {format_euros(limite)}.", None, lu.annee)
    ecart = lu.cents - limite
    return Phrase(
        f"{texte}, soit {format_euros(ecart)} de plus que le maximum de {format_euros(limite)}.",
        Ajustement(UniteAjustement.CENTIMES_EN_MOINS, cents=ecart),
        lu.annee,
    )


def _explain_gain(clause: Clause, offre: Offre, commune: str, sens: Sens) -> Phrase:
    lu, voulu = read_gain(offre, commune, clause.annee), clause.montant or 0
    if lu.cents is None:
        inconnu = offre.communes[commune].gains is None
        manque = "le coût d'aujourd'hui n'est pas connu" if inconnu else "le scénario ne le donne pas"
        return Phrase(f"Le gain de {lu.annee} ne peut pas être calculé{FINE}: {manque}.", None, lu.annee)
    texte = f"{_name_annee(lu, clause)}, {_name_gain(lu.cents)}"
    if sens is Sens.REUNIE:
        return Phrase(f"{texte}, pour un gain minimal de {format_euros(voulu)}.", None, lu.annee)
    ecart = voulu - lu.cents
    return Phrase(
        f"{texte}{FINE}: il manque {format_euros(ecart)} pour un gain minimal de {format_euros(voulu)}.",
        Ajustement(UniteAjustement.CENTIMES_EN_PLUS, cents=ecart),
        lu.annee,
    )


def _name_annee(lu: Montant, clause: Clause) -> str:
    return f"En {lu.annee}" if clause.annee else f"En {lu.annee}, en régime de croisière"


def _name_gain(cents: int) -> str:
    if cents < 0:
        return f"le service coûterait {format_euros(-cents)} de plus qu'aujourd'hui"
    return f"le gain serait de {format_euros(cents)} par rapport à aujourd'hui"


def _explain_avec(clause: Clause, sens: Sens) -> Phrase:
    if sens is Sens.REUNIE:
        return Phrase("La commune demandée participe à ce scénario.")
    return Phrase(
        "La commune demandée ne participe pas à ce scénario.",
        Ajustement(UniteAjustement.COMMUNE, commune=clause.commune),
    )


def _explain_annee(clause: Clause, offre: Offre, sens: Sens) -> Phrase:
    voulue = clause.annee or offre.annee_debut
    texte = f"Le service commencerait en {offre.annee_debut}"
    if sens is Sens.REUNIE:
        return Phrase(f"{texte}, pas avant {voulue}.", None, offre.annee_debut)
    attente = voulue - offre.annee_debut
    duree = "un an" if attente == 1 else f"{attente} ans"
    return Phrase(
        f"{texte}, soit {duree} avant l'année {voulue} demandée.",
        Ajustement(UniteAjustement.ANNEES, annees=attente),
        offre.annee_debut,
    )


def _explain_hausse(clause: Clause, offre: Offre, commune: str, sens: Sens) -> Phrase:
    demande = format_pourcent(clause.taux or Fraction(0))
    hausse = find_hausse(offre.communes[commune])
    if sens is Sens.REUNIE:
        prevu = format_pourcent(offre.hausse_max or Fraction(0))
        return Phrase(f"Le scénario plafonne la hausse à {prevu} par an, pour {demande} demandés.")
    ajustement = Ajustement(UniteAjustement.TAUX, taux=clause.taux)
    if hausse.taux is None:
        return Phrase(
            f"En {hausse.annee}, la contribution partirait de zéro{FINE}: aucun plafond ne peut la contenir.",
            None,
            hausse.annee,
        )
    if clause.taux is not None and hausse.taux > clause.taux:
        return Phrase(
            f"En {hausse.annee}, la contribution augmenterait de {format_pourcent(hausse.taux)}, pour un plafond "
            f"demandé de {demande}.",
            ajustement,
            hausse.annee,
        )
    if offre.hausse_max is None:
        return Phrase(f"Le scénario ne s'engage sur aucun plafond de hausse, pour {demande} demandés.", ajustement)
    prevu = format_pourcent(offre.hausse_max)
    return Phrase(f"Le scénario plafonne la hausse à {prevu} par an, pour {demande} demandés.", ajustement)


def _explain_engagement(clause: Clause, sens: Sens) -> Phrase:
    engagement = ENGAGEMENTS[clause.type]
    if sens is Sens.REUNIE:
        return Phrase(f"Le scénario s'y engage{FINE}: {engagement.label}.")
    return Phrase(
        f"Le scénario n'en dit rien{FINE}: la demande s'apprécie entre personnes.",
        Ajustement(UniteAjustement.ENGAGEMENT, engagement=engagement),
    )
