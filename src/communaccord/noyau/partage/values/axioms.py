"""What a rule promises, checked on a game: None, or the counter-example.

A checker of an allocation reads the shares given; a checker of a rule plays it again on a changed game. On exact shares
(`Allocation.exact`) an axiom must hold exactly. On shares known within a bound, or only in cents, a checker tells only
what the bound (or a cent a share) cannot explain. Articles are cited from memory.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from communaccord.noyau.exact import round_exact
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame
from communaccord.noyau.partage.game.several import merge_terms
from communaccord.noyau.partage.game.transform import (
    add_any,
    add_own,
    count_in_smaller_units,
    permute,
    raise_total,
    raise_workload,
    scale_costs,
    write_out,
)

Rule = Callable[[CostGame], Allocation]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Where an axiom fails: for these members, `found` where the axiom asks for `expected` (cents, before rounding).

    `phrase` says it in French; members are named by their number.
    """

    axiom: str
    members: tuple[int, ...]
    found: Fraction
    expected: Fraction
    phrase: str


def read_shares(allocation: Allocation) -> tuple[Sequence[Fraction], Fraction]:
    """Return the shares to compare, and how far each may be from the true one. O(n)."""
    if allocation.exact is not None:
        return allocation.exact, Fraction(0)
    if allocation.approximate is not None:
        return allocation.approximate, allocation.bound
    return [Fraction(cents) for cents in allocation.cents], Fraction(1)


def check_efficiency(game: CostGame, allocation: Allocation) -> Counterexample | None:
    """Do the cents add up to the cost of everybody, to the cent? O(n). Source: Shapley, 1953."""
    paid, cost = sum(allocation.cents), game.cost(range(game.n))
    if paid == cost:
        return None
    phrase = f"Les parts font {format_euros(paid)} pour un coût de {format_euros(cost)}."
    return Counterexample("efficiency", tuple(range(game.n)), Fraction(paid), Fraction(cost), phrase)


def check_individual_rationality(game: CostGame, allocation: Allocation) -> Counterexample | None:
    """Does nobody pay more, in cents, than its cost alone? O(n). Source: von Neumann and Morgenstern, 1944."""
    for member, paid in enumerate(allocation.cents):
        alone = game.cost((member,))
        if paid > alone:
            phrase = f"Le membre {member} paie {format_euros(paid)} ; seul, il paierait {format_euros(alone)}."
            return Counterexample("individual_rationality", (member,), Fraction(paid), Fraction(alone), phrase)
    return None


def check_symmetry(game: CostGame, allocation: Allocation) -> Counterexample | None:
    """Do members that the game does not tell apart pay the same?

    In a service game: members described alike (weights, own costs, cost alone) whom no listed group tells apart;
    O(n terms). In another game: those whom no group tells apart, by enumeration, up to 16 members; O(2^n n^2). On
    cents, twins may differ by the last cent. Source: Shapley, 1953.
    """
    shares, slack = read_shares(allocation)
    pairs = list_twins(game) if isinstance(game, ServiceGame) else list_interchangeable(game)
    for first, second in pairs:
        if abs(shares[first] - shares[second]) > 2 * slack:
            phrase = f"Les membres {first} et {second} sont interchangeables et ne paient pas la même part."
            return Counterexample("symmetry", (first, second), shares[second], shares[first], phrase)
    return None


def list_twins(game: ServiceGame) -> Iterable[tuple[int, int]]:
    """Pairs of members of a service game described alike: each with the first of its kind. O(n terms)."""
    firsts: dict[tuple[int, ...], int] = {}
    terms = [term for term in merge_terms(game.terms, game.n) if term.kind != "count"]
    for member in range(game.n):
        listed = [place for place, group in enumerate(game.exceptions) if member in group and len(group) < game.n]
        alone = 0 if game.alone is None else game.alone[member]
        key = (game.own[member], alone, *(term.weights[member] for term in terms), -1, *listed)
        first = firsts.setdefault(key, member)
        if first != member:
            yield first, member


def list_interchangeable(game: CostGame) -> Iterable[tuple[int, int]]:
    """Pairs of members whom no group tells apart. O(2^n n^2)."""
    costs = write_out(game).costs
    for first, second in combinations(range(game.n), 2):
        one, other = 1 << first, 1 << second
        rests = (mask for mask in range(len(costs)) if not mask & (one | other))
        if all(costs[rest | one] == costs[rest | other] for rest in rests):
            yield first, second


