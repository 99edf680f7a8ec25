"""From a choice of options and members to a package in exact arithmetic, read by the checkers before it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.accord.recherche.fixes import list_manquees
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, Ligne
from communaccord.noyau.accord.recherche.menu import Menu, Option
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Point, Service
from communaccord.noyau.accord.recherche.points import find_fautes
from communaccord.noyau.accord.recherche.programme_menu import CENTS, Offres, read_part
from communaccord.noyau.exact import RegleArrondi, round_exact, share_total
from communaccord.noyau.preuves.borne import Choice, Vehicle, find_package_faults
from communaccord.noyau.solver import INFINITY, Program, Status


@dataclass(frozen=True, slots=True)
class PackageDeal:
    """A package that holds, exactly.

    `value`: what the consenting communes count. `choice`: service -> option (numbers in the menu). `members`: service
    -> communes. `shares[j][i]`: cents a year billed, in the order of `paquet`. `transfers[v][i]`: cents received.
    `contributions`, `gains`: net, over its services. `paquet`, `point`: the same for the rooms of fixed perimeter
    (check, leximin...): only the services that stand.
    """

    value: int
    choice: Mapping[int, int]
    members: Mapping[int, frozenset[int]]
    consenting: frozenset[int]
    shares: tuple[tuple[int, ...], ...]
    transfers: tuple[tuple[int, ...], ...]
    contributions: tuple[int, ...]
    gains: tuple[int, ...]
    paquet: Paquet
    point: Point


def build_deal(offres: Offres, choice: Mapping[int, int], members: Mapping[int, frozenset[int]]) -> PackageDeal | None:
    """Return the package of a choice, bills lowered to the cost, with the least transfers; None when it does not hold.

    O(communes x (lines + services)) and one small linear programme when money must move.
    """
    standing = {j: choice[j] for j in sorted(members) if members[j]}
    if not standing:
        return None
    shares = tuple(share_cost(offres, (j, p), members[j]) for j, p in standing.items())
    consenting = frozenset().union(*(members[j] for j in standing))
    transfers = find_transfers(offres.menu, consenting, find_needs(offres, standing, members, shares))
    binding = [ligne for i in sorted(consenting) for ligne in offres.lignes[i]]
    lignes, broken = split_lignes(offres.menu, members, binding)
    if transfers is None or broken:
        return None
    paquet, point = build_paquet(offres.menu, standing, members, transfers)
    value = sum(offres.menu.poids[i] for i in consenting)
    choices = [
        read_choice(offres.option((j, p)), offres.posted[j, p], members[j], paid)
        for (j, p), paid in zip(standing.items(), shares, strict=True)
    ]
    vehicles = [
        Vehicle(v.donner, v.recevoir, v.total, t) for v, t in zip(offres.menu.vehicules, transfers, strict=True)
    ]
    wrong = find_package_faults(offres.menu.poids, consenting, value, choices, vehicles)
    if wrong or find_fautes(paquet, lignes, point) or list_manquees(paquet, lignes):
        return None
    net = [sum(t[i] for t in transfers) - sum(s[i] for s in shares) for i in range(paquet.n)]
    alone = [sum(offres.menu.services[j].seul[i] for j in standing if i in members[j]) for i in range(paquet.n)]
    gains = tuple(a + v for a, v in zip(alone, net, strict=True))
    kept = {j: members[j] for j in standing}
    return PackageDeal(
        value, standing, kept, consenting, shares, transfers, tuple(-v for v in net), gains, paquet, point
    )  # fmt: skip


def read_choice(option: Option, posted: Sequence[int], members: frozenset[int], paid: Sequence[int]) -> Choice:
    return Choice(option.game.cost, members, option.required, option.barred, option.fewest, posted, paid)


def share_cost(offres: Offres, place: tuple[int, int], members: frozenset[int]) -> tuple[int, ...]:
    """Return the bills of a service, whole cents whose sum is its cost, in proportion to the prices posted."""
    codes = {offres.menu.communes[i]: offres.exact[place][i] for i in members}
    bills = share_total(offres.option(place).game.cost(members), codes).parts
    return tuple(bills.get(code, 0) for code in offres.menu.communes)


def find_needs(
    offres: Offres,
    choice: Mapping[int, int],
    members: Mapping[int, frozenset[int]],
    shares: Sequence[Sequence[int]],
) -> list[int]:
    """Return the least transfer, cents, with which the lines of each commune on all its services hold.

    Negative: it may give that much. Read on the bills before rounding and on the bills in cents. O(lines x services).
    """
    tables: list[Sequence[Sequence[Fraction | int]]] = [shares]
    exact = []
    for (j, p), paid in zip(choice.items(), shares, strict=True):
        whole = sum(offres.exact[j, p][i] for i in members[j]) or Fraction(1)
        exact.append([sum(paid) * value / whole for value in offres.exact[j, p]])
    tables.append(exact)
    needs = [-sum(v.donner[i] for v in offres.menu.vehicules) for i in range(len(offres.menu.communes))]
    for i, lignes in enumerate(offres.lignes):
        joined = [(k, j) for k, j in enumerate(choice) if i in members[j]]
        for ligne in lignes:
            if joined and isinstance(ligne, ContributionMax | GainMin) and ligne.service is None:
                for table in tables:
                    needs[i] = max(needs[i], compute_need(offres, choice, joined, table, ligne))
    return needs


def compute_need(
    offres: Offres,
    choice: Mapping[int, int],
    joined: Sequence[tuple[int, int]],
    table: Sequence[Sequence[Fraction | int]],
    ligne: ContributionMax | GainMin,
) -> int:
    """Return the least transfer with which one line holds, rounded up to a cent. O(services)."""
    i, is_gain = offres.numeros[ligne.commune], isinstance(ligne, GainMin)
    net = Fraction(0)
    for k, j in joined:
        part = read_part(offres.menu, offres.option((j, choice[j])), ligne.annee)
        net += part * (table[k][i] - (offres.menu.services[j].seul[i] if is_gain else 0))
    return round_exact(net + (ligne.montant if is_gain else -ligne.montant), RegleArrondi.PAR_EXCES)


def find_transfers(menu: Menu, consenting: frozenset[int], needs: Sequence[int]) -> tuple[tuple[int, ...], ...] | None:
    """Return what each commune receives by each vehicle so that every need is met, least money moved; None if not.

    A flow problem: its vertices are whole, and the checkers read the result again. O(one linear programme).
    """
    n, vehicles = len(menu.communes), menu.vehicules
    if all(needs[i] <= 0 for i in consenting):
        return tuple((0,) * n for _ in vehicles)
    columns = [(v, i, sign) for v in range(len(vehicles)) for i in sorted(consenting) for sign in (1, -1)]
    if not columns:
        return None
    most = [(vehicles[v].recevoir if sign > 0 else vehicles[v].donner)[i] for v, i, sign in columns]
    costs = [float(sign > 0) for _, _, sign in columns]
    program = Program(costs, [0.0] * len(columns), [value / CENTS for value in most])
    numbers = range(len(columns))
    for i in sorted(consenting):
        mine = [k for k in numbers if columns[k][1] == i]
        program.add_row(needs[i] / CENTS, mine, [float(columns[k][2]) for k in mine], INFINITY)
    for v, vehicle in enumerate(vehicles):
        for sign in (1, -1):
            same = [k for k in numbers if columns[k][0] == v and columns[k][2] == sign]
            program.add_row(-INFINITY, same, [1.0] * len(same), vehicle.total / CENTS)
    program.add_row(0, list(numbers), [float(sign) for _, _, sign in columns], 0)
    solution = program.solve()
    if solution.status is not Status.OPTIMAL:
        return None
    tables = [[0] * n for _ in vehicles]
    for (v, i, sign), value in zip(columns, solution.x, strict=True):
        tables[v][i] += sign * round(float(value) * CENTS)
    return tuple(tuple(table) for table in tables)


def build_paquet(
    menu: Menu, choice: Mapping[int, int], members: Mapping[int, frozenset[int]], transfers: Sequence[Sequence[int]]
) -> tuple[Paquet, Point]:
    """Return the package and its point, as at fixed perimeter. O(services x communes x criteria)."""
    services, keys = [], []
    for j, p in choice.items():
        service, option = menu.services[j], menu.services[j].options[p]
        totals = [(sum(row[i] for i in members[j]), sum(row)) for row in service.criteria.rows]
        carried = [w * Fraction(inside, total) for w, (inside, total) in zip(option.key, totals, strict=True)]
        if not any(carried):
            carried = [Fraction(inside) for inside, _ in totals]
        keys.append(tuple(value / (sum(carried) or 1) for value in carried))
        criteres = tuple(
            Critere(nom, row, haut=Fraction(inside > 0))
            for nom, row, (inside, _) in zip(service.noms, service.criteria.rows, totals, strict=True)
        )
        services.append(
            Service(
                service.nom, option.game.cost(members[j]), members[j], criteres, service.seul, option.niveau,
                option.annee, option.montee, service.distances, service.postes,
            )
        )  # fmt: skip
    paquet = Paquet(menu.communes, tuple(services), menu.vehicules, menu.annee, menu.engagements)
    return paquet, Point(tuple(keys), tuple(tuple(Fraction(t) for t in table) for table in transfers))


def split_lignes(
    menu: Menu, members: Mapping[int, frozenset[int]], lignes: Sequence[Ligne]
) -> tuple[list[Ligne], list[Ligne]]:
    """Return the lines that a package of the services that stand can read, and the others that do not hold.

    A line on a service that does not stand holds, but for a gain asked of it, or when it was the condition of another.
    """
    standing = {menu.services[j].nom: group for j, group in members.items() if group}
    numeros = {code: i for i, code in enumerate(menu.communes)}
    read: list[Ligne] = []
    broken: list[Ligne] = []
    for ligne in lignes:
        named, also = getattr(ligne, "service", None), getattr(ligne, "aussi", None)
        if named is not None and named not in standing:
            asked = ligne.montant if isinstance(ligne, GainMin) else 0
            asked = -ligne.montant if isinstance(ligne, ContributionMax) else asked
            broken += [ligne] if asked > 0 else []
        elif also is not None and also not in standing:
            broken += [ligne] if numeros[ligne.commune] in standing[named or ""] else []
        else:
            read.append(ligne)
    return read, broken
