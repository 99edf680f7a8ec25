"""Flows declared from both ends: which are perhaps the same, what counts once, what crosses. Pure, exact, no Django.

A flow goes from who carries to who benefits; each end may declare it. Two declarations found to be the same count once
(the one kept, ``double_de`` of the other) and both figures stay. Cross flows are two flows, shown with their net.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from communaccord.plateforme.diagnostic.enums import NatureFlux, Qualite

# Two amounts are close when they differ by a fifth of the larger one at most.
PART_PROCHE = 5
# One a year between a commune and the intercommunalité, whatever was declared: never two flows.
UNIQUES = frozenset({NatureFlux.AC, NatureFlux.AC_INVESTISSEMENT, NatureFlux.DSC, NatureFlux.FPIC})
Corps = str
INTERCOMMUNALITE: Corps = "epci"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A flow as one end declared it. Bodies are keys: ``epci``, ``c12`` (a commune), ``a:nom`` (another body).

    ``montant`` in cents a year, ``temps`` in hundredths of a full-time equivalent, None when unknown.
    """

    pk: int
    nature: str
    service: str
    objet: str
    porteur: Corps
    beneficiaire: Corps
    declarant: Corps
    montant: int | None = None
    temps: int | None = None
    annee: int | None = None
    qualite: str = Qualite.ESTIME
    double_de: int | None = None
    ecarte: bool = False

    @property
    def compte(self) -> bool:
        """Whether it enters the totals."""
        return self.double_de is None and not self.ecarte


@dataclass(frozen=True, slots=True)
class Paire:
    """Two declarations that may be of one flow. ``gardee`` is the one that would count; ``ecart`` in cents."""

    gardee: Declaration
    autre: Declaration
    proche: bool
    ecart: int | None


@dataclass(frozen=True, slots=True)
class Somme:
    """Of flows: cents known, and how many flows have no known amount."""

    montant: int = 0
    nombre: int = 0
    inconnus: int = 0

    def __add__(self, other: "Somme") -> "Somme":
        return Somme(self.montant + other.montant, self.nombre + other.nombre, self.inconnus + other.inconnus)


@dataclass(frozen=True, slots=True)
class Croisement:
    """A serves B and B serves A, for one nature and one service: two sums, never one."""

    un: Corps
    autre: Corps
    nature: str
    service: str
    aller: Somme
    retour: Somme

    @property
    def net(self) -> int | None:
        """Cents carried by ``un`` for ``autre`` less the reverse; None when an amount is unknown."""
        return None if self.aller.inconnus or self.retour.inconnus else self.aller.montant - self.retour.montant


def list_paires(declarations: Sequence[Declaration], distinctes: Collection[frozenset[int]] = ()) -> list[Paire]:
    """Counted declarations that may be of one flow: same couple, same nature, same service (or one not said).

    ``distinctes``: pairs that people said to be two flows (not read where there is one a year). Close amounts first. A
    declaration already joined by one of the same declarant is not proposed again to it. Complexity: by couple, the
    square of what was declared on it.
    """
    couples: dict[tuple[str, Corps, Corps], list[Declaration]] = defaultdict(list)
    joined: dict[int, set[Corps]] = defaultdict(set)
    for declaration in declarations:
        if declaration.compte:
            couples[declaration.nature, declaration.porteur, declaration.beneficiaire].append(declaration)
        elif declaration.double_de is not None:
            joined[declaration.double_de].add(declaration.declarant)
    found = []
    for group in couples.values():
        for one, other in combinations(sorted(group, key=lambda d: d.pk), 2):
            is_new = one.nature in UNIQUES or frozenset((one.pk, other.pk)) not in distinctes
            is_free = one.declarant not in joined[other.pk] and other.declarant not in joined[one.pk]
            if is_new and is_free and is_candidat(one, other):
                found.append(build_paire(one, other))
    return sorted(found, key=lambda p: (not p.proche, p.ecart or 0, p.gardee.pk, p.autre.pk))


def is_candidat(one: Declaration, other: Declaration) -> bool:
    """Whether two declarations of one couple and one nature may tell of the same flow."""
    if one.service and other.service and one.service != other.service:
        return False
    if one.annee and other.annee and one.annee != other.annee:
        return False
    if one.declarant != other.declarant:
        return True
    same = (one.montant, one.temps, fold(one.objet)) == (other.montant, other.temps, fold(other.objet))
    return same and one.service == other.service


def fold(texte: str) -> str:
    return " ".join(texte.casefold().split())


def build_paire(one: Declaration, other: Declaration) -> Paire:
    """The pair, the one to keep first: established before estimated, told by who carries, with an amount, the older."""
    gardee, autre = sorted((one, other), key=rank_garde)
    if one.montant is None or other.montant is None:
        return Paire(gardee, autre, proche=True, ecart=None)
    ecart = abs(one.montant - other.montant)
    return Paire(gardee, autre, proche=PART_PROCHE * ecart <= max(one.montant, other.montant), ecart=ecart)


def rank_garde(declaration: Declaration) -> tuple[bool, bool, bool, int]:
    return (
        declaration.qualite != Qualite.ETABLI,
        declaration.declarant != declaration.porteur,
        declaration.montant is None,
        declaration.pk,
    )


def join_paire(declarations: Iterable[Declaration], gardee: int, autre: int) -> list[Declaration]:
    """The same list where ``autre``, and whatever was joined to it, is a double of ``gardee``."""
    return [
        replace(d, double_de=gardee) if d.pk == autre or (d.double_de == autre and d.pk != gardee) else d
        for d in declarations
    ]


def settle(
    declarations: Sequence[Declaration], distinctes: Collection[frozenset[int]] = ()
) -> tuple[list[Declaration], dict[int, tuple[Declaration, ...]]]:
    """The same list where a pair that nobody judged yet counts once, at the figure to keep: nothing is added twice.

    Then, by pk of the one that counts, the declarations that wait beside it. Complexity: that of ``list_paires``, once
    a pair.
    """
    settled, waiting = list(declarations), dict[int, tuple[Declaration, ...]]()
    while paires := list_paires(settled, distinctes):
        gardee, autre = paires[0].gardee, paires[0].autre
        settled = join_paire(settled, gardee.pk, autre.pk)
        waiting[gardee.pk] = (*waiting.get(gardee.pk, ()), autre, *waiting.pop(autre.pk, ()))
    return settled, waiting


def sum_flux(declarations: Iterable[Declaration]) -> Somme:
    """Total of what counts."""
    total = Somme()
    for declaration in declarations:
        if declaration.compte:
            total += Somme(declaration.montant or 0, 1, declaration.montant is None)
    return total


def list_croisements(declarations: Iterable[Declaration]) -> list[Croisement]:
    """Couples that serve each other, by nature and by service; the amounts of each way apart."""
    ways: dict[tuple[str, str, Corps, Corps], Somme] = defaultdict(Somme)
    for d in declarations:
        if d.compte:
            ways[d.nature, d.service, d.porteur, d.beneficiaire] += Somme(d.montant or 0, 1, d.montant is None)
    return [
        Croisement(un, autre, nature, service, aller, ways[nature, service, autre, un])
        for (nature, service, un, autre), aller in sorted(ways.items())
        if un < autre and (nature, service, autre, un) in ways
    ]
