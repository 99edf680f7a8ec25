"""Between packages that gather as much: a service is added to a package when nobody loses by it."""

from communaccord.noyau.accord.recherche.offre_exacte import PackageDeal, build_deal
from communaccord.noyau.accord.recherche.programme_menu import Offres, Place


def add_services(offres: Offres, deal: PackageDeal) -> PackageDeal:
    """Return the package with services that it left out, each added when it counts no less and no commune gains less.

    The option that gains the most in all comes first. For each option, two groups are tried: those who may take it,
    and those of them whom the posted price does not cost more than alone. Others may do as well: no proof is claimed.
    Every package is checked (`build_deal`). O(services x options) of it. Source: definition.
    """
    for j in range(len(offres.menu.services)):
        if j in deal.members:
            continue
        found = [
            build_deal(offres, {**deal.choice, j: place[1]}, {**deal.members, j: group})
            for place in offres.places
            if place[0] == j
            for group in list_groups(offres, place)
        ]
        better = [other for other in found if other is not None and is_better(other, deal)]
        deal = max(better, key=lambda other: sum(other.gains), default=deal)
    return deal


def list_groups(offres: Offres, place: Place) -> list[frozenset[int]]:
    """Return the groups to try for an option, those large enough and that hold who is required; none twice."""
    option, alone = offres.option(place), offres.service(place).seul
    allowed = frozenset(offres.allowed[place])
    gaining = frozenset(i for i in allowed if offres.posted[place][i] <= alone[i])
    return [
        group for group in dict.fromkeys((allowed, gaining)) if option.required <= group and len(group) >= option.fewest
    ]


def is_better(other: PackageDeal, deal: PackageDeal) -> bool:
    """Return whether a package counts no less than another, costs nobody, and brings something to somebody."""
    each = list(zip(other.gains, deal.gains, strict=True))
    return other.value >= deal.value and all(new >= old for new, old in each) and other.gains != deal.gains
