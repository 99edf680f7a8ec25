"""A menu and the lines of the communes as a mixed-integer programme, exact; floats only for the solver.

Columns: option j,p is open; commune i joins j by p; i consents; what i gives and receives by each vehicle; steps of the
costs. A commune that does not consent joins nothing, gives and receives nothing. Every coefficient is a whole number or
a Fraction: the same rows serve the solver (scaled floats) and the proof of the bound (`preuves.borne`).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from communaccord.noyau.accord.recherche.lignes import (
    AvecCommune,
    ContributionMax,
    DistanceMax,
    EngagementPris,
    GainMin,
    HausseMax,
    Ligne,
    NiveauMin,
    PasAvant,
    PersonnelGaranti,
    SeulementSi,
)
from communaccord.noyau.accord.recherche.marches import Modele, add_cost
from communaccord.noyau.accord.recherche.menu import Menu, MenuService, Option
from communaccord.noyau.exact import RegleArrondi, round_exact
from communaccord.noyau.partage.erreurs import DonneeInvalide

Place = tuple[int, int]
CENTS = 100_000


def read_depart(menu: Menu, option: Option) -> int:
    """Return the first year of an option. Errors: DonneeInvalide when nothing gives it. O(1)."""
    annee = option.annee if option.annee is not None else menu.annee
    if annee is None:
        raise DonneeInvalide(f"L'option « {option.nom} » n'a pas d'année.", "Donnez l'année où elle commence.")
    return annee


def read_part(menu: Menu, option: Option, annee: int | None) -> Fraction | int:
    """Return the part of full regime of an option in a year (None: full regime). O(1)."""
    if annee is None:
        return 1
    rang = annee - read_depart(menu, option)
    if rang < 0:
        return 0
    return Fraction(option.montee[rang]) if rang < len(option.montee) else 1


class Offres:
    """What the menu offers to each commune: prices posted (whole cents, rounded up), who may take which option.

    `lignes[i]`: lines of commune i. Errors: DonneeInvalide for a line that a menu cannot promise (a yearly rise) or
    that names an unknown commune or service.
    """

    def __init__(self, menu: Menu, lignes: Sequence[Ligne]) -> None:
        self.menu = menu
        self.numeros = {code: i for i, code in enumerate(menu.communes)}
        self.services = {service.nom: j for j, service in enumerate(menu.services)}
        self.lignes: list[list[Ligne]] = [[] for _ in menu.communes]
        for ligne in lignes:
            self.check(ligne)
            self.lignes[self.numeros[ligne.commune]].append(ligne)
        self.places = [(j, p) for j, service in enumerate(menu.services) for p in range(len(service.options))]
        self.exact = {(j, p): menu.services[j].compute_posted(self.option((j, p))) for j, p in self.places}
        self.posted = {
            place: tuple(round_exact(value, RegleArrondi.PAR_EXCES) for value in values)
            for place, values in self.exact.items()
        }
        self.closed = frozenset(i for i in range(len(menu.communes)) if not self.may_consent(i))
        self.allowed = {place: self.list_allowed(place) for place in self.places}

    def option(self, place: Place) -> Option:
        return self.menu.services[place[0]].options[place[1]]

    def service(self, place: Place) -> MenuService:
        return self.menu.services[place[0]]

    def check(self, ligne: Ligne) -> None:
        """Refuse what a menu cannot promise, and unknown names."""
        if isinstance(ligne, HausseMax):
            raise DonneeInvalide(
                f"Ligne de {ligne.commune} : une hausse maximale se juge sur un paquet décidé, pas sur un menu.",
                "Retirez-la ici, puis vérifiez-la sur le paquet trouvé.",
            )
        codes = [ligne.commune, getattr(ligne, "avec", None)]
        noms = [getattr(ligne, "service", None), getattr(ligne, "aussi", None)]
        absents = [c for c in codes if c is not None and c not in self.numeros]
        absents += [s for s in noms if s is not None and s not in self.services]
        if absents:
            raise DonneeInvalide(f"« {absents[0]} » n'est pas dans le menu.", "Corrigez la ligne, ou le menu.")

    def may_consent(self, i: int) -> bool:
        """Whether no undertaking that the commune asks for is missing."""
        asked = [ligne.engagement for ligne in self.lignes[i] if isinstance(ligne, EngagementPris)]
        return all(engagement in self.menu.engagements for engagement in asked)

    def list_allowed(self, place: Place) -> tuple[int, ...]:
        """Return who may take an option, its lines on that service alone read: empty when somebody required may not."""
        option = self.option(place)
        found = tuple(
            i
            for i in range(len(self.menu.communes))
            if i not in option.barred
            and i not in self.closed
            and all(self.accepts(place, i, ligne) for ligne in self.lignes[i])
        )
        return found if option.required <= set(found) and len(found) >= option.fewest else ()

    def accepts(self, place: Place, i: int, ligne: Ligne) -> bool:
        """Whether a line, read on this service alone, lets its commune take the option (True when it reads others)."""
        service, option = self.service(place), self.option(place)
        if isinstance(ligne, PasAvant):
            return ligne.service not in (None, service.nom) or read_depart(self.menu, option) >= ligne.annee
        if getattr(ligne, "service", None) != service.nom:
            return True
        match ligne:
            case NiveauMin():
                return option.niveau >= ligne.niveau
            case DistanceMax():
                return read_table(service, service.distances, ligne)[i] <= ligne.metres
            case PersonnelGaranti():
                return read_table(service, service.postes, ligne)[i] >= ligne.postes
            case ContributionMax():
                return read_part(self.menu, option, ligne.annee) * self.posted[place][i] <= ligne.montant
            case GainMin():
                gain = service.seul[i] - self.posted[place][i]
                return read_part(self.menu, option, ligne.annee) * gain >= ligne.montant
            case _:
                return True


def read_table(service: MenuService, table: tuple[int, ...], ligne: Ligne) -> tuple[int, ...]:
    if not table:
        raise DonneeInvalide(
            f"Service « {service.nom} » : la donnée que lit la ligne de {ligne.commune} n'est pas connue.",
            "Complétez le service, ou retirez la ligne.",
        )
    return table


class Programme:
    """The programme: `modele` (columns, rows) and where each column is."""

    def __init__(self, offres: Offres) -> None:
        self.offres, menu = offres, offres.menu
        self.modele = Modele()
        self.consents = [self.modele.add(poids, 0, int(i not in offres.closed)) for i, poids in enumerate(menu.poids)]
        self.opens = {place: self.modele.add() for place in offres.places if offres.allowed[place]}
        self.joins = {(place, i): self.modele.add() for place in self.opens for i in offres.allowed[place]}
        for j in range(len(menu.services)):
            same = [column for place, column in self.opens.items() if place[0] == j]
            self.modele.row(None, dict.fromkeys(same, 1), 1)
        self.flows = self.add_vehicules()
        for place in self.opens:
            self.add_option(place)
        for i in range(len(menu.communes)):
            self.add_commune(i)

    def list_joins(self, j: int, i: int) -> list[tuple[Place, int]]:
        """Columns by which commune i joins service j, with the option of each."""
        options = range(len(self.offres.menu.services[j].options))
        return [((j, p), self.joins[(j, p), i]) for p in options if ((j, p), i) in self.joins]

    def add_vehicules(self) -> dict[tuple[int, int, int], int]:
        """Columns of what moves: (vehicle, commune, sign) -> column, cents; within the vehicle and sum zero."""
        flows: dict[tuple[int, int, int], int] = {}
        for v, vehicule in enumerate(self.offres.menu.vehicules):
            for sign, table in ((1, vehicule.recevoir), (-1, vehicule.donner)):
                for i, most in enumerate(table):
                    most = min(most, vehicule.total)
                    if most and i not in self.offres.closed:
                        flows[v, i, sign] = column = self.modele.add(0, 0, most, unit=CENTS)
                        self.modele.row(None, {column: 1, self.consents[i]: -most}, 0)
                columns = [column for (w, _, s), column in flows.items() if (w, s) == (v, sign)]
                self.modele.row(None, dict.fromkeys(columns, 1), vehicule.total)
        self.modele.row(0, {column: sign for (_, _, sign), column in flows.items()}, 0)
        return flows

    def add_option(self, place: Place) -> None:
        """Rows of an option: perimeter rule, and bills that pay the cost."""
        option, opened = self.offres.option(place), self.opens[place]
        columns = {i: self.joins[place, i] for i in self.offres.allowed[place]}
        for i, column in columns.items():
            low = 0 if i in option.required else None
            self.modele.row(low, {column: 1, opened: -1}, 0)
        self.modele.row(0, dict.fromkeys(columns.values(), 1) | {opened: -option.fewest}, None)
        cost = add_cost(self.modele, option, columns, opened)
        paid = {column: self.offres.exact[place][i] for i, column in columns.items()}
        self.modele.row(0, {c: paid.get(c, 0) - cost.get(c, 0) for c in paid.keys() | cost.keys()}, None)

    def add_commune(self, i: int) -> None:
        """Rows of a commune: it consents when it joins something, one option a service, and all its lines hold."""
        consent, everything = self.consents[i], []
        for j in range(len(self.offres.menu.services)):
            columns = [column for _, column in self.list_joins(j, i)]
            everything += columns
            self.modele.row(None, dict.fromkeys(columns, 1) | {consent: -1}, 0)
        self.modele.row(0, dict.fromkeys(everything, 1) | {consent: -1}, None)
        for ligne in self.offres.lignes[i]:
            if isinstance(ligne, ContributionMax | GainMin):
                self.add_montant(i, ligne)
            elif isinstance(ligne, SeulementSi):
                self.add_compagnie(i, ligne)
            elif isinstance(ligne, AvecCommune):
                self.add_avec(i, self.offres.numeros[ligne.avec])

    def add_montant(self, i: int, ligne: ContributionMax | GainMin) -> None:
        """The row of an amount, of one service or of all (transfers read), for a commune that consents."""
        offres, sign = self.offres, 1 if isinstance(ligne, GainMin) else -1
        values: dict[int, Fraction | int] = {self.consents[i]: -sign * ligne.montant}
        for j, service in enumerate(offres.menu.services):
            if ligne.service not in (None, service.nom):
                continue
            for place, column in self.list_joins(j, i):
                alone = service.seul[i] if isinstance(ligne, GainMin) else 0
                part = read_part(offres.menu, offres.option(place), ligne.annee)
                values[column] = part * (alone - offres.posted[place][i])
        if ligne.service is None:
            values |= {column: s for (_, k, s), column in self.flows.items() if k == i}
        self.modele.row(0, values, None)

    def add_compagnie(self, i: int, ligne: SeulementSi) -> None:
        """In a service only if another commune is, or only if one is in another service."""
        offres = self.offres
        j = offres.services[ligne.service]
        other = (j, offres.numeros[ligne.avec]) if ligne.avec else (offres.services[ligne.aussi or ""], i)
        values = {column: 1 for _, column in self.list_joins(j, i)}
        if values:
            self.modele.row(None, values | {column: -1 for _, column in self.list_joins(*other)}, 0)

    def add_avec(self, i: int, k: int) -> None:
        """Consents only if commune k is in one of the services that i joins."""
        shared: list[int] = []
        for j in range(len(self.offres.menu.services)):
            both = self.modele.add(0, 0, 1)
            for member in (i, k):
                self.modele.row(None, {both: 1} | {column: -1 for _, column in self.list_joins(j, member)}, 0)
            shared.append(both)
        self.modele.row(0, dict.fromkeys(shared, 1) | {self.consents[i]: -1}, None)

    def complete(self, choice: Mapping[int, int], members: Mapping[int, frozenset[int]]) -> dict[int, int]:
        """Return the columns of a choice (service -> option) and its members (service -> communes). O(columns)."""
        places = {(j, p) for j, p in choice.items()}
        inside = frozenset().union(*members.values()) if members else frozenset()
        values = {column: int(place in places) for place, column in self.opens.items()}
        values |= {c: int(place in places and i in members[place[0]]) for (place, i), c in self.joins.items()}
        return values | {column: int(i in inside) for i, column in enumerate(self.consents)}
