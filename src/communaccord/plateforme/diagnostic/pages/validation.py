"""Before a sheet is validated: what it answers, what it says unknown, what it leaves empty, what is to check."""

from collections.abc import Mapping, Sequence
from typing import Any

from communaccord.plateforme.diagnostic.calculs.vraisemblance import list_doutes
from communaccord.plateforme.diagnostic.enums import Volet
from communaccord.plateforme.diagnostic.models import DonneePublique, Ligne, Reponse
from communaccord.plateforme.diagnostic.pages.fiche import is_remplie
from communaccord.plateforme.socle.typographie import accord, pluriel, prose


def build_bilan(
    lignes: Sequence[Ligne], reponses: Mapping[int, Reponse], publiques: Mapping[str, DonneePublique]
) -> dict[str, Any]:
    """Three counts, the empty lines part by part, the lines to check."""
    remplies = [reponses[ligne.pk] for ligne in lignes if is_remplie(reponses.get(ligne.pk))]
    inconnues = sum(reponse.inconnu for reponse in remplies)
    doutes = list_doutes(lignes, reponses, publiques)
    vides = [ligne for ligne in lignes if not is_remplie(reponses.get(ligne.pk))]
    return {
        "phrase": write_bilan(len(remplies) - inconnues, inconnues, len(vides)),
        "vides": [
            {"volet": volet.value, "titre": volet.label, "lignes": found}
            for volet in Volet
            if (found := [ligne for ligne in vides if ligne.volet == volet])
        ],
        "doutes": [
            {"ligne": ligne, "phrases": [prose(phrase) for phrase in doutes[ligne.pk]]}
            for ligne in lignes
            if ligne.pk in doutes
        ],
        "rien": not remplies,
    }


def write_bilan(repondues: int, inconnues: int, vides: int) -> str:
    """``20 lignes répondues, 2 « je ne sais pas », 4 vides.``"""
    parts = [f"{pluriel(repondues, 'ligne')} {accord(repondues, 'répondue', 'répondues')}"]
    parts += [f"{inconnues} « je ne sais pas »"] if inconnues else []
    parts += [pluriel(vides, "vide", "vides")] if vides else []
    return prose(", ".join(parts) + ".")
