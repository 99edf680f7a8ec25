"""The note for the COPIL as a text file: its sentences, figures and pictures are those of the synthèse."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from docx.shared import Mm

from communaccord.plateforme.diagnostic.pages.blocs import Image, Ouvrage, Section, Tableau
from communaccord.plateforme.diagnostic.pages.cartes import CommuneParCommune
from communaccord.plateforme.diagnostic.pages.matiere import Matiere
from communaccord.plateforme.diagnostic.pages.mesures import MASQUE, RAISON_MASQUE
from communaccord.plateforme.diagnostic.pages.synthese import build_synthese
from communaccord.plateforme.documents.docx import Texte
from communaccord.plateforme.documents.papier import EnTete, set_prose
from communaccord.plateforme.documents.rendu import render_png
from communaccord.plateforme.socle.typographie import date as write_date

GABARIT_IMAGE = Path(__file__).with_name("typst") / "image_note.typ"
# Lines and columns of each table that hold in the note; the whole tables are on line.
LIGNES = {"effectifs": 8, "besoins": 6, "paroles": 12}
COLONNES = {"effectifs": 5, "besoins": 4, "paroles": 3}
BARRES = 8
LARGEUR_CARTE = Mm(112)
SUITE = "Le reste du tableau ({reste} lignes) est dans la synthèse en ligne et dans son tableau."
SUITE_IMAGE = "Les {barres} premiers services, sur {total}."


@dataclass(frozen=True, slots=True)
class Piece:
    """A table of the note, and how many lines were left out."""

    tableau: Tableau
    reste: int


def render_note(matiere: Matiere, carte: CommuneParCommune, edite_le: datetime) -> bytes:
    """DOCX of the note; ``carte``: the indicator of the map, drawn when the stored one is of these communes."""
    demarche = matiere.cadre.campagne.demarche
    ouvrage = build_synthese(matiere)
    pieces = {s.cle: shorten(s, LIGNES[s.cle], COLONNES[s.cle]) for s in ouvrage.sections if s.cle in LIGNES}
    texte = Texte("Note pour le COPIL", EnTete(demarche.nom_epci, ouvrage.surtitre, edite_le, demarche.fictive))
    texte.add_paragraphe(f"{ouvrage.contexte} · {ouvrage.titre}")
    texte.add_titre("Note pour le COPIL : ce que dit l'état des lieux", 0)
    texte.add_paragraphe(ouvrage.phrase, gras=True)
    texte.add_paragraphe(f"Fiches lues le {write_date(edite_le)}.")
    for mention in ouvrage.mentions:
        texte.add_paragraphe(mention)
    for section in ouvrage.sections:
        add_section(texte, section, pieces.get(section.cle))
        if section.cle == "maturite":
            add_carte(texte, carte, fictif=demarche.fictive)
    if shows_masque(ouvrage, pieces):
        texte.add_paragraphe(RAISON_MASQUE)
    return texte.to_bytes()


def shows_masque(ouvrage: Ouvrage, pieces: dict[str, Piece]) -> bool:
    """Whether what the note says of a masked figure must be explained: nothing is explained that is not there."""
    cells = [mot for piece in pieces.values() for ligne in piece.tableau.lignes for mot in ligne]
    words = [mot for s in ouvrage.sections for mot in (s.phrase, *(c.valeur for c in s.chiffres))]
    return any(MASQUE in mot for mot in (*cells, *words))


def add_section(texte: Texte, section: Section, piece: Piece | None) -> None:
    """A title, its sentence; the figures that matter, the picture of the needs, the first lines of its table."""
    texte.add_titre(section.titre, 1)
    texte.add_paragraphe(section.phrase)
    if section.cle == "effectifs" and section.chiffres:
        texte.add_liste(
            f"{c.libelle} : {c.valeur}{f' ({c.precision})' if c.precision else ''}" for c in section.chiffres
        )
    if section.cle == "besoins" and section.image and section.image.maximum:
        add_barres(texte, section.image)
    if piece:
        tableau = piece.tableau
        nombres = {rang for rang, colonne in enumerate(tableau.colonnes) if colonne.num}
        texte.add_tableau(tableau.titre, tableau.list_titres(), tableau.lignes, nombres)
        if piece.reste:
            texte.add_paragraphe(SUITE.format(reste=piece.reste))


def add_barres(texte: Texte, image: Image) -> None:
    """The first bars of a picture; its alternative writes them all."""
    barres = image.barres[:BARRES]
    dites = " ; ".join(
        f"{b.nom} : " + ", ".join(f"{n} {serie}" for n, serie in zip(b.valeurs, image.series, strict=True))
        for b in barres
    )
    data = {
        "svg": "",
        "series": image.series,
        "barres": [asdict(b) | {"longueurs": [1000 * valeur // image.maximum for valeur in b.valeurs]} for b in barres],
    }
    suite = SUITE_IMAGE.format(barres=len(barres), total=len(image.barres)) if len(image.barres) > BARRES else ""
    png = render_png(GABARIT_IMAGE, {key: set_prose(value) for key, value in data.items()})
    texte.add_image(png, image.titre, f"{image.description} {suite} {dites}.")


def add_carte(texte: Texte, carte: CommuneParCommune, *, fictif: bool) -> None:
    """The map as the page draws it; its alternative says how many communes are in each class."""
    if carte.fond is None:
        return
    svg = render_to_string("diagnostic/note_carte.svg", {"carte": carte})
    nombres = {cle: sum(commune.classe == cle for commune in carte.communes) for cle, _ in carte.legende}
    dites = ", ".join(f"{libelle} : {nombres[cle]}" for cle, libelle in carte.legende)
    png = render_png(GABARIT_IMAGE, {"svg": svg})
    alternative = f"Carte. {carte.indicateur.description} Nombre de communes, {dites}."
    texte.add_image(png, carte.indicateur.libelle, alternative, LARGEUR_CARTE)
    contours = "Contours inventés." if fictif else "Contours simplifiés d'après IGN ADMIN EXPRESS."
    texte.add_paragraphe(f"{carte.phrase} {contours}")


def shorten(section: Section, lignes: int, colonnes: int) -> Piece:
    """The table of a section with its first lines and columns, in the order of its picture."""
    tableau = section.tableaux[0]
    rangs = {barre.nom: rang for rang, barre in enumerate(section.image.barres)} if section.image else {}
    ordered = sorted(tableau.lignes, key=lambda ligne: rangs.get(ligne[0], len(rangs)))
    kept = tuple(ligne[:colonnes] for ligne in ordered[:lignes])
    return Piece(Tableau(tableau.titre, tableau.colonnes[:colonnes], kept), len(ordered) - len(kept))
