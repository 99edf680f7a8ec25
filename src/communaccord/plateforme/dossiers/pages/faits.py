"""What has just been done, told on the page one comes back to (``?fait=cle``)."""

FAITS = {
    "cree": "Dossier créé, en préparation : complétez ses textes, puis ajoutez un scénario.",
    "modifie": "Dossier enregistré.",
    "presente": "Dossier présenté : les élus et les élues le lisent maintenant.",
    "conclu": "Dossier conclu.",
    "retire": "Dossier retiré.",
    "rouvert": "Dossier rouvert.",
    "collecte_ouverte": "Collecte ouverte : chaque mairie peut donner ses chiffres.",
    "collecte_fermee": "Collecte fermée.",
    "simulation": "Simulation reprise : un scénario par variante, et les chiffres des communes.",
    "scenario_cree": "Scénario enregistré, en brouillon : relisez son aperçu, puis figez-le.",
    "scenario_modifie": "Scénario enregistré.",
    "scenario_fige": "Scénario figé avec ses chiffres : il ne changera plus.",
    "scenario_version": "Nouvelle version en brouillon : l'ancienne reste montrée jusqu'à ce que celle-ci soit figée.",
    "scenario_supprime": "Brouillon supprimé.",
    "chiffres": "Chiffres enregistrés.",
    "formes": "Réponses enregistrées : voici ce qu'elles ouvrent et ce qu'elles ferment.",
    "forme_choisie": "Forme choisie pour ce scénario : son brouillon la porte.",
    "conditions": "Précisions enregistrées.",
    "pieces": "Actes enregistrés.",
    "base": "Montants enregistrés : l'ordre de grandeur est refait.",
    "profondeur": "Partie enregistrée : elle sera figée avec le scénario.",
    "profondeur_reprise": "Repris de l'autre scénario : corrigez ce qui diffère.",
    "effectifs_repris": "Agents repris des chiffres des communes : vérifiez-les, employeur par employeur.",
    "importes": "Chiffres du tableau enregistrés.",
}


def get_fait(cle: str) -> str:
    """The sentence of an act; empty when the address tells none."""
    return FAITS.get(cle, "")
