"""DGCL, composition of the EPCI (``epcicomAAAA.xlsx``): populations, and the perimeter checked against the démarche."""

from communaccord.plateforme.diagnostic.lecture.archive import Ligne
from communaccord.plateforme.diagnostic.lecture.tables import Table
from communaccord.plateforme.diagnostic.lecture.types import EPCI, AnneeManquante, Lues, TerritoireLu
from communaccord.plateforme.diagnostic.lecture.valeurs import list_annees, read_valeur
from communaccord.plateforme.diagnostic.models import ClePublique
from communaccord.plateforme.socle.typographie import enumeration, pluriel

FORMAT = "Composition des intercommunalités (DGCL)"
# A population is in force three years after its millésime.
RETARD = 3
TITRES = ("siren", "raison sociale", "insee", "nom membre")
POPULATIONS = {"ptot": ClePublique.POPULATION_TOTALE, "pmun": ClePublique.POPULATION_MUNICIPALE}
TOTAUX = {"total pop tot": ClePublique.POPULATION_TOTALE, "total pop mun": ClePublique.POPULATION_MUNICIPALE}


def read_perimetre(table: Table, territoire: TerritoireLu, annee: int | None) -> Lues | None:
    """The populations of our members; None when the table is another one. ``annee``: year in force, if it is not said.

    Remarks tell the members that the file has and the démarche has not, and the other way round.
    """
    places = find_places(table)
    if places is None:
        return None
    vigueur = next((a for titre in places if titre.startswith("ptot ") for a in list_annees(titre)), annee)
    if vigueur is None:
        raise AnneeManquante("ce fichier de la DGCL ne dit pas son année.", "Écrivez-la, puis relisez le fichier.")
    lues = Lues(FORMAT, f"DGCL, composition des intercommunalités au 1er janvier {vigueur}", vigueur - RETARD)
    colonnes = {colonne: POPULATIONS[t[:4]] for t, colonne in places.items() if t[:5] in ("ptot ", "pmun ")}
    membres: dict[str, str] = {}
    for ligne in table.lignes:
        ours = territoire.is_epci(ligne.get(places["siren"]), ligne.get(places["raison sociale"]))
        code = territoire.find_commune(ligne.get(places["insee"]))
        if ours:
            keep_epci(lues, ligne, places, first=not membres)
            membres[code or ligne.get(places["insee"]).strip()] = ligne.get(places["nom membre"]).strip()
        if code is None or (not ours and not territoire.siren):
            lues.ailleurs += not ours
            continue
        for colonne, cle in colonnes.items():
            keep(lues, ligne, colonne, code, cle)
    lues.remarques += compare_perimetres(territoire, membres)
    return lues


def find_places(table: Table) -> dict[str, int] | None:
    """Column of each title; None when the titles are not those of this file."""
    for rang in range(len(table.debut)):
        places = {titre: colonne for colonne, titre in table.titres(rang).items()}
        if places.keys() >= set(TITRES) and any(titre.startswith("ptot ") for titre in places):
            table.skip_titres(rang)
            return places
    return None


def keep(lues: Lues, ligne: Ligne, colonne: int | None, code: str, cle: str) -> None:
    valeur = read_valeur(lues, ligne, colonne)
    if valeur is not None and lues.annee is not None:
        lues.add(code, cle, lues.annee, valeur)


def keep_epci(lues: Lues, ligne: Ligne, places: dict[str, int], *, first: bool) -> None:
    """The totals of the intercommunalité, told again on each of its rows."""
    if first:
        for titre, cle in TOTAUX.items():
            keep(lues, ligne, places.get(titre), EPCI, cle)


def compare_perimetres(territoire: TerritoireLu, membres: dict[str, str]) -> list[str]:
    """What differs between the members told by the file and the communes of the démarche."""
    if not membres:
        return ["Votre intercommunalité n'est pas dans ce fichier : le périmètre n'a pas pu être comparé."]
    nouvelles = [f"{nom} ({code})" for code, nom in membres.items() if code not in territoire.communes]
    absentes = [f"{nom} ({code})" for code, nom in territoire.communes.items() if code not in membres]
    remarques = []
    if nouvelles:
        remarques.append(f"Membres dans ce fichier, absents de la démarche : {enumeration(nouvelles)}.")
    if absentes:
        remarques.append(f"Communes de la démarche, absentes de ce fichier : {enumeration(absentes)}.")
    return remarques or [f"Le périmètre est le même : {pluriel(len(membres), 'commune')}."]
