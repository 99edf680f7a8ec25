"""The ordinary seats, step by step, read again by the proof module: last quotient served, first refused, ties."""

from dataclasses import dataclass

from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges.types import RegimeSieges, SiegesDroitCommun
from communaccord.noyau.preuves.quotients import ListeQuotients, check_moyennes, check_plafond

_DROIT_COMMUN = get_regle("R-2.3")
_SANS_EXCLUS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class EtapePreuve:
    """One step of the article: its quotients (None where a commune was brought to half) and what is not proved."""

    article: str
    quotients: ListeQuotients | None
    fautes: tuple[str, ...]


def prove_sieges(ordinaire: SiegesDroitCommun) -> tuple[EtapePreuve, ...]:
    """Return the proof of each step of the ordinary rule that gives seats; proved when no step has a fault.

    Positions in the proofs are those of ``ordinaire.lignes``. The number of seats shared out is taken as given: that
    IV-4° had to lower it is not proved here. Complexity: O(t log t) with t seats.
    Source: CGCT L5211-6-1 IV and V (R-2.3).
    """
    populations = [ligne.population for ligne in ordinaire.lignes]
    sieges_1 = [ligne.sieges_1 for ligne in ordinaire.lignes]
    garantis = [max(sieges, 1) for sieges in sieges_1]
    sieges_iv = [ligne.sieges_iv for ligne in ordinaire.lignes]
    sieges = [ligne.sieges for ligne in ordinaire.lignes]
    vides = [0] * len(populations)
    etapes = [_prove(populations, vides, sieges_1, ordinaire.nombre_reparti, "IV-1°")]
    if sieges_iv != garantis:
        etapes.append(_prove_plafond(populations, garantis, sieges_iv, 0, "IV-3°"))
    if sieges == sieges_iv:
        return tuple(etapes)
    if ordinaire.regime is RegimeSieges.AIX_MARSEILLE:
        nombre = _count(ordinaire, "supplement_4_bis")
        non_servies = frozenset(i for i, nombre_1 in enumerate(sieges_1) if nombre_1 == 0)
        return (*etapes, _prove(populations, sieges_iv, sieges, nombre, "IV-4° bis", non_servies))
    nombre = min(_count(ordinaire, "supplement_v"), ordinaire.supplement)
    libre = _prove(populations, sieges_iv, sieges, nombre, "V")
    return (*etapes, libre if not libre.fautes else _prove_plafond(populations, sieges_iv, sieges, nombre, "V"))


def _count(ordinaire: SiegesDroitCommun, nom: str) -> int:
    part = _DROIT_COMMUN.get_part(nom)
    return ordinaire.total_iv * part.numerator // part.denominator


def _prove(
    populations: list[int],
    avant: list[int],
    apres: list[int],
    nombre: int,
    article: str,
    exclus: frozenset[int] = _SANS_EXCLUS,
) -> EtapePreuve:
    liste = check_moyennes(populations, avant, apres, nombre, exclus)
    return EtapePreuve(article, liste, liste.fautes)


def _prove_plafond(
    populations: list[int], avant: list[int], apres: list[int], nombre: int, article: str
) -> EtapePreuve:
    """Prove the cap on the commune with the most seats: the only one that can have passed half."""
    majoritaire = max(range(len(avant)), key=lambda i: (avant[i], populations[i]))
    return EtapePreuve(article, None, check_plafond(populations, avant, apres, nombre, majoritaire))
