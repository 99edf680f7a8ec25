"""The best package of a menu: options, perimeters and transfers that gather the most, and whether it is solid."""

from communaccord.cli.ecriture import name_membres, write_montants, write_transferts
from communaccord.cli.menus import build_menu_service, gather_menu, keep_perimetre, list_bornes
from communaccord.cli.montants import write_haut, write_montant
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.cli.questions.plafonds import build_service_a_cle, read_plafonds
from communaccord.cli.questions.sorties import tell_ensemble, write_ensemble
from communaccord.cli.sortie import align_tableau, name_quelques, write_entier
from communaccord.noyau.accord.recherche import (
    ContributionMax,
    GainMin,
    Menu,
    Option,
    PackageDeal,
    Packages,
    build_options,
    package_exits,
    search_packages,
    spread_prices,
)
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros, format_pourcent
from communaccord.noyau.partage.stability import ServicesExits
from communaccord.noyau.solver import Status

TITRE = "Le meilleur paquet du menu"
AUTOMATIQUES = 10
PRIX = 3
FACTURES = 600


def ask(etude: Etude) -> Reponse:
    """Answer by the search of packages. Errors: DonneeInvalide."""
    menu = build_menu(etude)
    trouves = search_packages(menu, [*etude.lu.lignes, *list_muettes(etude)], should_stop=etude.build_stop())
    unite = "habitants" if etude.lu.complements.comptees else "communes"
    donnees: dict[str, object] = {
        "unite": unite,
        "demandes_jugees": "au prix affiché",
        "statut": "optimal" if trouves.status is Status.OPTIMAL else "arrete",
        "valeur": trouves.value,
        "borne": trouves.bound,
        "borne_prouvee_sans_solveur": trouves.proved,
        "menu": {service.nom: [write_option(service.noms, o) for o in service.options] for service in menu.services},
        "paquets": [],
    }
    lignes = (
        []
        if etude.lu.choix
        else [f"  Menu automatique : par service, les {AUTOMATIQUES} clés au plus qui réunissent le plus."]
    )
    if any(option.free for options in etude.lu.choix.values() for option in options):
        lignes.append("  Options sans prix : plusieurs prix affichés sont essayés pour chacune (--json).")
    lignes.append(f"  {tell_valeur(trouves, sum(menu.poids), unite)}")
    paquets = []
    for deal in trouves.deals:
        sorties = find_sorties(etude, menu, deal)
        paquets.append(write_deal(etude, menu, deal, sorties))
        if deal is trouves.deals[0]:
            lignes += tell_deal(etude, menu, deal, sorties)
    return Reponse(donnees | {"paquets": paquets}, lignes)


def list_muettes(etude: Etude) -> list[GainMin]:
    """Return, for each commune that says nothing of what it pays, that it loses nothing over all its services."""
    disent = {ligne.commune for ligne in etude.lu.lignes if isinstance(ligne, ContributionMax | GainMin)}
    return [GainMin(nom, Priorite.UTILE, 0) for nom in etude.paquet.communes if nom not in disent]


def build_menu(etude: Etude) -> Menu:
    """Return the menu of the file, its options without a price at several; a service without options gets the best
    points of its atlas."""
    services = []
    for j, service in enumerate(etude.paquet.services):
        options = build_donnees(etude, j) if j in etude.lu.choix else build_automatiques(etude, j)
        services.append(build_menu_service(service, options))
    if not any(service.options for service in services):
        raise DonneeInvalide(
            "Aucune clé usuelle dans les bornes des critères ne donne d'option à ce menu : avec aucune, un groupe ne "
            "paie son coût.",
            "Donnez des options par « menu », élargissez les bornes, ou revoyez les demandes.",
        )
    return gather_menu(etude.paquet, etude.lu.complements.populations, services)


