"""A whole list of people, from a spreadsheet or pasted: read line by line, each fault told at its place.

The file is opened by the simulator's hardened reader (size, zip bombs, formulas, encodings); only the columns differ.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from communaccord.plateforme.comptes.actions.personnes import Entree
from communaccord.plateforme.comptes.enums import DANS_UNE_COMMUNE, Role
from communaccord.plateforme.comptes.forms.personnes import ADRESSE_FAUSSE, DATE_FAUSSE, check_mandat
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.territoires.models import CommuneMembre
from communaccord.reference import normalize_nom
from communaccord.simulateur.tableau.grille import read_feuilles, read_texte
from communaccord.simulateur.tableau.types import FichierIllisible

MAX_LIGNES = 2_000
# Titles and mentions may stand above the table, as in our own model.
TITRES_AVANT = 10
COLONNES = ("nom", "role", "commune", "fonction", "courriel", "debut", "fin")
TITRES = ("Nom ou fonction", "Rôle", "Commune", "Fonction", "Courriel", "À partir du", "Jusqu'au")
ENTETES: Mapping[str, tuple[str, ...]] = {
    "nom": ("nom", "nom ou fonction", "nom et prenom", "prenom et nom", "personne", "nom prenom"),
    "prenom": ("prenom",),
    "role": ("role", "qualite", "mandat", "qualite role"),
    "commune": ("commune", "collectivite", "mairie"),
    "fonction": ("fonction", "titre", "poste", "delegation"),
    "courriel": ("courriel", "email", "e mail", "mail", "adresse", "adresse electronique", "adresse mail", "mel"),
    "debut": ("a partir du", "debut", "depuis", "debut du mandat"),
    "fin": ("jusqu au", "fin", "fin du mandat", "echeance"),
}
# The beginning of what is written in a list, normalized, in the order of trial.
ROLES: Sequence[tuple[str, Role]] = (
    ("vice president", Role.VICE_PRESIDENT),
    ("1er vice president", Role.VICE_PRESIDENT),
    ("president", Role.PRESIDENT),
    ("maire", Role.MAIRE),
    ("secreta", Role.SECRETAIRE),
    ("dgs de l intercommunalite", Role.DGS_EPCI),
    ("dgs de commune", Role.SECRETAIRE),
    ("equipe projet", Role.EQUIPE_PROJET),
    ("charge de mission", Role.EQUIPE_PROJET),
    ("chargee de mission", Role.EQUIPE_PROJET),
    ("drh", Role.DRH),
    ("direction des ressources humaines", Role.DRH),
    ("direction", Role.DIRECTION),
    ("direct", Role.DIRECTION),
    ("chef de service", Role.DIRECTION),
    ("cheffe de service", Role.DIRECTION),
    ("conseiller communautaire", Role.CONSEILLER_COMMUNAUTAIRE),
    ("conseillere communautaire", Role.CONSEILLER_COMMUNAUTAIRE),
    ("conseiller ou conseillere communautaire", Role.CONSEILLER_COMMUNAUTAIRE),
    ("conseiller", Role.CONSEILLER_MUNICIPAL),
    ("conseillere", Role.CONSEILLER_MUNICIPAL),
    ("adjoint", Role.CONSEILLER_MUNICIPAL),
    ("representant", Role.REPRESENTANT_PERSONNEL),
    ("agent", Role.AGENT),
    ("consultant", Role.CONSULTANT),
    ("observat", Role.OBSERVATEUR),
)
ENTETE_ABSENT = (
    "La première ligne doit nommer les colonnes : il faut au moins « Nom ou fonction » et « Rôle ». Partez du modèle."
)
ROLE_INCONNU = "Rôle « {texte} » inconnu : écrivez-en un du modèle, par exemple « maire » ou « secrétaire »."
COMMUNE_INCONNUE = "« {texte} » n'est pas une commune de la démarche : vérifiez l'orthographe."
Cellules = Sequence[object]


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line as it was read: its number in the sheet, what it gives (None when faulty), what is wrong."""

    numero: int
    textes: Mapping[str, str]
    entree: Entree | None = None
    fautes: tuple[str, ...] = ()
    deja: bool = False


