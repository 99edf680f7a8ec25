"""The tree of the projet de territoire on paper: PDF/A and PDF/UA."""

from datetime import datetime
from pathlib import Path

from communaccord.plateforme.documents.papier import EnTete, render_papier
from communaccord.plateforme.projet.pages.plan import write_avancement, write_phrase
from communaccord.plateforme.projet.queries.plan import ActionLue, Arbre
from communaccord.plateforme.territoires.models import Demarche

GABARIT = Path(__file__).with_name("typst") / "plan.typ"
TITRE = "Projet de territoire"


def render_plan(demarche: Demarche, arbre: Arbre, edite_le: datetime) -> bytes:
    """The whole tree, whatever its length."""
    entete = EnTete(demarche.nom_epci, TITRE, edite_le, demarche.fictive)
    return render_papier(GABARIT, TITRE, entete, build_data(arbre))


def build_data(arbre: Arbre) -> dict[str, object]:
    """Every word of the paper, numbered as on the page."""
    return {
        "phrase": write_phrase(arbre) if not arbre.est_vide else "Le plan n'est pas encore écrit.",
        "avancement": write_avancement(arbre),
        "orientations": [
            {
                "titre": f"{rang}. {orientation.titre}",
                "texte": orientation.texte,
                "objectifs": [
                    {
                        "titre": f"{rang}.{place} {objectif.titre}",
                        "texte": objectif.texte,
                        "actions": [build_action(action) for action in objectif.actions],
                    }
                    for place, objectif in enumerate(orientation.objectifs, start=1)
                ],
            }
            for rang, orientation in enumerate(arbre.orientations, start=1)
        ],
        "titre_libres": "Actions qui ne servent encore aucun objectif",
        "libres": [build_action(action) for action in arbre.libres],
        "sans_action": "Aucune action pour l'instant.",
        "sans_objectif": "Aucun objectif pour l'instant.",
    }


def build_action(action: ActionLue) -> dict[str, str]:
    return {"titre": action.titre, "texte": action.texte, "faits": write_faits(action)}


def write_faits(action: ActionLue) -> str:
    """``en cours · portée par … · pilotée par … · échéance : 2028``."""
    parts = [action.etat_dit]
    parts += [f"portée par {action.porteur}"] if action.porteur else []
    parts += [f"pilotée par {action.pilote}"] if action.pilote else []
    parts += [f"échéance : {action.echeance}"] if action.echeance else []
    return " · ".join(parts)
