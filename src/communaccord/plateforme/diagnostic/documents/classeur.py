"""The workbook of one sheet: a tab for each part, pre-filled, everything locked but the answers; no formula, ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from communaccord.plateforme.diagnostic.calculs.valeurs import ReponseSaisie, is_nombre, list_choix
from communaccord.plateforme.diagnostic.enums import NON, OUI, Colonne, Qualite, Volet
from communaccord.plateforme.diagnostic.lecture import gabarit
from communaccord.plateforme.diagnostic.models import Fiche, Ligne
from communaccord.plateforme.diagnostic.pages.classeur import Prerempli
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import prose
from communaccord.simulateur.xlsx import open_classeur, write_texte

LARGEURS = {
    gabarit.LIBELLE: 38,
    gabarit.AIDE: 46,
    gabarit.UNITE: 16,
    Colonne.VALEUR: 34,
    gabarit.SOURCE: 28,
    gabarit.QUALITE: 18,
    gabarit.COMMENTAIRE: 34,
}
LARGEUR, HAUTEUR_TITRES = 14, 48
OUVERT = {"locked": False, "bg_color": "#FFF9E8", "border": 1, "border_color": "#B9BEC6", "text_wrap": True}
FERME = {"locked": True, "bg_color": "#ECEEF1", "border": 1, "border_color": "#D9DCE1"}
CONSIGNES = (
    "Remplissez les cases jaunes ; les cases grises ne demandent rien. Rien n'est obligatoire : laissez vide, ou "
    "choisissez « oui » dans la colonne « Je ne sais pas ».",
    "Ce qui est déjà écrit vient de votre fiche, ou d'un fichier public dit dans la colonne « Source » : corrigez si "
    "besoin.",
    "Les nombres s'écrivent à la française (1 234,5). Une formule est admise si votre tableur a enregistré son "
    "résultat.",
    "Gardez les feuilles et leurs lignes comme elles sont. Enregistrez au format .xlsx, puis déposez ce fichier sur la "
    "page de la fiche, ou rendez-le à l'équipe projet. Rien n'est enregistré avant que vous ayez relu l'aperçu.",
)


@dataclass(slots=True)
class Plume:
    """The book, its styles, the lists of the drop-downs (each written once in a hidden sheet)."""

    book: Workbook
    styles: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)
    listes: dict[tuple[str, ...], str] = field(default_factory=dict)
    feuille_choix: Worksheet | None = None

    def style(self, **options: object) -> Format:
        cle = tuple(sorted(options.items()))
        if cle not in self.styles:
            self.styles[cle] = self.book.add_format({"valign": "top", "font_size": 11, **options})
        return self.styles[cle]

    def refer_liste(self, choix: Sequence[str]) -> str:
        """Reference of the range that holds a list of words."""
        cle = tuple(choix)
        if cle not in self.listes:
            if self.feuille_choix is None:
                self.feuille_choix = self.book.add_worksheet(gabarit.FEUILLE_CHOIX)
                self.feuille_choix.very_hidden()
            colonne = len(self.listes)
            for rang, mot in enumerate(cle):
                write_texte(self.feuille_choix, rang, colonne, mot)
            nom = xl_col_to_name(colonne)
            self.listes[cle] = f"='{gabarit.FEUILLE_CHOIX}'!${nom}$1:${nom}${len(cle)}"
        return self.listes[cle]


def build_classeur(
    fiche: Fiche, nom: str, lignes: Sequence[Ligne], preremplis: Mapping[int, Prerempli], instant: datetime
) -> bytes:
    """The XLSX of a sheet. ``nom``: of the commune or of the intercommunalité; ``preremplis`` by pk of line.

    The same content and instant give the same bytes. Complexity: O(lines x columns).
    """
    out = BytesIO()
    with open_classeur(out) as book:
        plume = Plume(book)
        write_lisez_moi(plume, fiche, nom, instant)
        for volet in Volet:
            propres = [ligne for ligne in lignes if ligne.volet == volet]
            if propres:
                write_volet(plume, volet, nom, propres, preremplis)
        write_tampon(book, fiche, instant)
    return out.getvalue()


def write_lisez_moi(plume: Plume, fiche: Fiche, nom: str, instant: datetime) -> None:
    sheet = plume.book.add_worksheet(gabarit.FEUILLE_LISEZ_MOI)
    sheet.set_column(0, 0, 100)
    demarche, campagne = fiche.campagne.demarche, fiche.campagne
    local, fin = instant.astimezone(demarche.zone), campagne.echeance
    textes = [
        f"{demarche.nom_epci}, {campagne.titre} : chiffres de {campagne.annee}.",
        f"Classeur préparé le {write_date(local)}, avec ce que la fiche contenait alors.",
        *(["Territoire fictif : tout y est inventé."] if demarche.fictive else []),
        *([f"Réponses attendues jusqu'au {write_date(fin)}."] if fin and fin >= local.date() else []),
        *CONSIGNES,
    ]
    write_texte(sheet, 0, 0, prose(f"Fiche d'état des lieux : {nom}"), plume.style(bold=True, font_size=16))
    for rang, texte in enumerate(textes, start=2):
        write_texte(sheet, rang, 0, prose(texte), plume.style(text_wrap=True))
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def write_volet(
    plume: Plume, volet: Volet, nom: str, lignes: Sequence[Ligne], preremplis: Mapping[int, Prerempli]
) -> None:
    """One tab: titles, then a row a line; the keys are in two hidden columns and one hidden row."""
    sheet = plume.book.add_worksheet(gabarit.FEUILLES[volet])
    colonnes = gabarit.list_colonnes(lignes)
    write_texte(sheet, gabarit.LIGNE_TITRE, 2, prose(f"{volet.label} : {nom}"), plume.style(bold=True, font_size=14))
    write_texte(sheet, gabarit.LIGNE_CONSIGNE, 2, "Remplissez les cases jaunes.", plume.style(italic=True))
    for rang, colonne in enumerate(colonnes):
        options = {"hidden": True} if colonne in (gabarit.CLE, gabarit.VERSION) else {}
        sheet.set_column(rang, rang, LARGEURS.get(colonne, LARGEUR), None, options)
        write_texte(sheet, gabarit.LIGNE_NOMS, rang, colonne)
        titre = gabarit.TITRES.get(colonne, colonne)
        write_texte(sheet, gabarit.LIGNE_TITRES, rang, titre, plume.style(bold=True, text_wrap=True, bottom=2))
    sheet.set_row(gabarit.LIGNE_NOMS, None, None, {"hidden": True})
    sheet.set_row(gabarit.LIGNE_TITRES, HAUTEUR_TITRES)
    for numero, ligne in enumerate(lignes, start=gabarit.LIGNE_DEBUT):
        write_ligne(plume, sheet, numero, colonnes, ligne, preremplis.get(ligne.pk, Prerempli(ReponseSaisie())))
    set_listes(plume, sheet, colonnes, lignes)
    sheet.freeze_panes(gabarit.LIGNE_DEBUT, 3)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(gabarit.LIGNE_TITRES)


def write_ligne(
    plume: Plume, sheet: Worksheet, numero: int, colonnes: Sequence[str], ligne: Ligne, prerempli: Prerempli
) -> None:
    fixes = {
        gabarit.CLE: ligne.cle,
        gabarit.VERSION: str(prerempli.version),
        gabarit.LIBELLE: prose(ligne.libelle),
        gabarit.AIDE: prose(ligne.aide),
        gabarit.UNITE: prose(ligne.unite),
    }
    for rang, colonne in enumerate(colonnes):
        if colonne in fixes:
            bold = colonne == gabarit.LIBELLE
            write_texte(sheet, numero, rang, fixes[colonne], plume.style(text_wrap=True, bold=bold))
        elif not gabarit.is_ouverte(ligne, colonne):
            sheet.write_blank(numero, rang, None, plume.style(**FERME))
        else:
            write_case(plume, sheet, (numero, rang), ligne, colonne, prerempli.reponse)


def set_listes(plume: Plume, sheet: Worksheet, colonnes: Sequence[str], lignes: Sequence[Ligne]) -> None:
    """The drop-downs of a tab, one for each list of words, whatever the number of cells that offer it."""
    places: dict[str, list[list[int]]] = {}
    for numero, ligne in enumerate(lignes, start=gabarit.LIGNE_DEBUT):
        for rang, colonne in enumerate(colonnes):
            choix = list_mots(ligne, colonne) if gabarit.is_ouverte(ligne, colonne) else []
            if choix:
                places.setdefault(plume.refer_liste(choix), []).append([numero, rang, numero, rang])
    for source, (premiere, *autres) in places.items():
        options = {"validate": "list", "source": source, "other_cells": autres}
        sheet.data_validation(*premiere, options if autres else {"validate": "list", "source": source})


def write_case(
    plume: Plume, sheet: Worksheet, place: tuple[int, int], ligne: Ligne, colonne: str, reponse: ReponseSaisie
) -> None:
    """One cell to fill, with what is known."""
    valeur = write_valeur(ligne, colonne, reponse)
    if isinstance(valeur, int) and colonne == gabarit.ANNEE:
        sheet.write_number(*place, valeur, plume.style(**OUVERT))
    elif isinstance(valeur, int):
        entier = valeur % 100 == 0
        sheet.write_number(*place, valeur / 100, plume.style(**OUVERT, num_format="#,##0" if entier else "#,##0.00"))
    elif valeur:
        write_texte(sheet, *place, valeur, plume.style(**OUVERT))
    else:
        sheet.write_blank(*place, None, plume.style(**OUVERT))


def list_mots(ligne: Ligne, colonne: str) -> list[str]:
    """Words of the drop-down of a cell; empty when it is free."""
    if colonne == gabarit.INCONNU:
        return [OUI]
    if colonne == gabarit.QUALITE:
        return list(Qualite.labels)
    if colonne == Colonne.TITULAIRE_UNIQUE:
        return [OUI, NON]
    return [mot for _, mot in list_choix(ligne)] if colonne == Colonne.VALEUR else []


def write_valeur(ligne: Ligne, colonne: str, reponse: ReponseSaisie) -> str | int | None:
    """What a cell holds: hundredths or a year (int), words; None when it is empty."""
    dites: dict[str, str | int | None] = {
        gabarit.INCONNU: OUI if reponse.inconnu else None,
        gabarit.ANNEE: reponse.annee,
        gabarit.SOURCE: reponse.source,
        gabarit.QUALITE: Qualite(reponse.qualite).label,
        gabarit.COMMENTAIRE: reponse.commentaire,
    }
    if colonne in dites:
        return dites[colonne]
    valeur = reponse.valeurs.get(colonne)
    if valeur is None or is_nombre(ligne, colonne) or colonne == Colonne.TITULAIRE_UNIQUE:
        return valeur
    return dict(list_choix(ligne)).get(str(valeur), str(valeur))


def write_tampon(book: Workbook, fiche: Fiche, instant: datetime) -> None:
    """What tells whose workbook it is, of which campaign, from when; in a sheet that no menu shows."""
    sheet = book.add_worksheet(gabarit.FEUILLE_TAMPON)
    tampon = {
        "format": str(gabarit.FORMAT),
        "demarche": str(fiche.campagne.demarche_id),
        "campagne": str(fiche.campagne_id),
        "fiche": str(fiche.pk),
        "telecharge_le": instant.isoformat(),
    }
    for rang, (cle, valeur) in enumerate(tampon.items()):
        write_texte(sheet, rang, 0, cle)
        write_texte(sheet, rang, 1, valeur)
    sheet.very_hidden()
