"""The formula with its numbers: why this commune pays this amount this year."""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.modele import Membre
from communaccord.noyau.partage.parts import Critere, mix_parts
from communaccord.noyau.partage.regles import ReglesPartage
from communaccord.noyau.partage.repartition import (
    allocate,
    build_cadre,
    check_membres,
    round_annee,
    weigh_criteres,
)
from communaccord.noyau.partage.resultats import Cout, Explication, PartCritere


def explain(cout: Cout, membres: Sequence[Membre], regles: ReglesPartage, code: str, annee: int) -> Explication:
    """Return every step from the key to the cents, for one commune and one year.

    The steps are those of `Explication`; `contribution` is the one of `compute_partage`. Errors: those of
    `compute_partage`, and `DonneeInvalide` for a commune or a year out of the simulation. Complexity: one year of
    `compute_partage`. Source: that of `compute_partage`.
    """
    check_membres(cout, membres)
    if code not in cout.codes or annee not in cout.annees:
        raise DonneeInvalide(
            f"La commune « {code} » ou l'année {annee} est hors de la simulation.",
            "Choisissez-les parmi celles du calcul.",
        )
    rang = next(i for i, membre in enumerate(membres) if membre.code == code)
    montant = cout.a_repartir[cout.annees.index(annee)]
    cadre = build_cadre(membres, regles)
    criteres = weigh_criteres(cadre, annee - cout.annees[0])
    parts = mix_parts(criteres)
    allocation = allocate(cadre, parts, montant, annee)
    contribution = round_annee(cadre, allocation, montant, annee).contributions[code]
    part = Fraction(parts.numerateurs[rang], parts.denominateur)
    exact = allocation.exact(rang)
    lissage = len(criteres) > len(cadre.criteres)
    detail = tuple(_explain_critere(critere, rang, montant) for critere in cadre.criteres)
    return Explication(
        code=code,
        annee=annee,
        a_repartir=montant,
        criteres=detail,
        part_cle=sum((critere.part for critere in detail), Fraction(0)),
        poids_aujourd_hui=criteres[-1].poids if lissage else Fraction(0),
        part_aujourd_hui=Fraction(criteres[-1].bases[rang], criteres[-1].totale) if lissage else None,
        part=part,
        montant_cle=part * montant,
        coefficient=allocation.coefficient(montant),
        limite=allocation.fixes[rang][1] if rang in allocation.fixes else None,
        montant_exact=exact,
        arrondi=contribution - exact,
        contribution=contribution,
    )


def _explain_critere(critere: Critere, rang: int, montant: int) -> PartCritere:
    base, totale = (Fraction(valeur, critere.echelle) for valeur in (critere.bases[rang], critere.totale))
    return PartCritere(
        libelle=critere.libelle,
        unite=critere.unite,
        poids=critere.poids,
        base=base,
        base_totale=totale,
        part=critere.poids * base / totale if totale else Fraction(0),
        prix_unitaire=critere.poids * montant / totale if totale else None,
    )
