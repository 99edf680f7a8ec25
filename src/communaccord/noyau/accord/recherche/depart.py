"""A first package, without transfers: options one service at a time; whoever cannot hold leaves, until all hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.accord.recherche.lignes import AvecCommune, ContributionMax, GainMin, Ligne, SeulementSi
from communaccord.noyau.accord.recherche.programme_menu import Offres, read_part

Members = dict[int, frozenset[int]]
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Depart:
    """Service -> option, service -> members (services that stand only), and the objective."""

    choice: Mapping[int, int]
    members: Mapping[int, frozenset[int]]
    value: int


def find_departs(offres: Offres) -> Iterator[Depart]:
    """Yield better and better packages: options changed one service at a time while it helps.

    O(rounds x options x communes x services), and the costs of the groups met. Deterministic.
    """
    best = settle(offres, {})
    for _ in range(ROUNDS):
        before = best.value
        for j, service in enumerate(offres.menu.services):
            for p in range(len(service.options)):
                if best.choice.get(j) != p and offres.allowed[j, p]:
                    found = settle(offres, {**best.choice, j: p})
                    if found.value > best.value:
                        best = found
                        yield best
        if best.value == before:
            return


def settle(offres: Offres, choice: Mapping[int, int]) -> Depart:
    """Return what stands of a choice: communes whose lines fail leave, services not paid close, until nothing moves."""
    members: Members = {j: frozenset(offres.allowed[j, p]) for j, p in choice.items()}
    moving = True
    while moving:
        before = dict(members)
        for i in sorted(frozenset().union(*members.values())):
            release(offres, choice, members, i)
        for j, p in choice.items():
            members[j] = keep_paid(offres, (j, p), members[j])
        moving = members != before
    standing = {j: group for j, group in members.items() if group}
    inside = frozenset().union(*standing.values())
    kept = {j: p for j, p in choice.items() if j in standing}
    return Depart(kept, standing, sum(offres.menu.poids[i] for i in inside))


def release(offres: Offres, choice: Mapping[int, int], members: Members, i: int) -> None:
    """Take a commune out of its dearest service until its lines hold (in place)."""
    while True:
        joined = [j for j, group in members.items() if i in group]
        if not joined or all(holds(offres, choice, members, i, ligne) for ligne in offres.lignes[i]):
            return
        worst = min(joined, key=lambda j: (offres.menu.services[j].seul[i] - offres.posted[j, choice[j]][i], j))
        members[worst] = members[worst] - {i}


def holds(offres: Offres, choice: Mapping[int, int], members: Members, i: int, ligne: Ligne) -> bool:
    """Whether a line of a commune that joins something holds, without transfers, at the prices posted."""
    joined = [j for j, group in members.items() if i in group]
    match ligne:
        case SeulementSi():
            j = offres.services[ligne.service]
            other = members.get(j if ligne.avec else offres.services[ligne.aussi or ""], frozenset())
            return j not in joined or (offres.numeros[ligne.avec] if ligne.avec else i) in other
        case AvecCommune():
            return any(offres.numeros[ligne.avec] in members[j] for j in joined)
        case ContributionMax() | GainMin():
            return holds_amount(offres, choice, joined, i, ligne)
        case _:
            return True


def holds_amount(
    offres: Offres, choice: Mapping[int, int], joined: list[int], i: int, ligne: ContributionMax | GainMin
) -> bool:
    total: Fraction | int = 0
    is_gain = isinstance(ligne, GainMin)
    for j in joined:
        service, place = offres.menu.services[j], (j, choice[j])
        if ligne.service in (None, service.nom):
            part = read_part(offres.menu, offres.option(place), ligne.annee)
            total += part * ((service.seul[i] if is_gain else 0) - offres.posted[place][i])
    return total >= (ligne.montant if is_gain else -ligne.montant)


def keep_paid(offres: Offres, place: tuple[int, int], group: frozenset[int]) -> frozenset[int]:
    """Return the group if its bills pay its cost, else without one member when that is enough, else nobody."""
    paid = sum((offres.exact[place][i] for i in group), Fraction(0))
    if is_standing(offres, place, group, paid):
        return group
    for i in sorted(group - offres.option(place).required, key=lambda i: (offres.menu.poids[i], i)):
        if is_standing(offres, place, group - {i}, paid - offres.exact[place][i]):
            return group - {i}
    return frozenset()


def is_standing(offres: Offres, place: tuple[int, int], group: frozenset[int], paid: Fraction) -> bool:
    """Whether a group follows the perimeter rule and what it pays at the prices posted is its cost, at least."""
    option = offres.option(place)
    if not option.required <= group or len(group) < option.fewest:
        return False
    return paid >= option.game.cost(group)
