"""How far a figure may be wrong before the verdict changes: cost of a service, price of what varies, workload.

The verdict: which lines hold in the package as it is (the first round of `signataires.who_signs`). Bills are
proportional to the cost, so each line has one exact breakpoint in a cost or a price; a workload moves the cost by steps
and is followed one unit at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.accord.recherche.lignes import Ligne
from communaccord.noyau.accord.recherche.menu import Menu, Option
from communaccord.noyau.accord.recherche.modele import compute_shares
from communaccord.noyau.accord.recherche.offre_exacte import build_paquet, split_lignes
from communaccord.noyau.accord.recherche.points import Lecture
from communaccord.noyau.accord.recherche.programme import Rang, build_rangs
from communaccord.noyau.accord.recherche.signataires import Members, check_choice, find_refusals
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame

Transfers = Sequence[Sequence[int]]
MOST_UNITS = 10_000


@dataclass(frozen=True, slots=True)
class Range:
    """Changes within which the verdict stays: from `low` to `high` (None: without limit, or down to nothing), 0 between
    them.

    A side is in the range or not, as `low_open`, `high_open` tell (open: at the side itself the verdict has changed).
    `low_line`, `high_line`: the line that changes just after (None: no limit, or the end of what was followed).
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    low_line: Ligne | None
    high_line: Ligne | None


def cost_range(
    menu: Menu,
    choice: Mapping[int, int],
    members: Members,
    lignes: Sequence[Ligne],
    *,
    service: int,
    transfers: Transfers = (),
) -> Range:
    """Return how much the cost of a service may change, cents a year, without changing which lines hold. Exact.

    A line that holds up to its side still holds there (closed side); one that begins to hold there changes the verdict
    (open side). Errors: DonneeInvalide. O(lines x services).
    """
    kept = check_service(menu, choice, members, service)
    moved = transfers or [(0,) * len(menu.communes) for _ in menu.vehicules]
    paquet, point = build_paquet(menu, kept, members, moved)
    place = list(kept).index(service)
    cost = paquet.services[place].cout
    if not cost:
        raise DonneeInvalide("Le service ne coûte rien : son coût n'a pas de marge.", "Vérifiez le coût.")
    shares = compute_shares(paquet.services[place], point.keys[place])
    inside = frozenset().union(*members.values())
    read, _ = split_lignes(menu, members, [x for x in lignes if paquet.numeros[x.commune] in inside])
    lecture = Lecture(paquet, point)
    sides: list[tuple[Fraction, bool, bool, Ligne]] = []
    for rang in build_rangs(paquet, read):
        slope = -rang.parts.get(place, 0) * shares[rang.commune] / cost
        if slope:
            sides.append((*find_side(rang, lecture, Fraction(slope)), read[rang.ligne]))
    return cut_below(gather_range(sides), -cost)


def cut_below(found: Range, least: int) -> Range:
    """Return the range without its lower side when it is below `least`: a cost or a price is zero or more. O(1)."""
    if found.low is None or found.low >= least:
        return found
    return replace(found, low=None, low_open=False, low_line=None)


def find_side(rang: Rang, lecture: Lecture, slope: Fraction) -> tuple[Fraction, bool, bool]:
    """Return where a row changes its answer, whether that is above, and whether the side itself has changed."""
    margin = lecture.measure(rang)
    above = (margin >= 0) == (slope < 0)
    return -margin / slope, above, margin < 0


def gather_range(sides: Sequence[tuple[Fraction, bool, bool, Ligne]]) -> Range:
    """Return the range between the nearest sides; an open side is nearer than a closed one at the same place."""
    above = min((s for s in sides if s[1]), key=lambda s: (s[0], not s[2]), default=None)
    below = max((s for s in sides if not s[1]), key=lambda s: (s[0], s[2]), default=None)
    return Range(
        below[0] if below else None, above[0] if above else None,
        bool(below and below[2]), bool(above and above[2]),
        below[3] if below else None, above[3] if above else None,
    )  # fmt: skip


def price_range(
    menu: Menu,
    choice: Mapping[int, int],
    members: Members,
    lignes: Sequence[Ligne],
    *,
    service: int,
    term: int,
    transfers: Transfers = (),
) -> Range:
    """Return by which part (1/10: 10 %) the price of what varies in a term may change, the verdict unchanged. Exact.

    What varies: the table at the aggregate of the members, less the table at 0 (for posts: all but the fixed cost).
    Errors: DonneeInvalide for a game without terms, a term that does not vary here. Complexity: that of `cost_range`.
    """
    option = read_option(menu, choice, members, service)
    game = option.game
    if not isinstance(game, ServiceGame) or not 0 <= term < len(game.terms):
        raise DonneeInvalide(f"L'option « {option.nom} » n'a pas de terme n° {term + 1}.", "Choisissez un autre terme.")
    table = game.terms[term].table
    varying = table[game.terms[term].read_aggregate(members[service])] - table[0]
    if varying <= 0:
        raise DonneeInvalide("Ce terme ne varie pas pour ce périmètre.", "Choisissez un autre terme.")
    found = cost_range(menu, choice, members, lignes, service=service, transfers=transfers)
    low = None if found.low is None else found.low / varying
    high = None if found.high is None else found.high / varying
    return cut_below(replace(found, low=low, high=high), -1)


