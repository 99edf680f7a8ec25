"""What changed from a version to another: part by part, words run by run, tables line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.projet.lecture.cadre import Morceau, compare_textes
from communaccord.plateforme.socle.typographie import enumeration, prose

Contenu = Mapping[str, Any]
Ligne = Sequence[str]


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """A line of a table that moved: its name, and each figure that changed (column, before, after)."""

    nom: str
    changements: tuple[tuple[str, str, str], ...] = ()
    genre: str = "change"


@dataclass(frozen=True, slots=True)
class TableauCompare:
    titre: str
    lignes: tuple[LigneComparee, ...]


@dataclass(frozen=True, slots=True)
class PartieComparee:
    """A part that changed. ``ecrit``: what people wrote; ``texte``: the computed words around the tables."""

    titre: str
    genre: str
    ecrit: tuple[Morceau, ...] = ()
    texte: tuple[Morceau, ...] = ()
    tableaux: tuple[TableauCompare, ...] = ()


def compare_versions(avant: Contenu, apres: Contenu) -> tuple[PartieComparee, ...]:
    """Parts that differ, in the order of the document; empty when nothing does."""
    olds = {partie["cle"]: partie for partie in avant["parties"]}
    news = {partie["cle"]: partie for partie in apres["parties"]}
    cles = [*news, *(cle for cle in olds if cle not in news)]
    compared = [compare_partie(olds.get(cle), news.get(cle)) for cle in cles]
    return tuple(partie for partie in compared if partie is not None)


def compare_partie(avant: Contenu | None, apres: Contenu | None) -> PartieComparee | None:
    if avant is None or apres is None:
        present = apres or avant
        assert present is not None
        return PartieComparee(present["titre"], "ajoutee" if avant is None else "retiree")
    if (avant["ecrit"], avant["blocs"]) == (apres["ecrit"], apres["blocs"]):
        return None
    words, tables = (write_texte(avant), write_texte(apres)), compare_tableaux(avant, apres)
    return PartieComparee(
        apres["titre"],
        "changee",
        ecrit=compare_textes(avant["ecrit"], apres["ecrit"]) if avant["ecrit"] != apres["ecrit"] else (),
        texte=compare_textes(*words) if words[0] != words[1] else (),
        tableaux=tables,
    )


def write_texte(partie: Contenu) -> str:
    """The computed words of a part, without its tables and its pictures."""
    textes = []
    for bloc in partie["blocs"]:
        if bloc["type"] == "liste":
            textes += bloc["lignes"]
        elif "texte" in bloc:
            textes.append(f"{bloc.get('terme', '')} {bloc['texte']}".strip())
    return "\n".join(textes)


def index_tableaux(partie: Contenu) -> dict[str, Contenu]:
    return {bloc["titre"]: bloc for bloc in partie["blocs"] if bloc["type"] == "tableau"}


def compare_tableaux(avant: Contenu, apres: Contenu) -> tuple[TableauCompare, ...]:
    """Tables of the same title, line by line (named by the first cell); those that came or went say so."""
    olds, news = index_tableaux(avant), index_tableaux(apres)
    compared = []
    for titre in [*news, *(titre for titre in olds if titre not in news)]:
        if titre in olds and titre in news:
            lignes = compare_lignes(olds[titre], news[titre])
        else:
            lignes = (LigneComparee("", genre="ajoutee" if titre in news else "retiree"),)
        if lignes:
            compared.append(TableauCompare(titre, lignes))
    return tuple(compared)


def compare_lignes(avant: Contenu, apres: Contenu) -> tuple[LigneComparee, ...]:
    """Lines that moved. Two lines of one name are told apart by their order."""
    olds, news = name_lignes(avant["lignes"]), name_lignes(apres["lignes"])
    compared = []
    for cle in [*news, *(cle for cle in olds if cle not in news)]:
        if cle not in olds or cle not in news:
            compared.append(LigneComparee(cle[0], genre="ajoutee" if cle in news else "retiree"))
        elif olds[cle] != news[cle]:
            compared.append(LigneComparee(cle[0], compare_cellules(apres["colonnes"], olds[cle], news[cle])))
    return tuple(compared)


def name_lignes(lignes: Sequence[Ligne]) -> dict[tuple[str, int], Ligne]:
    named: dict[tuple[str, int], Ligne] = {}
    for ligne in lignes:
        rang = sum(nom == ligne[0] for nom, _ in named)
        named[ligne[0], rang] = ligne
    return named


def compare_cellules(colonnes: Ligne, avant: Ligne, apres: Ligne) -> tuple[tuple[str, str, str], ...]:
    return tuple((colonne, old, new) for colonne, old, new in zip(colonnes, avant, apres, strict=False) if old != new)


def write_phrase(parties: Sequence[PartieComparee], avant: int, apres: int) -> str:
    """``De la version 1 à la version 2, deux parties ont changé : …``"""
    if not parties:
        return prose(f"De la version {avant} à la version {apres}, rien n'a changé.")
    noms = enumeration([f"« {partie.titre} »" for partie in parties])
    return prose(f"De la version {avant} à la version {apres} : {noms}.")
