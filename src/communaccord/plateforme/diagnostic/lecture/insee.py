"""INSEE, populations légales of the communes (``donnees_communes.csv``): COM, PMUN, PTOT. The file tells no year."""

from communaccord.plateforme.diagnostic.lecture.tables import Table
from communaccord.plateforme.diagnostic.lecture.types import AnneeManquante, Lues, TerritoireLu
from communaccord.plateforme.diagnostic.lecture.valeurs import read_valeur
from communaccord.plateforme.diagnostic.models import ClePublique

FORMAT = "Populations légales des communes (INSEE)"
CODE, COLONNES = "com", {"pmun": ClePublique.POPULATION_MUNICIPALE, "ptot": ClePublique.POPULATION_TOTALE}


def read_insee(table: Table, territoire: TerritoireLu, annee: int | None) -> Lues | None:
    """The populations of our communes; None when the table is another one. ``annee``: the millésime."""
    for rang in range(len(table.debut)):
        places = {titre: colonne for colonne, titre in table.titres(rang).items()}
        if {CODE, *COLONNES} <= places.keys():
            break
    else:
        return None
    if annee is None:
        raise AnneeManquante(
            "ce fichier de l'INSEE ne dit pas de quelle année sont les populations.",
            "Écrivez le millésime (une population en vigueur en 2026 est du millésime 2023), puis relisez le fichier.",
        )
    table.skip_titres(rang)
    lues = Lues(FORMAT, f"INSEE, populations légales, millésime {annee}", annee)
    for ligne in table.lignes:
        code = territoire.find_commune(ligne.get(places[CODE]))
        if code is None:
            lues.ailleurs += 1
            continue
        for titre, cle in COLONNES.items():
            valeur = read_valeur(lues, ligne, places[titre])
            if valeur is not None:
                lues.add(code, cle, annee, valeur)
    return lues
