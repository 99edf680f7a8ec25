"""All the usual keys of a service: with how many the communes hold together, and which ones gather the most."""

from collections.abc import Sequence
from fractions import Fraction

from communaccord.cli.ecriture import name_membres, tell_demande, write_demande
from communaccord.cli.menus import list_bornes, list_retenus
from communaccord.cli.montants import write_montant
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.cli.questions.plafonds import build_service_a_cle, read_plafonds
from communaccord.cli.sortie import name_quelques, write_entier
from communaccord.noyau.accord.recherche import KeyMap, KeyPoint, key_atlas
from communaccord.noyau.partage.erreurs import format_euros, format_pourcent

TITRE = "Toutes les clés usuelles (poids par pas de 5 %) : lesquelles réunissent le plus ?"
MONTREES = 5
Bandes = list[tuple[Fraction, Fraction]]


def ask(etude: Etude) -> Reponse:
    """Answer for each service, one at a time, without transfers. Errors: DonneeInvalide."""
    donnees: dict[str, object] = {}
    lignes: list[str] = []
    for j, service in enumerate(etude.paquet.services):
        plafonds, non_lues = read_plafonds(etude, j)
        carte = key_atlas(build_service_a_cle(etude, j), plafonds, smallest=min(2, len(service.perimetre)))
        permises = carte.list_within(list_bornes(service))
        entieres = [k for k in permises if carte.sizes[k] == len(service.perimetre)]
        plus = max((int(carte.populations[k]) for k in permises if carte.sizes[k]), default=None)
        meilleures = [k for k in permises if carte.sizes[k] and int(carte.populations[k]) == plus]
        bandes = list_bandes(carte, meilleures)
        points = [carte.read(k) for k in meilleures[:MONTREES]]
        donnees[service.nom] = {
            "cles": len(permises),
            "cles_ou_toutes_entrent": len(entieres),
            "reunit_au_plus": 0 if plus is None else plus,
            "nombre_meilleures": len(meilleures),
            "poids_des_meilleures": write_bandes(etude, j, bandes),
            "meilleures": [write_point(etude, j, point) for point in points],
            "demandes_non_lues": [write_demande(etude.lu, rang) for rang in non_lues],
        }
        lignes.append(f"  « {service.nom} » : {tell_compte(len(permises), len(entieres))}")
        lignes += tell_meilleures(etude, j, points, bandes, len(meilleures))
        lignes += [f"    À savoir, non lu ici : {tell_demande(etude.lu, rang)}." for rang in non_lues]
    return Reponse({"unite": "habitants" if etude.lu.complements.comptees else "communes", "services": donnees}, lignes)


def list_bandes(carte: KeyMap, rangs: Sequence[int]) -> Bandes:
    """Return the least and the greatest weight of each criterion among some keys; nothing without a key."""
    colonnes = zip(*carte.weights[list(rangs)].tolist(), strict=True)
    return [(Fraction(min(colonne), carte.parts), Fraction(max(colonne), carte.parts)) for colonne in colonnes]


def write_bandes(etude: Etude, j: int, bandes: Bandes) -> dict[str, object]:
    """Return the same by criterion; a key between them all is not always one of the best."""
    return {
        nom: {"bas": str(bas), "haut": str(haut)} for nom, (bas, haut) in zip(list_noms(etude, j), bandes, strict=False)
    }


def list_noms(etude: Etude, j: int) -> list[str]:
    """Return the names of the criteria that count something."""
    service = etude.paquet.services[j]
    return [service.criteres[c].nom for c in list_retenus(service)]


def write_point(etude: Etude, j: int, point: KeyPoint) -> dict[str, object]:
    """Return a key, who joins and what each pays."""
    communes = etude.paquet.communes
    return {
        "cle": dict(zip(list_noms(etude, j), map(str, point.weights), strict=True)),
        "membres": name_membres(etude.paquet, point.perimeter),
        "cout": write_montant(point.cost),
        "parts": {communes[i]: write_montant(point.payments[i]) for i in sorted(point.perimeter)},
    }


def tell_compte(permises: int, entieres: int) -> str:
    """Say with how many keys everybody joins."""
    if not permises:
        return "aucune clé ne respecte les bornes des critères."
    if not entieres:
        return f"aucune clé, sur {write_entier(permises)}, ne réunit toutes les communes."
    combien = "une seule réunit" if entieres == 1 else f"{write_entier(entieres)} réunissent"
    return f"sur {write_entier(permises)} clé{'s' * (permises > 1)}, {combien} toutes les communes."


def tell_nombre(nombre: int) -> str:
    """Say how many keys do it."""
    return "avec une seule clé" if nombre == 1 else f"avec {write_entier(nombre)} clés"


def tell_meilleures(etude: Etude, j: int, points: Sequence[KeyPoint], bandes: Bandes, nombre: int) -> list[str]:
    """Say which keys gather the most, and the first of them."""
    if not points:
        return ["    aucune ne laisse un groupe payer son coût sans que l'un de ses membres refuse."]
    premier = points[0]
    poids = ", ".join(
        f"{nom} {format_pourcent(bas)}" + ("" if bas == haut else f" à {format_pourcent(haut)}")
        for nom, (bas, haut) in zip(list_noms(etude, j), bandes, strict=True)
    )
    unite = "habitants" if etude.lu.complements.comptees else "communes"
    combien = f"le plus que l'on réunit : {write_entier(premier.population)} {unite}, {tell_nombre(nombre)}"
    cle = ", ".join(
        f"{nom} {format_pourcent(part)}" for nom, part in zip(list_noms(etude, j), premier.weights, strict=True)
    )
    paie = [f"{etude.paquet.communes[i]} {format_euros(premier.payments[i])}" for i in sorted(premier.perimeter)]
    return [f"    {combien} : {poids}.", f"    par exemple {cle} : {name_quelques(paie)}."]
