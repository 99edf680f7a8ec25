"""Which usual key a convention can carry: the nearest to a fair share, and how far from it, in euros."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from communaccord.cli.ecriture import format_haut, tell_cle, tell_manquees, write_cle, write_demande
from communaccord.cli.menus import list_bornes, list_retenus
from communaccord.cli.montants import write_haut, write_montant
from communaccord.cli.questions.etude import Etude, Reponse
from communaccord.cli.questions.visees import LIBELLES, Visee, list_visees
from communaccord.cli.sortie import write_entier
from communaccord.noyau.accord.recherche import (
    Criteria,
    Ligne,
    Paquet,
    Point,
    Service,
    UsualKey,
    find_broken,
    usual_key,
    usual_key_where,
)
from communaccord.noyau.accord.recherche.points import Lecture
from communaccord.noyau.accord.recherche.programme import build_rangs
from communaccord.noyau.partage.erreurs import DonneeInvalide

TITRE = "Quelle clé usuelle écrire dans la convention ? (poids par pas de 5 %)"
ZERO = Fraction(0)
Key = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Usuelle:
    """Of a share aimed at: the nearest usual key of each service, by number; the requests that do not hold there.

    `tenable`: keys at which all of them hold, the nearest service after service; None when none was found or sought.
    `cherchee`: it was sought; `complete`: to the end.
    """

    cles: Mapping[int, UsualKey]
    manquees: tuple[int, ...]
    tenable: Mapping[int, UsualKey] | None
    cherchee: bool
    complete: bool


def ask(etude: Etude) -> Reponse:
    """Answer for each share that can be aimed at. Errors: DonneeInvalide when there is none."""
    visees, refus = list_visees(etude)
    donnees: dict[str, object] = {}
    lignes: list[str] = []
    for visee in visees:
        try:
            usuelle = find_usuelle(etude, visee)
        except DonneeInvalide as erreur:
            refus[visee.cle] = str(erreur)
            continue
        donnees[visee.cle] = write_usuelle(etude, visee, usuelle)
        lignes += tell_usuelle(etude, visee, usuelle)
    if not donnees and not refus:
        raise DonneeInvalide(
            "Aucune part n'est visée : ni accord, ni formule de coût, ni « cible ».",
            "Donnez « cible » à un service : ce que chaque commune devrait y payer.",
        )
    lignes += [f"  Sans réponse, {LIBELLES[cle]} : {texte}" for cle, texte in refus.items()]
    return Reponse({"visees": donnees, "non_definies": refus}, lignes)


def find_usuelle(etude: Etude, visee: Visee) -> Usuelle:
    """Return the nearest usual keys, and when they break a request of an agreement, the nearest that break none.

    Errors: DonneeInvalide.
    """
    paquet, lignes = etude.paquet, etude.lu.lignes
    cles = {
        j: usual_key(*read_membres(paquet.services[j], parts), bounds=list_bornes(paquet.services[j]))
        for j, parts in visee.parts.items()
    }
    manquees = find_broken(paquet, lignes, put_cles(etude, visee.point, cles))
    if not manquees or not etude.propositions:
        return Usuelle(cles, manquees, None, False, True)
    tenable, complete = seek_tenable(etude, visee)
    return Usuelle(cles, manquees, tenable, True, complete)


def seek_tenable(etude: Etude, visee: Visee) -> tuple[dict[int, UsualKey] | None, bool]:
    """Return usual keys at which all requests hold, one service after the other, the next ones at their exact key.

    With one service the nearest of all; with several, an answer, perhaps not the nearest, and None proves nothing.
    The second value tells whether the search was ended by the time.
    """
    paquet, lignes = etude.paquet, etude.lu.lignes
    should_stop, depart = etude.build_stop(), etude.propositions.get("leximin")
    point = visee.point if visee.accord or depart is None else depart.point
    trouvees: dict[int, UsualKey] = {}
    for j, parts in visee.parts.items():
        service = paquet.services[j]
        holds = build_juge(paquet, lignes, point, j, should_stop)
        trouvee = usual_key_where(*read_membres(service, parts), holds, bounds=list_bornes(service))
        if trouvee is None:
            return None, not should_stop()
        trouvees[j] = trouvee
        point = put_cle(point, j, service, trouvee.weights)
    return trouvees, not should_stop()


def build_juge(
    paquet: Paquet, lignes: Sequence[Ligne], point: Point, j: int, should_stop: Callable[[], bool]
) -> Callable[[Key], bool]:
    """Return what says whether all requests on money hold at a key of service j, the rest as at the point; exact.

    What a request has left is affine in the key: the mean, by the weights, of what it has left with each criterion
    alone. The request that failed last is asked first: it mostly fails again.
    """
    service, rangs = paquet.services[j], build_rangs(paquet, lignes)
    taille = len(list_retenus(service))
    coins = [
        Lecture(paquet, put_cle(point, j, service, [Fraction(c == k) for k in range(taille)])) for c in range(taille)
    ]
    marges = []
    for rang in rangs:
        restes = [coin.measure(rang) for coin in coins]
        commun = lcm(*(reste.denominator for reste in restes))
        marges.append([reste.numerator * (commun // reste.denominator) for reste in restes])

    def holds(poids: Key) -> bool:
        if should_stop():
            return False
        commun = lcm(*(part.denominator for part in poids))
        entiers = [part.numerator * (commun // part.denominator) for part in poids]
        for place, marge in enumerate(marges):
            if sum(map(mul, entiers, marge)) < 0:
                marges.insert(0, marges.pop(place))
                return False
        return True

    return holds


def read_membres(service: Service, parts: Sequence[int]) -> tuple[list[int], Criteria]:
    """Return the shares and the criteria of the members alone."""
    membres = sorted(service.perimetre)
    rows = tuple(tuple(service.criteres[c].valeurs[i] for i in membres) for c in list_retenus(service))
    return [parts[i] for i in membres], Criteria(rows)


def put_cle(point: Point, j: int, service: Service, poids: Sequence[Fraction]) -> Point:
    """Return the point with another key for a service: no weight on the criteria that count nothing."""
    return Point((*point.keys[:j], spread(service, poids), *point.keys[j + 1 :]), point.transfers)


def spread(service: Service, poids: Sequence[Fraction]) -> Key:
    """Return one weight a criterion of the service."""
    places = dict(zip(list_retenus(service), poids, strict=True))
    return tuple(places.get(c, ZERO) for c in range(len(service.criteres)))


def put_cles(etude: Etude, point: Point, cles: Mapping[int, UsualKey]) -> Point:
    """Return the point with these keys."""
    for j, cle in cles.items():
        point = put_cle(point, j, etude.paquet.services[j], cle.weights)
    return point


def write_usuelle(etude: Etude, visee: Visee, usuelle: Usuelle) -> dict[str, object]:
    """Return the keys of a share aimed at, by service."""
    tenable = None if usuelle.tenable is None else write_cles(etude, visee, usuelle.tenable)
    return {
        "services": write_cles(etude, visee, usuelle.cles),
        "demandes_non_tenues": [write_demande(etude.lu, rang) for rang in usuelle.manquees],
        "qui_tient_tout": tenable,
        "recherche": "complete" if usuelle.complete else "arretee",
    }


def write_cles(etude: Etude, visee: Visee, cles: Mapping[int, UsualKey]) -> dict[str, object]:
    """Return usual keys by service: weights, bills, differences, and the others as near."""
    reponse: dict[str, object] = {}
    for j, cle in cles.items():
        service = etude.paquet.services[j]
        noms = [etude.paquet.communes[i] for i in sorted(service.perimetre)]
        reponse[service.nom] = {
            "cle": write_cle(service, spread(service, cle.weights)),
            "plus_grand_ecart": write_haut(cle.largest),
            "visees": {
                nom: write_montant(visee.parts[j][i]) for nom, i in zip(noms, sorted(service.perimetre), strict=True)
            },
            "parts": dict(zip(noms, map(write_montant, cle.payments), strict=True)),
            "ecarts": dict(zip(noms, map(write_montant, cle.differences), strict=True)),
            "aussi_proches": [write_cle(service, spread(service, poids)) for poids in cle.ties[1:]],
            "nombre_aussi_proches": cle.tied - 1,
        }
    return reponse


def tell_usuelle(etude: Etude, visee: Visee, usuelle: Usuelle) -> list[str]:
    """Return the keys of a share aimed at, in words."""
    deplace = visee.accord and any(any(table) for table in visee.point.transfers)
    lignes = [f"  Pour {LIBELLES[visee.cle]}{', avant ses transferts' * deplace} :"]
    lignes += tell_cles(etude, usuelle.cles)
    for j, (service, key) in enumerate(zip(etude.paquet.services, visee.point.keys, strict=True)):
        if j not in usuelle.cles:
            lignes.append(f"    « {service.nom} » : pas de part visée, sa clé reste {tell_cle(service, key)}.")
    lignes += tell_manquees(etude.lu, usuelle.manquees, "    n'y tient pas : ")
    return lignes + tell_tenable(etude, usuelle)


def tell_tenable(etude: Etude, usuelle: Usuelle) -> list[str]:
    """Return the keys at which all requests hold, in words; nothing when they were not sought."""
    if not usuelle.cherchee:
        return []
    seul = len(etude.paquet.services) == 1
    suite = ", aux transferts de l'accord" if etude.paquet.vehicules else ""
    if usuelle.tenable is not None:
        quoi = "la plus proche" if seul else "service après service, de plus proche en plus proche, des clés"
        return [f"    {quoi} où toutes les demandes tiennent{suite} :", *tell_cles(etude, usuelle.tenable)]
    if not usuelle.complete:
        return ["    recherche arrêtée avant sa fin : rien n'est établi sur celles où toutes tiendraient."]
    aucune = f"aucune clé usuelle ne fait tenir toutes les demandes{suite}"
    return [f"    {aucune}." if seul else f"    en allant service après service, {aucune}."]


def tell_ecart(cle: UsualKey) -> str:
    """Say how far a key is from the share aimed at, for the commune where it is farthest."""
    if cle.largest < 1:
        return "la même, à l'arrondi au centime près" if cle.largest else "exactement la même"
    return f"écart de {format_haut(cle.largest)} au plus pour une commune"


def tell_cles(etude: Etude, cles: Mapping[int, UsualKey]) -> list[str]:
    """Return usual keys, one line a service."""
    lignes = []
    for j, cle in cles.items():
        service = etude.paquet.services[j]
        texte = f"    « {service.nom} » : {tell_cle(service, spread(service, cle.weights))} ; "
        texte += tell_ecart(cle)
        if cle.tied > 1:
            texte += f" (une des {write_entier(cle.tied)} clés aussi proches)"
        lignes.append(f"{texte}.")
    return lignes
