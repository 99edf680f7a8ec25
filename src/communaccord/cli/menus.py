"""From a dossier to the menus of its questions: its services as they are, or the ways of doing them that it lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from communaccord.cli.jeux import build_formule, read_cents
from communaccord.cli.lecture import check_connu, check_noms, refuse
from communaccord.cli.refus import shorten
from communaccord.noyau.accord.recherche import Criteria, Menu, MenuService, Option, Paquet, Point, Service
from communaccord.noyau.partage.erreurs import format_pourcent
from communaccord.noyau.partage.game import ServiceGame, Term

Options = Callable[[int], tuple[Option, ...]]


def build_cout(n: int, cents: int) -> ServiceGame:
    """Return the cost of a service that stays whole whoever leaves."""
    return ServiceGame(n, (Term("count", (), (cents,) * (n + 1)),), (0,) * n)


def list_retenus(service: Service) -> tuple[int, ...]:
    """Return the numbers of the criteria that count something for the members of a service."""
    return tuple(c for c, critere in enumerate(service.criteres) if service.total(critere))


def list_bornes(service: Service) -> list[tuple[Fraction, Fraction]]:
    """Return the least and the greatest weight of each of these criteria."""
    return [(service.criteres[c].bas, service.criteres[c].haut) for c in list_retenus(service)]


def build_menu_service(service: Service, options: tuple[Option, ...]) -> MenuService:
    """Return a service of a menu: the criteria that count something, as its members count them.

    What the communes outside count is not read: weights are those of the members, as in the package.
    """
    retenus = [service.criteres[c] for c in list_retenus(service)]
    rows = tuple(
        tuple(valeur * (i in service.perimetre) for i, valeur in enumerate(critere.valeurs)) for critere in retenus
    )
    noms = tuple(critere.nom for critere in retenus)
    return MenuService(service.nom, Criteria(rows), noms, service.seul, options, service.distances, service.postes)


def build_menu_fixe(paquet: Paquet, jeux: Sequence[ServiceGame], point: Point) -> Menu:
    """Return the services of a package as a menu of one option each, whose key gives its members the shares of `point`.

    `jeux`: cost of any group, by service.
    """
    services = []
    for service, jeu, key in zip(paquet.services, jeux, point.keys, strict=True):
        poids = tuple(Fraction(key[c]) for c in list_retenus(service))
        option = Option(
            service.nom,
            jeu,
            poids,
            Fraction(service.cout),
            service.niveau,
            service.annee,
            service.montee,
            fewest=min(2, len(service.perimetre)),
        )
        services.append(build_menu_service(service, (option,)))
    return gather_menu(paquet, (1,) * paquet.n, services)


def gather_menu(paquet: Paquet, populations: tuple[int, ...], services: Sequence[MenuService]) -> Menu:
    """Return the menu of some services, the rest as in the package."""
    return Menu(paquet.communes, populations, tuple(services), paquet.vehicules, paquet.annee, paquet.engagements)


def read_choix(
    donnees: Sequence[Mapping[str, Any]], paquet: Paquet, jeux: Sequence[ServiceGame]
) -> dict[int, tuple[Option, ...]]:
    """Return the options listed, by service of the package. Errors: ErreurCommande, DonneeInvalide."""
    noms = [service.nom for service in paquet.services]
    listes: dict[int, tuple[Option, ...]] = {}
    for rang, choix in enumerate(donnees):
        ou = f"menu[{rang}]"
        check_connu(choix["service"], noms, f"« {ou}.service »", "services")
        j = noms.index(choix["service"])
        if j in listes:
            motif = f"« {shorten(choix['service'])} » a déjà ses options"
            refuse(f"« {ou}.service »", motif, "Rassemblez-les dans une seule liste.")
        places = [f"{ou}.options[{k}]" for k in range(len(choix["options"]))]
        check_noms({f"« {place}.nom »": lue["nom"] for place, lue in zip(places, choix["options"], strict=True)})
        listes[j] = tuple(
            read_option(lue, paquet, j, jeux[j], place) for place, lue in zip(places, choix["options"], strict=True)
        )
    return listes


def read_option(lue: Mapping[str, Any], paquet: Paquet, j: int, jeu: ServiceGame, ou: str) -> Option:
    """Return a way of doing a service: what it does not say is as in the service. Errors: ErreurCommande."""
    service, communes = paquet.services[j], paquet.communes
    if "cout" in lue and "formule" in lue:
        refuse(f"« {ou} »", "« cout » et « formule » sont donnés", "Gardez l'un des deux.")
    if "formule" in lue:
        jeu, _ = build_formule(lue["formule"], communes, None, f"{ou}.formule.")
    elif "cout" in lue:
        jeu = build_cout(len(communes), read_cents(lue, "cout", f"{ou}."))
    dehors = frozenset(range(len(communes))) - service.perimetre
    exige, exclut = (read_noms(lue.get(cle, ()), communes, f"{ou}.{cle}") for cle in ("exige", "exclut"))
    if exige & (exclut | dehors):
        nom = communes[min(exige & (exclut | dehors))]
        refuse(f"« {ou}.exige »", f"« {shorten(nom)} » est exclue, ou n'est pas membre", "Choisissez l'un des deux.")
    # The search needs a free perimeter of two communes at least, or a fixed one.
    seule = len(service.perimetre) == 1
    prix = Fraction(read_cents(lue, "prix", f"{ou}.")) if "prix" in lue else Fraction(jeu.cost(service.perimetre))
    return Option(
        lue["nom"],
        jeu,
        read_cle(lue["cle"], service, ou),
        prix,
        lue.get("niveau", service.niveau),
        lue.get("annee", service.annee),
        tuple(Fraction(part) for part in lue["montee"]) if "montee" in lue else service.montee,
        service.perimetre if seule else exige,
        exclut | dehors,
        1 if seule else lue.get("au_moins", 2),
        free="prix" not in lue,
    )


def read_cle(cle: Mapping[str, str], service: Service, ou: str) -> tuple[Fraction, ...]:
    """Return the weights of the criteria that count something. Errors: ErreurCommande."""
    noms = [service.criteres[c].nom for c in list_retenus(service)]
    for nom in cle:
        if nom not in noms:
            motif = f"« {shorten(nom)} » n'est pas un critère de ce service qui compte quelque chose"
            refuse(f"« {ou}.cle »", motif, "Corrigez ce nom.")
    poids = tuple(Fraction(cle.get(nom, "0")) for nom in noms)
    if sum(poids) != 1:
        refuse(f"« {ou}.cle »", f"les poids font {format_pourcent(sum(poids, Fraction(0)))}", "Donnez une somme de 1.")
    return poids


def read_noms(noms: Sequence[str], communes: Sequence[str], ou: str) -> frozenset[int]:
    """Return the numbers of communes named. Errors: ErreurCommande for a stranger."""
    for nom in noms:
        check_connu(nom, communes, f"« {ou} »", "communes")
    return frozenset(communes.index(nom) for nom in noms)


def keep_perimetre(options: Sequence[Option], service: Service, n: int) -> tuple[Option, ...]:
    """Return automatic options with what the service itself decides: who may not join, years, phase-in."""
    dehors = frozenset(range(n)) - service.perimetre
    return tuple(replace(option, barred=dehors, annee=service.annee, montee=service.montee) for option in options)
