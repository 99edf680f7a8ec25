"""The whole rapport on paper (PDF/A-2a and PDF/UA-1 in one file): cover, table of contents, parts."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.socle.typographie import date as write_date

GABARIT = Path(__file__).with_name("typst") / "rapport.typ"
MOT_PROJET = "PROJET"
PAS_ENCORE, PAS_ECRITE = "Cette partie n'est pas encore écrite.", "Cette partie n'a pas été écrite."
# In thousandths of the half-width: a bar that is not zero is seen.
PLEIN = 1000


def build_entete(contenu: Mapping[str, Any], edite_le: datetime) -> EnTete:
    """``edite_le``: in the zone of the démarche."""
    return EnTete(contenu["territoire"], contenu["titre"], edite_le, contenu["fictif"])


def write_edition(numero: int | None, edite_le: datetime, *, projet: bool) -> str:
    """``Version 2, 4 décembre 2026``; a draft says that it is one."""
    quoi = f"Version {numero}" if numero else "Brouillon"
    suite = ", document préparatoire" if projet else ""
    return f"{quoi}, {write_date(edite_le)}{suite}"


def render_rapport(contenu: Mapping[str, Any], *, numero: int | None, projet: bool, edite_le: datetime) -> bytes:
    """PDF of a version, or of the draft; ``projet``: not validated by the president, each page says it."""
    data = {
        "surtitre": contenu["sous_titre"],
        "titre_couverture": contenu["titre"],
        "version": write_edition(numero, edite_le, projet=projet),
        "auteur": "Établi par la présidence de l'intercommunalité",
        "article": "Article L. 5211-39-1 du code général des collectivités territoriales.",
        "titre_sommaire": "Sommaire",
        "mentions": [MOT_PROJET] if projet else [],
        "filigrane": MOT_PROJET if projet else "",
        "pied": f"{contenu['titre']} · {write_edition(numero, edite_le, projet=projet)}",
        "moins": "moins qu'aujourd'hui",
        "plus": "plus qu'aujourd'hui",
        "parties": list_parties(contenu, projet=projet),
    }
    return render_papier(GABARIT, contenu["titre"], build_entete(contenu, edite_le), data)


def list_parties(contenu: Mapping[str, Any], *, projet: bool) -> list[dict[str, Any]]:
    """Every part under the number that it has on the screen; one without words nor matter says so."""
    presentes = {partie["cle"]: partie for partie in contenu["parties"]}
    absente = {"blocs": [], "ecrit": PAS_ENCORE if projet else PAS_ECRITE}
    parties = []
    for rang, (cle, titre) in enumerate(ClePartie.choices, start=1):
        partie = presentes.get(cle, {"titre": titre, **absente})
        blocs = [scale(bloc) for bloc in partie["blocs"]]
        parties.append({"titre": f"{rang}. {partie['titre']}", "ecrit": partie["ecrit"], "blocs": blocs})
    return parties


def scale(bloc: Mapping[str, Any]) -> Mapping[str, Any]:
    """Lengths of the bars of a picture, in thousandths of the longest, their side kept apart."""
    if bloc["type"] != "barres":
        return bloc
    highest = max(abs(ligne["valeur"]) for ligne in bloc["lignes"]) or 1
    lignes = [
        {
            "nom": ligne["nom"],
            "texte": ligne["texte"],
            "moins": PLEIN * max(-ligne["valeur"], 0) // highest,
            "plus": PLEIN * max(ligne["valeur"], 0) // highest,
        }
        for ligne in bloc["lignes"]
    ]
    return {**bloc, "lignes": lignes}
