"""Quorum and pouvoirs (R-4.5, R-4.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.noyau.droit.regle import Avertissement, Regle
from communaccord.noyau.droit.regles import get_regle

SEANCES_DE_SUITE = get_regle("R-4.6").get_entier("seances_de_suite")


@dataclass(frozen=True, slots=True)
class EtatQuorum:
    """Whether the council may deliberate: members present, members needed (0: no quorum), and why in French."""

    atteint: bool
    presents: int
    requis: int
    motif: str
    regle: Regle


@dataclass(frozen=True, slots=True)
class Pouvoir:
    """A pouvoir: who gives it, who carries it, for how many meetings in a row (this one included), illness or not."""

    mandant: str
    porteur: str
    seances_de_suite: int = 1
    maladie: bool = False


def compute_quorum(en_exercice: int) -> int:
    """Return the number of members who must be present: more than half of the members in exercise.

    ``en_exercice``: members in exercise, vacant seats left out. Errors: ValueError below one. Complexity: O(1).
    Source: CGCT L2121-17 (R-4.5).
    """
    if en_exercice < 1:
        raise ValueError("Un conseil compte au moins un membre en exercice.")
    return en_exercice // 2 + 1


def check_quorum(en_exercice: int, presents: int, *, exclus: int = 0, seconde_convocation: bool = False) -> EtatQuorum:
    """Return whether the quorum is reached for an item, when its discussion starts.

    ``presents``: members really present (pouvoirs never count). ``exclus``: members excluded for interest under
    L1111-6 II, who are not counted among the members in exercise and must not be counted as present either.
    ``seconde_convocation``: regular second convocation, after a first meeting without quorum, same agenda.
    Errors: ValueError when the counts do not hold together. Complexity: O(1). Source: CGCT L2121-17, L2131-11 (R-4.5).
    """
    base = en_exercice - exclus
    if exclus < 0 or presents < 0:
        raise ValueError("Un nombre de membres ne peut pas être négatif.")
    if presents > base:
        raise ValueError(
            f"{presents} membres présents pour {base} membres à compter : vérifiez la feuille de présence."
        )
    if seconde_convocation:
        motif = "Seconde convocation : le conseil délibère sans condition de quorum, sur le même ordre du jour."
        return EtatQuorum(presents > 0, presents, 0, motif, get_regle("R-4.5"))
    requis = compute_quorum(base)
    if presents >= requis:
        motif = f"Le quorum est atteint : {presents} membres présents pour {requis} nécessaires."
    else:
        motif = (
            f"Le quorum manque : {presents} membres présents pour {requis} nécessaires. Les pouvoirs ne comptent pas."
        )
    return EtatQuorum(presents >= requis, presents, requis, motif, get_regle("R-4.5"))


def check_pouvoirs(
    pouvoirs: Sequence[Pouvoir], presents: frozenset[str], *, suppleants_presents: Mapping[str, str] | None = None
) -> tuple[Avertissement, ...]:
    """Return what is wrong with the pouvoirs of a meeting (empty: nothing).

    ``presents``: identifiers of the members present. ``suppleants_presents``: for a commune with one seat, absent
    member > suppléant present, who comes before any pouvoir. The result is ordered by kind then by name, whatever the
    input order. Errors: none. Complexity: O(n log n). Source: CGCT L2121-20, L5211-6 (R-4.6).
    """
    suppleants = suppleants_presents or {}
    mandants = [pouvoir.mandant for pouvoir in pouvoirs]
    porteurs = [pouvoir.porteur for pouvoir in pouvoirs]
    groupes = (
        ("DEUX_POUVOIRS", "Une même personne ne porte qu'un pouvoir", _find_doubles(porteurs)),
        ("POUVOIR_DOUBLE", "Un membre absent ne donne qu'un pouvoir", _find_doubles(mandants)),
        ("PORTEUR_ABSENT", "Le pouvoir est donné à une personne absente", sorted(set(porteurs) - presents)),
        ("MANDANT_PRESENT", "Un membre présent vote par lui-même", sorted(set(mandants) & presents)),
        (
            "SUPPLEANT_D_ABORD",
            "La personne suppléante, présente, vote d'abord",
            sorted(set(mandants) & set(suppleants)),
        ),
        ("TROIS_SEANCES", "Un pouvoir ne vaut pas plus de trois séances de suite, sauf maladie", _find_longs(pouvoirs)),
    )
    return tuple(
        Avertissement(code, f"{phrase} : {', '.join(personnes)}.") for code, phrase, personnes in groupes if personnes
    )


def _find_doubles(noms: Sequence[str]) -> list[str]:
    return sorted({nom for nom in noms if noms.count(nom) > 1})


def _find_longs(pouvoirs: Sequence[Pouvoir]) -> list[str]:
    return sorted({p.mandant for p in pouvoirs if p.seances_de_suite > SEANCES_DE_SUITE and not p.maladie})
