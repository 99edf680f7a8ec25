"""How far a figure may move before a request changes its answer: cost of a service, price of a post, workload."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import cast

from communaccord.cli.ecriture import tell_demande, write_demande
from communaccord.cli.jeux import build_formule
from communaccord.cli.menus import build_menu_fixe, list_retenus
from communaccord.cli.montants import write_montant
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.noyau.accord.recherche import Ligne, Range, cost_range, price_range, workload_range
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros, format_pourcent

TITRE = "Jusqu'où un chiffre peut-il bouger sans qu'une demande change de réponse ?"
TITRE_CHARGES = "De combien la charge d'une commune peut-elle bouger sans qu'une demande change de réponse ?"
PERSONNEL = 1
MAX_UNITES = 200
PAS_POSTE = 10**6


def ask(etude: Etude) -> Reponse:
    """Answer for the cost of each service, and the price of a post of those that have a formula."""
    donnees: dict[str, object] = {}
    lignes: list[str] = []
    for j, service in enumerate(etude.paquet.services):
        if not service.cout:
            continue
        cout = cost_range(
            etude.menu, etude.choix, etude.membres, etude.lu.lignes, service=j, transfers=read_recus(etude)
        )
        reponse = {"cout": write_range(etude, cout, 1, write_montant), "poste": None}
        lignes.append(f"  coût de « {service.nom} », {format_euros(service.cout)} par an :")
        lignes += tell_range(etude, cout, 1, format_euros)
        if has_postes(etude, j):
            poste = price_range(
                etude.menu, etude.choix, etude.membres, etude.lu.lignes,
                service=j, term=PERSONNEL, transfers=read_recus(etude),
            )  # fmt: skip
            reponse["poste"] = write_range(etude, poste, PAS_POSTE, write_part)
            lignes.append(f"  prix d'un poste de « {service.nom} », à effectif égal :")
            lignes += tell_range(etude, poste, PAS_POSTE, lambda k: format_pourcent(Fraction(k, PAS_POSTE)))
        donnees[service.nom] = reponse
    return Reponse({"services": donnees}, lignes)


def read_recus(etude: Etude) -> Sequence[Sequence[int]]:
    """Return the transfers of the deal, exact: cut to the cent, a request met to the cent could miss a fraction."""
    return cast(Sequence[Sequence[int]], etude.point.transfers)


def has_postes(etude: Etude, j: int) -> bool:
    """Return whether a service has a formula whose staff costs something for its members."""
    if etude.lu.formules[j] is None:
        return False
    terme = etude.lu.jeux[j].terms[PERSONNEL]
    return terme.table[terme.read_aggregate(etude.paquet.services[j].perimetre)] > terme.table[0]


def cut(valeur: Fraction | None, exclue: bool, pas: int) -> int | None:
    """Return the last whole number of steps that is in the range on this side (0 is), None without limit.

    `pas`: steps in a unit.
    """
    if valeur is None:
        return None
    signe = -1 if valeur < 0 else 1
    entier = abs(valeur) * pas
    dernier = int(entier) - (1 if exclue and entier.denominator == 1 else 0)
    return signe * dernier


def write_range(etude: Etude, trouve: Range, pas: int, write: Callable[[int], str]) -> dict[str, object]:
    """Return how far down and up, both within the range, and the request that changes beyond; null: no limit."""
    moins, plus = cut(trouve.low, trouve.low_open, pas), cut(trouve.high, trouve.high_open, pas)
    return {
        "moins": None if moins is None else write(moins),
        "plus": None if plus is None else write(plus),
        "demande_moins": write_changee(etude, trouve.low_line),
        "demande_plus": write_changee(etude, trouve.high_line),
    }


def write_part(millioniemes: int) -> str:
    """Return millionths as a decimal text: -0.012500."""
    entier, reste = divmod(abs(millioniemes), PAS_POSTE)
    return f"{'-' if millioniemes < 0 else ''}{entier}.{reste:06d}"


def find_rang(etude: Etude, ligne: Ligne) -> int:
    """Return the rank of a request, the same object."""
    return next(rang for rang, autre in enumerate(etude.lu.lignes) if autre is ligne)


def write_changee(etude: Etude, ligne: Ligne | None) -> dict[str, object] | None:
    """Return the request that changes beyond a side."""
    return None if ligne is None else write_demande(etude.lu, find_rang(etude, ligne))


def tell_range(etude: Etude, trouve: Range, pas: int, tell: Callable[[int], str]) -> list[str]:
    """Return both sides in words."""
    lignes = []
    for mot, valeur, exclue, ligne in (
        ("en baisse", trouve.low, trouve.low_open, trouve.low_line),
        ("en hausse", trouve.high, trouve.high_open, trouve.high_line),
    ):
        combien = cut(valeur, exclue, pas)
        if combien is None:
            lignes.append(f"    {mot} : sans limite.")
            continue
        jusque = f"jusqu'à {tell(abs(combien))}" if combien else "pas du tout"
        suite = "" if ligne is None else f" ; au-delà change : {tell_demande(etude.lu, find_rang(etude, ligne))}"
        lignes.append(f"    {mot} : {jusque}{suite}.")
    return lignes


def ask_charges(etude: Etude) -> Reponse:
    """Answer for the workload of each commune, one unit at a time, the staff and the criterion that counts the same
    units moving with it."""
    donnees: dict[str, object] = {}
    lignes: list[str] = []
    should_stop = etude.build_stop()
    if not any(etude.lu.formules):
        raise DonneeInvalide("Aucun service n'a de formule.", "Décrivez le coût d'un service par « formule ».")
    for j, service in enumerate(etude.paquet.services):
        formule = etude.lu.formules[j]
        if formule is None:
            continue
        jeu, _ = build_formule(formule, etude.paquet.communes, None, "formule.", marge=MAX_UNITES)
        menu = build_menu_fixe(etude.paquet, [*etude.lu.jeux[:j], jeu, *etude.lu.jeux[j + 1 :]], etude.point)
        critere = find_critere(etude, j)
        suivi = "" if critere is None else f", et le critère « {menu.services[j].noms[critere]} » avec elle"
        lignes.append(f"  « {service.nom} » (suivi sur {MAX_UNITES} unités au plus{suivi}) :")
        reponse: dict[str, object] = {}
        for i in sorted(service.perimetre):
            trouve = workload_range(
                menu, etude.choix, etude.membres, etude.lu.lignes,
                service=j, commune=i, term=PERSONNEL, critere=critere,
                transfers=read_recus(etude), most=MAX_UNITES, should_stop=should_stop,
            )  # fmt: skip
            nom = etude.paquet.communes[i]
            reponse[nom] = write_range(etude, trouve, 1, str) | {"arretee": should_stop()}
            lignes += [f"    {nom}, {formule['charge'][i]} :", *(f"  {x}" for x in tell_range(etude, trouve, 1, str))]
            if should_stop():
                lignes.append("      le temps a manqué : suivi moins loin.")
        donnees[service.nom] = {
            "critere": None if critere is None else menu.services[j].noms[critere],
            "communes": reponse,
        }
    return Reponse({"unites_suivies": MAX_UNITES, "services": donnees}, lignes)


def find_critere(etude: Etude, j: int) -> int | None:
    """Return the rank in the menu of the criterion whose values are the workloads, None when there is none."""
    service, formule = etude.paquet.services[j], etude.lu.formules[j]
    retenus = [service.criteres[c] for c in list_retenus(service)]
    charge = None if formule is None else tuple(formule["charge"])
    return next((rang for rang, critere in enumerate(retenus) if critere.valeurs == charge), None)
