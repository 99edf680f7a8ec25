"""The cost game of a pooled service: what any group of members would pay, in integer cents.

A cost is a *sum of terms that each read one additive aggregate* of the group (its workload, its head-count, its highest
level, its own costs). No term multiplies two aggregates: that is what keeps every rule and every proof exact at 158
members. Members are numbered from 0 in one fixed order; a group is a `frozenset` of numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, Protocol

from communaccord.noyau.partage.erreurs import DonneeInvalide

Group = frozenset[int]
MAX_TABLE = 16


class CostGame(Protocol):
    """What every rule and every proof reads: how many members, and the cost of any group, cents; 0 for nobody."""

    @property
    def n(self) -> int: ...

    def cost(self, group: Collection[int]) -> int: ...


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the cost that reads one aggregate of the group.

    `weights`: one whole number a member, >= 0. `table`: cents, indexed by the aggregate: the sum of the weights
    ("sum", length sum + 1), the number of members ("count", length n + 1; `weights` is not read) or the highest weight
    ("max", length highest + 1). `table[0]` is read by a group whose aggregate is 0, never by the empty group.
    """

    kind: Literal["sum", "count", "max"]
    weights: tuple[int, ...]
    table: tuple[int, ...]

    def read_aggregate(self, group: Collection[int]) -> int:
        """Return the aggregate of a non-empty group. O(|group|)."""
        if self.kind == "count":
            return len(group)
        weights = [self.weights[member] for member in group]
        return sum(weights) if self.kind == "sum" else max(weights)


@dataclass(frozen=True, slots=True)
class ServiceGame:
    """A service: terms, own costs, costs alone, exceptions.

    `own`: cents that a member adds to any group it is in. `alone`: what each member would pay by itself, cents; a
    group of one costs the lesser of it and of the formula (None: the formula). `exceptions`: cost of listed groups
    whatever the formula says (an existing syndicate). Errors: DonneeInvalide when there is no member, lengths do not
    fit, a weight is negative, an exception names nobody.
    """

    n: int
    terms: tuple[Term, ...]
    own: tuple[int, ...]
    alone: tuple[int, ...] | None = None
    exceptions: Mapping[Group, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.n < 1:
            raise DonneeInvalide("Le jeu n'a pas de membre.", "Nommez au moins une commune.")
        check_longueur("coûts propres", self.own, self.n)
        if self.alone is not None:
            check_longueur("coûts seuls", self.alone, self.n)
        for term in self.terms:
            check_term(term, self.n)
        for group in self.exceptions:
            if not group or not all(0 <= member < self.n for member in group):
                raise DonneeInvalide(
                    "Une exception de coût ne nomme pas des membres du jeu.", f"Nommez des membres de 0 à {self.n - 1}."
                )

    def cost(self, group: Collection[int]) -> int:
        """Return the cost of a group, cents. O(|group| x terms)."""
        members = frozenset(group)
        if not members:
            return 0
        if members in self.exceptions:
            return self.exceptions[members]
        formula = self.compute_formula(members)
        if len(members) == 1 and self.alone is not None:
            return min(formula, self.alone[next(iter(members))])
        return formula

    def compute_formula(self, members: Collection[int]) -> int:
        """Return the cost by the terms and own costs only, of a non-empty group, cents. O(|members| x terms)."""
        by_terms = sum(term.table[term.read_aggregate(members)] for term in self.terms)
        return by_terms + sum(self.own[member] for member in members)


@dataclass(frozen=True, slots=True)
class TableGame:
    """An explicit game: `costs[mask]` cents, bit i of the mask = member i; `costs[0]` is 0. At most 16 members."""

    n: int
    costs: tuple[int, ...]

    def __post_init__(self) -> None:
        if not 0 < self.n <= MAX_TABLE:
            raise DonneeInvalide(f"Une table compte de 1 à {MAX_TABLE} joueurs.", "Décrivez le service par sa formule.")
        if len(self.costs) != 1 << self.n or self.costs[0]:
            raise DonneeInvalide("La table ne donne pas un coût par groupe.", "Donnez les 2^n - 1 groupes, une fois.")

    def cost(self, group: Collection[int]) -> int:
        """Return the cost of a group, cents. O(|group|)."""
        return self.costs[sum(1 << member for member in frozenset(group))]


def check_longueur(libelle: str, values: Sequence[int], n: int) -> None:
    if len(values) != n:
        raise DonneeInvalide(f"{libelle} : {len(values)} valeurs pour {n} membres.", "Donnez une valeur par membre.")


def check_term(term: Term, n: int) -> None:
    """Errors: DonneeInvalide when the table does not cover every aggregate that a group can reach. O(n)."""
    if term.kind != "count":
        check_longueur("poids", term.weights, n)
    if any(weight < 0 for weight in term.weights):
        raise DonneeInvalide("Un poids est négatif.", "Donnez zéro ou un nombre positif.")
    highest = {"sum": sum(term.weights), "count": n, "max": max(term.weights, default=0)}[term.kind]
    if len(term.table) <= highest:
        raise DonneeInvalide(
            f"La table d'un terme s'arrête à {len(term.table) - 1} : il faut aller jusqu'à {highest}.",
            "Donnez un montant pour chaque total possible.",
        )


def build_table(game: CostGame) -> TableGame:
    """Write a small game out whole. Errors: DonneeInvalide above 16 members. O(2^n n)."""
    costs = [0] * (1 << game.n if game.n <= MAX_TABLE else 0)
    for size in range(1, game.n + 1 if costs else 0):
        for group in combinations(range(game.n), size):
            costs[sum(1 << member for member in group)] = game.cost(group)
    return TableGame(game.n, tuple(costs))
