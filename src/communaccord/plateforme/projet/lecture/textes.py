"""A plan in a text document (DOCX): its headings of three levels, and the words under them.

A style is known by its id or by its name, in French or in English, or by the outline level that it carries; the
numbering typed in a title is dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.lecture.plans import MAX_TEXTE, ElementLu, FichierRefuse, PlanLu, Releve
from communaccord.plateforme.socle.typographie import pluriel
from communaccord.reference import normalize_nom

ABIME = "Ce document est abîmé : ouvrez-le dans votre traitement de texte et enregistrez-le de nouveau en .docx."
SANS_TITRE = (
    "Aucun paragraphe de ce document n'a le style « Titre {niveau} » : dans votre traitement de texte, donnez les "
    "styles « Titre 1 », « Titre 2 » et « Titre 3 » aux orientations, aux objectifs et aux actions, puis enregistrez."
)
MAX_PARAGRAPHES = 50_000
MAX_CITES, MAX_CITE = 3, 60
MAX_BASES = 12
# The outline level, counted from zero, of what is no heading.
CORPS = 9
NIVEAUX = tuple(Niveau)
STYLE = re.compile(r"(?:heading|titre)\s?([1-9])")
# A number typed before a title: « 1. », « 2.3 – », « IV) », « Orientation 1 : », « Action n° 12. ».
ROMAIN = r"(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3})"
NUMERO = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*|{ROMAIN}|[A-Za-z])"
MOTS = (
    r"(?i:(?:grande?s? |fiches?[ -])?(?:axe|ambition|orientation|objectif|action|d[ée]fi|enjeu|priorit[ée])"
    r"(?: strat[ée]gique| op[ée]rationnel(?:le)?| de service public)?)"
)
NUMEROTATION = re.compile(
    rf"(?:{MOTS} (?:[Nn]\s?[°º]\s?)?{NUMERO}\s*[.:)\-–—]+|{NUMERO}\s*[.):]+|{NUMERO}\s+[\-–—]+"
    r"|\d{1,3}(?:\.\d{1,3})+\.?(?=\s+[A-ZÀ-Ý]))\s+"
)
# What a line under the title of an action tells.
CHAMPS = {
    "porteur": "porteur",
    "porteur politique": "porteur",
    "portage politique": "porteur",
    "elu referent": "porteur",
    "elue referente": "porteur",
    "portee par": "porteur",
    "pilote": "pilote",
    "pilotage": "pilote",
    "service pilote": "pilote",
    "pilotee par": "pilote",
    "echeance": "echeance",
    "calendrier": "echeance",
}


def read_document(contenu: bytes, *, premier: int = 1) -> PlanLu:
    """Read the headings, orientations being those of level ``premier``. Errors: FichierRefuse."""
    try:
        document = Document(BytesIO(contenu))
        styles = Styles(document)
        lecture = LectureTitres(premier)
        for rang, paragraph in enumerate(walk_paragraphes(document)):
            if rang >= MAX_PARAGRAPHES:
                raise FichierRefuse("Ce document compte plus de 50\u202f000 paragraphes : gardez les pages du plan.")
            lecture.read_paragraphe(styles.get_niveau(paragraph), " ".join(paragraph.text.split()))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, OSError, RecursionError) as erreur:
        raise FichierRefuse(ABIME) from erreur
    return lecture.build_plan()


def walk_paragraphes(document: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph of the body, those of its tables too, in order; not those of the drawings."""
    body = document.element.body
    for element in body.iter(qn("w:p")):
        if not any(parent.tag == qn("w:txbxContent") for parent in element.iterancestors()):
            yield Paragraph(element, document._body)


class Styles:
    """Level of heading of each style, found once."""

    def __init__(self, document: WordDocument) -> None:
        self.defaut = document.styles.default(1)
        self.niveaux: dict[str, int] = {}

    def get_niveau(self, paragraph: Paragraph) -> int:
        """1 to 9; 0 for a paragraph that is no heading."""
        own = get_plan(paragraph._p.pPr)
        if own is not None:
            return own
        style = paragraph.style
        if style is None or style.style_id is None:
            return 0
        if style.style_id not in self.niveaux:
            self.niveaux[style.style_id] = find_niveau(style)
        return self.niveaux[style.style_id]


def find_niveau(style: ParagraphStyle) -> int:
    """Level of a style by its id, its name or its outline, or those of the styles that it is based on."""
    current: ParagraphStyle | None = style
    for _ in range(MAX_BASES):
        if current is None:
            return 0
        for nom in (current.style_id, current.name):
            if found := STYLE.fullmatch((nom or "").strip().lower()):
                return int(found[1])
        outline = get_plan(current.element.pPr)
        if outline is not None:
            return outline
        current = current.base_style
    return 0


