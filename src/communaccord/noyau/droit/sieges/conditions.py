"""Conditions on a whole proposed council: nature, totals, half, one seat each; each says in French why it fails."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.noyau.droit.sieges.lectures import LectureMoitie, Lectures
from communaccord.noyau.droit.sieges.types import Nature, RegimeSieges, SiegesDroitCommun


@dataclass(frozen=True, slots=True)
class ConditionRepartition:
    """One condition on the whole council: its letter or name, whether it holds, why in French, for which communes.

    ``par_commune``: it sums up what is said of each commune, where its weight on the verdict already stands.
    """

    nom: str
    remplie: bool
    motif: str
    communes: tuple[str, ...] = ()
    par_commune: bool = False


def check_nature_accord(nature: Nature) -> ConditionRepartition:
    """Return whether a local agreement is open to this nature. O(1). Source: CGCT L5211-6-1 I-2° (R-2.6)."""
    ouverte = nature in (Nature.CC, Nature.CA)
    motif = "ouvert" if ouverte else "fermé"
    return ConditionRepartition("nature", ouverte, f"L'accord local est {motif} à une {nature.label}.")


def check_total_accord(total: int, plafond: int, total_iv: int) -> ConditionRepartition:
    """Return condition a): at most 125 % of the seats of III and IV. O(1). Source: CGCT L5211-6-1 I-2° a (R-2.6)."""
    motif = f"{total} sièges pour {plafond} au plus (125 % de {total_iv}, sans le V)."
    return ConditionRepartition("a", total <= plafond, motif)


def check_un_siege(proposes: Mapping[str, int]) -> ConditionRepartition:
    """Return condition c): one seat at least for each commune. O(n). Source: CGCT L5211-6-1 I-2° c (R-2.6)."""
    sans = tuple(sorted(code for code, sieges in proposes.items() if sieges < 1))
    motif = f"{_count(sans, negation=True)} aucun siège." if sans else "Chaque commune a au moins un siège."
    return ConditionRepartition("c", not sans, motif, sans)


def check_moitie(nom: str, au_dessus: tuple[str, ...]) -> ConditionRepartition:
    """Return condition d), or that of VI where it is read so: none of ``au_dessus``. O(1). Source: R-2.5, R-2.6."""
    motif = "Aucune commune ne dépasse la moitié des sièges."
    if au_dessus:
        motif = f"{_count(au_dessus)} plus de la moitié des sièges."
    elif nom != "d":
        motif = "Aucune commune n'est portée au-dessus de la moitié des sièges."
    return ConditionRepartition(nom, not au_dessus, motif, au_dessus)


def check_reserve(refusees: tuple[str, ...]) -> ConditionRepartition:
    """Return the reserve on second seats: none of ``refusees``. O(1). Source: Cons. const. 2015-711 DC (R-2.6)."""
    motif = "Aucun deuxième siège n'est refusé à une commune au moins aussi peuplée qu'une autre qui le reçoit."
    if refusees:
        motif = "Un deuxième siège est donné à une commune qui n'est pas plus peuplée, dans la même situation."
    return ConditionRepartition("réserve", not refusees, motif, refusees, par_commune=True)


def check_ouverture_vi(ordinaire: SiegesDroitCommun) -> ConditionRepartition:
    """Return whether VI is open: V does not apply, common regime. O(n). Source: CGCT L5211-6-1 VI (R-2.5)."""
    ouvert = not ordinaire.v_applicable and ordinaire.regime is RegimeSieges.DROIT_COMMUN
    motif = "Ouvert : le V ne s'applique pas." if ouvert else "Fermé : V appliqué, ou métropole exclue par le texte."
    return ConditionRepartition("ouverture", ouvert, motif)


def check_total_vi(total: int, plafond: int, total_iv: int) -> ConditionRepartition:
    """Return whether the council has at most 110 % of the seats of III and IV. O(1). Source: R-2.5."""
    return ConditionRepartition(
        "10 %", total <= plafond, f"{total} sièges pour {plafond} au plus (110 % de {total_iv})."
    )


def check_supplement(diminuees: tuple[str, ...]) -> ConditionRepartition:
    """Return whether VI only adds: no commune of ``diminuees``. O(1). Source: CGCT L5211-6-1 VI (R-2.5)."""
    motif = "Aucune commune ne perd de siège."
    if diminuees:
        motif = f"{_count(diminuees)} moins de sièges que par la règle ordinaire."
    return ConditionRepartition("supplément", not diminuees, motif, diminuees)


def has_plafond_moitie(nature: Nature, lectures: Lectures) -> bool:
    """Return whether VI is read to bring no commune above half: in a CC or a CA only. O(1). Source: R-2.5."""
    return nature in (Nature.CC, Nature.CA) and lectures.moitie is LectureMoitie.INTERDITE


def _count(communes: tuple[str, ...], *, negation: bool = False) -> str:
    """Return the subject and the verb of a sentence about ``communes`` ("3 communes auraient")."""
    n = "n'" if negation else ""
    return f"{len(communes)} communes {n}auraient" if len(communes) > 1 else f"Une commune {n}aurait"
