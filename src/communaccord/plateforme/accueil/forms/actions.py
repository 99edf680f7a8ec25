"""What the side buttons of the form do, without JavaScript: the form comes back with its fields changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from communaccord.plateforme.accueil.forms.envoi import Envoi, Etat
from communaccord.plateforme.accueil.forms.page import list_communes, propose_actes
from communaccord.plateforme.accueil.forms.simulation import rebalance_saisie
from communaccord.plateforme.accueil.forms.tableau import apply_tableau, preview_tableau

MAX_COMMUNES = 300


def tick_all(etat: Etat) -> Etat:
    """Every commune takes part."""
    codes = tuple(commune.code for commune in list_communes(etat.saisie, etat.siren))
    saisie = etat.saisie.with_listes({"perimetre": codes})
    return replace(etat, saisie=saisie, message="Toutes les communes sont cochées.")


def untick_all(etat: Etat) -> Etat:
    """No commune takes part: a few are then ticked by hand."""
    saisie = etat.saisie.with_listes({"perimetre": ()})
    return replace(etat, saisie=saisie, message="Plus aucune commune n'est cochée.")


def rebalance(etat: Etat) -> Etat:
    """Bring the keys back to 100 %."""
    return replace(
        etat, saisie=rebalance_saisie(etat.saisie), message="Les parts de la clé sont ramenées à 100\u202f%."
    )


def fill_actes(etat: Etat) -> Etat:
    """Put the usual kinds of acts of urbanism in the table of acts."""
    saisie = propose_actes(etat.saisie)
    return replace(etat, saisie=saisie, message="Types d'actes remplis en exemple : la convention en fixe le poids.")


def refresh(etat: Etat) -> Etat:
    """Draw the form again: new columns for new acts, new blank rows."""
    return replace(etat, message="Le formulaire est à jour.")


def add_communes(etat: Etat) -> Etat:
    """Add the communes of a pasted list, one a line: name, then population after a semicolon or a tab."""
    connues = list_communes(etat.saisie, "")
    noms = {commune.nom.casefold() for commune in connues}
    prises = {commune.code for commune in connues}
    libres = (code for rang in range(1, 10_000) if (code := f"C{rang:02d}") not in prises)
    champs: dict[str, str] = {}
    codes: list[str] = []
    for ligne in etat.envoi.liste.splitlines()[: MAX_COMMUNES - len(connues)]:
        nom, population = split_ligne(ligne)
        if not nom or nom.casefold() in noms:
            continue
        code = next(libres)
        champs |= {f"communes-{code}-nom": nom, f"communes-{code}-population": population}
        codes.append(code)
        noms.add(nom.casefold())
    saisie = etat.saisie.with_champs(champs).with_listes({"perimetre": (*etat.saisie.codes("perimetre"), *codes)})
    accord = "commune ajoutée" if len(codes) < 2 else "communes ajoutées"
    return replace(etat, saisie=saisie, envoi=Envoi(), message=f"{len(codes)} {accord}.")


def split_ligne(ligne: str) -> tuple[str, str]:
    """Name and population of a pasted line, separated by a semicolon or a tab."""
    nom, _, population = ligne[:300].replace("\t", ";").partition(";")
    return " ".join(nom.split()), population.strip(" ;")


ACTIONS: Mapping[str, Callable[[Etat], Etat]] = {
    "toutes": tick_all,
    "aucune": untick_all,
    "recalculer": rebalance,
    "actes": fill_actes,
    "actualiser": refresh,
    "ajouter": add_communes,
    "apercu": preview_tableau,
    "appliquer": apply_tableau,
}
"""Buttons of the form by the value they send; anything else asks for the result."""
