"""DGCL, criteria of the dotations, of the communes and of the EPCI: some hundred columns whose names change each year.

A title is compared without its year, its articles and « final »: the known ones are in two maps; a title of another
year that resembles a known one is taken too, and told, to be checked by eye.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from communaccord.plateforme.diagnostic.lecture.archive import Ligne
from communaccord.plateforme.diagnostic.lecture.tables import Table
from communaccord.plateforme.diagnostic.lecture.types import EPCI, AnneeManquante, Lues, TerritoireLu
from communaccord.plateforme.diagnostic.lecture.valeurs import clean_titre, list_annees, read_valeur
from communaccord.plateforme.diagnostic.models import ClePublique

COMMUNES, INTERCOMMUNALITES = "Critères de répartition, communes (DGCL)", "Critères de répartition, EPCI (DGCL)"
CODES = ("code insee commune", "code insee", "code commune")
SIRENS = ("numero siren epci", "siren epci", "code siren epci", "numero siren")
NOMS = ("libelle epci", "nom epci")
# Title without its year: key. Several names of the same column, from 2020 to 2026, stand one under the other.
TITRES_COMMUNES: Mapping[str, ClePublique] = {
    "population dgf": ClePublique.POPULATION_DGF,
    "population insee": ClePublique.POPULATION_TOTALE,
    "superficie en ha": ClePublique.SUPERFICIE,
    "superficie": ClePublique.SUPERFICIE,
    "longueur voirie en metres": ClePublique.LONGUEUR_VOIRIE,
    "longueur voirie": ClePublique.LONGUEUR_VOIRIE,
    "population 3 a 16 ans": ClePublique.ENFANTS_3_16,
    "potentiel fiscal 4 taxes": ClePublique.POTENTIEL_FISCAL,
    "potentiel fiscal 4 taxes par habitant": ClePublique.POTENTIEL_FISCAL_HABITANT,
    "potentiel fiscal par habitant": ClePublique.POTENTIEL_FISCAL_HABITANT,
    "potentiel financier": ClePublique.POTENTIEL_FINANCIER,
    "potentiel financier par habitant": ClePublique.POTENTIEL_FINANCIER_HABITANT,
    "effort fiscal": ClePublique.EFFORT_FISCAL,
    "dotation forfaitaire": ClePublique.DOTATION_FORFAITAIRE,
    "revenu fiscal reference habitants commune": ClePublique.REVENU,
    "revenu fiscal reference": ClePublique.REVENU,
}
TITRES_EPCI: Mapping[str, ClePublique] = {
    "population dgf": ClePublique.POPULATION_DGF,
    "population insee": ClePublique.POPULATION_TOTALE,
    "revenu epci": ClePublique.REVENU,
    "potentiel fiscal": ClePublique.POTENTIEL_FISCAL,
    "potentiel fiscal par habitant": ClePublique.POTENTIEL_FISCAL_HABITANT,
    "cif": ClePublique.CIF,
    "coefficient integration fiscale": ClePublique.CIF,
}
# A population is in force three years after its millésime.
RETARD = 3
RESSEMBLANCE, MOT_PROCHE = 0.8, 0.75
# Words that make another figure of the same title.
AUTRES = frozenset(
    {"moyen", "moyenne", "strate", "superficiaire", "hors", "avant", "apres", "majore", "majoree", "plafond", "rang"}
    | {"part", "variation", "evolution", "ecart", "metropole", "taux", "logarithmique", "moyens", "minimum"}
)


@dataclass(frozen=True, slots=True)
class Colonnes:
    """Where things are in a table of criteria."""

    entite: int
    nom: int | None
    valeurs: dict[int, ClePublique]
    rapprochees: list[tuple[str, str]]
    annees: list[int]
    est_epci: bool


def read_criteres(table: Table, territoire: TerritoireLu, annee: int | None) -> Lues | None:
    """The criteria of our communes, or of our EPCI; None when the table is another one. ``annee``: of the dotations."""
    colonnes = find_colonnes(table)
    if colonnes is None:
        return None
    repartition = annee or max(colonnes.annees, default=None)
    if repartition is None:
        raise AnneeManquante(
            "ce fichier de la DGCL ne dit pas son année de répartition.", "Écrivez-la, puis relisez le fichier."
        )
    nom = INTERCOMMUNALITES if colonnes.est_epci else COMMUNES
    lues = Lues(nom, f"DGCL, critères de répartition des dotations {repartition}", repartition)
    lues.rapprochees += colonnes.rapprochees
    if not colonnes.est_epci:
        table.filtre.set(colonnes.entite, lambda code: territoire.find_commune(code) is not None)
    for ligne in table.lignes:
        code = find_code(colonnes, territoire, ligne)
        if code is None:
            lues.ailleurs += 1
            continue
        for colonne, cle in colonnes.valeurs.items():
            valeur = read_valeur(lues, ligne, colonne)
            if valeur is not None:
                keep(lues, ligne.get(colonne), code, cle, valeur)
    lues.ailleurs += table.filtre.ecartees
    return lues


def find_code(colonnes: Colonnes, territoire: TerritoireLu, ligne: Ligne) -> str | None:
    entite = ligne.get(colonnes.entite)
    if not colonnes.est_epci:
        return territoire.find_commune(entite)
    return EPCI if territoire.is_epci(entite, ligne.get(colonnes.nom)) else None


def keep(lues: Lues, brut: str, code: str, cle: ClePublique, valeur: Fraction) -> None:
    """A rate written 0,42 is 42 %; a population is told with its millésime."""
    if cle == ClePublique.CIF and "%" not in brut:
        valeur *= 100
    annee = (lues.annee or 0) - (RETARD if cle == ClePublique.POPULATION_TOTALE else 0)
    lues.add(code, cle, annee, valeur)


def find_colonnes(table: Table) -> Colonnes | None:
    """The row of titles (the lower one when they are on two rows), and what its columns are."""
    for rang, ligne in enumerate(table.debut):
        titres = {colonne: clean_titre(texte) for colonne, texte in ligne.cellules.items()}
        siren = find_premier(titres, SIRENS)
        code = find_premier(titres, CODES)
        connus = TITRES_EPCI if siren is not None else TITRES_COMMUNES
        entite = siren if siren is not None else code
        if entite is None or not any(titre in connus for titre in titres.values()):
            continue
        table.skip_titres(rang)
        valeurs, rapprochees = match_titres(ligne.cellules, titres, connus)
        return Colonnes(
            entite,
            find_premier(titres, NOMS),
            valeurs,
            rapprochees,
            [
                annee
                for une in table.debut[: rang + 1]
                for texte in une.cellules.values()
                for annee in list_annees(texte)
            ]
            + list_annees(table.nom),
            siren is not None,
        )
    return None


def find_premier(titres: Mapping[int, str], connus: tuple[str, ...]) -> int | None:
    return next((colonne for nom in connus for colonne, titre in titres.items() if titre == nom), None)


def match_titres(
    bruts: Mapping[int, str], titres: Mapping[int, str], connus: Mapping[str, ClePublique]
) -> tuple[dict[int, ClePublique], list[tuple[str, str]]]:
    """The first column of each known key; then, for the keys still missing, the only column that resembles one."""
    valeurs: dict[int, ClePublique] = {}
    for colonne, titre in titres.items():
        cle = connus.get(titre)
        if cle is not None and cle not in valeurs.values():
            valeurs[colonne] = cle
    rapprochees = []
    for connu, cle in connus.items():
        if cle in valeurs.values():
            continue
        proches = [colonne for colonne, titre in titres.items() if colonne not in valeurs and resembles(titre, connu)]
        if len(proches) == 1:
            valeurs[proches[0]] = cle
            rapprochees.append((bruts[proches[0]], cle.label))
    return valeurs, rapprochees


def resembles(titre: str, connu: str) -> bool:
    """Whether two titles say the same: nearly the same words, one more at most, and none that makes another figure."""
    mots, attendus = titre.split(), connu.split()
    manquants = [mot for mot in attendus if not any(is_proche(mot, autre) for autre in mots)]
    en_trop = [mot for mot in mots if not any(is_proche(mot, autre) for autre in attendus)]
    if manquants or len(en_trop) > 1 or AUTRES.intersection(en_trop):
        return False
    return SequenceMatcher(None, titre, connu).ratio() >= RESSEMBLANCE


def is_proche(mot: str, autre: str) -> bool:
    return mot == autre or (len(mot) > 3 and SequenceMatcher(None, mot, autre).ratio() >= MOT_PROCHE)
