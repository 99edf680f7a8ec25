"""A package at fixed perimeter: services, criteria of their keys, legal vehicles of a transfer, and a point of it.

Communes are numbered in the order of `Paquet.communes`; every tuple of one value a commune follows it. Money: whole
cents a year at full regime. Weights of a key: exact Fractions. Everything is frozen and validated when built.

Share of commune i in service j: x_ij = sum over criteria c of weight_jc x cost_j x a_ijc / A_jc, where A_jc is the
total of the criterion over the perimeter. Net contribution: sum_j x_ij - transfer_i; gain: sum_j (alone_ij - x_ij) +
transfer_i, both over the services whose member i is. In the k-th year of a phase-in, service j weighs `montee[k]` of
its full regime, on both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from communaccord.noyau.accord.types import Engagement
from communaccord.noyau.partage.erreurs import DonneeInvalide

ZERO, UN = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Critere:
    """A criterion of a key: one whole number >= 0 a commune, and the interval of its weight, within [0, 1].

    Errors: DonneeInvalide for a negative or non-whole value, an interval that is not exact or out of [0, 1].
    """

    nom: str
    valeurs: tuple[int, ...]
    bas: Fraction = ZERO
    haut: Fraction = UN

    def __post_init__(self) -> None:
        check_entiers(f"Critère « {self.nom} »", self.valeurs)
        if not (isinstance(self.bas, Fraction | int) and isinstance(self.haut, Fraction | int)):
            raise DonneeInvalide(f"Critère « {self.nom} » : ses bornes ne sont pas exactes.", "Donnez des fractions.")
        if not 0 <= self.bas <= self.haut <= 1:
            raise DonneeInvalide(
                f"Critère « {self.nom} » : son poids doit rester entre 0 et 1, le minimum sous le maximum.",
                "Donnez par exemple de 20 % à 60 %.",
            )


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the package, all its options decided but the key.

    `cout`: cents a year. `perimetre`: numbers of its members. `seul`: what each commune would pay without it, cents a
    year. `niveau`: level of service (a scale of the table). `annee`: its first year (None: that of the package).
    `montee`: part of full regime in its first years, each within [0, 1]; afterwards 1. `distances`: metres from each
    commune to the place of the service; `postes`: staff of each commune kept in place, hundredths of ETP; both empty
    when not known. Errors: DonneeInvalide.
    """

    nom: str
    cout: int
    perimetre: frozenset[int]
    criteres: tuple[Critere, ...]
    seul: tuple[int, ...]
    niveau: int = 0
    annee: int | None = None
    montee: tuple[Fraction, ...] = ()
    distances: tuple[int, ...] = ()
    postes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        lieu = f"Service « {self.nom} »"
        check_entiers(lieu, (self.cout, *self.seul, *self.distances, *self.postes))
        if not self.perimetre or not self.criteres:
            raise DonneeInvalide(f"{lieu} : il n'a ni membre ni critère de répartition.", "Donnez-lui les deux.")
        for critere in self.criteres:
            check_longueurs(f"{lieu}, critère « {critere.nom} »", (critere.valeurs,), len(self.seul))
            if critere.haut and not self.total(critere):
                raise DonneeInvalide(
                    f"{lieu} : le critère « {critere.nom} » est nul partout.", "Retirez-le, ou fixez son poids à zéro."
                )
        if not sum(c.bas for c in self.criteres) <= 1 <= sum(c.haut for c in self.criteres):
            raise DonneeInvalide(f"{lieu} : aucune clé n'a des poids de somme 1.", "Élargissez les bornes des poids.")
        if not all(0 <= part <= 1 for part in self.montee):
            raise DonneeInvalide(f"{lieu} : une année de montée en charge sort de 0 à 100 %.", "Corrigez-la.")

    def total(self, critere: Critere) -> int:
        """Return the total of a criterion over the perimeter. O(members)."""
        return sum(map(critere.valeurs.__getitem__, self.perimetre))

    def read_montee(self, rang: int | None) -> Fraction:
        """Return the part of full regime in the year of rank `rang` of the service (0: its first; None: full). O(1)."""
        if rang is None or rang >= len(self.montee):
            return UN
        return self.montee[rang] if rang >= 0 else ZERO


