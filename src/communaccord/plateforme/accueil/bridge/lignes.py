"""The result of one variant as lines to be shown: one a commune, with its bar on the scale shared by all."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from communaccord.noyau.partage import Effet
from communaccord.reference import normalize_nom
from communaccord.reference.noms import normalize_noms
from communaccord.simulateur import EffetCommune, ResultatVariante
from communaccord.simulateur.ecriture import round_estimation, round_montant, round_par_habitant
from communaccord.simulateur.resultat import compute_ecart_affiche


@dataclass(frozen=True, slots=True)
class Ligne:
    """One commune, one year: cents as they are shown (rounded one by one), None when unknown.

    Each difference is exact, then rounded once. ``bas`` and ``haut``: range of the contribution.
    """

    code: str
    nom: str
    mienne: bool
    population: int
    contribution: int
    par_habitant: int | None
    depense: int | None
    ecart_budget: int | None
    cout_seul: int | None
    ecart_seul: int | None
    temps_libere: int | None
    heures_liberees: Fraction | int | None
    service_nouveau: int | None
    bas: int | None
    haut: int | None
    volume_estime: bool


@dataclass(frozen=True, slots=True)
class Totaux:
    """Sums of the exact amounts, then shown; a sum is None when one of its terms is unknown.

    ``connus`` counts today's spendings known, ``heures`` sums the hours of agents known. No sum of the costs alone:
    nobody would pay it.
    """

    population: int
    contribution: int
    depense: int | None
    ecart_budget: int | None
    heures: Fraction | None
    connus: int


TRIS = {
    "nom": "Commune",
    "population": "Population",
    "contribution": "Contribution",
    "par_habitant": "Par habitant",
    "depense": "Dépense aujourd'hui",
    "ecart_budget": "Écart sur le budget",
    "heures_liberees": "Temps d'agents libéré",
    "cout_seul": "Coût seule, même service",
    "ecart_seul": "Écart au coût seule",
}
"""Columns that sort, with the words that head them."""


def build_lignes(variante: ResultatVariante, annee: int, commune: str = "", *, estime: bool = False) -> list[Ligne]:
    """One line a commune for one year, in the order of the territory."""
    if variante.cout is None:
        return []
    return [_build_ligne(effet, annee, commune, estime) for effet in variante.communes]


def _build_ligne(effet: EffetCommune, annee: int, commune: str, estime: bool) -> Ligne:
    annuel = effet.get_annee(annee)
    par_habitant = annuel.par_habitant
    fourchette = effet.get_fourchette(annee)

    def show(centimes: int | None) -> int | None:
        return None if centimes is None else round_montant(centimes, estime=estime)

    return Ligne(
        code=effet.commune.code,
        nom=effet.commune.nom,
        mienne=effet.commune.code == commune,
        population=effet.commune.population,
        contribution=round_montant(annuel.contribution, estime=estime),
        par_habitant=None if par_habitant is None else round_par_habitant(par_habitant, estime=estime),
        depense=show(annuel.depense_actuelle),
        ecart_budget=compute_ecart_affiche(annuel, estime=estime),
        cout_seul=show(annuel.cout_seul),
        ecart_seul=show(annuel.ecart_seul),
        temps_libere=show(annuel.temps_libere),
        heures_liberees=annuel.heures_liberees,
        service_nouveau=show(annuel.service_nouveau),
        bas=round_estimation(fourchette.contribution.bas) if fourchette else None,
        haut=round_estimation(fourchette.contribution.haut) if fourchette else None,
        volume_estime=effet.volume_estime,
    )


def sort_lignes(lignes: Sequence[Ligne], tri: str) -> list[Ligne]:
    """Sort by a column of ``TRIS`` (a minus before it reverses); unknown figures last, my commune first."""
    colonne, inverse = tri.removeprefix("-"), tri.startswith("-")
    if colonne not in TRIS:
        colonne, inverse = "nom", False
    if colonne == "nom":
        nommees = zip(normalize_noms(ligne.nom for ligne in lignes), lignes, strict=False)
        triees = [ligne for _, ligne in sorted(nommees, key=itemgetter(0), reverse=inverse)]
    else:
        connues = [ligne for ligne in lignes if getattr(ligne, colonne) is not None]
        inconnues = [ligne for ligne in lignes if getattr(ligne, colonne) is None]
        triees = sorted(connues, key=lambda ligne: getattr(ligne, colonne), reverse=inverse) + inconnues
    return sorted(triees, key=lambda ligne: not ligne.mienne)


def filter_lignes(lignes: Sequence[Ligne], filtre: str) -> list[Ligne]:
    """Keep the communes whose name holds ``filtre``, accents and case apart; my commune always stays."""
    cherche = normalize_nom(filtre)
    if not cherche:
        return list(lignes)
    return [ligne for ligne in lignes if ligne.mienne or cherche in normalize_nom(ligne.nom)]


def sum_effets(effets: Sequence[Effet], *, estime: bool) -> Totaux:
    """Add up the exact amounts of a year, then round the sums as the page shows them."""
    depenses = [effet.depense_actuelle for effet in effets]
    connues = [depense for depense in depenses if depense is not None]
    heures = [Fraction(effet.heures_liberees) for effet in effets if effet.heures_liberees is not None]
    contribution = sum(effet.contribution for effet in effets)
    depense = sum(connues) if len(connues) == len(depenses) else None
    return Totaux(
        population=sum(effet.population for effet in effets),
        contribution=round_montant(contribution, estime=estime),
        depense=None if depense is None else round_montant(depense, estime=estime),
        ecart_budget=None if depense is None else round_montant(contribution - depense, estime=estime),
        heures=sum(heures, Fraction(0)) if heures else None,
        connus=len(connues),
    )
