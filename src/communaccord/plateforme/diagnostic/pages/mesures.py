"""Figures of the restitution in words: an unknown one says so, a masked one says why."""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.plateforme.diagnostic.calculs.valeurs import write_centiemes
from communaccord.plateforme.diagnostic.enums import PETIT_EFFECTIF, Colonne, Qualite
from communaccord.plateforme.socle.montants import write_montant
from communaccord.plateforme.socle.typographie import enumeration, nombre, pluriel

INCONNU = "non connu"
MASQUE = "non montré"
# Before a reference picture is frozen.
EN_ATTENTE = "pas encore figé"
ATTENTE = "Les agents et leurs coûts se liront quand la photographie sera figée."
# Commune by commune, one word for what is not known and for what may not be told.
NON_COMMUNIQUE = "non communiqué"
RAISON_MASQUE = (
    f"« {MASQUE} » : moins de {PETIT_EFFECTIF} personnes, ou un chiffre dont on pourrait les déduire. Seules la mairie "
    "de la commune, la DRH et l'équipe projet le lisent."
)
LIBELLES = {
    Colonne.AGENTS: "agents",
    Colonne.ETP: "équivalents temps plein",
    Colonne.MASSE_SALARIALE: "salaires chargés",
    Colonne.AUTRES_COUTS: "autres dépenses de fonctionnement",
}
MOTS_QUALITE = {Qualite.ESTIME: "estimé", Qualite.ETABLI: "établi"}
EN_EUROS = frozenset({Colonne.MASSE_SALARIALE, Colonne.AUTRES_COUTS})


def write_mesure(colonne: str, centiemes: int | None, absent: str = INCONNU) -> str:
    """``12``, ``3,5``, ``41 200 €``; ``absent`` when the figure is not there."""
    if centiemes is None:
        return absent
    return write_montant(centiemes) if colonne in EN_EUROS else write_centiemes(centiemes)


def write_valeur(centiemes: int | None, *, en_euros: bool) -> str:
    """The figure of a line of one number or one amount."""
    return write_mesure(Colonne.AUTRES_COUTS if en_euros else Colonne.VOLUME, centiemes)


def write_fraction(centiemes: Fraction | None, *, en_euros: bool, absent: str = MASQUE) -> str:
    """A quartile or a mean of hundredths: whole euros, or one decimal when it is not whole."""
    if centiemes is None:
        return absent
    if en_euros:
        return write_montant(round_half(centiemes))
    unites = centiemes / 100
    return nombre(unites, 0 if unites.denominator == 1 else 1)


def round_half(valeur: Fraction) -> int:
    """Nearest whole number, halves away from zero."""
    whole = (2 * abs(valeur.numerator) + valeur.denominator) // (2 * valeur.denominator)
    return -whole if valeur < 0 else whole


def write_sur(nombre_oui: int, total: int, mot: str) -> str:
    """``14 communes sur 26``."""
    return f"{pluriel(nombre_oui, mot)} sur {nombre(total)}"


def to_euros(centimes: int) -> int:
    """Whole euros, halves away from zero: as ``write_montant`` writes them."""
    return round_half(Fraction(centimes, 100))


def name_premiers(noms: Sequence[str], combien: int = 3) -> str:
    """``a, b et c``; beyond, ``a, b, c et 4 autres``: the whole list is in the table."""
    if len(noms) <= combien + 1:
        return enumeration(noms)
    return enumeration([*noms[:combien], pluriel(len(noms) - combien, "autre")])
