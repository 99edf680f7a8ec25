"""What has just been done in the état des lieux, told on the page one comes back to (``?fait=cle``)."""

FAITS = {
    "preparee": "État des lieux préparé : relisez le questionnaire, puis ouvrez-le aux communes.",
    "modifiee": "Présentation enregistrée.",
    "ouverte": "État des lieux ouvert : chaque commune a sa fiche, les mairies reçoivent un courriel.",
    "close": "État des lieux clos.",
    "rouverte": "État des lieux rouvert.",
    "rappel": "Rappel envoyé aux mairies dont la fiche n'est pas validée.",
    "ligne": "Questionnaire enregistré.",
    "retiree": "Ligne retirée : elle est au bas de sa partie, d'où elle peut être remise avec ses réponses.",
    "service_deja": "Le questionnaire demande déjà ce service.",
    "remise": "Ligne remise au questionnaire.",
    "proposee": "Proposition envoyée à l'équipe projet.",
    "retenue": "Proposition retenue : le questionnaire est à jour.",
    "ecartee": "Réponse envoyée à la mairie.",
    "enregistre": "Enregistré.",
    "enregistre_question": "Enregistré ; votre question est posée à l'équipe projet.",
    "reprise": "Donnée publique reprise.",
    "validee": "Fiche validée. Merci !",
    "fiche_rouverte": "Fiche rouverte.",
    "repondu": "Réponse envoyée à la mairie.",
}


def get_fait(cle: str) -> str:
    """The sentence of an act; empty when the address tells none."""
    return FAITS.get(cle, "")
