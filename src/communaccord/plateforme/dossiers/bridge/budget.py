"""The years of a frozen scenario, as its result keeps them; a cost shared out among communes to the cent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.noyau.exact import share_total


@dataclass(frozen=True, slots=True)
class AnneeCommune:
    """One commune, one year, in cents; None: unknown."""

    contribution: int
    depense: int | None
    depense_evitee: int | None
    heures: str | None
    service_nouveau: int | None


@dataclass(frozen=True, slots=True)
class BudgetFige:
    """``lignes``: cost lines (family, label, cents by year), receipts negative; the sum of a year is ``a_repartir``.

    ``restes``: what limits leave to somebody else, by year. ``communes``: code > one entry a year.
    """

    annees: tuple[int, ...]
    lignes: tuple[tuple[str, str, tuple[int, ...]], ...]
    a_repartir: tuple[int, ...]
    restes: tuple[int, ...]
    communes: Mapping[str, tuple[AnneeCommune, ...]]


def read_budget(resultat: str) -> BudgetFige:
    """Read the frozen result of a scenario (``Gel.resultat``)."""
    data = json.loads(resultat)
    variante = data["variantes"][0]
    annees = tuple(data["annees"])
    restes = dict.fromkeys(annees, 0)
    for reste in variante["restes"]:
        restes[reste["annee"]] += reste["montant"]
    return BudgetFige(
        annees=annees,
        lignes=tuple((ligne["famille"], ligne["libelle"], tuple(ligne["montants"])) for ligne in variante["cout"]),
        a_repartir=tuple(variante["a_repartir"]),
        restes=tuple(restes[annee] for annee in annees),
        communes={
            commune["code"]: tuple(
                AnneeCommune(
                    annuel["contribution"],
                    annuel["depense_actuelle"],
                    annuel["depense_evitee"],
                    annuel["heures_liberees"],
                    annuel["service_nouveau"],
                )
                for annuel in commune["annees"]
            )
            for commune in variante["communes"]
        },
    )


def share_montant(montant: int, poids: Mapping[str, int]) -> dict[str, int]:
    """Whole cents by code, whose sum is ``montant``; equal parts when every weight is zero."""
    if not any(poids.values()):
        poids = dict.fromkeys(poids, 1)
    return dict(share_total(montant, poids).parts)
