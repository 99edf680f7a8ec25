"""The room of the rapport: how far it is, part by part, and what each action lacks."""

from collections.abc import Mapping, Sequence
from typing import Any

from communaccord.plateforme.rapports.models import Partie
from communaccord.plateforme.rapports.pages.contenu import PartieCalculee
from communaccord.plateforme.rapports.pages.contenu.impact import list_manques
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.socle.typographie import accord, pluriel, prose


def write_phrase(parties: Sequence[PartieCalculee], sources: Sources) -> str:
    """``Le rapport est prêt à 7 parties sur 9 ; 2 actions n'ont pas encore leurs effectifs.``"""
    pretes = sum(not partie.manques for partie in parties)
    sans = sum(has_manque(action, "effectifs") for action in sources.retenues)
    if pretes == len(parties):
        return prose(f"Le rapport est prêt : ses {len(parties)} parties sont complètes.")
    texte = f"Le rapport est prêt à {pluriel(pretes, 'partie')} sur {len(parties)}"
    if not sources.retenues:
        return prose(f"{texte} ; aucune action n'y est encore.")
    if sans:
        texte += f" ; {pluriel(sans, 'action')} {accord(sans, 'n’a', 'n’ont')} pas encore tous les effectifs prévus"
    return prose(f"{texte}.")


def has_manque(action: ActionSource, mot: str) -> bool:
    """Whether what this action lacks is about ``mot``; without a scenario it lacks everything."""
    return any(mot in manque or manque == "un scénario retenu" for manque in list_manques(action))


def build_lignes(parties: Sequence[PartieCalculee], ecrites: Mapping[str, Partie]) -> list[dict[str, Any]]:
    """One line a part: ready or what is missing, who wrote, whether its figures moved since."""
    return [
        {
            "partie": partie,
            "rang": rang,
            "ecrite": ecrites.get(partie.cle),
            "bougee": is_bougee(partie, ecrites.get(partie.cle)),
        }
        for rang, partie in enumerate(parties, start=1)
    ]


def is_bougee(partie: PartieCalculee, ecrite: Partie | None) -> bool:
    """Whether the figures that people wrote beside have moved; an empty text has nothing to say of them."""
    return ecrite is not None and bool(ecrite.texte.strip()) and ecrite.empreinte != partie.empreinte


def build_actions(sources: Sources) -> list[dict[str, Any]]:
    """One line a presented dossier: there or not, its scenario, what it lacks."""
    return [
        {
            "action": action,
            "dossier": action.dossier,
            "retenue": action.est_retenue,
            "scenario": action.scenario,
            "manques": [prose(manque) for manque in list_manques(action)] if action.est_retenue else [],
        }
        for action in sources.actions
    ]