@dataclass(frozen=True, slots=True)
class Liste:
    """A list read in whole; ``faute`` when nothing could be read; ``texte`` to send it again unchanged."""

    lignes: tuple[Ligne, ...] = ()
    faute: str = ""
    texte: str = field(default="", repr=False)

    @property
    def fautives(self) -> tuple[Ligne, ...]:
        return tuple(ligne for ligne in self.lignes if ligne.fautes)

    @property
    def nouvelles(self) -> tuple[Entree, ...]:
        return tuple(ligne.entree for ligne in self.lignes if ligne.entree is not None and not ligne.deja)

    @property
    def est_prete(self) -> bool:
        return bool(self.nouvelles) and not self.fautives and not self.faute


def read_liste(
    *, texte: str, contenu: bytes | None, communes: Iterable[CommuneMembre], mandats: Iterable[Mandat]
) -> Liste:
    """Read a file when there is one, else the pasted text; ``mandats``: those already there, which are left aside."""
    try:
        feuilles = read_feuilles(contenu) if contenu else [read_texte(texte)]
    except FichierIllisible as error:
        return Liste(faute=f"{str(error)[:1].upper()}{str(error)[1:]}", texte=texte)
    entete, *rows = find_tableau(feuilles[0].lignes)
    if entete is None:
        return Liste(faute=ENTETE_ABSENT, texte=texte)
    if len(rows) > MAX_LIGNES:
        return Liste(faute=f"La liste dépasse {MAX_LIGNES} lignes : découpez-la.", texte=texte)
    if not rows:
        return Liste(faute="Sous les titres des colonnes, aucune ligne n'est remplie.", texte=texte)
    colonnes = find_colonnes(entete[1])
    membres = {normalize_nom(commune.nom): commune for commune in communes}
    lus = [read_ligne(numero, row, colonnes, membres) for numero, row in rows]
    return Liste(mark_deja(mark_doubles(lus), mandats), texte=write_texte([row for _, row in (entete, *rows)]))


def find_tableau(lignes: Sequence[Cellules]) -> list[tuple[int, Cellules]] | list[None]:
    """The line of titles, then the filled ones, each with its number in the sheet; [None] when no line is of titles."""
    filled = [(rang, row) for rang, row in enumerate(lignes, start=1) if any(write_cellule(cell) for cell in row)]
    for place, (_, row) in enumerate(filled[:TITRES_AVANT]):
        if {"nom", "role"} <= set(find_colonnes(row)):
            return filled[place:]
    return [None]


def find_colonnes(titres: Cellules) -> dict[str, int]:
    """Where each known column is; the first of two columns of the same meaning counts."""
    places: dict[str, int] = {}
    for rang, titre in enumerate(titres):
        key = normalize_nom(write_cellule(titre))
        for colonne, mots in ENTETES.items():
            if key in mots:
                places.setdefault(colonne, rang)
    return places


