"""Conformity of a distribution that departs from the ordinary rule: local agreement (I-2°) and 10 % (VI)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from communaccord.noyau.droit.regle import Avertissement, Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges.conditions import (
    ConditionRepartition,
    check_moitie,
    check_nature_accord,
    check_ouverture_vi,
    check_reserve,
    check_supplement,
    check_total_accord,
    check_total_vi,
    check_un_siege,
    has_plafond_moitie,
)
from communaccord.noyau.droit.sieges.lectures import LectureOrdre, Lectures, LectureSiegeUnique, LectureTunnel
from communaccord.noyau.droit.sieges.types import LigneSieges, Nature, SiegesDroitCommun

_ACCORD, _SUPPLEMENT_VI = get_regle("R-2.6"), get_regle("R-2.5")
PART_MAXIMALE_ACCORD = _ACCORD.get_part("part_maximale_total")
PART_MAXIMALE_COMMUNE = _ACCORD.get_part("part_maximale_commune")
TOLERANCE_ACCORD = _ACCORD.get_part("tolerance")
PART_MAXIMALE_VI = _SUPPLEMENT_VI.get_part("part_maximale_total")
TOLERANCE_VI = _SUPPLEMENT_VI.get_part("tolerance")


class EtatCommune(Enum):
    """What the rule says of the seats proposed for one commune."""

    CONFORME = "conforme"
    TOLERE_PRATIQUE = "admis en pratique, à confirmer avec la préfecture"
    NON_CONFORME = "non conforme"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class CauseEtat(Enum):
    """On which ground of the text the seats of a commune are admitted or refused; the value says it in French."""

    SANS_SIEGE = "Chaque commune a droit à un siège au moins."
    PROPORTION = "Part de sièges à 20 % près de la part de population."
    ECART_ANCIEN = "L'écart existait par la règle ordinaire et ne s'aggrave pas."
    DEUXIEME_SIEGE = "Deuxième siège d'une commune qui n'en avait obtenu qu'un à la plus forte moyenne."
    SIEGE_UNIQUE = "Un siège : le minimum garanti à chaque commune."
    EFFET_DES_AUTRES = (
        "Sort des 20 % seulement parce que d'autres communes ont reçu un deuxième siège : admis en pratique, à "
        "confirmer avec la préfecture."
    )
    HORS_LIMITES = "Part de sièges à plus de 20 % de la part de population, sans exception possible."
    RESERVE = "Un deuxième siège est donné à une commune qui n'est pas plus peuplée, dans la même situation."
    DIMINUEE = "Moins de sièges que par la règle ordinaire : le supplément n'en retire à personne."
    MOITIE = "Plus de la moitié des sièges."

    @property
    def label(self) -> str:
        """French sentence."""
        return self.value

    @property
    def etat(self) -> EtatCommune:
        """What this ground leads to."""
        if self is CauseEtat.EFFET_DES_AUTRES:
            return EtatCommune.TOLERE_PRATIQUE
        return EtatCommune.NON_CONFORME if self in _REFUS else EtatCommune.CONFORME


_RESERVE_VI = (
    "Un deuxième siège est donné à une commune qui n'est pas plus peuplée. La réserve du Conseil constitutionnel "
    "(2015-711 DC) est lue ici pour l'accord local seulement : à confirmer avec la préfecture."
)
_MOITIE_VI = (
    "Le supplément porte une commune au-dessus de la moitié des sièges : le texte ne le permet expressément que dans "
    "les métropoles et les communautés urbaines. À confirmer avec la préfecture."
)
_SIEGE_UNIQUE = (
    "Un seul siège, moins de 80 % de la part de population : admis si le minimum d'un siège suffit, ce que le texte "
    "laisse ouvert. À confirmer avec la préfecture."
)
_REFUS = frozenset(
    {
        CauseEtat.SANS_SIEGE,
        CauseEtat.HORS_LIMITES,
        CauseEtat.RESERVE,
        CauseEtat.DIMINUEE,
        CauseEtat.MOITIE,
    }
)


@dataclass(frozen=True, slots=True)
class ControleCommune:
    """State of one commune: ``ratio`` is its share of seats over its share of population (None: no inhabitant)."""

    code: str
    sieges: int
    ratio: Fraction | None
    ratio_ordinaire: Fraction | None
    cause: CauseEtat

    @property
    def etat(self) -> EtatCommune:
        """What the rule says of the seats proposed."""
        return self.cause.etat

    @property
    def motif(self) -> str:
        """Why, as a French sentence without code nor name."""
        return self.cause.label


@dataclass(frozen=True, slots=True)
class ControleRepartition:
    """Result of the check of a proposed council; ``etat`` is the worst of its conditions and communes."""

    etat: EtatCommune
    total: int
    total_maximal: int
    conditions: tuple[ConditionRepartition, ...]
    communes: tuple[ControleCommune, ...]
    avertissements: tuple[Avertissement, ...]
    regle: Regle

    def list_communes(self, etat: EtatCommune) -> tuple[str, ...]:
        """Return the codes of the communes in ``etat``. Complexity: O(n)."""
        return tuple(commune.code for commune in self.communes if commune.etat is etat)


def check_accord_local(
    ordinaire: SiegesDroitCommun, proposes: Mapping[str, int], *, lectures: Lectures
) -> ControleRepartition:
    """Return whether the seats ``proposes`` (code: seats) could be a local agreement of a CC or a CA.

    Conditions: nature, a) total at most floor(1.25 T0) with T0 the seats of III and IV (V left out), c) one seat each,
    d) nobody above half, e) shares of seats within 20 % of shares of population, with the two exceptions and the
    reserve of the Conseil constitutionnel; what only others' second seats push out of the 20 % is TOLERE_PRATIQUE.
    ``lectures``: readings of the open points, always chosen by the caller; the state keeps its three values, whatever
    the reading of the 20 %; a warning tells who is admitted by the wider reading of the only seat.
    Errors: ValueError when the communes are not those of ``ordinaire``. Complexity: O(n log n).
    Source: CGCT L5211-6-1 I-2° (R-2.6).
    """
    _check_codes(ordinaire, proposes)
    total = sum(proposes.values())
    plafond = _floor(PART_MAXIMALE_ACCORD * ordinaire.total_iv)
    au_dessus = _list_au_dessus(proposes)
    inversions = _check_ordre(ordinaire, proposes)
    communes = tuple(
        _check_commune(ordinaire, ligne, proposes[ligne.code], total, TOLERANCE_ACCORD, lectures.siege_unique)
        for ligne in ordinaire.lignes
    )
    refusees = _list_refusees(ordinaire, communes)
    conditions = (
        check_nature_accord(ordinaire.nature),
        check_total_accord(total, plafond, ordinaire.total_iv),
        *_read_ordre(inversions, lectures.ordre),
        check_un_siege(proposes),
        check_moitie("d", au_dessus),
        _check_vingt("e", communes, lectures.tunnel),
        check_reserve(refusees),
    )
    jugees = _mark(_mark(communes, refusees, CauseEtat.RESERVE), au_dessus, CauseEtat.MOITIE)
    return _build_controle(_ACCORD, conditions, jugees, inversions, total, plafond)


def check_supplement_vi(
    ordinaire: SiegesDroitCommun, proposes: Mapping[str, int], *, lectures: Lectures
) -> ControleRepartition:
    """Return whether ``proposes`` could be the ordinary rule plus at most 10 % of seats (VI).

    Conditions: V does not apply, not Aix-Marseille-Provence, total at most floor(1.1 T0), nobody below the ordinary
    rule, shares within 20 % with the exceptions of VI. A commune may be brought above half in a métropole or a CU; in
    a CC or a CA this is an open point, a condition under one reading, a warning under the other. The reserve of
    2015-711 DC on second seats is read for I-2° e) only: whether it also binds VI was not found in a text that could
    be read, so that it refuses nothing here and a warning tells the communes it would protect. Errors and complexity:
    as above.
    Source: CGCT L5211-6-1 VI (R-2.5).
    """
    _check_codes(ordinaire, proposes)
    total = sum(proposes.values())
    plafond = _floor(PART_MAXIMALE_VI * ordinaire.total_iv)
    diminuees = tuple(sorted(ligne.code for ligne in ordinaire.lignes if proposes[ligne.code] < ligne.sieges))
    portees = tuple(code for code in _list_au_dessus(proposes) if proposes[code] > ordinaire.sieges[code])
    is_plafonnee = has_plafond_moitie(ordinaire.nature, lectures)
    inversions = _check_ordre(ordinaire, proposes)
    communes = tuple(
        _check_commune(ordinaire, ligne, proposes[ligne.code], total, TOLERANCE_VI, lectures.siege_unique)
        for ligne in ordinaire.lignes
    )
    conditions = (
        check_ouverture_vi(ordinaire),
        check_total_vi(total, plafond, ordinaire.total_iv),
        check_supplement(diminuees),
        *((check_moitie("moitié", portees),) if is_plafonnee else ()),
        _check_vingt("20 %", communes, lectures.tunnel),
        *_read_ordre(inversions, lectures.ordre),
    )
    jugees = _mark(communes, diminuees, CauseEtat.DIMINUEE)
    if is_plafonnee:
        jugees = _mark(jugees, portees, CauseEtat.MOITIE)
    controle = _build_controle(_SUPPLEMENT_VI, conditions, jugees, inversions, total, plafond)
    refusees = _list_refusees(ordinaire, communes)
    nouveaux = [Avertissement("RESERVE", _RESERVE_VI, refusees)] if refusees else []
    if portees and not is_plafonnee and ordinaire.nature in (Nature.CC, Nature.CA):
        nouveaux.append(Avertissement("MOITIE", _MOITIE_VI, portees))
    return replace(controle, avertissements=(*controle.avertissements, *nouveaux))


def _mark(
    communes: tuple[ControleCommune, ...], codes: Collection[str], cause: CauseEtat
) -> tuple[ControleCommune, ...]:
    """Return the communes with this ground for those of ``codes``; no seat at all stays the first ground."""
    return tuple(
        replace(c, cause=cause) if c.code in codes and c.cause is not CauseEtat.SANS_SIEGE else c for c in communes
    )


def _check_vingt(nom: str, communes: tuple[ControleCommune, ...], tunnel: LectureTunnel) -> ConditionRepartition:
    """Return the condition of the 20 % as ``tunnel`` reads it, with the communes out of it by no exception."""
    toleres = tuple(c.code for c in communes if c.cause is CauseEtat.EFFET_DES_AUTRES)
    hors = tuple(c.code for c in communes if c.cause is CauseEtat.HORS_LIMITES)
    if tunnel is LectureTunnel.STRICTE:
        hors = tuple(c.code for c in communes if c.cause in (CauseEtat.HORS_LIMITES, CauseEtat.EFFET_DES_AUTRES))
    motif = "Parts de sièges à 20 % des parts de population, ou exceptions du texte."
    if hors:
        motif = "Part de sièges à plus de 20 % de la part de population."
    elif toleres:
        motif = "Hors des 20 % par l'effet des autres : admis en pratique."
    return ConditionRepartition(nom, not hors, motif, hors or toleres, par_commune=True)


def _read_ordre(inversions: Sequence[Avertissement], ordre: LectureOrdre) -> tuple[ConditionRepartition, ...]:
    """Return condition b) where the order is read as one, nothing otherwise."""
    if ordre is LectureOrdre.LIBRE:
        return ()
    inversees = tuple(code for inversion in inversions for code in inversion.communes)
    motif = inversions[0].texte if inversions else "Les sièges suivent l'ordre des populations."
    return (ConditionRepartition("b", not inversions, motif, inversees),)


def _list_au_dessus(proposes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the communes with more than half of the seats."""
    moitie = _floor(PART_MAXIMALE_COMMUNE * sum(proposes.values()))
    return tuple(code for code, sieges in proposes.items() if sieges > moitie)


