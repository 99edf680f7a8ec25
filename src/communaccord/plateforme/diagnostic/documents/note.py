"""The note for the COPIL as a text file: a page and a half, its sentences and its figures those of the synthèse."""

from datetime import datetime

from communaccord.plateforme.diagnostic.pages.blocs import Section, Tableau
from communaccord.plateforme.diagnostic.pages.matiere import Matiere
from communaccord.plateforme.diagnostic.pages.synthese import build_synthese
from communaccord.plateforme.documents.docx import Texte
from communaccord.plateforme.documents.papier import EnTete

# Lines and columns of each table that hold on a page and a half; the whole tables are on line.
LIGNES = {"effectifs": 8, "besoins": 6}
COLONNES = {"effectifs": 5, "besoins": 4}
SUITE = "Les {reste} autres services sont dans la synthèse en ligne et dans son tableau."


def render_note(matiere: Matiere, edite_le: datetime) -> bytes:
    """DOCX of the note."""
    demarche = matiere.cadre.campagne.demarche
    ouvrage = build_synthese(matiere)
    entete = EnTete(demarche.nom_epci, ouvrage.surtitre, edite_le, demarche.fictive)
    texte = Texte("Note pour le COPIL", entete)
    texte.add_paragraphe(f"{ouvrage.contexte} · {ouvrage.titre}")
    texte.add_titre("Note pour le COPIL : ce que dit l'état des lieux", 0)
    texte.add_paragraphe(ouvrage.phrase, gras=True)
    for section in ouvrage.sections:
        add_section(texte, section)
    for mention in ouvrage.mentions:
        texte.add_paragraphe(mention)
    return texte.to_bytes()


def add_section(texte: Texte, section: Section) -> None:
    """A title, its sentence; the figures that matter; the first lines of the tables that are kept."""
    texte.add_titre(section.titre, 1)
    texte.add_paragraphe(section.phrase)
    if section.cle == "effectifs" and section.chiffres:
        texte.add_liste(
            f"{c.libelle} : {c.valeur}{f' ({c.precision})' if c.precision else ''}" for c in section.chiffres
        )
    if section.cle in LIGNES:
        tableau, reste = shorten(section, LIGNES[section.cle], COLONNES[section.cle])
        texte.add_tableau(tableau.titre, tableau.list_titres(), tableau.lignes)
        if reste:
            texte.add_paragraphe(SUITE.format(reste=reste))


def shorten(section: Section, lignes: int, colonnes: int) -> tuple[Tableau, int]:
    """The table of a section with its first lines and columns, in the order of its picture; how many are left out."""
    tableau = section.tableaux[0]
    rangs = {barre.nom: rang for rang, barre in enumerate(section.image.barres)} if section.image else {}
    ordered = sorted(tableau.lignes, key=lambda ligne: rangs.get(ligne[0], len(rangs)))
    kept = tuple(ligne[:colonnes] for ligne in ordered[:lignes])
    return Tableau(tableau.titre, tableau.colonnes[:colonnes], kept), len(ordered) - len(kept)
