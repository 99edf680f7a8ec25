"""What has just been done, told on the page one comes back to (``?fait=cle``)."""

FAITS = {
    "partie": "Texte enregistré.",
    "relue": "C'est noté : le texte convient aux chiffres d'aujourd'hui.",
    "action": "Action enregistrée dans le rapport.",
    "figee": "Version figée : elle ne changera plus. La présidence peut la valider.",
    "retiree": "Validation retirée : la version porte de nouveau le mot « projet », et les conseils ne la lisent plus.",
    "validee": "Version validée : les conseillères et conseillers la lisent, et les lettres sont prêtes à signer.",
}


def get_fait(cle: str) -> str:
    """The sentence of an act; empty when the address tells none."""
    return FAITS.get(cle, "")
