"""The plan as a table: the columns that the import reads, one line an element that needs one."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.text import slugify

from communaccord.plateforme.projet.lecture.classeurs import TITRES
from communaccord.plateforme.projet.queries.plan import ActionLue, Arbre
from communaccord.plateforme.socle.tableur import Cellule, write_xlsx
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose
from communaccord.plateforme.territoires.models import Demarche

EXEMPLES = (
    ("Vivre partout près d'un service (exemple fictif)", "Un accueil ouvert chaque jour", "Réunir les plannings"),
    ("", "", "Former les remplaçants et les remplaçantes"),
    ("", "Un dossier d'urbanisme instruit à temps", ""),
)
MENTION_MODELE = (
    "Une ligne par action. Une cellule vide reprend celle du dessus. Seuls comptent les titres des colonnes : leur "
    "ordre est libre. Effacez les exemples."
)


def list_lignes(arbre: Arbre) -> Iterator[list[Cellule]]:
    """Actions without objectif first, where no cell above could be carried down to them; then the tree."""
    for action in arbre.libres:
        yield build_ligne("", "", action)
    for orientation in arbre.orientations:
        if orientation.texte or not orientation.objectifs:
            yield [orientation.titre, "", "", "", "", "", "", orientation.texte]
        for objectif in orientation.objectifs:
            if objectif.texte or not objectif.actions:
                yield [orientation.titre, objectif.titre, "", "", "", "", "", objectif.texte]
            for action in objectif.actions:
                yield build_ligne(orientation.titre, objectif.titre, action)


def build_ligne(orientation: str, objectif: str, action: ActionLue) -> list[Cellule]:
    suite = (action.porteur, action.pilote, action.echeance, action.etat_dit, action.texte)
    return [orientation, objectif, action.titre, *suite]


def build_xlsx(demarche: Demarche, arbre: Arbre, instant: datetime) -> bytes:
    fictif = " Territoire fictif." if demarche.fictive else ""
    jour = write_date(instant.astimezone(demarche.zone))
    mentions = [prose(f"{demarche.nom_epci}.{fictif} Plan au {jour}. Ce tableau peut être modifié, puis importé.")]
    return write_xlsx("Projet de territoire", TITRES, list_lignes(arbre), mentions=mentions)


def build_modele() -> bytes:
    lignes = [[*exemple, "", "", "", "", ""] for exemple in EXEMPLES]
    return write_xlsx("Plan du projet de territoire", TITRES, lignes, mentions=[prose(MENTION_MODELE)])


def name_fichier(demarche: Demarche, extension: str) -> str:
    """``projet-de-territoire-pays-fictif.xlsx``; what is invented says so."""
    nom = slugify(demarche.nom_epci)[:50].strip("-") or "territoire"
    fictif = "-fictif" if demarche.fictive and "fictif" not in nom and "fictive" not in nom else ""
    return f"projet-de-territoire-{nom}{fictif}.{extension}"
