"""Who signs, and does the service still stand without those that do not?

Round after round, every commune that has a line that does not hold leaves: the service that the line names, or the
whole package when it names none; all those of a round leave together. Then costs and bills are computed again for those
that stay (a fixed cost is shared among fewer, a step may fall) until everybody left would sign, or nothing stands.
Groups only shrink, so the rounds end. The group reached depends on where one starts: it answers for *this* package, it
is not the largest group that could sign another one (that is what `paquets.search_packages` seeks).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.accord.recherche.fixes import judge_fixe
from communaccord.noyau.accord.recherche.lignes import GainMin, Ligne
from communaccord.noyau.accord.recherche.menu import Menu
from communaccord.noyau.accord.recherche.modele import Paquet, Point
from communaccord.noyau.accord.recherche.offre_exacte import build_paquet, split_lignes
from communaccord.noyau.accord.recherche.points import Lecture
from communaccord.noyau.accord.recherche.programme import build_rangs
from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.erreurs import FINE, DonneeInvalide, format_euros

Members = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class CoutSeul(GainMin):
    """What the caller takes a commune to accept when it has asked for nothing: at most what it pays alone."""

    @property
    def phrase(self) -> str:
        return "ne pas payer plus que seule"


@dataclass(frozen=True, slots=True)
class Refus:
    """A line that does not hold. `manque`: cents a year that are missing, rounded up; None when money is not the point.

    `service`: number of the service left; None: the commune leaves the whole package.
    """

    commune: int
    ligne: Ligne
    service: int | None
    manque: int | None


@dataclass(frozen=True, slots=True)
class Etape:
    """A round: the members and costs (cents a year, by service) before it, who refuses, the services that close.

    `closed`: services whose perimeter rule no longer holds once the refusals are told (a required commune left, too few
    members), or that have no key left (every criterion is nil among those that stay). `cut`: the transfers end,
    since one of those that give or receive left. `phrases`: the same in French.
    """

    members: Members
    costs: Mapping[int, int]
    refusals: tuple[Refus, ...]
    closed: tuple[int, ...]
    cut: bool
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """The end of the rounds. `signs`: communes that sign; `members`: of the services that stand (no other is named).

    `paquet`, `point`: the package that they would sign, None when nothing stands; `etapes`: each round that moved.
    """

    signs: frozenset[int]
    members: Members
    etapes: tuple[Etape, ...]
    paquet: Paquet | None
    point: Point | None

    @property
    def collapsed(self) -> bool:
        return not self.members


def who_signs(
    menu: Menu,
    choice: Mapping[int, int],
    members: Members,
    lignes: Sequence[Ligne],
    transfers: Sequence[Sequence[int]] = (),
) -> Signature:
    """Return who signs a package, round by round, costs computed again for those that stay.

    `choice`: service -> option, `members`: service -> communes, numbers of the menu. Bills: the cost of the members, by
    the key of the option (prices posted are not read). `transfers[v][i]`: cents received; they end all together as soon
    as one of those that give or receive has left. Every line binds. Errors: DonneeInvalide for a service or an option
    that the menu has not. O(rounds x lines x services), at most communes x services + 1 rounds. Exact.
    Source: elimination of those that refuse until a fixed point (groups only shrink).
    """
    current = {j: frozenset(group) for j, group in members.items() if group}
    check_choice(menu, choice, current)
    moved = [list(table) for table in transfers] or [[0] * len(menu.communes) for _ in menu.vehicules]
    etapes: list[Etape] = []
    while current:
        kept = {j: choice[j] for j in sorted(current)}
        paquet, point = build_paquet(menu, kept, current, moved)
        refusals = find_refusals(menu, current, paquet, point, lignes)
        after, closed = leave(menu, choice, current, refusals)
        if after == current:
            return Signature(frozenset().union(*current.values()), current, tuple(etapes), paquet, point)
        inside = frozenset().union(*after.values())
        cut = any(amount and i not in inside for table in moved for i, amount in enumerate(table))
        costs = {j: service.cout for j, service in zip(kept, paquet.services, strict=True)}
        etapes.append(build_etape(menu, current, costs, refusals, closed, cut))
        moved = [[0] * len(menu.communes) for _ in moved] if cut else moved
        current = after
    return Signature(frozenset(), {}, tuple(etapes), None, None)


def check_choice(menu: Menu, choice: Mapping[int, int], members: Members) -> None:
    for j, group in members.items():
        if not 0 <= j < len(menu.services) or not 0 <= choice.get(j, -1) < len(menu.services[j].options):
            raise DonneeInvalide(f"Le service n° {j + 1} n'a pas d'option choisie dans le menu.", "Choisissez-en une.")
        if not all(0 <= i < len(menu.communes) for i in group):
            raise DonneeInvalide(f"Service n° {j + 1} : un membre n'est pas dans le menu.", "Corrigez le périmètre.")


def find_refusals(
    menu: Menu, members: Members, paquet: Paquet, point: Point, lignes: Sequence[Ligne]
) -> tuple[Refus, ...]:
    """Return every line of a commune that is in the package and that does not hold, exactly. O(lines x services)."""
    inside = frozenset().union(*members.values())
    binding = [ligne for ligne in lignes if paquet.numeros[ligne.commune] in inside]
    read, broken = split_lignes(menu, members, binding)
    refusals = [build_refus(menu, members, paquet, ligne, None) for ligne in broken]
    refusals += [build_refus(menu, members, paquet, ligne, None) for ligne in read if not judge_fixe(paquet, ligne)]
    lecture = Lecture(paquet, point)
    missing: dict[int, Fraction] = {}
    for rang in build_rangs(paquet, read):
        if not lecture.holds(rang):
            missing[rang.ligne] = max(missing.get(rang.ligne, Fraction(0)), -lecture.measure(rang))
    refusals += [build_refus(menu, members, paquet, read[k], value) for k, value in missing.items()]
    return tuple(sorted(refusals, key=lambda refus: (menu.communes[refus.commune], refus.ligne.phrase)))


def build_refus(menu: Menu, members: Members, paquet: Paquet, ligne: Ligne, missing: Fraction | None) -> Refus:
    """Return a refusal: of the service named when the commune is in it, else of everything."""
    i, nom = paquet.numeros[ligne.commune], getattr(ligne, "service", None)
    named = next((j for j, group in members.items() if menu.services[j].nom == nom and i in group), None)
    manque = None if missing is None else round_exact(missing, RegleArrondi.PAR_EXCES)
    return Refus(i, ligne, named, manque)


def leave(
    menu: Menu, choice: Mapping[int, int], members: Members, refusals: Sequence[Refus]
) -> tuple[dict[int, frozenset[int]], tuple[int, ...]]:
    """Return the members once the refusals are told, and the services that close since their rule no longer holds."""
    after, closed = {}, []
    for j, group in members.items():
        rest, option = keep_members(j, group, refusals), menu.services[j].options[choice[j]]
        holds = option.required <= rest and len(rest) >= option.fewest and not rest & option.barred
        if holds and not lacks_key(menu, j, rest):
            after[j] = rest
        else:
            closed.append(j)
    return after, tuple(closed)


def keep_members(j: int, group: frozenset[int], refusals: Sequence[Refus]) -> frozenset[int]:
    """Return the members of a service that do not refuse it. O(refusals)."""
    return group - {refus.commune for refus in refusals if refus.service in (None, j)}


def lacks_key(menu: Menu, j: int, rest: frozenset[int]) -> bool:
    """Return whether every criterion of a service is nil among members: no key is left. O(criteria x members)."""
    return not any(row[i] for row in menu.services[j].criteria.rows for i in rest)


def build_etape(
    menu: Menu,
    members: Members,
    costs: Mapping[int, int],
    refusals: tuple[Refus, ...],
    closed: tuple[int, ...],
    cut: bool,
) -> Etape:
    """Tell a round in French, one sentence a fact."""
    phrases = [tell_refus(menu, refus) for refus in refusals]
    for j in closed:
        phrases.append(tell_fermeture(menu, j, members[j], keep_members(j, members[j], refusals)))
    if cut:
        phrases.append(f"Les transferts s'arrêtent{FINE}: une commune qui donne ou qui reçoit n'est plus là.")
    return Etape(members, costs, refusals, closed, cut, tuple(phrases))


def tell_fermeture(menu: Menu, j: int, group: frozenset[int], rest: frozenset[int]) -> str:
    """Return why a service closes, as a French sentence. O(criteria x members)."""
    if rest and lacks_key(menu, j, rest):
        partis = ", ".join(menu.communes[i] for i in sorted(group - rest))
        return f"Sans {partis}, {name_service(menu, j)} n'a plus de clé{FINE}: ses critères y sont nuls partout."
    return f"L{name_service(menu, j)[1:]} ne tient plus{FINE}: son périmètre minimal n'est plus réuni."


def tell_refus(menu: Menu, refus: Refus) -> str:
    """Return a refusal as a French sentence. O(1)."""
    quoi = "le paquet" if refus.service is None else name_service(menu, refus.service)
    if isinstance(refus.ligne, CoutSeul) and refus.manque is not None:
        plus = f"{format_euros(refus.manque)} par an de plus que seule"
        return f"{menu.communes[refus.commune]} ne signe pas {quoi}{FINE}: elle paierait {plus}, sans l'avoir accepté."
    manque = "" if refus.manque is None else f" (il manque {format_euros(refus.manque)} par an)"
    return f"{menu.communes[refus.commune]} ne signe pas {quoi}. Sa demande{FINE}: {refus.ligne.phrase}{manque}."


def name_service(menu: Menu, j: int) -> str:
    return f"le service «{FINE}{menu.services[j].nom}{FINE}»"