def get_plan(properties: object) -> int | None:
    """The outline level that properties of a paragraph carry, from 1 (0: body text); None when they say none."""
    node = None if properties is None else properties.find(qn("w:outlineLvl"))
    valeur = "" if node is None else node.get(qn("w:val"), "")
    if not (valeur.isascii() and valeur.isdigit() and len(valeur) == 1):
        return None
    return int(valeur) + 1 if int(valeur) < CORPS else 0


class LectureTitres:
    """Goes down a document: a heading opens an element, the words under it are its precision."""

    def __init__(self, premier: int) -> None:
        self.premier = premier
        self.releve = Releve()
        self.titres = dict.fromkeys(NIVEAUX, "")
        self.courant: ElementLu | None = None
        self.textes: list[str] = []
        self.ou = ""
        self.rang = self.avant = self.coupes = 0
        self.laisses: list[str] = []

    def read_paragraphe(self, niveau: int, texte: str) -> None:
        if not texte:
            return
        profondeur = niveau - self.premier if niveau else -1
        if 0 <= profondeur < len(NIVEAUX):
            self.open_element(NIVEAUX[profondeur], strip_numerotation(texte))
        elif niveau and profondeur < 0:
            self.close_element()
            self.courant, self.titres = None, dict.fromkeys(NIVEAUX, "")
        elif self.courant is None:
            self.avant += 1
            self.laisses = [*self.laisses, texte][:MAX_CITES]
        else:
            self.textes.append(texte)

    def open_element(self, niveau: Niveau, titre: str) -> None:
        """Close what was open; a title that has nothing to stand under is left aside."""
        self.close_element()
        self.rang += 1
        self.ou = f"titre {self.rang}"
        self.titres[niveau] = titre
        for narrower in NIVEAUX[NIVEAUX.index(niveau) + 1 :]:
            self.titres[narrower] = ""
        above = {n: self.titres[n] for n in (Niveau.ORIENTATION, Niveau.OBJECTIF) if n != niveau}
        orientation, objectif = above.get(Niveau.ORIENTATION, ""), above.get(Niveau.OBJECTIF, "")
        if niveau == Niveau.OBJECTIF and not orientation:
            motif = f"Cet objectif n'est sous aucun titre de niveau {self.premier} : dites son orientation."
            self.releve.set_aside(self.ou, titre, motif)
            self.courant, self.titres[niveau] = None, ""
            return
        if niveau != Niveau.ACTION:
            self.courant = ElementLu(niveau, titre, orientation)
        else:
            self.courant = ElementLu(niveau, titre, orientation if objectif else "", objectif)

    def close_element(self) -> None:
        """Keep the element that was open, with the words read under it."""
        if self.courant is None:
            return
        champs, texte = split_champs(self.textes) if self.courant.niveau == Niveau.ACTION else ({}, self.textes)
        corps = "\n".join(texte)
        if len(corps) > MAX_TEXTE:
            corps, self.coupes = corps[: MAX_TEXTE - 1].rsplit(" ", 1)[0] + "…", self.coupes + 1
        self.releve.put(replace(self.courant, texte=corps, **champs), self.ou)
        self.courant, self.textes = None, []

    def build_plan(self) -> PlanLu:
        self.close_element()
        if not self.releve.elements:
            raise FichierRefuse(SANS_TITRE.format(niveau=self.premier))
        remarques = []
        if self.avant:
            laisses = pluriel(self.avant, "paragraphe laissé de côté", "paragraphes laissés de côté")
            cites = ", ".join(f"« {quote_debut(texte)} »" for texte in self.laisses)
            suite = "…" if self.avant > MAX_CITES else "."
            remarques.append(f"{laisses}, hors des titres du plan : {cites}{suite}")
        if self.coupes:
            textes = pluriel(self.coupes, "texte trop long a été coupé", "textes trop longs ont été coupés")
            remarques.append(f"{textes} à 4\u202f000 caractères.")
        return PlanLu(tuple(self.releve.elements), tuple(self.releve.ecartees), tuple(remarques))


def split_champs(textes: list[str]) -> tuple[dict[str, str], list[str]]:
    """« Pilote : … » among the words under an action fills that field; the other words stay."""
    champs: dict[str, str] = {}
    reste = []
    for texte in textes:
        mot, deux_points, valeur = texte.partition(":")
        nom = CHAMPS.get(normalize_nom(mot)) if deux_points else None
        if nom and nom not in champs and valeur.strip():
            champs[nom] = valeur.strip()
        else:
            reste.append(texte)
    return champs, reste


def strip_numerotation(titre: str) -> str:
    """The title without the number typed before it, its capital given back; one that is only a number stays."""
    if not NUMEROTATION.match(titre):
        return titre
    reste = NUMEROTATION.sub("", titre, count=1)
    return reste[:1].upper() + reste[1:]


def quote_debut(texte: str) -> str:
    """Enough of a paragraph to find it again."""
    return texte if len(texte) <= MAX_CITE else texte[:MAX_CITE].rsplit(" ", 1)[0] + "…"
