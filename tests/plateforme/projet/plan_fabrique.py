"""Small fictif plans, and the files that tell them."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from tests.plateforme.fabriques import INSTANT, build_acteur_de

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.projet.actions.plan import ContenuElement, create_element
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.models import ActionProjet, Objectif, Orientation
from communaccord.plateforme.territoires.models import Demarche


def build_equipe(demarche: Demarche) -> Acteur:
    return build_acteur_de(demarche, Role.EQUIPE_PROJET)


def add(acteur: Acteur, niveau: str, titre: str, **fields: Any) -> Any:
    contenu = ContenuElement(titre=titre, **fields)
    return create_element(acteur=acteur, instant=INSTANT, niveau=niveau, contenu=contenu)


def build_plan(acteur: Acteur, orientations: int = 2) -> None:
    """Each orientation has two objectifs: the first with two actions, the second with none; one action is free."""
    for rang in range(1, orientations + 1):
        orientation = add(acteur, Niveau.ORIENTATION, f"Orientation {rang} (fictif)")
        first = add(acteur, Niveau.OBJECTIF, f"Objectif {rang}.1", parent=orientation.pk, texte="En trois mots.")
        add(acteur, Niveau.OBJECTIF, f"Objectif {rang}.2", parent=orientation.pk)
        for lettre in "ab":
            add(acteur, Niveau.ACTION, f"Action {rang}{lettre}", parent=first.pk, pilote="Direction", echeance="2028")
    add(acteur, Niveau.ACTION, "Action sans objectif")


def read_titres(demarche: Demarche) -> tuple[list[str], list[str], list[str]]:
    """Titles of the three levels, in order."""
    return tuple(
        list(model.objects.filter(demarche=demarche).order_by("pk").values_list("titre", flat=True))
        for model in (Orientation, Objectif, ActionProjet)
    )


def write_classeur(lignes: list[list[Any]], *, formules: dict[tuple[int, int], str] | None = None) -> bytes:
    """A workbook of one sheet; a text that begins with « = » in ``formules`` is a formula without its value."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet, jour = book.add_worksheet("Plan"), book.add_format({"num_format": "dd/mm/yyyy"})
    for row, ligne in enumerate(lignes):
        for column, cell in enumerate(ligne):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), jour)
            elif cell is not None:
                sheet.write(row, column, cell)
    for (row, column), formule in (formules or {}).items():
        sheet.write_formula(row, column, formule, None, "")
    book.close()
    return out.getvalue()


def write_document(paragraphes: list[tuple[int, str]]) -> bytes:
    """A text document: (level of heading, or 0, and the words)."""
    document = Document()
    # Each style is looked for once: python-docx reads them all again for each paragraph.
    styles = {n: document.styles[f"Heading {n}"].style_id for n in {niveau for niveau, _ in paragraphes if niveau}}
    for niveau, texte in paragraphes:
        document.add_paragraph(texte)._p.style = styles.get(niveau)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
