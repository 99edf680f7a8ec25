"""The result of one variant as lines to be shown: one a commune, with its bar on the scale shared by all."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.exact import round_exact
from communaccord.reference import normalize_nom
from communaccord.simulateur import EffetCommune, ResultatVariante


@dataclass(frozen=True, slots=True)
class Ligne:
    """One commune, one year: whole cents, None when unknown. ``bas`` and ``haut``: range of the contribution."""

    code: str
    nom: str
    mienne: bool
    population: int
    contribution: int
    par_habitant: int | None
    cout_actuel: int | None
    ecart_aujourd_hui: int | None
    cout_seul: int | None
    ecart_seul: int | None
    depense_evitee: int | None
    temps_libere: int | None
    heures_liberees: Fraction | int | None
    service_nouveau: int | None
    bas: int | None
    haut: int | None
    volume_estime: bool


@dataclass(frozen=True, slots=True)
class Totaux:
    """Sums over the lines; a sum is None when one of its terms is unknown. ``connus`` counts today's costs known."""

    population: int
    contribution: int
    cout_actuel: int | None
    ecart_aujourd_hui: int | None
    cout_seul: int | None
    ecart_seul: int | None
    connus: int


TRIS = {
    "nom": "Commune",
    "population": "Population",
    "contribution": "Contribution",
    "par_habitant": "Par habitant",
    "cout_actuel": "Coût aujourd'hui",
    "ecart_aujourd_hui": "Écart par rapport à aujourd'hui",
    "cout_seul": "Coût seule, même service",
    "ecart_seul": "Écart au coût seule",
}
"""Columns that sort, with the words that head them."""


def round_par_habitant(valeur: Fraction, *, estime: bool) -> int:
    """Cents by inhabitant: to the cent, or to ten cents when figures are estimates."""
    return round_exact(valeur / 10) * 10 if estime else round_exact(valeur)


def build_lignes(variante: ResultatVariante, annee: int, commune: str = "", *, estime: bool = False) -> list[Ligne]:
    """One line a commune for one year, in the order of the territory."""
    if variante.cout is None:
        return []
    return [_build_ligne(effet, annee, commune, estime) for effet in variante.communes]


def _build_ligne(effet: EffetCommune, annee: int, commune: str, estime: bool) -> Ligne:
    annuel = effet.get_annee(annee)
    par_habitant = annuel.par_habitant
    fourchette = effet.get_fourchette(annee)
    return Ligne(
        code=effet.commune.code,
        nom=effet.commune.nom,
        mienne=effet.commune.code == commune,
        population=effet.commune.population,
        contribution=annuel.contribution,
        par_habitant=None if par_habitant is None else round_par_habitant(par_habitant, estime=estime),
        cout_actuel=annuel.cout_actuel,
        ecart_aujourd_hui=annuel.ecart_aujourd_hui,
        cout_seul=annuel.cout_seul,
        ecart_seul=annuel.ecart_seul,
        depense_evitee=annuel.depense_evitee,
        temps_libere=annuel.temps_libere,
        heures_liberees=annuel.heures_liberees,
        service_nouveau=annuel.service_nouveau,
        bas=fourchette.contribution.bas if fourchette else None,
        haut=fourchette.contribution.haut if fourchette else None,
        volume_estime=effet.volume_estime,
    )


def sort_lignes(lignes: Sequence[Ligne], tri: str) -> list[Ligne]:
    """Sort by a column of ``TRIS`` (a minus before it reverses); unknown figures last, my commune first."""
    colonne, inverse = tri.removeprefix("-"), tri.startswith("-")
    if colonne not in TRIS:
        colonne, inverse = "nom", False
    if colonne == "nom":
        triees = sorted(lignes, key=lambda ligne: normalize_nom(ligne.nom), reverse=inverse)
    else:
        connues = [ligne for ligne in lignes if getattr(ligne, colonne) is not None]
        inconnues = [ligne for ligne in lignes if getattr(ligne, colonne) is None]
        triees = sorted(connues, key=lambda ligne: getattr(ligne, colonne), reverse=inverse) + inconnues
    return sorted(triees, key=lambda ligne: not ligne.mienne)


def filter_lignes(lignes: Sequence[Ligne], filtre: str) -> list[Ligne]:
    """Keep the communes whose name holds ``filtre``, accents and case apart; my commune always stays."""
    cherche = normalize_nom(filtre)
    return [ligne for ligne in lignes if ligne.mienne or cherche in normalize_nom(ligne.nom)]


def sum_lignes(lignes: Sequence[Ligne]) -> Totaux:
    """Add the lines up."""

    def somme(colonne: str) -> int | None:
        valeurs = [getattr(ligne, colonne) for ligne in lignes]
        return None if None in valeurs else sum(valeurs)

    return Totaux(
        population=sum(ligne.population for ligne in lignes),
        contribution=sum(ligne.contribution for ligne in lignes),
        cout_actuel=somme("cout_actuel"),
        ecart_aujourd_hui=somme("ecart_aujourd_hui"),
        cout_seul=somme("cout_seul"),
        ecart_seul=somme("ecart_seul"),
        connus=sum(ligne.cout_actuel is not None for ligne in lignes),
    )