def workload_range(
    menu: Menu,
    choice: Mapping[int, int],
    members: Members,
    lignes: Sequence[Ligne],
    *,
    service: int,
    commune: int,
    term: int = 0,
    critere: int | None = None,
    transfers: Transfers = (),
    most: int = MOST_UNITS,
    should_stop: Callable[[], bool] | None = None,
) -> Range:
    """Return by how many units the workload of a commune may change, one by one, without changing which lines hold.

    `critere`: the criterion that counts the same units and moves with it (None: the key does not read it). Followed
    down to zero, up to the end of the table or `most`, or until `should_stop`, asked at each unit. Both sides are in
    the range. Errors: DonneeInvalide. O(units x lines x services).
    """
    option = read_option(menu, choice, members, service)
    if not isinstance(option.game, ServiceGame) or not 0 <= term < len(option.game.terms):
        raise DonneeInvalide(f"L'option « {option.nom} » n'a pas de terme n° {term + 1}.", "Choisissez un autre terme.")
    weights = option.game.terms[term].weights
    room = min(most, len(option.game.terms[term].table) - 1 - sum(weights))
    now = judge(menu, choice, members, lignes, transfers)
    ends: list[tuple[int, Ligne | None]] = []
    for sign, last in ((-1, min(most, weights[commune])), (1, room)):
        reached, line = 0, None
        for units in range(1, last + 1):
            if should_stop is not None and should_stop():
                break
            changed = shift_workload(menu, choice, service, commune, term, critere, sign * units)
            then = None if changed is None else judge(changed, choice, members, lignes, transfers)
            if then is None or then != now:
                line = None if then is None else next(x for x in (*now, *then) if (x in now) != (x in then))
                break
            reached = units
        ends.append((sign * reached, line))
    (low, low_line), (high, high_line) = ends
    return Range(Fraction(low), Fraction(high), False, False, low_line, high_line)


def judge(
    menu: Menu, choice: Mapping[int, int], members: Members, lignes: Sequence[Ligne], transfers: Transfers
) -> list[Ligne]:
    """Return the lines that do not hold, in the order of the refusals. O(lines x services)."""
    kept = {j: choice[j] for j in sorted(members) if members[j]}
    moved = transfers or [(0,) * len(menu.communes) for _ in menu.vehicules]
    paquet, point = build_paquet(menu, kept, members, moved)
    return [refus.ligne for refus in find_refusals(menu, members, paquet, point, lignes)]


def shift_workload(
    menu: Menu, choice: Mapping[int, int], service: int, commune: int, term: int, critere: int | None, units: int
) -> Menu | None:
    """Return the menu where a commune has `units` more of workload; None when a criterion would be zero everywhere."""
    room = menu.services[service]
    option = room.options[choice[service]]
    assert isinstance(option.game, ServiceGame)
    terms = list(option.game.terms)
    terms[term] = replace(terms[term], weights=shift(terms[term].weights, commune, units))
    options = list(room.options)
    options[choice[service]] = replace(option, game=replace(option.game, terms=tuple(terms)))
    rows = list(room.criteria.rows)
    if critere is not None:
        rows[critere] = shift(rows[critere], commune, units)
        if min(rows[critere]) < 0 or not any(rows[critere]):
            return None
    services = list(menu.services)
    services[service] = replace(room, options=tuple(options), criteria=Criteria(tuple(rows)))
    return replace(menu, services=tuple(services))


def shift(values: tuple[int, ...], place: int, units: int) -> tuple[int, ...]:
    return (*values[:place], values[place] + units, *values[place + 1 :])


def check_service(menu: Menu, choice: Mapping[int, int], members: Members, service: int) -> dict[int, int]:
    """Return the options of the services that stand. Errors: DonneeInvalide when `service` does not."""
    check_choice(menu, choice, members)
    if not members.get(service):
        raise DonneeInvalide(
            f"Le service n° {service + 1} n'est pas dans le paquet.", "Choisissez un service du paquet."
        )
    return {j: choice[j] for j in sorted(members) if members[j]}


def read_option(menu: Menu, choice: Mapping[int, int], members: Members, service: int) -> Option:
    check_service(menu, choice, members, service)
    return menu.services[service].options[choice[service]]
