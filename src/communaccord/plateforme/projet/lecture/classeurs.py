"""A plan in a table (XLSX, CSV, cells): columns found by their titles, in any order; blank cells carried down.

The file is opened by the hardened reader of the simulator (size, bombs, encodings, formulas); only the columns differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.lecture.plans import MAX_ELEMENTS, ElementLu, FichierRefuse, PlanLu, Releve
from communaccord.plateforme.socle.typographie import enumeration, nombre
from communaccord.reference import normalize_nom
from communaccord.simulateur.tableau.grille import read_feuilles
from communaccord.simulateur.tableau.lettres import to_lettre
from communaccord.simulateur.tableau.types import Feuille, FichierIllisible

# Titles and mentions may stand above the table.
LIGNES_AVANT = 20
TITRES = ("Orientation", "Objectif", "Action", "Porteur", "Pilote", "Échéance", "État", "Précision")
ENTETES: Mapping[str, tuple[str, ...]] = {
    "axe": ("axe", "ambition", "defi", "enjeu", "axe strategique", "grand axe"),
    "orientation": ("orientation", "orientation strategique", "orientations", "priorite"),
    "objectif": (
        *("objectif", "objectifs", "objectif de service public", "objectifs de service public"),
        *("objectif strategique", "objectif operationnel"),
    ),
    "action": ("action", "actions", "fiche action", "projet", "intitule de l action", "libelle de l action"),
    "porteur": (
        *("porteur", "portee par", "porteur politique", "portage politique", "portee politiquement par"),
        *("elu referent", "elue referente", "elu", "elue", "vice president", "elu ou elue"),
    ),
    "pilote": ("pilote", "pilotee par", "pilotage", "service pilote", "chef de projet", "service", "direction"),
    "echeance": ("echeance", "date", "calendrier", "delai", "annee", "terme", "date de fin"),
    "etat": ("etat", "avancement", "statut", "etat d avancement"),
    "texte": ("precision", "precisions", "description", "commentaire", "contenu"),
}
ETATS = {normalize_nom(mot): code for code, mot in EtatAction.choices} | {
    "a lancer": EtatAction.A_ENGAGER,
    "en cours": EtatAction.EN_COURS,
    "engagee": EtatAction.EN_COURS,
    "realise": EtatAction.REALISEE,
    "terminee": EtatAction.REALISEE,
    "abandonne": EtatAction.ABANDONNEE,
}
MODELE = "Partez du modèle : Orientation, Objectif, Action, Porteur, Pilote, Échéance."
SANS_COLONNES = f"Aucune ligne ne porte les titres « Orientation » et « Objectif » ou « Action ». {MODELE}"
Cellules = Sequence[object]


def read_classeur(contenu: bytes) -> PlanLu:
    """Read the first sheet that holds a plan. Errors: FichierRefuse."""
    try:
        feuilles = read_feuilles(contenu)
    except FichierIllisible as erreur:
        # The sentence of the simulator, whose tables are of communes.
        faute = f"{erreur.message} {erreur.que_faire}".replace("tableau des communes", "tableau du plan")
        raise FichierRefuse(faute[:1].upper() + faute[1:]) from erreur
    for feuille in feuilles:
        found = find_entete(feuille.lignes)
        if found is not None:
            return read_feuille(feuille, *found, plusieurs=len(feuilles) > 1)
    raise FichierRefuse(write_sans_colonnes(feuilles[0].lignes))


def write_sans_colonnes(lignes: Sequence[Cellules]) -> str:
    """What was looked for, and what the first filled line says instead."""
    for row in lignes[:LIGNES_AVANT]:
        lus = [f"« {texte[:40]} »" for cell in row if (texte := write_cellule(cell))]
        if lus:
            return f"{SANS_COLONNES} La première ligne remplie dit : {enumeration(lus[:6])}."
    return SANS_COLONNES if any(map(any, lignes)) else f"La feuille est vide. {MODELE}"


def find_entete(lignes: Sequence[Cellules]) -> tuple[int, dict[str, int], list[str]] | None:
    """The rank of the line of titles, the columns, and what is to be said of them; None when there is no such line."""
    for rang, row in enumerate(lignes[:LIGNES_AVANT]):
        colonnes, remarques = find_colonnes(row)
        if "orientation" in colonnes and colonnes.keys() & {"objectif", "action"}:
            return rang, colonnes, remarques
    return None


def find_colonnes(titres: Cellules) -> tuple[dict[str, int], list[str]]:
    """Where each known column is, the first of two of the same meaning; a plan by axes is one level wider."""
    places: dict[str, int] = {}
    ignores = []
    for rang, titre in enumerate(titres):
        cle = normalize_nom(write_cellule(titre))
        colonne = next((nom for nom, mots in ENTETES.items() if cle in mots), "")
        if colonne and colonne not in places:
            places[colonne] = rang
        elif cle:
            ignores.append(write_cellule(titre)[:40])
    if "axe" in places:
        axe = places.pop("axe")
        orientation = places.pop("orientation", None)
        places["orientation"] = axe
        if orientation is not None and "objectif" not in places:
            places["objectif"] = orientation
        elif orientation is not None:
            ignores.append(write_cellule(titres[orientation])[:40])
    if not ignores:
        return places, []
    mots = enumeration([f"« {mot} »" for mot in ignores])
    pluriel = len(ignores) > 1
    return places, [f"{'Colonnes laissées' if pluriel else 'Colonne laissée'} de côté : {mots}."]


def read_feuille(
    feuille: Feuille, rang: int, colonnes: Mapping[str, int], remarques: list[str], *, plusieurs: bool
) -> PlanLu:
    """Every line under the titles."""
    filled = [
        (numero, row)
        for numero, row in enumerate(feuille.lignes[rang + 1 :], start=rang + 2)
        if any(write_cellule(cell) for cell in row) or has_piege(feuille, numero, colonnes)
    ]
    if not filled:
        raise FichierRefuse("Sous les titres des colonnes, aucune ligne n'est remplie.")
    if len(filled) > MAX_ELEMENTS:
        raise FichierRefuse(
            f"Le tableau compte {nombre(len(filled))} lignes : un plan en a {nombre(MAX_ELEMENTS)} au plus. "
            "Ne gardez que le tableau du plan."
        )
    lecture = LectureFeuille(feuille, colonnes)
    for numero, row in filled:
        lecture.read_ligne(numero, row)
    if plusieurs:
        remarques = [f"Feuille lue : « {feuille.nom} ».", *remarques]
    if "objectif" not in colonnes:
        remarques = [*remarques, "Aucune colonne « Objectif » : les actions seront à rattacher une à une."]
    releve = lecture.releve
    return PlanLu(tuple(releve.elements), tuple(releve.ecartees), tuple(remarques + lecture.remarques))


def has_piege(feuille: Feuille, numero: int, colonnes: Mapping[str, int]) -> bool:
    return any(f"{to_lettre(rang + 1)}{numero}" in feuille.pieges for rang in colonnes.values())


class LectureFeuille:
    """Goes down a sheet: a blank cell says what the one above says, until a wider level changes."""

    def __init__(self, feuille: Feuille, colonnes: Mapping[str, int]) -> None:
        self.feuille, self.colonnes = feuille, colonnes
        self.releve = Releve()
        self.remarques: list[str] = []
        self.orientation = self.objectif = ""

    def read_ligne(self, numero: int, row: Cellules) -> None:
        """Keep what a line says; what is faulty is left aside with its reason, the levels above are kept."""
        ou = f"ligne {numero}"
        textes = {
            nom: write_cellule(row[rang], lignes=nom == "texte") if rang < len(row) else ""
            for nom, rang in self.colonnes.items()
        }
        for nom, rang in self.colonnes.items():
            reference = f"{to_lettre(rang + 1)}{numero}"
            piege = self.feuille.pieges.get(reference, "")
            if piege and (not textes[nom] or "erreur" in piege):
                dit = next((textes[n] for n in ("action", "objectif", "orientation") if textes.get(n)), "")
                motif = f"Cellule {reference} : {piege} Ouvrez le fichier dans votre tableur, corrigez, enregistrez."
                self.releve.set_aside(ou, dit, motif)
                return
        self.put_niveaux(textes, ou)

    def put_niveaux(self, textes: Mapping[str, str], ou: str) -> None:
        orientation, objectif, action = (textes.get(nom, "") for nom in ("orientation", "objectif", "action"))
        if orientation and normalize_nom(orientation) != normalize_nom(self.orientation):
            self.orientation, self.objectif = orientation, ""
        if objectif:
            self.objectif = objectif
        if objectif and not self.orientation:
            self.releve.set_aside(ou, objectif, "Cet objectif n'est sous aucune orientation : dites laquelle.")
            self.objectif = ""
            return
        texte = textes.get("texte", "")
        self.put(Niveau.ORIENTATION, orientation and self.orientation, ou, "" if objectif or action else texte)
        self.put(Niveau.OBJECTIF, objectif, ou, "" if action else texte)
        if action:
            self.put_action(action, textes, ou)
        elif not (orientation or objectif):
            dit = " ".join(texte for texte in textes.values() if texte)
            self.releve.set_aside(ou, dit, "Cette ligne ne dit ni orientation, ni objectif, ni action.")

    def put(self, niveau: Niveau, titre: str, ou: str, texte: str) -> None:
        if titre:
            orientation = self.orientation if niveau == Niveau.OBJECTIF else ""
            self.releve.put(ElementLu(niveau, titre, orientation, texte=texte), ou)

    def put_action(self, action: str, textes: Mapping[str, str], ou: str) -> None:
        """An action under the current objectif; without one, it is kept and will have to be attached."""
        avancement = textes.get("etat", "")
        etat = ETATS.get(normalize_nom(avancement)) if avancement else EtatAction.A_ENGAGER
        if etat is None:
            self.remarques.append(f"{ou.capitalize()} : état « {avancement[:40]} » inconnu, « à engager » est retenu.")
        element = ElementLu(Niveau.ACTION, action, texte=textes.get("texte", ""), etat=etat or EtatAction.A_ENGAGER)
        noms = {nom: textes.get(nom, "") for nom in ("porteur", "pilote", "echeance")}
        above = {"orientation": self.orientation, "objectif": self.objectif} if self.objectif else {}
        self.releve.put(replace(element, **noms, **above), ou)


def write_cellule(cell: object, *, lignes: bool = False) -> str:
    """The text of a cell on one line, or on its own ``lignes``; a date as in France, a whole number as such."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None:
        return ""
    parts = (" ".join(part.split()) for part in str(cell).splitlines())
    return ("\n" if lignes else " ").join(part for part in parts if part)
