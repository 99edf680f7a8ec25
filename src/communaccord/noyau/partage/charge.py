"""Workload: volumes of acts weighted by a tariff, one commune at a time."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.erreurs import Impossible
from communaccord.noyau.partage.modele import Bareme, Membre


def compute_charges(membres: Sequence[Membre], bareme: Bareme | None) -> list[Exact | None]:
    """Return the workload of each member: sum of volumes x weights (None as tariff: each act counts for 1).

    Unit: that of the tariff, a year. None when the volumes are unknown. Errors: `Impossible` when an act met has no
    weight in the tariff. Complexity: O(members x types). Source: D5211-16 (units listed by the convention), regles.md
    R-5.3.
    """
    if bareme is None:
        return [None if membre.volumes is None else sum(membre.volumes.values()) for membre in membres]
    diviseur = lcm(*(poids.denominator for poids in bareme.poids.values()))
    entiers = {acte: int(poids * diviseur) for acte, poids in bareme.poids.items()}
    charges: list[Exact | None] = []
    for membre in membres:
        if membre.volumes is None:
            charges.append(None)
            continue
        for acte in membre.volumes:
            if acte not in entiers:
                raise Impossible(
                    f"{membre.libelle} compte des actes « {acte} », que le barème ne cite pas.",
                    "Ajoutez ce type d'acte au barème (poids 0 s'il ne compte pas).",
                )
        somme = sum(entiers[acte] * volume for acte, volume in membre.volumes.items())
        charges.append(Fraction(somme, diviseur) if isinstance(somme, int) else somme / diviseur)
    return charges


def check_connus(valeurs: Sequence[Exact | None], membres: Sequence[Membre], quoi: str) -> list[Exact]:
    """Return figures that must all be known; else `Impossible` names the members where one is missing. O(n)."""
    connues = [valeur for valeur in valeurs if valeur is not None]
    if len(connues) < len(valeurs):
        inconnus = [membre.libelle for membre, valeur in zip(membres, valeurs, strict=True) if valeur is None]
        suite = f" et {len(inconnus) - 5} autres" if len(inconnus) > 5 else ""
        raise Impossible(
            f"Donnée inconnue ({quoi}) pour : {', '.join(inconnus[:5])}{suite}.",
            "Saisissez-la, même estimée, ou choisissez un calcul qui n'en a pas besoin.",
        )
    return connues
