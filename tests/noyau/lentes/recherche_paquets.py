"""The search for packages by its definition: every option, every perimeter, every line read on the prices posted."""

from fractions import Fraction
from itertools import chain, combinations, product
from math import ceil

from communaccord.noyau.accord.recherche.lignes import AvecCommune, ContributionMax, GainMin, NiveauMin, SeulementSi


def list_groups(n):
    return [frozenset(g) for g in chain.from_iterable(combinations(range(n), k) for k in range(n + 1))]


def compute_posted(service, option):
    keyed = list(zip(option.key, service.criteria.rows, strict=True))
    return [
        sum((w * option.price * Fraction(row[i], sum(row)) for w, row in keyed), Fraction(0))
        for i in range(service.criteria.n)
    ]


def list_perimeters(service, option):
    """Nobody, and every group that the rule allows and whose prices pay the cost."""
    posted = compute_posted(service, option)
    for group in list_groups(service.criteria.n):
        if not option.required <= group or group & option.barred or len(group) < option.fewest:
            continue
        if sum(posted[i] for i in group) >= option.game.cost(group):
            yield group, [ceil(value) for value in posted]


def list_ways(service):
    """Every way of doing a service: closed, or an option with a perimeter; (option, members, posted)."""
    yield None, frozenset(), [0] * service.criteria.n
    for option in service.options:
        for group, posted in list_perimeters(service, option):
            yield option, group, posted


def find_need(menu, ways, ligne):
    """What the commune must receive for a line to hold; None when no amount would do."""
    i = menu.communes.index(ligne.commune)
    noms = [service.nom for service in menu.services]
    inside = {nom: group for nom, (_, group, _) in zip(noms, ways, strict=True)}
    if isinstance(ligne, NiveauMin):
        option, group, _ = ways[noms.index(ligne.service)]
        return None if i in group and option.niveau < ligne.niveau else 0
    if isinstance(ligne, SeulementSi):
        other = menu.communes.index(ligne.avec) if ligne.avec else i
        group = inside[ligne.service] if ligne.avec else inside[ligne.aussi]
        return None if i in inside[ligne.service] and other not in group else 0
    if isinstance(ligne, AvecCommune):
        other = menu.communes.index(ligne.avec)
        return 0 if any({i, other} <= group for group in inside.values()) else None
    read = [
        (service, posted[i])
        for service, (_, group, posted) in zip(menu.services, ways, strict=True)
        if i in group and ligne.service in (None, service.nom)
    ]
    paid = sum(p for _, p in read)
    if isinstance(ligne, ContributionMax):
        missing = paid - ligne.montant
    else:
        assert isinstance(ligne, GainMin)
        missing = ligne.montant - sum(service.seul[i] for service, _ in read) + paid
    return missing if ligne.service is None else (0 if missing <= 0 else None)


def can_move(menu, consenting, needs):
    """Whether one vehicle can meet the needs (none: they must all be met already)."""
    if not menu.vehicules:
        return all(need <= 0 for need in needs.values())
    (vehicule,) = menu.vehicules
    taken = sum(max(0, need) for need in needs.values())
    given = sum(min(vehicule.donner[i], max(0, -needs.get(i, -(10**12)))) for i in consenting)
    fits = all(need <= vehicule.recevoir[i] for i, need in needs.items())
    return fits and taken <= vehicule.total and given >= taken


def find_best(menu, lignes):
    """The largest objective over every package of the menu, 0 when none stands."""
    best = 0
    for ways in product(*(list(list_ways(service)) for service in menu.services)):
        consenting = frozenset().union(*(group for _, group, _ in ways))
        value = sum(menu.poids[i] for i in consenting)
        if value <= best:
            continue
        found = [(menu.communes.index(x.commune), find_need(menu, ways, x)) for x in lignes]
        binding = [(i, need) for i, need in found if i in consenting]
        if any(need is None for _, need in binding):
            continue
        amounts = [(i, need) for (i, need), x in zip(found, lignes, strict=True) if i in consenting and is_global(x)]
        needs = {i: max(need for k, need in amounts if k == i) for i, _ in amounts}
        if can_move(menu, consenting, needs):
            best = value
    return best


def is_global(ligne):
    return isinstance(ligne, ContributionMax | GainMin) and ligne.service is None
