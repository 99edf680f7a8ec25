"""The sentence that opens the page: what the variant does to the budgets of the communes, in ten seconds."""

from collections.abc import Sequence

from communaccord.noyau.partage import Effet
from communaccord.simulateur.ecriture import FINE, format_montant, format_nombre, pluralize, round_par_habitant
from communaccord.simulateur.resultat.budget import count_moins


def build_phrase(effets: Sequence[Effet], annee: int, *, estime: bool) -> str:
    """Return the sentence for one year: how many communes would pay less on their budget, and the spread by
    inhabitant. Without any spending known today, only the spread: nothing stands for what is unknown.
    """
    moins = count_moins(effets)
    contribution = _spread(effets, estime=estime)
    if moins is None:
        pour = "la seule commune qui participe" if len(effets) == 1 else pluralize(len(effets), "commune")
        return f"En {annee}, pour {pour}, {contribution}."
    if len(effets) == 1:
        verbe = "paierait moins" if moins else "ne paierait pas moins"
        return (
            f"En {annee}, la seule commune qui participe {verbe} qu'aujourd'hui sur son budget{FINE}; {contribution}."
        )
    verbe = "paieraient" if moins > 1 else "paierait"
    sujet = format_nombre(moins, 0) if moins else "aucune ne"
    inconnues = sum(effet.depense_actuelle is None for effet in effets)
    restent = pluralize(inconnues, "dépense reste inconnue", "dépenses restent inconnues")
    suite = f" ({restent})" if inconnues else ""
    sur = pluralize(len(effets), "commune")
    comparaison = f"{sujet} {verbe} moins qu'aujourd'hui sur le budget{suite}"
    return f"En {annee}, sur {sur}, {comparaison}{FINE}; {contribution}."


def _spread(effets: Sequence[Effet], *, estime: bool) -> str:
    par_habitant = [effet.par_habitant for effet in effets if effet.par_habitant is not None]
    if not par_habitant:
        return "aucune n'a d'habitant, la contribution par habitant n'a pas de sens"
    bas, haut = (round_par_habitant(borne, estime=estime) for borne in (min(par_habitant), max(par_habitant)))
    de = "d'environ" if estime and haut else "de"
    if bas == haut:
        return f"la contribution serait {de} {format_montant(bas)} par habitant"
    return f"la contribution irait {de} {format_montant(bas)} à {format_montant(haut)} par habitant"