def build_donnees(etude: Etude, j: int) -> tuple[Option, ...]:
    """Return the options of the file, those without a price at several prices."""
    options, (plafonds, _) = etude.lu.choix[j], read_plafonds(etude, j)
    service = build_menu_service(etude.paquet.services[j], options)
    prix = max(PRIX, FACTURES // (etude.paquet.n * len(options)))
    poids = etude.lu.complements.populations
    return tuple(une for option in options for une in spread_prices(service, option, plafonds, poids, count=prix))


def build_automatiques(etude: Etude, j: int) -> tuple[Option, ...]:
    """Return the best points of the atlas of a service as options."""
    service = etude.paquet.services[j]
    plafonds, _ = read_plafonds(etude, j)
    options = build_options(
        build_service_a_cle(etude, j),
        plafonds,
        AUTOMATIQUES,
        nom="option",
        niveau=service.niveau,
        bornes=list_bornes(service),
    )
    return keep_perimetre(options, service, etude.paquet.n)


def find_sorties(etude: Etude, menu: Menu, deal: PackageDeal) -> ServicesExits | None:
    """Return the most profitable exits from a package found; None when one commune alone is in it."""
    if len(deal.consenting) < 2:
        return None
    return package_exits(
        menu, deal.choice, deal.members, deal.shares, transfers=deal.transfers, should_stop=etude.build_stop()
    )


def write_option(noms: tuple[str, ...], option: Option) -> dict[str, object]:
    """Return an option as it was searched."""
    return {
        "nom": option.nom,
        "cle": dict(zip(noms, map(str, option.key), strict=True)),
        "prix": str(option.price / 100),
    }


def write_deal(etude: Etude, menu: Menu, deal: PackageDeal, sorties: ServicesExits | None) -> dict[str, object]:
    """Return a package: who signs, the option and bills of each service, and the exits."""
    communes = etude.paquet.communes
    services = {}
    for table, j in zip(deal.shares, deal.members, strict=True):
        membres = sorted(deal.members[j])
        services[menu.services[j].nom] = {
            "option": menu.services[j].options[deal.choice[j]].nom,
            "prix": write_haut(menu.services[j].options[deal.choice[j]].price),
            "membres": name_membres(etude.paquet, membres),
            "cout": write_montant(sum(table)),
            "parts": {communes[i]: write_montant(table[i]) for i in membres},
        }
    return {
        "valeur": deal.value,
        "signent": name_membres(etude.paquet, deal.consenting),
        "services": services,
        "hors_du_paquet": list_dehors(menu, deal),
        "transferts": write_transferts(etude.paquet, deal.transfers),
        "contributions": write_montants(etude.paquet, deal.contributions),
        "gains": write_montants(etude.paquet, deal.gains),
        "depart": None if sorties is None else write_ensemble(etude.paquet, sorties.joint),
    }


def list_dehors(menu: Menu, deal: PackageDeal) -> list[str]:
    """Return the services that the package leaves out."""
    return [service.nom for j, service in enumerate(menu.services) if j not in deal.members]


def tell_valeur(trouves: Packages, total: int, unite: str) -> str:
    """Say what the best package gathers, and how far it may be from the best of all."""
    if not trouves.deals:
        texte = "Aucun paquet trouvé où un service tient et où chaque membre signe"
    else:
        texte = f"Il réunit {write_entier(trouves.value)} {unite} sur {write_entier(total)}"
    if trouves.status is Status.OPTIMAL:
        return f"{texte} ; à ces prix affichés, aucun paquet de ce menu ne fait mieux."
    return (
        f"{texte} ; recherche arrêtée : à ces prix affichés, aucun ne peut dépasser {write_entier(trouves.bound)}, "
        f"l'écart est de {format_pourcent(trouves.gap)} au plus."
    )


def tell_deal(etude: Etude, menu: Menu, deal: PackageDeal, sorties: ServicesExits | None) -> list[str]:
    """Return a package in words."""
    lignes = []
    for j in deal.members:
        option = menu.services[j].options[deal.choice[j]]
        cle = ", ".join(
            f"{nom} {format_pourcent(poids)}"
            for nom, poids in zip(menu.services[j].noms, option.key, strict=True)
            if poids
        )
        qui = name_quelques(name_membres(etude.paquet, deal.members[j]))
        lignes.append(f"  « {menu.services[j].nom} », {option.nom} ({cle}) : {qui}.")
    lignes += [f"  « {nom} » : hors du paquet, chacune y reste comme aujourd'hui." for nom in list_dehors(menu, deal)]
    tableau = [("  Commune", "paie", "gagne")]
    tableau += [
        (f"  {etude.paquet.communes[i]}", format_euros(deal.contributions[i]), format_euros(deal.gains[i]))
        for i in sorted(deal.consenting)
    ]
    lignes += align_tableau(tableau, droite=frozenset({1, 2}))
    return lignes + ([] if sorties is None else tell_ensemble(etude.paquet, sorties.joint, len(deal.members)))
