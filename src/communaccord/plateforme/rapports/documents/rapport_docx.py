"""The rapport as a text file, to be finished by hand: the same blocks as on paper."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from communaccord.plateforme.rapports.documents.rapport import MOT_PROJET, build_entete, write_edition
from communaccord.plateforme.rapports.documents.texte import TexteLong

ARTICLE = "Article L. 5211-39-1 du code général des collectivités territoriales."
AUTEUR = "Établi par la présidence de l'intercommunalité"


def render_docx(contenu: Mapping[str, Any], *, numero: int | None, projet: bool, edite_le: datetime) -> bytes:
    """DOCX of a version, or of the draft."""
    mentions = (MOT_PROJET,) if projet else ()
    texte = TexteLong(contenu["titre"], build_entete(contenu, edite_le), mentions)
    lignes = [write_edition(numero, edite_le, projet=projet), AUTEUR, ARTICLE]
    lignes += ["Territoire et chiffres fictifs."] if contenu["fictif"] else []
    texte.add_couverture(contenu["territoire"], contenu["titre"], contenu["sous_titre"], lignes)
    texte.add_sommaire("Sommaire", [partie["titre"] for partie in contenu["parties"]])
    for partie in contenu["parties"]:
        texte.add_titre(partie["titre"], 1)
        for paragraphe in partie["ecrit"].split("\n\n"):
            if paragraphe.strip():
                texte.add_paragraphe(paragraphe.strip())
        for bloc in partie["blocs"]:
            ECRITURES[bloc["type"]](texte, bloc)
    return texte.to_bytes()


def add_bloc_tableau(texte: TexteLong, bloc: Mapping[str, Any]) -> None:
    texte.add_chiffres(bloc["titre"], bloc["colonnes"], bloc["lignes"], textes=bloc["textes"], total=bloc["total"])


def skip_image(texte: TexteLong, bloc: Mapping[str, Any]) -> None:
    """A picture is not drawn here: the table that follows it says the same."""


ECRITURES: Mapping[str, Callable[[TexteLong, Mapping[str, Any]], None]] = {
    "paragraphe": lambda texte, bloc: texte.add_paragraphe(bloc["texte"]),
    "fait": lambda texte, bloc: texte.add_fait(bloc["terme"], bloc["texte"]),
    "note": lambda texte, bloc: texte.add_note(bloc["texte"]),
    "encart": lambda texte, bloc: texte.add_mention(bloc["texte"]),
    "titre": lambda texte, bloc: texte.add_titre(bloc["texte"], bloc["niveau"]),
    "liste": lambda texte, bloc: texte.add_liste(bloc["lignes"]),
    "tableau": add_bloc_tableau,
    "barres": skip_image,
}
