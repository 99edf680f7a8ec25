"""The form of a part of the charte."""

from communaccord.plateforme.projet.forms.champs import check_longueur
from communaccord.plateforme.socle.saisie import Saisie
from communaccord.simulateur import Anomalie

TEXTE_MAX = 12_000


def check_partie(saisie: Saisie) -> list[Anomalie]:
    """What is to be mended in the text of a part."""
    if not saisie.texte("texte").strip():
        que_faire = "Écrivez-la, ou revenez à la charte et reprenez le texte proposé."
        return [Anomalie("texte", "Texte", "cette partie est vide.", que_faire)]
    return check_longueur(saisie, "texte", "Texte", TEXTE_MAX)
