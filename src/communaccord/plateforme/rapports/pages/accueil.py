"""The room of the rapport: how far it is, part by part, and what each action lacks."""

from collections.abc import Mapping, Sequence
from typing import Any

from communaccord.plateforme.rapports.enums import ClePartie
from communaccord.plateforme.rapports.models import Partie
from communaccord.plateforme.rapports.pages.contenu import build_blocs, compute_empreinte, list_manques_partie
from communaccord.plateforme.rapports.pages.contenu.impact import list_manques
from communaccord.plateforme.rapports.queries import ActionSource, Sources
from communaccord.plateforme.socle.typographie import accord, pluriel, prose

# The parts made of figures: the room says which of them moved; the others say it on their own page.
DE_CHIFFRES = frozenset({ClePartie.ETAT_DES_LIEUX, ClePartie.ACTIONS, ClePartie.IMPACT, ClePartie.ANNEXES})
Ligne = Mapping[str, Any]


def build_lignes(sources: Sources, ecrites: Mapping[str, Partie]) -> list[dict[str, Any]]:
    """One line a part: whole or what is missing, who wrote, whether its figures moved since."""
    lignes = []
    for rang, (cle, titre) in enumerate(ClePartie.choices, start=1):
        ecrite = ecrites.get(cle)
        lignes.append(
            {
                "cle": cle,
                "rang": rang,
                "titre": titre,
                "manques": list_manques_partie(sources, cle, ecrite.texte if ecrite else ""),
                "ecrite": ecrite,
                "bougee": cle in DE_CHIFFRES and has_texte(ecrite) and is_bougee(build_blocs(sources, cle), ecrite),
            }
        )
    return lignes


def has_texte(ecrite: Partie | None) -> bool:
    return ecrite is not None and bool(ecrite.texte.strip())


def is_bougee(blocs: Sequence[Mapping[str, Any]], ecrite: Partie | None) -> bool:
    """Whether the matter that people wrote beside has moved; an empty text has nothing to say of it."""
    return ecrite is not None and has_texte(ecrite) and ecrite.empreinte != compute_empreinte(blocs)


def write_phrase(lignes: Sequence[Ligne], sources: Sources) -> str:
    """``7 parties sur 9 sont prêtes ; 2 actions n'ont pas encore tous les effectifs prévus.``"""
    pretes = sum(not ligne["manques"] for ligne in lignes)
    if pretes == len(lignes):
        return prose(f"Le rapport est prêt : ses {len(lignes)} parties sont complètes.")
    texte = f"{pluriel(pretes, 'partie')} sur {len(lignes)} {accord(pretes, 'est prête', 'sont prêtes')}"
    if not sources.retenues:
        return prose(f"{texte} ; aucune action n'y est encore.")
    sans = sum(lacks_effectifs(action) for action in sources.retenues)
    if sans:
        texte += f" ; {pluriel(sans, 'action')} {accord(sans, 'n’a', 'n’ont')} pas encore tous les effectifs prévus"
    return prose(f"{texte}.")


def lacks_effectifs(action: ActionSource) -> bool:
    """Without a scenario an action lacks everything."""
    return action.scenario is None or any("effectifs" in manque for manque in list_manques(action))


def build_actions(sources: Sources) -> list[dict[str, Any]]:
    """One line a presented dossier: there or not, its scenario, what it lacks."""
    return [
        {
            "dossier": action.dossier,
            "retenue": action.est_retenue,
            "scenario": action.scenario,
            "manques": [prose(manque) for manque in list_manques(action)] if action.est_retenue else [],
        }
        for action in sources.actions
    ]
