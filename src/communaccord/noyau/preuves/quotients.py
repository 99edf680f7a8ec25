"""Seats read again from their quotients, and a local agreement from its conditions: fractions, one page, no search.

Communes are positions; all sequences are parallel. Nothing here shares out a seat: it reads what was shared out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ListeQuotients:
    """The last quotient served and the first refused (None: none), the communes tied on the last, what is wrong.

    ``admis``: every quotient served, highest first, with its commune. ``fautes``: empty when the seats are proved.
    """

    admis: tuple[tuple[Fraction, int], ...]
    dernier_admis: Fraction | None
    premier_refuse: Fraction | None
    ex_aequo: tuple[int, ...]
    fautes: tuple[str, ...]


def check_moyennes(
    populations: Sequence[int],
    avant: Sequence[int],
    apres: Sequence[int],
    nombre: int,
    exclus: frozenset[int] = frozenset(),
) -> ListeQuotients:
    """Return the quotients behind the passage from ``avant`` to ``apres`` by plus forte moyenne, and the faults.

    Proof: no seat can be exchanged, because each quotient served (population / rank of the seat) is above each one
    refused; and the seats given are ``nombre``, or more only because communes tied on the last one all got theirs. A
    seat given for no inhabitant cannot be proved. O(t log t) with t seats.
    Source: CGCT L5211-6-1 IV-1° and 5°; D'Hondt 1882.
    """
    fautes = [f"position {i}: fewer seats than before" for i in range(len(avant)) if apres[i] < avant[i]]
    fautes += [f"position {i}: excluded, yet served" for i in exclus if apres[i] != avant[i]]
    fautes += [f"position {i}: served, nobody lives there" for i in _list_vides(populations, avant, apres)]
    admis = sorted(
        ((Fraction(populations[i], rang), i) for i in range(len(avant)) for rang in range(avant[i] + 1, apres[i] + 1)),
        key=lambda quotient: (-quotient[0], quotient[1]),
    )
    refuses = [Fraction(populations[i], apres[i] + 1) for i in range(len(avant)) if i not in exclus]
    premier_refuse = max(refuses, default=None)
    if not admis:
        fautes += ["no seat was given"] if nombre > 0 else []
        return ListeQuotients((), None, premier_refuse, (), tuple(fautes))
    dernier = admis[-1][0]
    egaux = tuple(i for quotient, i in admis if quotient == dernier)
    if premier_refuse is not None and premier_refuse >= dernier:
        fautes.append("a refused quotient is not below the last one served")
    if not len(admis) - len(egaux) < nombre <= len(admis):
        fautes.append(f"{len(admis)} seats given for {nombre}, {len(egaux)} of them tied on the last quotient")
    ex_aequo = egaux if len(admis) > nombre else ()
    return ListeQuotients(tuple(admis), dernier, premier_refuse, ex_aequo, tuple(fautes))


def _list_vides(populations: Sequence[int], avant: Sequence[int], apres: Sequence[int]) -> list[int]:
    """Return the communes without inhabitants that were given a seat by their quotient. O(n)."""
    return [i for i, population in enumerate(populations) if population == 0 and apres[i] > avant[i]]


def check_plafond(
    populations: Sequence[int], avant: Sequence[int], apres: Sequence[int], nombre: int, capped: int
) -> tuple[str, ...]:
    """Return what is wrong in ``nombre`` seats added to ``avant`` when ``capped`` was then brought to half (IV-3°).

    Proof: it holds half, rounded down, of the seats there were; the others share all the rest by plus forte moyenne
    (from ``avant``, without it); its next quotient is not below their last, so that it would have held more.
    """
    total = sum(avant) + nombre
    moitie = total // 2
    fautes = [] if apres[capped] == moitie else [f"position {capped}: {apres[capped]} seats, not half of {total}"]
    depart = list(avant)
    depart[capped] = apres[capped]
    liste = check_moyennes(
        populations, depart, apres, total - moitie - (sum(avant) - avant[capped]), frozenset({capped})
    )
    fautes += liste.fautes
    if nombre and liste.dernier_admis is not None and avant[capped] <= moitie:
        suivant = Fraction(populations[capped], moitie + 1)
        fautes += [] if suivant >= liste.dernier_admis else [f"position {capped}: had no claim to more than half"]
    return tuple(fautes)


@dataclass(frozen=True, slots=True)
class FaitsAccord:
    """An agreement in plain numbers: inhabitants, seats of IV-1°, of III and IV, seats proposed, and the readings.

    ``unique_toujours``: one seat is admitted even below 80 % of the share. ``croissant``: a more populous commune may
    not have fewer seats.
    """

    populations: Sequence[int]
    sieges_1: Sequence[int]
    sieges_iv: Sequence[int]
    proposes: Sequence[int]
    unique_toujours: bool
    croissant: bool


def check_accord(faits: FaitsAccord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the conditions of the whole council that fail ("a", "b", "c", "d"), and the ground of each commune.

    Grounds: "20 %", "écart", "deuxième", "un siège", "toléré" (out of the 20 % by the effect of the others), "refus",
    "réserve". O(n^2). Source: CGCT L5211-6-1 I-2°, Conseil constitutionnel 2015-711 DC (R-2.6).
    """
    communes = range(len(faits.populations))
    total, sieges, peuple = sum(faits.proposes), faits.proposes, faits.populations
    fautes = {
        "a": Fraction(total, sum(faits.sieges_iv)) > Fraction(5, 4),
        "b": faits.croissant
        and any(peuple[i] > peuple[j] and sieges[i] < sieges[j] for i in communes for j in communes),
        "c": min(sieges) < 1,
        "d": Fraction(max(sieges), total) > Fraction(1, 2),
    }
    motifs = [_find_motif(faits, i) for i in communes]
    servies = [peuple[i] for i in communes if motifs[i] == "deuxième"]
    for i in communes:
        if sieges[i] == 1 == faits.sieges_1[i] and any(peuple[i] >= servie for servie in servies):
            motifs[i] = "réserve"
    return tuple(lettre for lettre, fausse in fautes.items() if fausse), tuple(motifs)


def _find_motif(faits: FaitsAccord, i: int) -> str:
    """Return the ground of one commune: shares of seats and of inhabitants, compared as fractions."""
    sieges = faits.proposes[i]
    part = Fraction(faits.populations[i], sum(faits.populations))
    obtenue, ancienne = Fraction(sieges, sum(faits.proposes)), Fraction(faits.sieges_iv[i], sum(faits.sieges_iv))
    if sieges < 1:
        return "refus"
    if part and abs(obtenue - part) <= part / 5:
        return "20 %"
    if part and part / 5 < abs(ancienne - part) and abs(obtenue - part) <= abs(ancienne - part):
        return "écart"
    if sieges == 2 and faits.sieges_1[i] == 1:
        return "deuxième"
    if sieges == 1 and (faits.unique_toujours or obtenue >= part):
        return "un siège"
    return "toléré" if sieges == faits.sieges_iv[i] else "refus"