def _floor(value: Fraction) -> int:
    return value.numerator // value.denominator


def _check_codes(ordinaire: SiegesDroitCommun, proposes: Mapping[str, int]) -> None:
    """Refuse seats that are not those of the same communes, or not counts."""
    differents = sorted(set(ordinaire.sieges) ^ set(proposes))
    if differents:
        raise ValueError(f"Les communes ne sont pas les mêmes des deux côtés : {', '.join(differents)}.")
    negatifs = sorted(code for code, sieges in proposes.items() if sieges < 0)
    if negatifs:
        raise ValueError(f"Un nombre de sièges ne peut pas être négatif : {', '.join(negatifs)}.")
    if not any(proposes.values()):
        raise ValueError("Aucun siège n'est proposé : donnez un nombre de sièges par commune.")


def compute_ratio(sieges: int, total: int, population: int, population_totale: int) -> Fraction | None:
    """Return (seats / total seats) / (population / whole population); None for a commune without inhabitants.

    Complexity: O(1). Source: CGCT L5211-6-1 I-2° e (R-2.6).
    """
    return Fraction(sieges * population_totale, total * population) if population else None


def _check_commune(
    ordinaire: SiegesDroitCommun,
    ligne: LigneSieges,
    sieges: int,
    total: int,
    tolerance: Fraction,
    lecture: LectureSiegeUnique,
) -> ControleCommune:
    """Return the state of one commune under the 20 % rule and its exceptions."""
    ratio = compute_ratio(sieges, total, ligne.population, ordinaire.population)
    ratio_ordinaire = compute_ratio(ligne.sieges_iv, ordinaire.total_iv, ligne.population, ordinaire.population)
    cause = _find_cause(ligne, sieges, ratio, ratio_ordinaire, tolerance)
    is_reduite = ratio is not None and ratio < 1
    if cause is CauseEtat.SIEGE_UNIQUE and is_reduite and lecture is LectureSiegeUnique.MINIMUM:
        cause = CauseEtat.EFFET_DES_AUTRES if sieges == ligne.sieges_iv else CauseEtat.HORS_LIMITES
    return ControleCommune(ligne.code, sieges, ratio, ratio_ordinaire, cause)