def check_dummy(game: CostGame, allocation: Allocation) -> Counterexample | None:
    """Does a member that adds its cost alone to any group pay just that? Up to 16 members. O(2^n n). Shapley, 1953."""
    costs = write_out(game).costs
    shares, slack = read_shares(allocation)
    for member, share in enumerate(shares):
        one = 1 << member
        adds = all(costs[mask | one] - costs[mask] == costs[one] for mask in range(len(costs)) if not mask & one)
        if adds and abs(share - costs[one]) > slack:
            phrase = f"Le membre {member} n'apporte que son coût seul, {format_euros(costs[one])}, et paie autre chose."
            return Counterexample("dummy", (member,), share, Fraction(costs[one]), phrase)
    return None


def check_additivity(rule: Rule, first: CostGame, second: CostGame) -> Counterexample | None:
    """Is the share of two games together the sum of the shares? Source: Shapley, 1953. Errors: those of the rule."""
    together = rule(add_any(first, second))
    one, other = rule(first), rule(second)
    expected = [a + b for a, b in zip(read_shares(one)[0], read_shares(other)[0], strict=True)]
    return compare("additivity", together, expected, read_shares(one)[1] + read_shares(other)[1])


def check_covariance(rule: Rule, game: CostGame, own: Sequence[int]) -> Counterexample | None:
    """Does a cost that each member adds to any group fall on it alone? (Translation; see also `check_scale`.)"""
    before, slack = read_shares(rule(game))
    expected = [share + cents for share, cents in zip(before, own, strict=True)]
    return compare("covariance", rule(add_own(game, own)), expected, slack)


def check_scale(rule: Rule, game: CostGame, factor: int) -> Counterexample | None:
    """Do shares follow the currency: costs times a positive whole number, shares times the same?"""
    before, slack = read_shares(rule(game))
    return compare("scale", rule(scale_costs(game, factor)), [factor * share for share in before], factor * slack)


def check_units(rule: Rule, game: ServiceGame, factor: int) -> Counterexample | None:
    """Are shares the same when workloads are counted in smaller units (a tenth of an act...)?"""
    before, slack = read_shares(rule(game))
    return compare("units", rule(count_in_smaller_units(game, factor)), before, slack)


def check_anonymity(rule: Rule, game: CostGame, order: Sequence[int]) -> Counterexample | None:
    """Do shares follow the members when they are numbered otherwise? (`order[k]` becomes k.) Source: Shapley, 1953."""
    before, slack = read_shares(rule(game))
    return compare("anonymity", rule(permute(game, order)), [before[member] for member in order], slack)


def check_monotonicity(rule: Rule, game: ServiceGame, member: int, more: int) -> Counterexample | None:
    """Does a member that brings `more` workload pay at least as much as before? `more` > 0.

    With tables that never go down, the member then adds as much or more to every group: a case of strong monotonicity
    (Young, "Monotonic solutions of cooperative games", International Journal of Game Theory 14, 1985). Errors:
    DonneeInvalide when a table goes down or does not reach the new total, when a group is listed, or for `more` < 1.
    """
    sums = [term.table for term in game.terms if term.kind == "sum"]
    if more < 1 or game.exceptions or any(list(table) != sorted(table) for table in sums):
        raise DonneeInvalide(
            "La monotonie se vérifie quand la charge augmente, que le coût ne baisse jamais et sans groupe listé.",
            "Changez le jeu ou la charge ajoutée.",
        )
    before, slack = read_shares(rule(game))
    after, _ = read_shares(rule(raise_workload(game, member, more)))
    if after[member] >= before[member] - 2 * slack:
        return None
    phrase = f"Le membre {member} apporte plus de charge et paie moins."
    return Counterexample("monotonicity", (member,), after[member], before[member], phrase)


def check_aggregate_monotonicity(rule: Rule, game: CostGame, cents: int) -> Counterexample | None:
    """When only the cost of everybody goes up, does nobody pay less?

    Source: Megiddo, "On the nonmonotonicity of the bargaining set, the kernel and the nucleolus of a game", SIAM
    Journal on Applied Mathematics 27, 1974.
    """
    before, slack = read_shares(rule(game))
    after, _ = read_shares(rule(raise_total(game, cents)))
    for member, (paid, now) in enumerate(zip(before, after, strict=True)):
        if now < paid - 2 * slack:
            phrase = f"Le coût total augmente et le membre {member} paie moins."
            return Counterexample("aggregate_monotonicity", (member,), now, paid, phrase)
    return None


def compare(axiom: str, found: Allocation, expected: Sequence[Fraction], slack: Fraction) -> Counterexample | None:
    """The first member whose share is not the one expected, rounding aside. O(n)."""
    shares, own_slack = read_shares(found)
    for member, (share, wanted) in enumerate(zip(shares, expected, strict=True)):
        if abs(share - wanted) > slack + own_slack:
            paid, asked = format_euros(round_exact(share)), format_euros(round_exact(wanted))
            phrase = f"Le membre {member} paie {paid} ; la règle annoncée demandait {asked}."
            return Counterexample(axiom, (member,), share, wanted, phrase)
    return None
