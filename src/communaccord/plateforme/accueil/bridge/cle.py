"""The key by sliders: bringing weights back to 100 %, the locked ones keeping what they were given."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from communaccord.noyau.exact import share_total

CENT = 1000  # tenths of a percent in a whole


def balance_cle(poids: Mapping[str, Fraction], verrous: Collection[str] = ()) -> dict[str, Fraction]:
    """Return weights in percent, to the tenth, that sum exactly to 100.

    The locked weights are kept when they hold in 100; the others share what is left in proportion to what they were
    given (equally when they were given nothing). When everything is locked, or the locked ones exceed 100, the locks
    are lifted. Shapes: ``poids`` in percent, zero or more. Complexity: O(n log n).
    """
    dixiemes = {nom: max(0, round(valeur * 10)) for nom, valeur in poids.items()}
    tenus = {nom: valeur for nom, valeur in dixiemes.items() if nom in verrous}
    libres = {nom: valeur for nom, valeur in dixiemes.items() if nom not in verrous}
    if not libres or sum(tenus.values()) > CENT:
        tenus, libres = {}, dixiemes
    if not any(libres.values()):
        libres = dict.fromkeys(libres, 1)
    parts = share_total(CENT - sum(tenus.values()), libres).parts
    return {nom: Fraction(tenus.get(nom, parts.get(nom, 0)), 10) for nom in poids}