def _find_cause(
    ligne: LigneSieges, sieges: int, ratio: Fraction | None, ratio_ordinaire: Fraction | None, tolerance: Fraction
) -> CauseEtat:
    """Return on which ground the seats of a commune stand, trying the grounds in the order of the text."""
    if sieges < 1:
        return CauseEtat.SANS_SIEGE
    if ratio is not None and ratio_ordinaire is not None:
        if abs(ratio - 1) <= tolerance:
            return CauseEtat.PROPORTION
        if abs(ratio_ordinaire - 1) > tolerance and abs(ratio - 1) <= abs(ratio_ordinaire - 1):
            return CauseEtat.ECART_ANCIEN
    if sieges == 2 and ligne.sieges_1 == 1:
        return CauseEtat.DEUXIEME_SIEGE
    if sieges == 1:
        return CauseEtat.SIEGE_UNIQUE
    return CauseEtat.EFFET_DES_AUTRES if sieges == ligne.sieges_iv else CauseEtat.HORS_LIMITES


def _list_refusees(ordinaire: SiegesDroitCommun, communes: tuple[ControleCommune, ...]) -> tuple[str, ...]:
    """Return the communes refused a second seat that was given to one no more populous (2015-711 DC)."""
    lignes = {ligne.code: ligne for ligne in ordinaire.lignes}
    servies = [lignes[commune.code].population for commune in communes if commune.cause is CauseEtat.DEUXIEME_SIEGE]
    return tuple(
        commune.code
        for commune in communes
        if commune.sieges == 1 == lignes[commune.code].sieges_1
        and lignes[commune.code].population >= min(servies, default=ordinaire.population + 1)
    )


