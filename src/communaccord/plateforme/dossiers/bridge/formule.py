"""The formula with its numbers: how the contribution of one commune comes out of the key and of the cost."""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.partage import Explication, Facteur, Ligne, PartCritere
from communaccord.plateforme.socle.typographie import montant
from communaccord.simulateur import Resultat, ResultatVariante, Service, explain_contribution
from communaccord.simulateur.ecriture import format_nombre, format_pourcentage
from communaccord.simulateur.resultat import write_libelle

ARRONDI = "Le centime restant va au plus fort reste : la somme des contributions fait exactement le coût à répartir."


@dataclass(frozen=True, slots=True)
class Etape:
    """One step: what it is, the calculation with its numbers, its result."""

    libelle: str
    calcul: str
    resultat: str


@dataclass(frozen=True, slots=True)
class LigneCout:
    """A line of the cost of one year: its formula with its numbers, its amount in cents."""

    famille: str
    libelle: str
    calcul: str
    cents: int


def build_etapes(resultat: Resultat, variante: ResultatVariante, code: str, annee: int) -> list[Etape]:
    """Every step from the key to the cents for one commune and one year; empty when the variant has no answer."""
    explication = explain_contribution(resultat, variante, code, annee)
    return [] if explication is None else write_etapes(explication)


def write_etapes(explication: Explication) -> list[Etape]:
    """Write an explanation in French, one step a line."""
    etapes = [write_critere(critere) for critere in explication.criteres]
    if len(etapes) > 1:
        somme = " + ".join(format_pourcentage(critere.part, 4) for critere in explication.criteres)
        etapes.append(Etape("Part selon la clé", somme, format_pourcentage(explication.part_cle, 4)))
    if explication.poids_aujourd_hui and explication.part_aujourd_hui is not None:
        etapes.append(write_lissage(explication))
    etapes.append(
        Etape(
            "Part × coût à répartir",
            f"{format_pourcentage(explication.part, 4)} × {montant(explication.a_repartir)}",
            montant(explication.montant_cle),
        )
    )
    if explication.limite is not None:
        limite = explication.limite.value
        etapes.append(Etape("Limite de la convention", f"{limite} atteinte", montant(explication.montant_exact)))
    elif explication.coefficient != 1:
        calcul = f"{montant(explication.montant_cle)} × {format_nombre(explication.coefficient, 4)}"
        etapes.append(Etape("Effet des limites des autres communes", calcul, montant(explication.montant_exact)))
    etapes.append(Etape("Contribution, au centime", ARRONDI, montant(explication.contribution)))
    return etapes


def write_critere(critere: PartCritere) -> Etape:
    """One criterion of the key: its weight times what the commune has of the total."""
    if not critere.base_totale:
        return Etape(
            critere.libelle, f"{format_pourcentage(critere.poids)} × aucune base", format_pourcentage(Fraction(0))
        )
    base, totale = write_base(critere.base, critere.unite), write_base(critere.base_totale, critere.unite)
    unite = f" {critere.unite}" if not critere.unite.startswith("centimes") else ""
    calcul = f"{format_pourcentage(critere.poids)} × {base} sur {totale}{unite}"
    return Etape(critere.libelle, calcul, format_pourcentage(critere.part, 4))


def write_lissage(explication: Explication) -> Etape:
    """The phase-in of the year: the key and the split of today, each with its weight."""
    cle, actuelle = explication.part_cle, explication.part_aujourd_hui or 0
    poids = explication.poids_aujourd_hui
    calcul = (
        f"{format_pourcentage(1 - poids)} × {format_pourcentage(cle, 4)} selon la clé "
        f"+ {format_pourcentage(poids)} × {format_pourcentage(actuelle, 4)} selon le coût d’aujourd’hui, temps compris"
    )
    return Etape("Lissage de l’année", calcul, format_pourcentage(explication.part, 4))


def write_base(valeur: Fraction | int, unite: str) -> str:
    """A base in its unit: euros for amounts, two decimals at most for the rest."""
    if unite.startswith("centimes"):
        return montant(valeur, "euro")
    return format_nombre(valeur)


def build_cout(variante: ResultatVariante, service: Service, annee: int) -> list[LigneCout]:
    """The lines of the cost of one year, each with its formula."""
    if variante.cout is None:
        return []
    rang = variante.cout.annees.index(annee)
    return [write_ligne(ligne, service, rang) for ligne in variante.cout.lignes]


def write_ligne(ligne: Ligne, service: Service, rang: int) -> LigneCout:
    """One line of cost with the numbers of one year."""
    calcul = " × ".join(write_facteur(facteur) for facteur in ligne.formule)
    multiplicateur = Fraction(ligne.multiplicateurs[rang])
    if multiplicateur not in (0, 1) and multiplicateur.denominator != 1:
        calcul += f" × {format_nombre(multiplicateur, 4)} (indexation)"
    return LigneCout(ligne.famille.value, write_libelle(ligne, service), calcul, ligne.cents[rang])


def write_facteur(facteur: Facteur) -> str:
    """One factor of a formula: ``1,5 ETP``, ``48 000 €``."""
    if facteur.unite == "centimes":
        est_rond = Fraction(facteur.valeur, 100).denominator == 1
        return montant(Fraction(facteur.valeur), "euro" if est_rond else "centime")
    valeur = Fraction(facteur.valeur)
    if not facteur.unite and abs(valeur) < 1:
        return format_pourcentage(valeur, 2)
    unite = facteur.unite or facteur.libelle.lower()
    return f"{format_nombre(valeur)} {unite}"
