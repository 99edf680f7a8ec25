"""Dividing an estate too small for the claims on it: proportionally, equally, or as the Talmud does. All exact."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.values.rounding import build_allocation

# Claims and estate to what each receives; the parts sum to the estate.
Division = Callable[[Sequence[Fraction], Fraction], list[Fraction]]


def talmud(claims: Sequence[int], estate: int) -> Allocation:
    """Return what each claim receives, cents: equal parts up to half of it; beyond half the estate, equal losses.

    Shapes: claims and estate in cents, >= 0, the estate no more than the claims together. It is the nucleolus of the
    bankruptcy game. Errors: DonneeInvalide outside that. O(n log n). Source: Aumann and Maschler, "Game theoretic
    analysis of a bankruptcy problem from the Talmud", Journal of Economic Theory 36, 1985.
    """
    return build_allocation("talmud", divide_talmud([Fraction(claim) for claim in claims], Fraction(estate)))


def divide_proportionally(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """Divide in proportion to the claims, of whatever sign. O(n). Source: definition.

    Errors: DonneeInvalide when they sum to zero.
    """
    total = sum(claims, Fraction(0))
    if total == 0:
        raise DonneeInvalide(
            "Les montants qui servent de clé s'annulent : rien ne dit comment partager.", "Choisissez une autre règle."
        )
    return [claim * estate / total for claim in claims]


def divide_equally(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """Divide equally, nobody above its claim (constrained equal awards). O(n log n).

    Errors: see `check_claims`. Source: Maimonides, as told in Aumann and Maschler 1985.
    """
    check_claims(claims, estate)
    left, awards = estate, [Fraction(0)] * len(claims)
    order = sorted(range(len(claims)), key=lambda claimant: claims[claimant])
    for rank, claimant in enumerate(order):
        awards[claimant] = min(claims[claimant], left / (len(claims) - rank))
        left -= awards[claimant]
    return awards


def divide_losses(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """Divide so that losses are equal, nobody below zero (constrained equal losses). O(n log n).

    Errors: see `check_claims`. Source: Maimonides, as told in Aumann and Maschler 1985.
    """
    losses = divide_equally(claims, sum(claims, Fraction(0)) - estate)
    return [claim - loss for claim, loss in zip(claims, losses, strict=True)]


def divide_talmud(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """Divide as `talmud` does, before rounding. O(n log n). Errors: see `check_claims`. Source: see `talmud`."""
    check_claims(claims, estate)
    halves = [claim / 2 for claim in claims]
    half = sum(halves, Fraction(0))
    if estate <= half:
        return divide_equally(halves, estate)
    losses = divide_equally(halves, 2 * half - estate)
    return [claim - loss for claim, loss in zip(claims, losses, strict=True)]


def check_claims(claims: Sequence[Fraction], estate: Fraction) -> None:
    """Errors: DonneeInvalide unless claims are >= 0 and the estate between 0 and their sum. O(n)."""
    if not claims or min(claims) < 0:
        raise DonneeInvalide(
            "Une créance est négative, ou il n'y en a aucune.", "Donnez au moins une créance positive."
        )
    if not 0 <= estate <= sum(claims):
        raise DonneeInvalide(
            "Le montant à partager n'est pas compris entre zéro et la somme des créances.",
            "Vérifiez le montant et les créances.",
        )
