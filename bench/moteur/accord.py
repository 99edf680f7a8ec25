"""The search for an agreement: packages of four services, and how each answer is read again without the solver."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from bench.instances import FIXE, PAR_MEMBRE, Instance, compute_personnel
from bench.moteur.page import format_petit
from bench.moteur.taches import Lecture, Tache, limit_time
from bench.packages import build_lignes, build_paquet

from communaccord.noyau.accord.recherche.atlas import KeyedService, KeyMap, key_atlas
from communaccord.noyau.accord.recherche.check import check
from communaccord.noyau.accord.recherche.equite import leximin, read_bound
from communaccord.noyau.accord.recherche.grille import Criteria
from communaccord.noyau.accord.recherche.lignes import ContributionMax, GainMin, Ligne
from communaccord.noyau.accord.recherche.menu import Menu, MenuService, build_options
from communaccord.noyau.accord.recherche.modele import Paquet
from communaccord.noyau.accord.recherche.paquets import Packages, search_packages
from communaccord.noyau.accord.recherche.points import find_fautes
from communaccord.noyau.accord.recherche.relax import drop_fewest, relax
from communaccord.noyau.accord.recherche.resultats import Conflict, Deal, Drop, Feasible, Relaxation
from communaccord.noyau.accord.recherche.vehicules import build_revision_libre
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.partage.game import ServiceGame, Term
from communaccord.noyau.preuves.borne import compute_tree_bound

SERVICES, OPTIONS, BUDGET = 4, 8, Fraction(3, 100)
CRITERES = ("population", "charge", "parts égales", "richesse")
COURT, PAQUET = {24: 30.0, 158: 100.0}, {24: (5, Fraction(1, 100)), 158: (45, Fraction(2, 100))}


def list_accord(instance: Instance) -> Iterator[Tache]:
    """The questions at fixed perimeter, 3 % of transfers, then the atlas and the package."""
    n = len(instance.populations)
    paquet = build_paquet(n)
    loose, tight = build_lignes(paquet, -1.0), build_lignes(paquet, -0.3)
    yield Tache("accord possible", lambda: check(paquet, loose), lambda a: read_check(paquet, loose, a), COURT)
    yield Tache(
        "lignes serrées, conflit prouvé", lambda: check(paquet, tight), lambda a: read_check(paquet, tight, a), COURT
    )
    yield Tache("moindre relâchement", lambda: relax(paquet, tight), lambda a: read_relax(tight, a), COURT)
    yield Tache("moins de lignes à lever", lambda: drop_fewest(paquet, tight), lambda a: read_drop(paquet, tight, a))
    yield Tache("leximin", lambda: leximin(paquet), lambda a: read_deal(paquet, a), COURT)
    service, limits = build_keyed(instance)
    yield Tache(
        "atlas de 1 771 clés", lambda: key_atlas(service, limits), lambda a: read_atlas(limits, a), {24: 3, 158: 20}
    )
    menu, lignes = build_menu(instance)
    seconds, gap = PAQUET.get(n, (45, Fraction(2, 100)))
    target = f"à {float(100 * gap):.0f} % demandé"
    yield Tache(
        "paquet de 4 services", lambda: search_packages(menu, lignes, gap=gap, should_stop=limit_time(seconds)),
        lambda a: read_packages(a, gap, target), {m: 1000.0 * limit for m, (limit, _) in PAQUET.items()},
    )  # fmt: skip


def build_keyed(instance: Instance) -> tuple[KeyedService, list[int | None]]:
    """The service of the instance paid by four criteria; each commune accepts at most its cost alone."""
    draws = Random(len(instance.populations))
    wealth = tuple(round(people * draws.lognormvariate(4, 0.4)) for people in instance.populations)
    rows = (instance.populations, instance.charge, (1,) * instance.game.n, wealth)
    limits = [instance.game.cost((member,)) for member in range(instance.game.n)]
    return KeyedService(instance.game, Criteria(rows), instance.populations), limits


def build_menu(
    instance: Instance,
    budget: Fraction = BUDGET,
    caps_from: tuple[float, float] = (0.7, 1.1),
    wanted: float = 0.15,
    seed: int | None = None,
) -> tuple[Menu, list[Ligne]]:
    """Four invented services (fictif) that save from 5 to 25 % to all together, their best keys, 3 % of transfers.

    Each commune caps what it pays for each service (`caps_from`: parts of what it pays today), and wants to gain up to
    `wanted` of what it pays today for one.
    """
    n = len(instance.populations)
    draws = Random(n if seed is None else seed)
    codes, services, lignes = tuple(f"{i:05d}" for i in range(n)), [], []
    for number in range(1, SERVICES + 1):
        keyed, alone = build_service(instance, draws)
        nom = f"service {number}"
        caps = [round(s * draws.uniform(*caps_from)) for s in alone]
        options = build_options(keyed, caps, OPTIONS, nom=nom)
        services.append(MenuService(nom, keyed.criteria, CRITERES, alone, options))
        lignes += [ContributionMax(c, Priorite.INDISPENSABLE, cap, nom) for c, cap in zip(codes, caps, strict=True)]
    for code, alone_first in zip(codes, services[0].seul, strict=True):
        lignes.append(GainMin(code, Priorite.INDISPENSABLE, round(alone_first * draws.uniform(0, wanted))))
    total = int(budget * sum(sum(service.seul) for service in services))
    each = [2 * total // n] * n
    vehicule = build_revision_libre(each, each, total, fpu=True)
    return Menu(codes, instance.populations, tuple(services), (vehicule,) if budget else ()), lignes


def build_service(instance: Instance, draws: Random) -> tuple[KeyedService, tuple[int, ...]]:
    """A service near that of the instance, its costs brought near those of the communes alone; and these."""
    n = len(instance.populations)
    people, _, equal, wealth = build_keyed(instance)[0].criteria.rows
    charge = tuple(max(1, round(c * draws.lognormvariate(0, 0.3))) for c in instance.charge)
    alone = tuple(round(s * draws.lognormvariate(0, 0.2)) for s in instance.game.alone or ())
    table = [FIXE + compute_personnel(total, 1) for total in range(sum(charge) + 1)]
    scale = draws.uniform(0.75, 0.95) * sum(alone) / (table[-1] + n * PAR_MEMBRE)
    term = Term("sum", charge, tuple(round(scale * cents) for cents in table))
    game = ServiceGame(n, (term,), (round(scale * PAR_MEMBRE),) * n, alone)
    return KeyedService(game, Criteria((people, charge, equal, wealth)), instance.populations), alone


def read_check(paquet: Paquet, lignes: Sequence[Ligne], answer: Any) -> Lecture:
    """A point read again, or Farkas multipliers and, for each line, a point that holds the others."""
    if isinstance(answer, Feasible):
        return Lecture({"point relu": not find_fautes(paquet, lignes, answer.point)}, "possible")
    if not isinstance(answer, Conflict):
        return Lecture({"réponse": False}, "sans réponse")
    faits = {"irréductible": answer.irreductible}
    if answer.certificat is not None:
        faits["Farkas"] = answer.certificat.compute_bound() < 0
        faits["témoins relus"] = all(
            not find_fautes(paquet, [lignes[k] for k in answer.numeros if k != left], point)
            for left, point in answer.temoins.items()
        )
    return Lecture(faits, f"conflit de {len(answer.numeros)} lignes")


def read_relax(lignes: Sequence[Ligne], answer: Any) -> Lecture:
    if not isinstance(answer, Relaxation):
        return Lecture({"réponse": False}, "sans réponse")
    faits = {"borne duale relue": 0 <= answer.gap <= 100}
    return Lecture(
        faits, f"{len(answer.cents)} lignes sur {len(lignes)}, écart {format_petit(float(answer.gap))} centime"
    )


def read_drop(paquet: Paquet, lignes: Sequence[Ligne], answer: Any) -> Lecture:
    """The rest holds; conflicts without a common line prove how many must go, at least."""
    if not isinstance(answer, Drop):
        return Lecture({"réponse": False}, "sans réponse")
    kept = [ligne for k, ligne in enumerate(lignes) if k not in answer.numeros]
    proved = [number for conflict in answer.conflits for number in conflict.numeros]
    faits = {"reste relu": not find_fautes(paquet, kept, answer.point), "conflits disjoints": is_distinct(proved)}
    detail = f"{answer.total} lignes, au moins {answer.low} (relu : {answer.certified}), {answer.status.value}"
    return Lecture(faits, detail)


def is_distinct(numbers: Sequence[int]) -> bool:
    return len(set(numbers)) == len(numbers)


def read_deal(paquet: Paquet, answer: Any) -> Lecture:
    """Each level has its bound by multipliers, recomputed here."""
    if not isinstance(answer, Deal):
        return Lecture({"réponse": False}, "sans réponse")
    bounds = all(read_bound(level.certificat) == level.high for level in answer.levels)
    worst = max((float(level.high - level.value) for level in answer.levels), default=0.0)
    faits = {"point relu": not find_fautes(paquet, (), answer.point), "borne de chaque palier": bounds}
    return Lecture(faits, f"{len(answer.levels)} paliers, écart {format_petit(worst)} centime, {answer.status.value}")


def read_atlas(limits: Sequence[int | None], answer: KeyMap) -> Lecture:
    """The best keys, exactly: bills add up to the cost and none passes what the commune accepts."""
    best = [answer.read(index) for index in answer.find_best()[:3]]
    paid = all(sum(point.payments) == point.cost for point in best)
    most = [limit or 0 for limit in limits]
    held = all(point.payments[member] <= most[member] for point in best for member in point.perimeter)
    detail = f"{max(answer.sizes)} communes au plus"
    return Lecture({"sommes au centime": paid, "plafonds tenus": held}, detail)


def read_packages(answer: Packages, gap: Fraction, target: str) -> Lecture:
    """Bills and transfers in exact cents; the bound of the certificate recomputed from its multipliers."""
    faits = {"écart demandé tenu": answer.gap <= gap}
    for deal in answer.deals[:1]:
        faits["point relu"] = not find_fautes(deal.paquet, (), deal.point)
        faits["transferts équilibrés"] = sum(map(sum, deal.transfers)) == 0
    if answer.certificate is not None:
        modele, leaves = answer.certificate.modele, answer.certificate.leaves
        bound = compute_tree_bound(modele.objective, modele.boxes, modele.rows, leaves)
        faits["borne relue"] = answer.proved <= bound
    share = f"{100 * float(answer.gap):.2f} %".replace(".", ",")
    detail = f"{answer.value} habitants, borne {answer.bound} (relue : {answer.proved}), écart {share} ({target}), "
    return Lecture(faits, detail + answer.status.value)
