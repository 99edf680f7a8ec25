"""Plus forte moyenne (D'Hondt, Jefferson) in whole numbers, and the cap at half of the seats."""

from collections.abc import Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush
from math import lcm

from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.exact import RegleArrondi, round_exact

PART_MAXIMALE_COMMUNE = get_regle("R-2.3").get_part("part_maximale_commune")
SANS_PARTICIPATION: frozenset[int] = frozenset()


@lru_cache(maxsize=16)
def _build_inverses(borne: int) -> tuple[int, ...]:
    """Return a common multiple of 1..borne divided by each of them: averages become comparable whole numbers."""
    multiple = lcm(*range(1, borne + 1))
    return (0, *(multiple // diviseur for diviseur in range(1, borne + 1)))


def add_plus_forte_moyenne(
    populations: Sequence[int], sieges: Sequence[int], nombre: int, exclus: frozenset[int] = SANS_PARTICIPATION
) -> tuple[list[int], tuple[int, ...]]:
    """Add ``nombre`` seats by plus forte moyenne, starting from the seats already held.

    Each seat goes to the largest population / (seats held + 1). Averages exactly equal on the last seat: each of the
    tied communes gets one (IV-5°), so that more than ``nombre`` may be given. Communes without inhabitants tie between
    themselves. Shapes: parallel sequences; ``exclus`` are positions that take no part. Returns the new seats and the
    positions tied on the last seat (empty: no tie).
    Errors: ValueError when seats remain and nobody takes part. Complexity: O(n + nombre log n), whole numbers only.
    Source: CGCT L5211-6-1 IV-1° and 5°; D'Hondt 1882.
    """
    resultat = list(sieges)
    if nombre <= 0:
        return resultat, ()
    borne = 64
    while borne < max(resultat, default=0) + nombre + 1:
        borne *= 2
    inverses = _build_inverses(borne)
    file = [(-populations[i] * inverses[resultat[i] + 1], i) for i in range(len(resultat)) if i not in exclus]
    if not file:
        raise ValueError("Aucune commune ne peut recevoir les sièges à répartir.")
    heapify(file)
    restants = nombre
    gagnants: list[int] = []
    while restants > 0:
        moyenne = file[0][0]
        gagnants = []
        while file and file[0][0] == moyenne:
            gagnants.append(heappop(file)[1])
        for commune in gagnants:
            resultat[commune] += 1
            heappush(file, (-populations[commune] * inverses[resultat[commune] + 1], commune))
        restants -= len(gagnants)
    return resultat, tuple(sorted(gagnants)) if restants < 0 else ()


def apply_plafond_moitie(
    populations: Sequence[int], sieges: Sequence[int]
) -> tuple[list[int], int | None, tuple[int, ...]]:
    """Bring a commune that holds more than half of the seats down to half, rounded down (IV-3°).

    The seats taken go to the other communes by plus forte moyenne, from the seats they hold. Returns the new seats,
    the position brought down (None: nobody) and the positions tied on the last seat. Complexity: as above.
    Source: CGCT L5211-6-1 IV-3°.
    """
    total = sum(sieges)
    moitie = round_exact(PART_MAXIMALE_COMMUNE * total, RegleArrondi.PAR_DEFAUT)
    majoritaire = next((i for i, nombre in enumerate(sieges) if nombre > moitie), None)
    if majoritaire is None or len(sieges) == 1:
        return list(sieges), None, ()
    reduits = list(sieges)
    reduits[majoritaire] = moitie
    a_repartir = sieges[majoritaire] - moitie
    resultat, egalite = add_plus_forte_moyenne(populations, reduits, a_repartir, frozenset({majoritaire}))
    return resultat, majoritaire, egalite
