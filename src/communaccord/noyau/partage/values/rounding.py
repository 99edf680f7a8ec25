"""From shares to cents: largest remainders, decided exactly, or told as undecided."""

from collections.abc import Hashable, Sequence
from fractions import Fraction

from communaccord.noyau.exact import EgaliteReste, share_remainder
from communaccord.noyau.partage.game.allocation import Allocation

SCALE = 80


def name_member(member: int) -> str:
    """Return the code under which a member is ranked in a tie: its number, so that 2 comes before 10."""
    return f"{member:06d}"


def build_allocation(rule: str, shares: Sequence[Fraction], caveat: str = "") -> Allocation:
    """Round exact shares, whose sum is whole, to cents.

    Ties go to the largest share, then the lowest number. O(n log n). Errors: ValueError when the sum is not whole.
    Source: largest remainders, see `noyau.exact.share_entiers`.
    """
    parts = share_remainder({name_member(member): share for member, share in enumerate(shares)})
    cents = tuple(parts.parts[name_member(member)] for member in range(len(shares)))
    return Allocation(cents, rule, tuple(shares), tie=parts.egalite, caveat=caveat)


def round_approximate(
    shares: Sequence[Fraction], bounds: Sequence[Fraction], twins: Sequence[Hashable], total: int
) -> tuple[tuple[int, ...], EgaliteReste | None, bool]:
    """Round shares known within `bounds` to cents whose sum is `total`; say the tie, and whether they are certain.

    `twins`: members with equal keys have exactly equal true shares (and are given equal `shares` and `bounds`). Certain
    means: whatever the true shares are within their bounds, `share_entiers` of them gives these cents. That holds when
    no bound contains a whole cent, and when at the last cent served the remainders are apart by more than their
    bounds, or belong to twins. O(n log n).
    """
    sign = -1 if total < 0 else 1
    seen, reach = scale_to_integers([sign * share for share in shares], bounds)
    floors = [(share - bound) >> SCALE for share, bound in zip(seen, reach, strict=True)]
    certain = all((share + bound) >> SCALE == low for share, bound, low in zip(seen, reach, floors, strict=True))
    left = [share - (low << SCALE) for share, low in zip(seen, floors, strict=True)]
    order = sorted(range(len(shares)), key=lambda i: (-left[i], -seen[i], i))
    to_serve = sign * total - sum(floors)
    if not 0 <= to_serve <= len(order):
        return _serve_at_any_price(floors, order, to_serve, sign), None, False
    served, others = order[:to_serve], order[to_serve:]
    tie = _find_twin_tie(order, to_serve, twins)
    block = set() if tie is None else {int(code) for code in tie.codes}
    certain = certain and _is_apart(served, others, block, left, reach)
    for member in served:
        floors[member] += 1
    return tuple(sign * value for value in floors), tie if certain else None, certain


def scale_to_integers(shares: Sequence[Fraction], bounds: Sequence[Fraction]) -> tuple[list[int], list[int]]:
    """Shares and bounds in units of 2^-80 of a cent; a share that is not whole there is cut down, its bound raised."""
    seen, reach = [], []
    for share, bound in zip(shares, bounds, strict=True):
        units, cut = divmod(share.numerator << SCALE, share.denominator)
        seen.append(units)
        reach.append(-((-bound.numerator << SCALE) // bound.denominator) + bool(cut))
    return seen, reach


def _find_twin_tie(order: Sequence[int], to_serve: int, twins: Sequence[Hashable]) -> EgaliteReste | None:
    """The twins that straddle the last cent, if any."""
    if to_serve in (0, len(order)) or twins[order[to_serve - 1]] != twins[order[to_serve]]:
        return None
    key = twins[order[to_serve]]
    return EgaliteReste(
        codes=tuple(name_member(i) for i in order if twins[i] == key),
        servis=tuple(name_member(i) for i in order[:to_serve] if twins[i] == key),
    )


def _is_apart(
    served: Sequence[int], others: Sequence[int], block: set[int], left: Sequence[int], bounds: Sequence[int]
) -> bool:
    """Is every remainder served above every one that is not, whatever the true ones are? Twins in `block` aside."""
    pairs = [(served, [i for i in others if i not in block]), ([i for i in served if i not in block], others)]
    return all(
        not high or not low or min(left[i] - bounds[i] for i in high) > max(left[i] + bounds[i] for i in low)
        for high, low in pairs
    )


def _serve_at_any_price(floors: Sequence[int], order: Sequence[int], to_serve: int, sign: int) -> tuple[int, ...]:
    """Cents that add up when the bounds are wider than a cent: whole turns, then the first in order. O(n)."""
    turns, rest = divmod(to_serve, len(order))
    first = set(order[:rest])
    return tuple(sign * (value + turns + (i in first)) for i, value in enumerate(floors))
