"""The menu of a package search: for each service, ways of doing it (who may join, level, key and price posted, years).

An option posts a price level on a key: `price x base_i / base of all`. A commune that joins is never billed more; when
the members pay more than the cost, all bills go down together to the cost. It answers on the price posted, not on the
bill: who would sign only at the bill signs at a lower price posted (`spread_prices`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from communaccord.noyau.accord.recherche.atlas import KeyedService, Limits, key_atlas
from communaccord.noyau.accord.recherche.grille import STEP, Criteria
from communaccord.noyau.accord.recherche.modele import Vehicule
from communaccord.noyau.accord.types import Engagement
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import CostGame, Group


@dataclass(frozen=True, slots=True)
class Option:
    """A way of doing a service.

    `game`: cost of any group at this level, cents a year. `key`: weight of each criterion of the service, of sum 1.
    `price`: cents for the base of all the communes. Perimeter rule: `required` must all join, `barred` may not, at
    least `fewest` members; a perimeter is fixed when the two name everybody. `annee`, `montee`: see `modele.Service`.
    `free`: nobody said the price, others may be tried (`spread_prices`).
    """

    nom: str
    game: CostGame
    key: tuple[Fraction, ...]
    price: Fraction
    niveau: int = 0
    annee: int | None = None
    montee: tuple[Fraction, ...] = ()
    required: Group = frozenset()
    barred: Group = frozenset()
    fewest: int = 2
    free: bool = False

    def __post_init__(self) -> None:
        if sum(self.key) != 1 or min(self.key) < 0 or self.price < 0:
            raise DonneeInvalide(f"Option « {self.nom} » : clé ou prix invalide.", "Donnez des poids de somme 100 %.")
        if self.required & self.barred:
            raise DonneeInvalide(
                f"Option « {self.nom} » : une commune est exigée et exclue.", "Choisissez l'un des deux."
            )
        if self.fewest < 1:
            raise DonneeInvalide(f"Option « {self.nom} » : un service compte un membre au moins.", "Donnez 1 ou plus.")


@dataclass(frozen=True, slots=True)
class MenuService:
    """A service and its options. `seul`: cents a year of each commune without it; `noms`: of the criteria.

    `distances`, `postes`: see `modele.Service`. Errors: DonneeInvalide.
    """

    nom: str
    criteria: Criteria
    noms: tuple[str, ...]
    seul: tuple[int, ...]
    options: tuple[Option, ...]
    distances: tuple[int, ...] = ()
    postes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        n = self.criteria.n
        tables = [self.seul, *(t for t in (self.distances, self.postes) if t)]
        if any(len(table) != n for table in tables) or any(option.game.n != n for option in self.options):
            raise DonneeInvalide(
                f"Service « {self.nom} » : il faut une valeur pour chacune des {n} communes.", "Complétez."
            )
        if len(self.noms) != len(self.criteria.rows) or any(len(o.key) != len(self.noms) for o in self.options):
            raise DonneeInvalide(
                f"Service « {self.nom} » : un poids ou un nom de critère manque.", "Complétez les clés."
            )

    def compute_posted(self, option: Option) -> tuple[Fraction, ...]:
        """Return the price posted to each commune, exact cents. O(criteria x communes)."""
        base = self.criteria.compute_base(scale_key(option.key))
        level = option.price / sum(base)
        return tuple(level * b for b in base)


@dataclass(frozen=True, slots=True)
class Menu:
    """What may be chosen: at most one option a service. `poids`: what a consenting commune counts (its population)."""

    communes: tuple[str, ...]
    poids: tuple[int, ...]
    services: tuple[MenuService, ...]
    vehicules: tuple[Vehicule, ...] = ()
    annee: int | None = None
    engagements: frozenset[Engagement] = frozenset()

    def __post_init__(self) -> None:
        n = len(self.communes)
        sizes = [len(self.poids), *(s.criteria.n for s in self.services), *(len(v.donner) for v in self.vehicules)]
        if not self.services or any(size != n for size in sizes):
            raise DonneeInvalide(f"Le menu ne porte pas partout sur les mêmes {n} communes.", "Complétez-le.")
        if any(poids < 0 for poids in self.poids):
            raise DonneeInvalide("Une commune compte pour un nombre négatif.", "Donnez sa population, ou 1.")
        noms = [service.nom for service in self.services]
        if len(set(self.communes)) != n or len(set(noms)) != len(noms):
            raise DonneeInvalide(
                "Deux communes ou deux services portent le même nom.", "Donnez-leur des noms différents."
            )


def limit_budget(menu: Menu, part: Fraction) -> Menu:
    """Return the menu where each vehicle moves at most this part of what all the services cost today. O(n)."""
    most = int(part * sum(sum(service.seul) for service in menu.services))
    vehicules = tuple(replace(v, total=min(v.total, most)) for v in menu.vehicules)
    return replace(menu, vehicules=vehicules)


def scale_key(key: Sequence[Fraction]) -> tuple[int, ...]:
    """Return whole weights in the same proportions. O(criteria)."""
    parts = lcm(*(weight.denominator for weight in key))
    return tuple(int(weight * parts) for weight in key)


def spread_prices(
    service: MenuService, option: Option, limits: Limits, poids: Sequence[int], *, count: int
) -> tuple[Option, ...]:
    """Return a free option at several prices, `count` at most, its own first; an option whose price is said, alone.

    `limits`: most that each commune accepts to pay for this service, whole cents a year (None: it stays out);
    `poids`: what it counts. Prices: each that is the highest somebody accepts, and the least that pays the cost of all
    who accept it; those that pay it first, the group that counts most first. Guarantee: unless `count` cuts, any group
    whose bills, lowered to the cost, are all within `limits` pays its cost at one of these prices, which they accept.
    O(communes^2) and a cost for each price. Source: of this project (the highest price of its members suits a group).
    """
    if not option.free:
        return (option,)
    base = service.criteria.compute_base(scale_key(option.key))
    most = {i: limit for i, limit in enumerate(limits) if limit is not None and limit >= 0 and i not in option.barred}
    found: list[tuple[bool, int, tuple[Fraction, ...]]] = []
    for price in sorted({Fraction(most[i] * sum(base), base[i]) for i in most if base[i]}, reverse=True):
        group = frozenset(i for i in most if most[i] * sum(base) >= price * base[i])
        if option.required <= group and len(group) >= option.fewest:
            least = Fraction(option.game.cost(group) * sum(base), sum(base[i] for i in group))
            pays = least <= price
            found.append((not pays, -sum(poids[i] for i in group), (least, price) if pays else (price,)))
    found.sort(key=lambda one: one[:2])
    prices = dict.fromkeys((option.price, *(price for _, _, both in found for price in both)))
    return tuple(replace(option, price=price, free=False) for price in list(prices)[:count])


def build_options(
    service: KeyedService,
    limits: Limits,
    count: int,
    *,
    nom: str = "",
    niveau: int = 0,
    step: Fraction = STEP,
    bornes: Sequence[tuple[Fraction, Fraction]] = (),
) -> tuple[Option, ...]:
    """Return the `count` best points of the atlas as options, at most one for each perimeter.

    Best: the largest population covered, then the first key. The price posted is that of the
    point. `bornes`: least and greatest weight of each criterion (none: any key). O(atlas + perimeters x criteria x
    members).
    """
    atlas = key_atlas(service, limits, step=step)
    options: list[Option] = []
    seen: set[Group] = set()
    for index in sorted(atlas.list_within(bornes), key=lambda k: -int(atlas.populations[k])):
        if len(options) == count or not atlas.sizes[index]:
            break
        perimeter = frozenset(int(member) for member in atlas.order[index, : atlas.sizes[index]])
        if perimeter not in seen:
            seen.add(perimeter)
            point = atlas.read(index)
            libelle = f"{nom} {len(options) + 1}".strip()
            options.append(Option(libelle, service.game, point.weights, point.price, niveau))
    return tuple(options)
