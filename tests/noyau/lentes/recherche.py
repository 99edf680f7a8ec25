"""Slow definitions at fixed perimeter: every key and some transfers of a grid, lines read one by one in Fractions."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise, product
from random import Random

from hypothesis import strategies as st

from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, HausseMax, Ligne
from communaccord.noyau.accord.recherche.modele import Critere, Paquet, Point, Service, Vehicule
from communaccord.noyau.accord.types import Priorite

PAS = 4


@st.composite
def paquets(draw, communes: int = 4, transferts: bool = True) -> Paquet:
    """A small package: 2 to `communes` communes, one or two services, two criteria, perhaps transfers."""
    n = draw(st.integers(2, communes))
    services = []
    for j in range(draw(st.integers(1, 2))):
        perimetre = frozenset(draw(st.sets(st.integers(0, n - 1), min_size=2)))
        criteres = [
            Critere(nom, tuple(draw(st.integers(1, 9)) for _ in range(n)), bas, haut)
            for nom, bas, haut in (
                ("population", Fraction(draw(st.integers(0, 1)), PAS), Fraction(draw(st.integers(3, 4)), PAS)),
                ("charge", Fraction(0), Fraction(1)),
            )
        ]
        seul = tuple(draw(st.integers(0, 4000)) for _ in range(n))
        montee = draw(st.sampled_from(((), (Fraction(1, 2),), (Fraction(1, 4), Fraction(3, 4)))))
        services.append(
            Service(f"S{j}", draw(st.integers(1, 6000)), perimetre, tuple(criteres), seul, annee=2027, montee=montee)
        )
    vehicules: tuple[Vehicule, ...] = ()
    if transferts and draw(st.booleans()):
        plafonds = [tuple(draw(st.integers(0, 400)) for _ in range(n)) for _ in range(2)]
        vehicules = (
            Vehicule("AC", "R-6.4", "CGI 1609 nonies C V", "révision libre", *plafonds, draw(st.integers(0, 600))),
        )
    return Paquet(tuple(f"C{i}" for i in range(n)), tuple(services), vehicules, annee=2027)


@st.composite
def lignes_de(draw, paquet: Paquet, most: int = 5) -> tuple[Ligne, ...]:
    """Lines on money that bind about half of the time."""
    lignes: list[Ligne] = []
    for _ in range(draw(st.integers(1, most))):
        i = draw(st.integers(0, paquet.n - 1))
        code, degre = paquet.communes[i], draw(st.sampled_from(tuple(Priorite)))
        service = draw(st.sampled_from((None, *(s.nom for s in paquet.services))))
        annee = draw(st.sampled_from((None, None, 2027, 2028)))
        sorte = draw(st.sampled_from(("contribution", "contribution", "gain", "gain", "hausse")))
        if sorte == "contribution":
            lignes.append(ContributionMax(code, degre, draw(st.integers(0, 5000)), service, annee))
        elif sorte == "gain":
            lignes.append(GainMin(code, degre, draw(st.integers(-4000, 2000)), service, annee))
        else:
            lignes.append(HausseMax(code, degre, Fraction(draw(st.integers(0, 40)), 10)))
    return tuple(lignes)


def list_keys(service: Service) -> list[tuple[Fraction, ...]]:
    """Every key of the grid of quarters within the bounds."""
    parts = [
        tuple(Fraction(k, PAS) for k in key)
        for key in product(range(PAS + 1), repeat=len(service.criteres))
        if sum(key) == PAS
    ]
    return [k for k in parts if all(c.bas <= w <= c.haut for c, w in zip(service.criteres, k, strict=True))]


def list_transfers(paquet: Paquet) -> list[tuple[tuple[Fraction, ...], ...]]:
    """No transfer, and every pair that exchanges the most it may."""
    if not paquet.vehicules:
        return [()]
    vehicule = paquet.vehicules[0]
    zero = tuple(Fraction(0) for _ in paquet.communes)
    tables = [(zero,)]
    members = [i for i in range(paquet.n) if any(i in s.perimetre for s in paquet.services)]
    for a, b in combinations(members, 2):
        for donneur, receveur in ((a, b), (b, a)):
            amount = min(vehicule.donner[donneur], vehicule.recevoir[receveur], vehicule.total)
            table = list(zero)
            table[donneur], table[receveur] = Fraction(-amount), Fraction(amount)
            tables.append((tuple(table),))
    return tables


def list_points(paquet: Paquet) -> Iterator[Point]:
    """Every point of the grid."""
    for keys in product(*(list_keys(service) for service in paquet.services)):
        for transfers in list_transfers(paquet):
            yield Point(tuple(keys), transfers)


def pay(paquet: Paquet, point: Point, i: int, j: int) -> Fraction:
    """What commune i pays for service j at full regime, by the definition."""
    service = paquet.services[j]
    if i not in service.perimetre:
        return Fraction(0)
    return sum(
        (
            w * service.cout * c.valeurs[i] / sum(c.valeurs[m] for m in service.perimetre)
            for w, c in zip(point.keys[j], service.criteres, strict=True)
        ),
        Fraction(0),
    )


def receive(point: Point, i: int) -> Fraction:
    return sum((table[i] for table in point.transfers), Fraction(0))


def count_year(service: Service, annee: int | None) -> Fraction:
    """Part of full regime in a year."""
    rang = None if annee is None else annee - (service.annee or 0)
    if rang is None or rang >= len(service.montee):
        return Fraction(1)
    return service.montee[rang] if rang >= 0 else Fraction(0)


def contribute(paquet: Paquet, point: Point, i: int, annee: int | None) -> Fraction:
    total = sum((count_year(s, annee) * pay(paquet, point, i, j) for j, s in enumerate(paquet.services)), Fraction(0))
    return total - receive(point, i)


def gain(paquet: Paquet, point: Point, i: int) -> Fraction:
    alone = sum(s.seul[i] for s in paquet.services if i in s.perimetre)
    return alone - contribute(paquet, point, i, None)


def lack(paquet: Paquet, point: Point, ligne: Ligne) -> Fraction:
    """By how much a line on money fails at a point, cents (0: it holds), by the definition of each line."""
    i = paquet.communes.index(ligne.commune)
    if isinstance(ligne, HausseMax):
        rises = max((len(s.montee) for s in paquet.services if i in s.perimetre), default=0)
        years = [contribute(paquet, point, i, 2027 + k) for k in range(rises + 1)]
        return max(Fraction(0), *(apres - (1 + ligne.taux) * avant for avant, apres in pairwise(years)), Fraction(0))
    assert isinstance(ligne, ContributionMax | GainMin)
    joints = [(j, s) for j, s in enumerate(paquet.services) if i in s.perimetre and ligne.service in (None, s.nom)]
    received = receive(point, i) if ligne.service is None else Fraction(0)
    paid = sum((count_year(s, ligne.annee) * pay(paquet, point, i, j) for j, s in joints), Fraction(0)) - received
    if isinstance(ligne, ContributionMax):
        return max(Fraction(0), paid - ligne.montant)
    alone = sum((count_year(s, ligne.annee) * s.seul[i] for _, s in joints), Fraction(0))
    return max(Fraction(0), ligne.montant - (alone - paid))


def hold_all(paquet: Paquet, point: Point, lignes: tuple[Ligne, ...]) -> bool:
    return all(lack(paquet, point, ligne) == 0 for ligne in lignes)


def permute(paquet: Paquet, order: tuple[int, ...]) -> Paquet:
    """The same package, its communes listed in another order."""
    place = {i: k for k, i in enumerate(order)}

    def move(values: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(values[i] for i in order)

    services = tuple(
        Service(
            s.nom,
            s.cout,
            frozenset(place[i] for i in s.perimetre),
            tuple(Critere(c.nom, move(c.valeurs), c.bas, c.haut) for c in s.criteres),
            move(s.seul),
            s.niveau,
            s.annee,
            s.montee,
        )
        for s in paquet.services
    )
    vehicules = tuple(
        Vehicule(v.nom, v.regle, v.article, v.permet, move(v.donner), move(v.recevoir), v.total)
        for v in paquet.vehicules
    )
    return Paquet(move(paquet.communes), services, vehicules, paquet.annee)  # type: ignore[arg-type]


def build_vingt(seed: int, vehicules: int = 1) -> Paquet:
    """Twenty communes, two services of three criteria; each may give and receive a little (fictif)."""
    draws, n = Random(seed), 20
    services = []
    for j in range(2):
        seul = tuple(draws.randrange(50_000, 400_000) for _ in range(n))
        criteres = [Critere("parts", (1,) * n, Fraction(1, 20), Fraction(7, 10))]
        for nom in ("population", "charge"):
            valeurs = tuple(round(cout * draws.uniform(0.5, 1.5)) for cout in seul)
            criteres.append(Critere(nom, valeurs, Fraction(1, 20), Fraction(7, 10)))
        services.append(Service(f"S{j}", sum(seul) * 17 // 20, frozenset(range(n)), tuple(criteres), seul))
    faits = [
        Vehicule(f"V{v}", "R-6.4", "CGI 1609 nonies C", "révision", (9_000 * (v + 1),) * n, (8_000,) * n, 60_000)
        for v in range(vehicules)
    ]
    return Paquet(tuple(f"C{i:02d}" for i in range(n)), tuple(services), tuple(faits))
