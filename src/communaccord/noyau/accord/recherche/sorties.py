"""Exits from a package: who would gain by leaving one service or all, and which exits could really happen.

An exit is only arithmetic until three questions have their answer: are its communes neighbours, does the law give them
a form to do it together, is the gain larger than what the data do not know? `paid - (1 + u) x cost alone > 0` is that
last question, with u the uncertainty of a cost: the same exact search answers it over all 2^n groups.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from communaccord.noyau.accord.recherche.menu import Menu
from communaccord.noyau.accord.recherche.signataires import Members, check_choice
from communaccord.noyau.droit.regles import REGLES
from communaccord.noyau.partage.erreurs import FINE, DonneeInvalide, format_euros, format_pourcent
from communaccord.noyau.partage.game import CostGame, Group, Service, ServiceGame, Services, TableGame
from communaccord.noyau.partage.stability import (
    Exit,
    JointExit,
    ServicesExits,
    separate,
    separate_levels,
    separate_services,
)

ENUMERATED = 12
LARGEST = 20
TOLD = 20


@dataclass(frozen=True, slots=True)
class FormeSortie:
    """A legal form by which communes that left may do the service together: rule and article of the law, how many."""

    nom: str
    regle: str
    article: str
    fewest: int = 2
    most: int | None = None
    neighbours: bool = True

    def fits(self, size: int, connected: bool) -> bool:
        return self.fewest <= size and (self.most is None or size <= self.most) and (connected or not self.neighbours)


@dataclass(frozen=True, slots=True)
class JudgedExit:
    """An exit that gains, and what holds it back. `doubt`: cents that the data do not know (uncertainty x cost alone).

    `connected`: its communes touch one another, all together; `forme`: the first legal form that fits (None: none, or
    one commune alone, which needs none). `motif`: why it is only arithmetic, or why not, in French.
    """

    exit: Exit
    connected: bool
    forme: FormeSortie | None
    doubt: int
    plausible: bool
    motif: str


@dataclass(frozen=True, slots=True)
class Exits:
    """Exits met, the most profitable first (20 at most of each kind).

    `robust`: proved over all groups: none gains more than the uncertainty. `complete`: every plausible exit was looked
    at (all groups enumerated, or `robust`); otherwise others may exist beyond those met.
    """

    plausible: tuple[JudgedExit, ...]
    arithmetic: tuple[JudgedExit, ...]
    robust: bool
    complete: bool


def build_entente() -> FormeSortie:
    """Return the entente of CGCT L5221-1: two communes or more, neighbours or not for the law, ratified by all (R-5.9).

    It is asked here of communes that touch: a service kept between communes apart is rarely meant.
    """
    return FormeSortie("entente intercommunale", "R-5.9", " ; ".join(REGLES["R-5.9"].articles))


def restrict_game(game: CostGame, members: Sequence[int]) -> ServiceGame | TableGame:
    """Return the game of some members alone, renumbered in their order. O(size of the game; 2^members for a table).

    Errors: DonneeInvalide for a game of another class.
    """
    if isinstance(game, TableGame):
        groups = ([m for k, m in enumerate(members) if mask >> k & 1] for mask in range(1 << len(members)))
        return TableGame(len(members), tuple(game.cost(group) for group in groups))
    if not isinstance(game, ServiceGame):
        raise DonneeInvalide("Ce coût n'est ni une formule ni une table.", "Décrivez le service autrement.")
    places = {member: place for place, member in enumerate(members)}
    terms = tuple(replace(t, weights=tuple(t.weights[m] for m in members) if t.weights else ()) for t in game.terms)
    exceptions = {frozenset(places[m] for m in g): v for g, v in game.exceptions.items() if g <= places.keys()}
    alone = None if game.alone is None else tuple(game.alone[m] for m in members)
    return ServiceGame(len(members), terms, tuple(game.own[m] for m in members), alone, exceptions)


def package_exits(
    menu: Menu,
    choice: Mapping[int, int],
    members: Members,
    shares: Sequence[Sequence[int]],
    *,
    transfers: Sequence[Sequence[int]] = (),
    nodes: int | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ServicesExits:
    """Return the most profitable exit from each service, and from all of them together, in numbers of the menu.

    `shares[k][i]`: cents of commune i for the k-th service that stands (as `PackageDeal.shares`); `transfers[v][i]`:
    cents received, lost by who leaves all. A commune that leaves alone pays the lesser of what it pays today (`seul`)
    and of the formula. Errors: DonneeInvalide. Complexity: that of `separate_services`.
    """
    check_choice(menu, choice, members)
    inside = sorted(frozenset().union(*members.values()))
    place = {i: k for k, i in enumerate(inside)}
    services, parts = [], []
    for table, j in zip(shares, (j for j in sorted(members) if members[j]), strict=True):
        group = sorted(members[j])
        room = menu.services[j]
        game = restrict_game(add_alone(room.options[choice[j]].game, room.seul), group)
        if not isinstance(game, ServiceGame):
            raise DonneeInvalide(
                "La sortie d'un paquet demande des coûts en formule.", "Décrivez le service autrement."
            )
        services.append(Service(game, tuple(place[i] for i in group)))
        parts.append([table[i] for i in group])
    paid = [-sum(table[i] for table in transfers) for i in inside]
    found = separate_services(
        Services(len(inside), tuple(services)), parts, transfers=paid, nodes=nodes, should_stop=should_stop
    )
    joint = found.joint
    single = tuple(None if exit_ is None else rename(exit_, inside) for exit_ in found.single)
    named = None if joint.exit is None else rename(joint.exit, inside)
    return ServicesExits(single, JointExit(named, joint.low, joint.status))


def add_alone(game: CostGame, seul: Sequence[int]) -> CostGame:
    """Return the game in which a commune alone may go on as today."""
    if not isinstance(game, ServiceGame):
        return game
    alone = game.alone or seul
    return replace(game, alone=tuple(min(a, b) for a, b in zip(alone, seul, strict=True)))


def rename(found: Exit, inside: Sequence[int]) -> Exit:
    return Exit(frozenset(inside[k] for k in found.group), found.cost, found.paid)


def plausible_exits(
    game: ServiceGame | TableGame,
    shares: Sequence[int],
    neighbours: Sequence[Collection[int]],
    *,
    uncertainty: Fraction,
    formes: Sequence[FormeSortie],
) -> Exits:
    """Return the exits that could really happen, apart from those that are only arithmetic.

    `shares`: cents a member; `neighbours[i]`: members that touch member i (read both ways); `uncertainty`: part of a
    cost alone that the data do not know (1/20: 5 %), zero or more; `formes`: legal forms, in order of preference.
    All groups up to 12 members; beyond, the best group of each price level, its connected parts, and groups grown from
    each commune through its neighbours (20 members at most). Exact figures whatever the size. Errors: DonneeInvalide.
    O(2^n) costs up to 12 members, else O(n^2 x degree x 20) costs and two passes of `separate`.
    Source: of this project (the three questions are its own reading of what a commune can do).
    """
    if uncertainty < 0 or len(neighbours) != game.n or len(shares) != game.n:
        raise DonneeInvalide(
            "L'incertitude est négative, ou il manque une part ou un voisinage.", "Donnez une valeur par commune."
        )
    links = build_links(neighbours)
    robust = game.n < 2 or separate(scale_game(game, 1 + uncertainty), scale_shares(shares, 1 + uncertainty)).slack >= 0
    groups = set(list_all(game.n) if game.n <= ENUMERATED else list_candidates(game, shares, links))
    exits = [Exit(group, game.cost(group), sum(shares[i] for i in group)) for group in groups]
    judged = [judge_exit(found, links, uncertainty, formes) for found in exits if found.gain > 0]
    judged.sort(key=lambda one: (-one.exit.gain, len(one.exit.group), sorted(one.exit.group)))
    plausible = tuple(one for one in judged if one.plausible)
    arithmetic = tuple(one for one in judged if not one.plausible)
    return Exits(plausible[:TOLD], arithmetic[:TOLD], robust, robust or game.n <= ENUMERATED)


def build_links(neighbours: Sequence[Collection[int]]) -> list[set[int]]:
    """Return the neighbours of each member, both ways. Errors: DonneeInvalide for a number out of range. O(links)."""
    links: list[set[int]] = [set() for _ in neighbours]
    for i, others in enumerate(neighbours):
        for k in others:
            if not 0 <= k < len(neighbours) or k == i:
                raise DonneeInvalide(f"Le voisin n° {k} de la commune n° {i} n'existe pas.", "Corrigez le voisinage.")
            links[i].add(k)
            links[k].add(i)
    return links


def scale_game(game: ServiceGame | TableGame, factor: Fraction) -> ServiceGame | TableGame:
    """Return the game with every cost times the numerator of `factor` (see `scale_shares`). O(size)."""
    by = factor.numerator
    if isinstance(game, TableGame):
        return TableGame(game.n, tuple(by * cost for cost in game.costs))
    terms = tuple(replace(term, table=tuple(by * cents for cents in term.table)) for term in game.terms)
    alone = None if game.alone is None else tuple(by * cents for cents in game.alone)
    exceptions = {group: by * cents for group, cents in game.exceptions.items()}
    return ServiceGame(game.n, terms, tuple(by * cents for cents in game.own), alone, exceptions)


def scale_shares(shares: Sequence[int], factor: Fraction) -> list[int]:
    """Return the shares times the denominator: `denominator x paid > numerator x cost` is `paid > factor x cost`."""
    return [factor.denominator * share for share in shares]


def list_all(n: int) -> Iterator[Group]:
    """Every group but nobody and all."""
    return (frozenset(group) for size in range(1, n) for group in combinations(range(n), size))


def list_candidates(
    game: ServiceGame | TableGame, shares: Sequence[int], links: Sequence[Collection[int]]
) -> Iterator[Group]:
    """Groups worth a look in a large game: those of the exact search, their parts, those grown commune by commune."""
    for found in separate_levels(game, shares):
        yield found.group
        yield from split_connected(found.group, links)
    for seed in range(game.n):
        group = frozenset({seed})
        yield group
        while len(group) < min(LARGEST, game.n - 1):
            around = sorted(set().union(*(links[i] for i in group)) - group)
            if not around:
                break
            joined = max(around, key=lambda k: (shares[k] - game.cost(group | {k}), -k))
            group = group | {joined}
            yield group


def split_connected(group: Group, links: Sequence[Collection[int]]) -> Iterator[Group]:
    """The parts of a group that touch. O(links)."""
    left = set(group)
    while left:
        part, front = set(), {min(left)}
        while front:
            part |= front
            front = {k for i in front for k in links[i] if k in left} - part
        left -= part
        yield frozenset(part)


def judge_exit(
    found: Exit, links: Sequence[Collection[int]], uncertainty: Fraction, formes: Sequence[FormeSortie]
) -> JudgedExit:
    """Answer the three questions for one exit, exactly."""
    size = len(found.group)
    connected = len(list(split_connected(found.group, links))) == 1
    forme = next((forme for forme in formes if forme.fits(size, connected)), None) if size > 1 else None
    doubt = -int(-uncertainty * found.cost // 1)
    sure = found.gain > uncertainty * found.cost
    plausible = sure and connected and (size == 1 or forme is not None)
    return JudgedExit(found, connected, forme, doubt, plausible, tell_motif(found, connected, forme, sure, uncertainty))


def tell_motif(found: Exit, connected: bool, forme: FormeSortie | None, sure: bool, uncertainty: Fraction) -> str:
    """Return the answer in French: what is missing, or what makes the exit plausible."""
    gain = format_euros(found.gain)
    if not sure:
        return f"Le gain de {gain} par an ne dépasse pas l'incertitude des données ({format_pourcent(uncertainty)})."
    if not connected:
        return f"Le gain serait de {gain} par an, mais ces communes ne se touchent pas toutes."
    if forme is None and len(found.group) > 1:
        return f"Le gain serait de {gain} par an, mais aucune forme juridique donnée ne convient à ce groupe."
    cadre = f"par la forme «{FINE}{forme.nom}{FINE}» ({forme.article})" if forme else "seule, comme aujourd'hui"
    return f"Sortie possible {cadre}{FINE}: gain de {gain} par an, au-delà de l'incertitude des données."
