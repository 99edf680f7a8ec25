"""Rules that read a criterion, not the costs of groups: proportional, and serial on the workload. All exact."""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, ServiceGame, Term
from communaccord.noyau.partage.values.rounding import build_allocation


def proportional(game: CostGame, criterion: Sequence[int | Fraction], rule: str = "proportional") -> Allocation:
    """Return the cost of everybody in proportion to a criterion (population, workload...), >= 0, one number a member.

    Exact. Errors: DonneeInvalide for a negative number, a sum of zero, a wrong length. O(n log n). Source: definition.
    """
    weights = [Fraction(value) for value in criterion]
    total = sum(weights, Fraction(0))
    if len(weights) != game.n:
        raise DonneeInvalide(f"Critère : {len(weights)} nombres pour {game.n} membres.", "Donnez-en un par membre.")
    if min(weights) < 0 or total == 0:
        raise DonneeInvalide("Un critère est négatif, ou tous sont nuls.", "Donnez des nombres positifs, au moins un.")
    cost = game.cost(range(game.n))
    return build_allocation(rule, [cost * weight / total for weight in weights])


def proportional_alone(game: CostGame) -> Allocation:
    """Return the cost of everybody in proportion to each one's cost alone. Exact.

    Errors, complexity: those of `proportional`, and n costs. Source: definition.
    """
    return proportional(game, [game.cost((member,)) for member in range(game.n)], "proportional_alone")


def serial(game: CostGame) -> Allocation:
    """Return serial cost shares: everybody pays equally for what the smallest asks, and so on upwards.

    For each term in a workload: sort the workloads, q1 <= q2 <= ...; with Q_k = q1 + ... + q_k + (n - k) q_k, member k
    pays the sum over j <= k of (f(Q_j) - f(Q_j-1)) / (n - j + 1). The same reading of a highest-level term is the
    airport rule; what reads the head-count is shared equally; own costs stay with their owner. Exact. Costs alone and
    listed groups play no part: told (`caveat`). Errors: DonneeInvalide when the game is a table, or lists the cost of
    everybody. O(n log n terms). Source: Moulin and Shenker, "Serial cost sharing", Econometrica 60, 1992.
    """
    if not isinstance(game, ServiceGame) or frozenset(range(game.n)) in game.exceptions:
        raise DonneeInvalide(
            "La règle sérielle lit une formule de coût, et ce jeu donne ses coûts groupe par groupe.",
            "Choisissez une autre règle, ou décrivez le service par sa charge.",
        )
    if game.n == 1:
        return build_allocation("serial", [Fraction(game.cost((0,)))])
    shares = [Fraction(own) for own in game.own]
    for term in game.terms:
        shares = [share + more for share, more in zip(shares, share_term_serially(term, game.n), strict=True)]
    ignored = game.alone is not None or bool(game.exceptions)
    caveat = "La règle sérielle ne lit que la charge : ni les coûts seuls, ni les groupes existants." if ignored else ""
    return build_allocation("serial", shares, caveat)


def share_term_serially(term: Term, n: int) -> list[Fraction]:
    """Serial shares of one term; `table[0]`, due as soon as somebody is there, is shared equally. O(n log n)."""
    if term.kind == "count":
        return [Fraction(term.table[n], n)] * n
    paid = Fraction(term.table[0], n)
    shares = [Fraction(0)] * n
    before, below = 0, 0
    for rank, member in enumerate(sorted(range(n), key=lambda member: term.weights[member])):
        weight = term.weights[member]
        read = weight if term.kind == "max" else below + (n - rank) * weight
        paid += Fraction(term.table[read] - term.table[before], n - rank)
        before, below = read, below + weight
        shares[member] = paid
    return shares
