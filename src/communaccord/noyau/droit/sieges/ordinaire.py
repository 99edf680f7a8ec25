"""The ordinary distribution of seats (CGCT L5211-6-1 II to V), exactly as calibrated on real councils."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from communaccord.noyau.droit.effectifs import EffectifConseil, find_effectif_conseil
from communaccord.noyau.droit.regle import Avertissement
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.regles.baremes import TABLEAU_SIEGES
from communaccord.noyau.droit.sieges.avertissements import SEUIL_V, build_avertissements
from communaccord.noyau.droit.sieges.moyenne import add_plus_forte_moyenne, apply_plafond_moitie
from communaccord.noyau.droit.sieges.types import (
    CommuneMembre,
    HorsChamp,
    LigneSieges,
    Nature,
    RegimeSieges,
    SiegesDroitCommun,
)
from communaccord.noyau.exact import RegleArrondi, round_exact

_DROIT_COMMUN = get_regle("R-2.3")
RETARD_MILLESIME = get_regle("R-2.1").get_entier("retard_millesime_ans")
SUPPLEMENT_V = _DROIT_COMMUN.get_part("supplement_v")
SUPPLEMENT_4_BIS = _DROIT_COMMUN.get_part("supplement_4_bis")

# CGCT L5211-6-1 IV-4° bis and V; L5219-9-1 (Grand Paris) and L3631-4 (Lyon) are outside the ordinary rule.
NATURES_DU_V = frozenset({Nature.CC, Nature.CA, Nature.CU})
REGIMES_PARTICULIERS = {
    "200054807": RegimeSieges.AIX_MARSEILLE,
    "200054781": RegimeSieges.GRAND_PARIS,
    "200046977": RegimeSieges.LYON,
}
_HORS_CHAMP = {
    RegimeSieges.GRAND_PARIS: HorsChamp(
        RegimeSieges.GRAND_PARIS,
        "La Métropole du Grand Paris a ses propres règles de répartition des sièges : elles ne sont pas calculées ici.",
        "dispositions propres à la Métropole du Grand Paris",
    ),
    RegimeSieges.LYON: HorsChamp(
        RegimeSieges.LYON,
        "La Métropole de Lyon est une collectivité dont le conseil est élu directement : ses sièges ne sont pas "
        "répartis entre communes par la règle ordinaire.",
        "dispositions propres à la Métropole de Lyon",
    ),
}


@dataclass
class _Etapes:
    """Seats at each step, positions parallel to the communes sorted by code."""

    populations: list[int]
    effectifs: list[EffectifConseil]
    nombre_tableau: int
    nombre_reparti: int = 0
    sieges_1: list[int] = field(default_factory=list)
    sieges_iv: list[int] = field(default_factory=list)
    sieges: list[int] = field(default_factory=list)
    egalites: list[tuple[int, ...]] = field(default_factory=list)
    plafonnees: set[int] = field(default_factory=set)
    v_theorique: int | None = None

    def has_exces(self, sieges: Sequence[int]) -> bool:
        """Return whether a commune holds more seats than it has conseillers municipaux (IV-4°)."""
        return any(nombre > effectif.membres for nombre, effectif in zip(sieges, self.effectifs, strict=True))


def find_millesime_population(renouvellement: int) -> int:
    """Return the millésime of the population municipale that fixes the seats of a general renewal.

    ``renouvellement``: year of the renewal. The figures are those authenticated the year before, in force on its
    1 January: they are of three years earlier. 2026 > 2022, 2020 > 2016. Complexity: O(1).
    Source: CGCT R5211-1-1 I (R-2.1).
    """
    return renouvellement - 1 - RETARD_MILLESIME


def find_regime(siren: str | None, nature: Nature) -> RegimeSieges:
    """Return the text that gives the seats of the EPCI ``siren`` (None: not known, its nature decides).

    Complexity: O(1). Source: CGCT L5211-6-1 (R-2.3).
    """
    if nature is Nature.MET69:
        return RegimeSieges.LYON
    return REGIMES_PARTICULIERS.get(siren or "", RegimeSieges.DROIT_COMMUN)


def compute_nombre_tableau(population: int) -> int:
    """Return the number of seats of the table III for a population municipale (inhabitants).

    Exactly 1 000 000 inhabitants still gives 100. Errors: ValueError if negative. Complexity: O(log bands).
    Source: CGCT L5211-6-1 III (R-2.2).
    """
    return TABLEAU_SIEGES.get_valeur(population)


def compute_sieges(
    communes: Sequence[CommuneMembre], nature: Nature, *, siren: str | None = None
) -> SiegesDroitCommun | HorsChamp:
    """Return the seats that the ordinary rule gives to each commune, step by step, with what must be said beside.

    Shapes: at least two communes, distinct codes, population municipale of the millésime of R-2.1. ``siren`` tells
    Aix-Marseille-Provence (IV-4° bis) and what is out of scope (Grand Paris, Lyon: a :class:`HorsChamp`). The order of
    ``communes`` has no effect. Errors: ValueError, in French, for fewer than two communes, a code given twice, a
    negative population, nobody at all, or an effectif below one. Complexity: O(k (n + t log n)) with t seats, k runs
    (one, plus one for each seat that IV-4° removes). Source: CGCT L5211-6-1 II to V (R-2.2, R-2.3).
    """
    regime = find_regime(siren, nature)
    if regime in _HORS_CHAMP:
        return _HORS_CHAMP[regime]
    membres = sorted(communes, key=lambda commune: commune.code)
    _check_membres(membres)
    etapes = _Etapes(
        populations=[commune.population for commune in membres],
        effectifs=[
            find_effectif_conseil(commune.population, code=commune.code, donne=commune.effectif_conseil)
            for commune in membres
        ],
        nombre_tableau=compute_nombre_tableau(sum(commune.population for commune in membres)),
    )
    _apply_iv(etapes)
    if regime is RegimeSieges.AIX_MARSEILLE:
        _apply_4_bis(etapes)
    v_applicable = nature in NATURES_DU_V and etapes.sieges_1.count(0) > SEUIL_V * etapes.nombre_tableau
    if v_applicable:
        _apply_v(etapes)
    return _build_resultat(membres, etapes, nature, regime, v_applicable)


def _check_membres(membres: Sequence[CommuneMembre]) -> None:
    """Refuse an EPCI that cannot be computed, with a French sentence."""
    if len(membres) < 2:
        raise ValueError("Il faut au moins deux communes pour répartir des sièges.")
    for precedente, commune in pairwise(membres):
        if precedente.code == commune.code:
            raise ValueError(f"La commune {commune.code} est donnée deux fois.")
    for commune in membres:
        if commune.population < 0:
            raise ValueError(f"La population de la commune {commune.code} ne peut pas être négative.")
        if commune.effectif_conseil is not None and commune.effectif_conseil < 1:
            raise ValueError(f"L'effectif du conseil municipal de {commune.code} doit être d'au moins une personne.")
    if not any(commune.population for commune in membres):
        raise ValueError("Aucune commune n'a d'habitants : les sièges ne peuvent pas être répartis.")


def _apply_iv(etapes: _Etapes) -> None:
    """Apply IV-1° to 5°: the number of the table is lowered until no commune exceeds its conseil municipal."""
    for nombre in range(etapes.nombre_tableau, -1, -1):
        aucun = [0] * len(etapes.populations)
        sieges_1, egalite = add_plus_forte_moyenne(etapes.populations, aucun, nombre)
        garantis = [max(sieges, 1) for sieges in sieges_1]
        sieges, plafonnee, egalite_plafond = apply_plafond_moitie(etapes.populations, garantis)
        if not etapes.has_exces(sieges):
            break
    etapes.nombre_reparti = nombre
    etapes.sieges_1, etapes.sieges_iv, etapes.sieges = sieges_1, sieges, sieges
    _record(etapes, plafonnee, egalite, egalite_plafond)


def _apply_4_bis(etapes: _Etapes) -> None:
    """Add 20 % of the seats, rounded down, among the communes served by IV-1° (Aix-Marseille-Provence)."""
    non_servies = frozenset(i for i, sieges in enumerate(etapes.sieges_1) if sieges == 0)
    supplement = round_exact(SUPPLEMENT_4_BIS * sum(etapes.sieges_iv), RegleArrondi.PAR_DEFAUT)
    etapes.sieges, egalite = add_plus_forte_moyenne(etapes.populations, etapes.sieges_iv, supplement, non_servies)
    _record(etapes, None, egalite)


def _apply_v(etapes: _Etapes) -> None:
    """Add 10 % of the seats, rounded down; IV-4° read again lowers this number, without giving it to others."""
    etapes.v_theorique = round_exact(SUPPLEMENT_V * sum(etapes.sieges_iv), RegleArrondi.PAR_DEFAUT)
    for nombre in range(etapes.v_theorique, 0, -1):
        augmentes, egalite = add_plus_forte_moyenne(etapes.populations, etapes.sieges_iv, nombre)
        sieges, plafonnee, egalite_plafond = apply_plafond_moitie(etapes.populations, augmentes)
        if not etapes.has_exces(sieges):
            etapes.sieges = sieges
            _record(etapes, plafonnee, egalite, egalite_plafond)
            return


def _record(etapes: _Etapes, plafonnee: int | None, *egalites: tuple[int, ...]) -> None:
    """Keep the ties and the cap of a step that was retained."""
    etapes.egalites.extend(egalite for egalite in egalites if egalite)
    if plafonnee is not None:
        etapes.plafonnees.add(plafonnee)


def _build_resultat(
    membres: Sequence[CommuneMembre], etapes: _Etapes, nature: Nature, regime: RegimeSieges, v_applicable: bool
) -> SiegesDroitCommun:
    """Put positions back to codes and add what must be said beside the result."""
    lignes = tuple(
        LigneSieges(commune.code, commune.population, effectif.membres, effectif.origine, sieges_1, sieges_iv, sieges)
        for commune, effectif, sieges_1, sieges_iv, sieges in zip(
            membres, etapes.effectifs, etapes.sieges_1, etapes.sieges_iv, etapes.sieges, strict=True
        )
    )
    egalites = tuple(tuple(membres[i].code for i in egalite) for egalite in etapes.egalites)
    avertissements: tuple[Avertissement, ...] = build_avertissements(
        membres,
        lignes,
        nombre_tableau=etapes.nombre_tableau,
        nombre_reparti=etapes.nombre_reparti,
        v_theorique=etapes.v_theorique,
        egalites=egalites,
    )
    return SiegesDroitCommun(
        nature=nature,
        regime=regime,
        lignes=lignes,
        nombre_tableau=etapes.nombre_tableau,
        nombre_reparti=etapes.nombre_reparti,
        egalites=egalites,
        plafonnees=tuple(membres[i].code for i in sorted(etapes.plafonnees)),
        v_applicable=v_applicable,
        avertissements=avertissements,
        regles=(get_regle("R-2.1"), get_regle("R-2.2"), get_regle("R-2.3")),
    )