def _build_controle(
    regle: Regle,
    conditions: tuple[ConditionRepartition, ...],
    communes: tuple[ControleCommune, ...],
    inversions: Sequence[Avertissement],
    total: int,
    plafond: int,
) -> ControleRepartition:
    """Return the result with its worst state and its warnings.

    The 20 % weigh on the state by the communes, which know what is admitted in practice, not by their condition.
    """
    avertissements = (*inversions, *_check_siege_unique(communes))
    etats = {commune.etat for commune in communes}
    is_manquee = any(not c.remplie for c in conditions if not c.par_commune)
    if EtatCommune.NON_CONFORME in etats or is_manquee:
        etat = EtatCommune.NON_CONFORME
    elif EtatCommune.TOLERE_PRATIQUE in etats:
        etat = EtatCommune.TOLERE_PRATIQUE
    else:
        etat = EtatCommune.CONFORME
    return ControleRepartition(etat, total, plafond, conditions, communes, avertissements, regle)


def _check_ordre(ordinaire: SiegesDroitCommun, sieges: Mapping[str, int]) -> list[Avertissement]:
    """Warn when a more populous commune holds fewer seats (condition b: "en fonction de la population")."""
    rangs = sorted(ordinaire.lignes, key=lambda ligne: (ligne.population, ligne.code))
    inversees: list[str] = []
    maximum_moins_peuplees = 0
    maximum_meme_population = 0
    precedente = -1
    for ligne in rangs:
        if ligne.population != precedente:
            maximum_moins_peuplees = max(maximum_moins_peuplees, maximum_meme_population)
            precedente = ligne.population
        if sieges[ligne.code] < maximum_moins_peuplees:
            inversees.append(ligne.code)
        maximum_meme_population = max(maximum_meme_population, sieges[ligne.code])
    if not inversees:
        return []
    texte = "Une commune moins peuplée a davantage de sièges : l'accord se fait « en fonction de la population »."
    return [Avertissement("ORDRE_POPULATION", texte, tuple(inversees))]


def _check_siege_unique(communes: tuple[ControleCommune, ...]) -> list[Avertissement]:
    """Warn of the communes whose only seat is far below their share: admitted by one reading of c) only."""
    reduites = tuple(
        c.code for c in communes if c.cause is CauseEtat.SIEGE_UNIQUE and c.ratio is not None and c.ratio < 1
    )
    return [Avertissement("SIEGE_UNIQUE", _SIEGE_UNIQUE, reduites)] if reduites else []
