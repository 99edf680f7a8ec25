"""The sentence that opens the page: what the variant does to the communes, in ten seconds."""

from collections.abc import Sequence

from communaccord.noyau.partage import Effet
from communaccord.simulateur.ecriture import format_montant, format_nombre, pluralize, round_par_habitant

# A difference of less than one euro is no difference for a council.
SEUIL_EGALITE = 100


def build_phrase(effets: Sequence[Effet], annee: int, *, estime: bool) -> str:
    """Return the sentence for one year: how many communes would pay less, and the spread by inhabitant."""
    debut = f"En {annee}, sur {pluralize(len(effets), 'commune')}"
    if len(effets) == 1:
        debut = f"En {annee}, pour la seule commune qui participe"
    return f"{debut}, {_compare(effets)} ; {_spread(effets, estime=estime)}.".replace(" ;", "\u202f;")


def _compare(effets: Sequence[Effet]) -> str:
    connus = [effet.ecart_aujourd_hui for effet in effets if effet.ecart_aujourd_hui is not None]
    reference = "qu'aujourd'hui"
    if not connus:
        connus = [effet.ecart_seul for effet in effets if effet.ecart_seul is not None]
        reference = "que seules pour le même service" if len(effets) > 1 else "que seule pour le même service"
    if not connus:
        return "la comparaison attend le coût actuel de chacune"
    moins = sum(ecart <= -SEUIL_EGALITE for ecart in connus)
    inconnues = len(effets) - len(connus)
    verbe = "paieraient" if moins > 1 else "paierait"
    sujet = "aucune ne" if moins == 0 else format_nombre(moins, 0)
    suite = f" ({pluralize(inconnues, 'coût reste inconnu', 'coûts restent inconnus')})" if inconnues else ""
    return f"{sujet} {verbe} moins {reference}{suite}"


def _spread(effets: Sequence[Effet], *, estime: bool) -> str:
    par_habitant = [effet.par_habitant for effet in effets if effet.par_habitant is not None]
    if not par_habitant:
        return "aucune n'a d'habitant, la contribution par habitant n'a pas de sens"
    bas, haut = min(par_habitant), max(par_habitant)
    de, bas_ecrit, haut_ecrit = (
        ("d'environ", round_par_habitant(bas), round_par_habitant(haut)) if estime else ("de", bas, haut)
    )
    if format_montant(bas_ecrit) == format_montant(haut_ecrit):
        return f"la contribution serait {de} {format_montant(bas_ecrit)} par habitant"
    return f"la contribution irait {de} {format_montant(bas_ecrit)} à {format_montant(haut_ecrit)} par habitant"
