"""Qualified majorities of the communes: L5211-5 (R-6.1), local agreement (R-2.7), CLECT (R-6.3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.droit.regle import Avertissement, Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.texte import format_entier


@dataclass(frozen=True, slots=True)
class RegleMajorite:
    """A double majority of conseils municipaux and population, as data.

    Either ``conseils_1`` of the councils and more than ``population_1`` of the population, or ``conseils_2`` of the
    councils and ``population_2`` of the population (more than it when ``population_2_stricte``); with the most
    populous commune when it holds more than ``part_veto`` (None: the text gives it no such power).
    """

    regle: Regle
    population_2_stricte: bool
    conseils_1: Fraction
    population_1: Fraction
    conseils_2: Fraction
    population_2: Fraction
    part_veto: Fraction | None

    @property
    def clause_quart(self) -> bool:
        """Whether the most populous commune may stop the majority."""
        return self.part_veto is not None


def _build_majorite(identifiant: str, *, population_2_stricte: bool, clause_quart: bool) -> RegleMajorite:
    """Build the majority whose shares are the numbers of the rule ``identifiant``."""
    regle = get_regle(identifiant)
    return RegleMajorite(
        regle,
        population_2_stricte,
        regle.get_part("conseils_1"),
        regle.get_part("population_1"),
        regle.get_part("conseils_2"),
        regle.get_part("population_2"),
        regle.get_part("part_veto") if clause_quart else None,
    )


MAJORITE_QUALIFIEE = _build_majorite("R-6.1", population_2_stricte=False, clause_quart=True)
MAJORITE_ACCORD_LOCAL = _build_majorite("R-2.7", population_2_stricte=True, clause_quart=True)
MAJORITE_CLECT = _build_majorite("R-6.3", population_2_stricte=False, clause_quart=False)


@dataclass(frozen=True, slots=True)
class CommunePopulation:
    """A commune and its two populations (inhabitants); ``totale`` None when only the municipale is known."""

    code: str
    municipale: int
    totale: int | None = None


@dataclass(frozen=True, slots=True)
class ResultatMajorite:
    """Whether the majority is met, by which route, on which counts, and what stops it.

    ``vetos``: most populous commune(s) above a quarter that did not agree (two only if they tie).
    """

    atteinte: bool
    voie_1: bool
    voie_2: bool
    conseils_favorables: int
    conseils: int
    population_favorable: int
    population: int
    vetos: tuple[str, ...]
    motif: str
    regle: Regle
    avertissements: tuple[Avertissement, ...] = ()


def check_majorite(
    majorite: RegleMajorite, communes: Sequence[CommunePopulation], favorables: Collection[str]
) -> ResultatMajorite:
    """Return whether the communes ``favorables`` (codes) reach the qualified majority.

    The population is the totale when it is known for every commune (default of the code, R2151-2), the municipale
    otherwise; when both are known and would decide differently, a warning says so. Errors: ValueError for no
    commune, a code given twice, an unknown code or a negative population. Complexity: O(n).
    Source: CGCT L5211-5 II (R-6.1), L5211-6-1 (R-2.7), CGI 1609 nonies C IV (R-6.3).
    """
    _check_communes(communes, favorables)
    municipales = {commune.code: commune.municipale for commune in communes}
    totales = {commune.code: commune.totale for commune in communes if commune.totale is not None}
    if len(totales) < len(communes):
        texte = "La population totale n'est pas connue partout : le calcul retient la population municipale."
        return _compute(majorite, municipales, favorables, (Avertissement("POPULATION_MUNICIPALE", texte),))
    resultat = _compute(majorite, totales, favorables, ())
    if _compute(majorite, municipales, favorables, ()).atteinte == resultat.atteinte:
        return resultat
    texte = (
        "Avec la population municipale, la conclusion serait différente : le texte ne tranche pas clairement. "
        "Rapprochez-vous de la préfecture."
    )
    return _compute(majorite, totales, favorables, (Avertissement("POPULATION_DECISIVE", texte),))


def _check_communes(communes: Sequence[CommunePopulation], favorables: Collection[str]) -> None:
    """Refuse what cannot be counted, with a French sentence."""
    codes = [commune.code for commune in communes]
    if not codes:
        raise ValueError("Aucune commune : il n'y a pas de majorité à calculer.")
    doubles = sorted({code for code in codes if codes.count(code) > 1})
    if doubles:
        raise ValueError(f"Commune donnée deux fois : {', '.join(doubles)}.")
    inconnues = sorted(set(favorables) - set(codes))
    if inconnues:
        raise ValueError(f"Commune favorable mais non membre : {', '.join(inconnues)}.")
    negatives = sorted(commune.code for commune in communes if min(commune.municipale, commune.totale or 0) < 0)
    if negatives:
        raise ValueError(f"La population ne peut pas être négative : {', '.join(negatives)}.")


def _compute(
    majorite: RegleMajorite,
    populations: dict[str, int],
    favorables: Collection[str],
    avertissements: tuple[Avertissement, ...],
) -> ResultatMajorite:
    """Count the two routes and the clause of the most populous commune on one kind of population."""
    accords = set(favorables)
    n, f = len(populations), len(accords)
    population, favorable = sum(populations.values()), sum(populations[code] for code in accords)
    voie_1 = f >= majorite.conseils_1 * n and favorable > majorite.population_1 * population
    seuil_2 = majorite.population_2 * population
    voie_2 = f >= majorite.conseils_2 * n and (
        favorable > seuil_2 if majorite.population_2_stricte else favorable >= seuil_2
    )
    vetos: tuple[str, ...] = ()
    if majorite.part_veto is not None:
        maximum = max(populations.values())
        au_dessus = maximum > majorite.part_veto * population
        vetos = tuple(
            sorted(code for code, p in populations.items() if au_dessus and p == maximum and code not in accords)
        )
    atteinte = (voie_1 or voie_2) and not vetos
    motif = _build_motif(atteinte, voie_1 or voie_2, (f, n), (favorable, population), vetos)
    return ResultatMajorite(
        atteinte, voie_1, voie_2, f, n, favorable, population, vetos, motif, majorite.regle, avertissements
    )


def _build_motif(
    atteinte: bool, est_nombreuse: bool, conseils: tuple[int, int], habitants: tuple[int, int], vetos: tuple[str, ...]
) -> str:
    """Say the result in French."""
    compte = (
        f"{conseils[0]} conseil{'s' if conseils[0] > 1 else ''} sur {conseils[1]}, "
        f"{format_entier(habitants[0])} habitants sur {format_entier(habitants[1])}"
    )
    if atteinte:
        return f"Majorité atteinte : {compte}."
    if est_nombreuse and vetos:
        return (
            f"Majorité non atteinte : {compte}, mais sans l'accord de la commune la plus peuplée ({', '.join(vetos)})."
        )
    return f"Majorité non atteinte : {compte}."
