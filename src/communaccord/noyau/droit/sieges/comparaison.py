"""Why the council as it is differs from the ordinary rule: always a probable reason, never a certainty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import get_regle
from communaccord.noyau.droit.sieges.accord import (
    ControleRepartition,
    EtatCommune,
    check_accord_local,
    check_supplement_vi,
)
from communaccord.noyau.droit.sieges.lectures import LECTURES_LARGES
from communaccord.noyau.droit.sieges.types import HorsChamp, Nature, SiegesDroitCommun

# A real council may rest on any reading that can be held: the widest one explains it, and its warnings tell who it is
# that the most prudent one would not admit.
LECTURES_EXPLICATION = LECTURES_LARGES
VACANCES_ADMISES = 2
PART_VACANCES = 50
ECARTS_ADMIS = 1
PART_ECARTS = 10
PART_ABSENTES = 10


class VerdictSieges(Enum):
    """Most probable explanation of the difference."""

    IDENTIQUE = "identique à la règle ordinaire"
    ACCORD_LOCAL_PROBABLE = "accord local probable"
    SUPPLEMENT_VI_PROBABLE = "sièges supplémentaires (10 %) probables"
    VACANCES_PROBABLES = "sièges vacants probables"
    REGISTRE_INCOMPLET = "registre incomplet"
    AUTRE = "écart non expliqué"
    HORS_CHAMP = "hors champ"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class ComparaisonSieges:
    """The verdict, a French sentence that says why, and the figures it rests on.

    ``ecarts``: seats counted minus ordinary seats, for the communes where they differ. ``controle``: check of a local
    agreement or of VI when one was tried. ``communes_a_verifier``: codes that the sentence counts without naming them.
    """

    verdict: VerdictSieges
    phrase: str
    total_constate: int
    total_ordinaire: int | None
    ecarts: Mapping[str, int]
    controle: ControleRepartition | None
    regle: Regle
    communes_a_verifier: tuple[str, ...] = ()


def compare_sieges(
    ordinaire: SiegesDroitCommun | HorsChamp, constates: Mapping[str, int], *, registre_complet: bool = True
) -> ComparaisonSieges:
    """Return why the seats counted differ from the ordinary rule, in careful words.

    Shapes: ``constates`` maps a commune code to the seats counted in the national register (communes absent or at
    zero make it incomplete); ``registre_complet`` is what the source says of itself. Vacancies: every difference is
    downwards and they are at most 2 seats, or 2 % of the council. When a tenth of the communes at most have nobody,
    they are given their ordinary seats to look for an explanation, and the sentence says so. Errors: ValueError for a
    commune that is not a member or a negative count. Complexity: O(n log n). Source: R-2.4, R-2.5, R-2.6.
    """
    total = sum(constates.values())
    if isinstance(ordinaire, HorsChamp):
        return ComparaisonSieges(VerdictSieges.HORS_CHAMP, ordinaire.motif, total, None, {}, None, get_regle("R-2.3"))
    _check_constates(ordinaire, constates)
    ecarts = {
        code: constates.get(code, 0) - sieges
        for code, sieges in ordinaire.sieges.items()
        if constates.get(code, 0) != sieges
    }
    trouvee = _find_explication(ordinaire, constates, ecarts, registre_complet)
    return ComparaisonSieges(
        trouvee.verdict,
        trouvee.phrase,
        total,
        ordinaire.total,
        ecarts,
        trouvee.controle,
        get_regle("R-2.4"),
        trouvee.communes,
    )


@dataclass(frozen=True, slots=True)
class _Explication:
    """An explanation: its sentence, the check that was tried, the communes to look at."""

    verdict: VerdictSieges
    phrase: str
    controle: ControleRepartition | None = None
    communes: tuple[str, ...] = ()


def _check_constates(ordinaire: SiegesDroitCommun, constates: Mapping[str, int]) -> None:
    etrangeres = sorted(set(constates) - set(ordinaire.sieges))
    if etrangeres:
        raise ValueError(f"Des sièges sont comptés pour des communes non membres : {', '.join(etrangeres)}.")
    negatifs = sorted(code for code, sieges in constates.items() if sieges < 0)
    if negatifs:
        raise ValueError(f"Un nombre de sièges ne peut pas être négatif : {', '.join(negatifs)}.")


def _find_explication(
    ordinaire: SiegesDroitCommun, constates: Mapping[str, int], ecarts: Mapping[str, int], registre_complet: bool
) -> _Explication:
    """Try the explanations from the surest to the least sure; a register with gaps is first completed."""
    absentes = [code for code in ordinaire.sieges if not constates.get(code)]
    if absentes and _is_vacance(ordinaire, ecarts):
        return _explain_vacances(ordinaire, ecarts)
    if absentes or not registre_complet:
        return _explain_incomplet(ordinaire, constates, absentes)
    return _explain_complet(ordinaire, constates, ecarts)


def _explain_complet(
    ordinaire: SiegesDroitCommun, constates: Mapping[str, int], ecarts: Mapping[str, int], *, suppose: bool = False
) -> _Explication:
    """Explain a register without gap; ``suppose``: some of its seats are assumed, which the sentences must say."""
    if not ecarts:
        phrase = f"Les {ordinaire.total} sièges comptés sont ceux de la règle ordinaire, commune par commune."
        return _Explication(VerdictSieges.IDENTIQUE, phrase)
    if _is_vacance(ordinaire, ecarts):
        return _explain_vacances(ordinaire, ecarts)
    if ordinaire.nature in (Nature.CC, Nature.CA):
        return _explain_communaute(ordinaire, constates, suppose)
    return _explain_metropole(ordinaire, constates, ecarts, suppose)


def _count_sieges(controle: ControleRepartition, suppose: bool) -> str:
    return f"{controle.total} sièges {'seraient' if suppose else 'sont'} comptés"


def _explain_vacances(ordinaire: SiegesDroitCommun, ecarts: Mapping[str, int]) -> _Explication:
    manque = -sum(ecarts.values())
    phrase = (
        f"Il manque {manque} siège{'s' if manque > 1 else ''} par rapport aux {ordinaire.total} de la règle "
        "ordinaire : sans doute des sièges vacants au jour du comptage."
    )
    return _Explication(VerdictSieges.VACANCES_PROBABLES, phrase)


def _explain_incomplet(
    ordinaire: SiegesDroitCommun, constates: Mapping[str, int], absentes: Sequence[str]
) -> _Explication:
    """A few communes without anybody: see what their ordinary seats would explain, and say the assumption."""
    incomplet = _Explication(VerdictSieges.REGISTRE_INCOMPLET, _build_phrase_registre(len(absentes)))
    if not absentes or len(absentes) > max(ECARTS_ADMIS, len(ordinaire.sieges) // PART_ABSENTES):
        return incomplet
    completes = {**constates, **{code: ordinaire.sieges[code] for code in absentes}}
    ecarts = {code: completes[code] - sieges for code, sieges in ordinaire.sieges.items() if completes[code] != sieges}
    trouvee = _explain_complet(ordinaire, completes, ecarts, suppose=True)
    if trouvee.verdict not in (VerdictSieges.ACCORD_LOCAL_PROBABLE, VerdictSieges.SUPPLEMENT_VI_PROBABLE):
        return incomplet
    qui = f"{len(absentes)} communes" if len(absentes) > 1 else "une commune"
    reserve = f"Le registre ne compte personne pour {qui} ; en supposant là les sièges de la règle ordinaire, "
    return replace(trouvee, phrase=reserve + trouvee.phrase)


def _build_phrase_registre(absentes: int) -> str:
    if absentes > 1:
        return f"Le registre ne compte personne pour {absentes} communes : la comparaison n'est pas possible."
    if absentes:
        return "Le registre ne compte personne pour une commune : la comparaison n'est pas possible."
    return "Le registre est signalé comme incomplet : la comparaison n'est pas possible."


def _is_vacance(ordinaire: SiegesDroitCommun, ecarts: Mapping[str, int]) -> bool:
    """Return whether a few seats are missing and none is in excess."""
    tolerance = max(VACANCES_ADMISES, ordinaire.total // PART_VACANCES)
    return max(ecarts.values()) < 0 and -sum(ecarts.values()) <= tolerance


def _explain_communaute(ordinaire: SiegesDroitCommun, constates: Mapping[str, int], suppose: bool) -> _Explication:
    """CC or CA: a local agreement, if its total and its communes make it plausible."""
    controle = check_accord_local(ordinaire, constates, lectures=LECTURES_EXPLICATION)
    ecartees = controle.list_communes(EtatCommune.NON_CONFORME)
    if controle.total > controle.total_maximal:
        phrase = (
            f"{_count_sieges(controle, suppose)} ; un accord local en permettrait {controle.total_maximal} au plus. "
            "L'arrêté préfectoral dira pourquoi."
        )
        return _Explication(VerdictSieges.AUTRE, phrase, controle)
    if any(not c.remplie and not c.par_commune for c in controle.conditions) or len(ecartees) > max(
        ECARTS_ADMIS, len(ordinaire.lignes) // PART_ECARTS
    ):
        phrase = (
            f"{_count_sieges(controle, suppose)}, contre {ordinaire.total} par la règle ordinaire, mais la "
            "répartition s'éloigne de ce que permet un accord local : registre en retard ou situation particulière. "
            "L'arrêté préfectoral fait foi."
        )
        return _Explication(VerdictSieges.AUTRE, phrase, controle)
    qui = f"{len(ecartees)} communes" if len(ecartees) > 1 else "une commune"
    reserve = f" À vérifier pour {qui}, hors des limites de l'accord." if ecartees else ""
    phrase = (
        f"{_count_sieges(controle, suppose)}, contre {ordinaire.total} par la règle ordinaire : sans doute un "
        f"accord local, qui permet jusqu'à {controle.total_maximal} sièges.{reserve} L'arrêté préfectoral fait foi."
    )
    return _Explication(VerdictSieges.ACCORD_LOCAL_PROBABLE, phrase, controle, ecartees)


def _explain_metropole(
    ordinaire: SiegesDroitCommun, constates: Mapping[str, int], ecarts: Mapping[str, int], suppose: bool
) -> _Explication:
    """CU or métropole: at most 10 % more seats (VI), once a few vacancies are put aside."""
    controle = check_supplement_vi(ordinaire, constates, lectures=LECTURES_EXPLICATION)
    ouverture, plafond = controle.conditions[0], controle.conditions[1]
    manques = -sum(ecart for ecart in ecarts.values() if ecart < 0)
    ajouts = sum(ecart for ecart in ecarts.values() if ecart > 0)
    if ouverture.remplie and plafond.remplie and ajouts > manques and manques <= VACANCES_ADMISES:
        phrase = (
            f"{_count_sieges(controle, suppose)}, contre {ordinaire.total} par la règle ordinaire : sans doute les "
            f"sièges supplémentaires que les communes peuvent décider, jusqu'à {controle.total_maximal} au total. "
            "L'arrêté préfectoral fait foi."
        )
        return _Explication(VerdictSieges.SUPPLEMENT_VI_PROBABLE, phrase, controle)
    phrase = (
        f"{_count_sieges(controle, suppose)}, contre {ordinaire.total} par la règle ordinaire. Aucune explication "
        "simple n'a été trouvée : l'arrêté préfectoral fait foi."
    )
    return _Explication(VerdictSieges.AUTRE, phrase, controle)