def write_cellule(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""


def write_texte(rows: Sequence[Cellules]) -> str:
    """The rows as they would be pasted: what the preview shows is what will be written."""
    return "\n".join("\t".join(write_cellule(cell) for cell in row) for row in rows)


def read_ligne(numero: int, row: Cellules, colonnes: Mapping[str, int], membres: Mapping[str, CommuneMembre]) -> Ligne:
    textes = {nom: write_cellule(row[rang]) if rang < len(row) else "" for nom, rang in colonnes.items()}
    textes["nom"] = " ".join(part for part in (textes.pop("prenom", ""), textes["nom"]) if part)
    fautes: list[str] = []
    commune = read_commune(textes.get("commune", ""), membres, fautes)
    role = read_role(textes["role"], commune, fautes)
    courriel = read_courriel(textes.get("courriel", ""), fautes)
    debut, fin = (read_date(textes.get(nom, ""), fautes) for nom in ("debut", "fin"))
    if not textes["nom"]:
        fautes.append("Le nom manque : écrivez un nom, ou une fonction.")
    if role is not None and not fautes:
        fautes += [message for _, message in check_mandat(role, commune, debut, fin)]
    if fautes or role is None:
        return Ligne(numero, textes, None, tuple(fautes))
    fonction = textes.get("fonction", "")[:150]
    return Ligne(numero, textes, Entree(textes["nom"][:150], role, commune, fonction, courriel, debut, fin))


def read_commune(texte: str, membres: Mapping[str, CommuneMembre], fautes: list[str]) -> CommuneMembre | None:
    if not texte:
        return None
    commune = membres.get(normalize_nom(texte))
    if commune is None:
        fautes.append(COMMUNE_INCONNUE.format(texte=texte[:60]))
    return commune


def read_role(texte: str, commune: CommuneMembre | None, fautes: list[str]) -> Role | None:
    key = normalize_nom(texte)
    if key == "dgs" or key.startswith("directeur general") or key.startswith("directrice generale"):
        return Role.SECRETAIRE if commune else Role.DGS_EPCI
    labels = {normalize_nom(role.label): role for role in Role}
    found = labels.get(key) or next((role for debut, role in ROLES if key.startswith(debut)), None)
    if found is None:
        fautes.append(ROLE_INCONNU.format(texte=texte[:60]))
    return found


def read_courriel(texte: str, fautes: list[str]) -> str:
    if not texte:
        return ""
    try:
        validate_email(texte)
    except ValidationError:
        fautes.append(f"« {texte[:60]} » : {ADRESSE_FAUSSE}")
    return texte.lower()


def read_date(texte: str, fautes: list[str]) -> date | None:
    if not texte:
        return None
    for mode in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(texte, mode).date()
        except ValueError:
            continue
    fautes.append(f"« {texte[:20]} » : {DATE_FAUSSE}")
    return None


def build_cle(role: str, commune_id: int | None, nom: str, courriel: str) -> tuple[object, ...]:
    """Two lines are the same person in the same role when this is equal; a commune has one mayor."""
    if role == Role.MAIRE:
        return (role, commune_id)
    return (role, commune_id if role in DANS_UNE_COMMUNE else None, normalize_nom(nom), courriel.lower())


def cle_of(entree: Entree) -> tuple[object, ...]:
    return build_cle(entree.role, entree.commune.pk if entree.commune else None, entree.nom, entree.courriel)


def mark_doubles(lignes: Iterable[Ligne]) -> list[Ligne]:
    """A second line for the same person in the same role is a fault: which of the two is right?"""
    seen: dict[tuple[object, ...], int] = {}
    kept = []
    for ligne in lignes:
        if ligne.entree is None:
            kept.append(ligne)
            continue
        first = seen.setdefault(cle_of(ligne.entree), ligne.numero)
        faute = f"Déjà dit à la ligne {first} : gardez une seule des deux."
        kept.append(ligne if first == ligne.numero else replace(ligne, entree=None, fautes=(faute,)))
    return kept


def mark_deja(lignes: Iterable[Ligne], mandats: Iterable[Mandat]) -> tuple[Ligne, ...]:
    """Lines that change nothing are left aside; a second mayor of a commune is a fault."""
    check: Callable[[Ligne], Ligne] = Deja(mandats)
    return tuple(check(ligne) for ligne in lignes)


class Deja:
    """Compares a line with the open mandates of the démarche."""

    def __init__(self, mandats: Iterable[Mandat]) -> None:
        opened = [mandat for mandat in mandats if mandat.fin is None]
        self.maires = {m.commune_id: m for m in opened if m.role == Role.MAIRE and m.personne.compte_id}
        self.cles = {build_cle(m.role, m.commune_id, m.personne.nom, m.personne.courriel) for m in opened}

    def __call__(self, ligne: Ligne) -> Ligne:
        entree = ligne.entree
        if entree is None:
            return ligne
        if entree.role == Role.MAIRE:
            return self.compare_maire(ligne, entree)
        return replace(ligne, deja=cle_of(entree) in self.cles)

    def compare_maire(self, ligne: Ligne, entree: Entree) -> Ligne:
        known = self.maires.get(entree.commune.pk) if entree.commune else None
        if known is None:
            return ligne
        if known.personne.courriel == entree.courriel:
            return replace(ligne, deja=True)
        faute = f"{known.commune} a déjà un ou une maire, {known.personne} : mettez d'abord fin à ce mandat."
        return replace(ligne, entree=None, fautes=(faute,))
