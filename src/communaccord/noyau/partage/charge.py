"""Workload: volumes of acts weighted by a tariff, one commune at a time."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.erreurs import Impossible
from communaccord.noyau.partage.modele import Bareme, Membre


def compute_charges(membres: Sequence[Membre], bareme: Bareme | None) -> list[Exact | None]:
    """Return the workload of each member: sum of volumes x weights (None as tariff: each act counts for 1).

    Unit: that of the tariff, a year. None when the volumes are unknown. Errors: `Impossible` when an act met has no
    weight in the tariff. Complexity: O(members x types). Source: CGCT D5211-16 (units listed by the convention,
    R-5.3).
    """
    diviseur = 1 if bareme is None else lcm(*(poids.denominator for poids in bareme.poids.values()))
    entiers = None if bareme is None else {acte: int(poids * diviseur) for acte, poids in bareme.poids.items()}
    return [_weigh(membre, entiers, diviseur) for membre in membres]


def _weigh(membre: Membre, poids: Mapping[str, int] | None, diviseur: int) -> Exact | None:
    """Workload of one member, in integers over one denominator."""
    volumes = membre.volumes
    if volumes is None:
        return None
    echelle = lcm(*[volume.denominator for volume in volumes.values()])
    somme = 0
    for acte, volume in volumes.items():
        unite = 1 if poids is None else poids.get(acte)
        if unite is None:
            raise Impossible(
                f"{membre.libelle} compte des actes « {acte} », que le barème ne cite pas.",
                "Ajoutez ce type d'acte au barème (poids 0 s'il ne compte pas).",
            )
        somme += unite * volume.numerator * (echelle // volume.denominator)
    return somme if diviseur * echelle == 1 else Fraction(somme, diviseur * echelle)


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