@dataclass(frozen=True, slots=True)
class Vehicule:
    """A legal way by which money may go from communes to others, and how much of it.

    `regle` and `article` name the law, `permet` says in French what it allows and on what terms. `donner` and
    `recevoir`: most that each commune may give and receive, cents a year. `total`: most that may change hands.
    Errors: DonneeInvalide.
    """

    nom: str
    regle: str
    article: str
    permet: str
    donner: tuple[int, ...]
    recevoir: tuple[int, ...]
    total: int

    def __post_init__(self) -> None:
        lieu = f"Transferts par « {self.nom} »"
        check_entiers(lieu, (self.total, *self.donner, *self.recevoir))
        check_longueurs(lieu, (self.donner,), len(self.recevoir))
        if not self.article:
            raise DonneeInvalide(f"{lieu} : aucun texte ne le permet.", "Nommez l'article qui le fonde.")


@dataclass(frozen=True, slots=True)
class Paquet:
    """Services decided but for their keys and transfers. `annee`: first year; `vehicules`: none means no transfer.

    Transfers sum to zero over the communes, all vehicles together (the EPCI passes the money on and keeps none); only
    who joins a service gives or receives.
    Errors: DonneeInvalide when a service or a vehicle is not about the same communes.
    """

    communes: tuple[str, ...]
    services: tuple[Service, ...]
    vehicules: tuple[Vehicule, ...] = ()
    annee: int | None = None
    engagements: frozenset[Engagement] = frozenset()
    numeros: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numeros", {code: i for i, code in enumerate(self.communes)})
        if not self.communes or len(self.numeros) != len(self.communes) or not self.services:
            raise DonneeInvalide(
                "Un paquet a des communes distinctes et un service au moins.", "Complétez-le, ou retirez les doublons."
            )
        for service in self.services:
            tables = [service.seul, *(t for t in (service.distances, service.postes) if t)]
            check_longueurs(f"Service « {service.nom} »", tables, self.n)
            if not all(0 <= i < self.n for i in service.perimetre):
                raise DonneeInvalide(f"Service « {service.nom} » : un membre n'est pas du paquet.", "Corrigez-le.")
        for vehicule in self.vehicules:
            check_longueurs(f"Transferts par « {vehicule.nom} »", (vehicule.donner,), self.n)
        if len({service.nom for service in self.services}) != len(self.services):
            raise DonneeInvalide("Deux services portent le même nom.", "Donnez-leur des noms différents.")

    @property
    def n(self) -> int:
        """How many communes."""
        return len(self.communes)

    def find_service(self, nom: str) -> Service | None:
        """Return the service of this name, None when the package has none. O(services)."""
        return next((service for service in self.services if service.nom == nom), None)


@dataclass(frozen=True, slots=True)
class Point:
    """A choice of what is left open, exact: `keys[j][c]` weights of each service, `transfers[v][i]` cents by vehicle
    (positive: received)."""

    keys: tuple[tuple[Fraction, ...], ...]
    transfers: tuple[tuple[Fraction, ...], ...] = ()


def compute_shares(service: Service, key: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return what each commune pays for a service, exact cents at full regime (0 outside the perimeter).

    Shapes: `key` one weight a criterion. O(n x criteria).
    """
    numerators, common = scale_shares(service, key)
    return tuple(Fraction(value, common) for value in numerators)


def scale_shares(service: Service, key: Sequence[Fraction]) -> tuple[list[int], int]:
    """Return the same shares as whole numbers over one denominator. O(n x criteria)."""
    prices = [w * service.cout / (service.total(c) or 1) for w, c in zip(key, service.criteres, strict=True)]
    common = lcm(*(price.denominator for price in prices))
    whole = [price.numerator * (common // price.denominator) for price in prices]
    tables = [[price * v for v in c.valeurs] for price, c in zip(whole, service.criteres, strict=True)]
    return [sum(parts) if i in service.perimetre else 0 for i, parts in enumerate(zip(*tables, strict=True))], common


def check_entiers(lieu: str, values: Sequence[int]) -> None:
    """Errors: DonneeInvalide for a value that is not a whole number, zero or more. O(values)."""
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise DonneeInvalide(f"{lieu} : « {value} » n'est pas un nombre entier positif ou nul.", "Corrigez-le.")


def check_longueurs(lieu: str, tables: Sequence[Sequence[int]], n: int) -> None:
    """Errors: DonneeInvalide when a table has not one value a commune. O(tables)."""
    for table in tables:
        if len(table) != n:
            raise DonneeInvalide(f"{lieu} : {len(table)} valeurs pour {n} communes.", "Donnez une valeur par commune.")
