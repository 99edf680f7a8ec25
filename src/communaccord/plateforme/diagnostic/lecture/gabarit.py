"""How a workbook of a sheet is laid out: written by documents/classeur.py, read by lecture/classeur.py."""

from collections.abc import Sequence

from communaccord.plateforme.diagnostic.enums import EFFECTIFS, Colonne, TypeLigne, Volet
from communaccord.plateforme.diagnostic.models import Ligne

# Grows when an older workbook can no longer be read.
FORMAT = 1
FEUILLE_TAMPON, FEUILLE_CHOIX, FEUILLE_LISEZ_MOI = "_commun_accord", "_choix", "Lisez-moi"
FEUILLES = {
    Volet.REPERES: "Repères",
    Volet.PERSONNEL: "Agents et métiers",
    Volet.PARTAGES: "Déjà partagé",
    Volet.POSSIBLES: "Possible",
    Volet.AVIS: "Besoins et avis",
}
# Names of the columns, in a hidden row; ``cle`` and ``version`` are in hidden columns.
CLE, VERSION, LIBELLE, AIDE, UNITE = "cle", "version", "libelle", "aide", "unite"
INCONNU, ANNEE, SOURCE, QUALITE, COMMENTAIRE = "inconnu", "annee", "source", "qualite", "commentaire"
FIXES = (CLE, VERSION, LIBELLE, AIDE, UNITE)
DITES = (INCONNU, ANNEE, SOURCE, QUALITE, COMMENTAIRE)
TITRES = {
    LIBELLE: "Ce qui est demandé",
    AIDE: "Aide",
    UNITE: "Unité",
    INCONNU: "Je ne sais pas",
    ANNEE: "Année",
    SOURCE: "Source",
    QUALITE: "Estimé ou établi",
    COMMENTAIRE: "Commentaire",
    Colonne.VALEUR: "Réponse",
    Colonne.AGENTS: "Agents",
    Colonne.ETP: "Équivalents temps plein",
    Colonne.MASSE_SALARIALE: "Rémunérations chargées, en euros",
    Colonne.AUTRES_COUTS: "Autres dépenses de fonctionnement, en euros",
    Colonne.VOLUME: "Activité de l'année (voir l'unité)",
    Colonne.DEPARTS: "Départs prévus d'ici cinq ans",
    Colonne.TITULAIRE_UNIQUE: "Une seule personne sait faire",
}
LIGNE_TITRE, LIGNE_CONSIGNE, LIGNE_NOMS, LIGNE_TITRES, LIGNE_DEBUT = range(5)


def list_colonnes(lignes: Sequence[Ligne]) -> list[str]:
    """Names of the columns of the sheet of these lines, in order."""
    seules = [Colonne.VALEUR] if any(ligne.type != TypeLigne.EFFECTIFS for ligne in lignes) else []
    effectifs = EFFECTIFS if any(ligne.type == TypeLigne.EFFECTIFS for ligne in lignes) else ()
    return [*FIXES, *seules, *effectifs, *DITES]


def is_ouverte(ligne: Ligne, colonne: str) -> bool:
    """Whether this line asks for something in this column."""
    if colonne in (INCONNU, COMMENTAIRE):
        return True
    if colonne in (ANNEE, SOURCE, QUALITE):
        return ligne.est_chiffree
    return colonne in ligne.colonnes
