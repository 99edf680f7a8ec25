"""Legal forms, from the codes of the rows to the law of the noyau and back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from communaccord.noyau.droit.cif import SANS_AC, BaseCif, compute_cif, impute_service
from communaccord.noyau.droit.formes import (
    CLES,
    QUESTIONS,
    Accord,
    ActeFourni,
    AlerteOrdre,
    Condition,
    Conseil,
    EffetCif,
    Exigence,
    FicheForme,
    Piece,
    PieceAttendue,
    Porteur,
    Question,
    Verdict,
    advise,
    check_ordre,
    get_fiche,
    get_libelle,
    list_accords,
    list_conditions,
    list_pieces,
    parse_reponses,
)
from communaccord.noyau.droit.formes import Forme as FormeDeLaLoi
from communaccord.noyau.droit.regles import get_regle

REGLE_CIF = get_regle("R-5.4")
REGLE_FORMES = get_regle("R-5.0")
CODES = frozenset(forme.value for forme in FormeDeLaLoi)
# Codes of the conditions, as the rows keep them.
CONDITIONS: Mapping[str, Condition] = {condition.name.lower(): condition for condition in Condition}


def list_questions() -> tuple[Question, ...]:
    """The questions of the advisor, in order."""
    return tuple(QUESTIONS[cle] for cle in CLES)


def read_conseil(reponses: Mapping[str, str]) -> Conseil:
    """The advice on these answers, told by codes."""
    return advise(parse_reponses(reponses))


def keep_reponses(reponses: Mapping[str, str]) -> dict[str, str]:
    """Only the answers that exist."""
    lues = parse_reponses(reponses)
    return {cle: reponse.value for cle in CLES if (reponse := lues.get(cle)) is not None}


def tell_reponses(reponses: Mapping[str, str]) -> list[tuple[str, str]]:
    """Questions and answers in French; those without answer are left out."""
    lues = parse_reponses(reponses)
    return [(QUESTIONS[cle].texte, get_libelle(cle, reponse)) for cle in CLES if (reponse := lues.get(cle)) is not None]


def read_fiche(forme: str) -> FicheForme | None:
    """What the law says of this form; None for one it does not know."""
    return get_fiche(FormeDeLaLoi(forme)) if forme in CODES else None


def read_accords(forme: str, *, fpu: bool | None) -> tuple[Accord, ...]:
    """Whose agreement it needs under this tax regime."""
    return list_accords(FormeDeLaLoi(forme), fpu=fpu)


def read_conditions(conditions: Mapping[str, bool]) -> dict[Condition, bool]:
    """The conditions that are known, by the noyau's names."""
    return {CONDITIONS[code]: valeur for code, valeur in conditions.items() if code in CONDITIONS}


def list_codes_conditions(forme: str) -> list[tuple[str, str]]:
    """Conditions on which the acts of this form depend: (code, question)."""
    return [(condition.name.lower(), condition.label) for condition in list_conditions(FormeDeLaLoi(forme))]


def list_attendues(forme: str, conditions: Mapping[str, bool]) -> tuple[PieceAttendue, ...]:
    """The acts of this form, each expected, to be clarified or not needed."""
    return list_pieces(FormeDeLaLoi(forme), read_conditions(conditions))


def find_piece(forme: str, cle: str) -> Piece | None:
    """One act of this form."""
    return next((attendue.piece for attendue in list_attendues(forme, {}) if attendue.piece.cle == cle), None)


def is_pour_epci(forme: str, piece: Piece) -> bool:
    """Whether the intercommunalité (or all together) gives this act."""
    if piece.porteur is Porteur.EMPLOYEURS:
        return forme != FormeDeLaLoi.ENTRE_COMMUNES.value
    return piece.porteur is not Porteur.COMMUNES


def is_par_commune(piece: Piece) -> bool:
    """Whether each commune that takes part gives its own."""
    return piece.porteur in (Porteur.COMMUNES, Porteur.EMPLOYEURS, Porteur.MEMBRES)


def list_alertes(
    forme: str,
    conditions: Mapping[str, bool],
    actes: Iterable[tuple[str, str, date]],
    porteurs: Mapping[str, Collection[str]],
) -> Sequence[AlerteOrdre]:
    """Acts dated before those that must come first: (key, code of the commune or "", day).

    ``porteurs``: by key, the codes of all who must give the act.
    """
    fournis = [ActeFourni(cle, porteur, jour) for cle, porteur, jour in actes]
    return check_ordre(FormeDeLaLoi(forme), read_conditions(conditions), fournis, porteurs)


@dataclass(frozen=True, slots=True)
class EffetCompensation:
    """The CIF before and after a service commun is imputed, capped or not; ``refus``: why nothing is imputed."""

    avant: Fraction
    apres: Fraction | None
    est_plafonne: bool
    ac_apres: int | None
    refus: str


def compute_compensation(base: BaseCif, montant: int, forme: str) -> EffetCompensation:
    """What imputing ``montant`` (cents a year) would change, when the form and the tax regime allow it.

    Errors: ValueError, in French, when the base cannot be.
    """
    avant = compute_cif(base)
    if refus := find_refus(base, forme):
        return EffetCompensation(avant.retenu, None, avant.est_plafonne, None, refus)
    suite = impute_service(base, montant)
    apres = compute_cif(suite)
    return EffetCompensation(avant.retenu, apres.retenu, avant.est_plafonne or apres.est_plafonne, suite.ac, "")


def find_refus(base: BaseCif, forme: str) -> str:
    """Why the AC would not move: the tax regime, or the form; empty when it may."""
    if not base.fpu:
        return SANS_AC
    fiche = read_fiche(forme)
    if fiche is not None and fiche.cif is EffetCif.NON:
        return (
            f"Avec la forme étudiée ({fiche.forme.label}), rien n'est imputé sur l'attribution de compensation : un "
            "remboursement ne change pas le CIF."
        )
    return ""


__all__ = [
    "CODES",
    "CONDITIONS",
    "REGLE_CIF",
    "REGLE_FORMES",
    "BaseCif",
    "Conseil",
    "EffetCompensation",
    "Exigence",
    "FicheForme",
    "Piece",
    "PieceAttendue",
    "Verdict",
    "compute_compensation",
    "find_piece",
    "is_par_commune",
    "is_pour_epci",
    "keep_reponses",
    "list_alertes",
    "list_attendues",
    "list_codes_conditions",
    "list_questions",
    "read_accords",
    "read_conseil",
    "read_fiche",
    "tell_reponses",
]
