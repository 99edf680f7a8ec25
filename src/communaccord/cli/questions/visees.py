"""The shares that a usual key may aim at: those of the file, of the fair deals, of the cost game of a service."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.cli.questions.etude import Etude
from communaccord.noyau.accord.recherche import Point
from communaccord.noyau.accord.recherche.sorties import add_alone, restrict_game
from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame
from communaccord.noyau.partage.stability import nucleolus
from communaccord.noyau.partage.values import shapley_value
from communaccord.noyau.solver import Status

MAX_NUCLEOLE = 60
LIBELLES = {
    "cible": "la part visée",
    "leximin": "l'accord leximin",
    "nash": "l'accord de Nash",
    "regret_min": "l'accord du plus petit regret",
    "shapley": "la valeur de Shapley",
    "nucleolus": "le nucléole",
}
ACCORDS = ("leximin", "nash", "regret_min")


@dataclass(frozen=True, slots=True)
class Visee:
    """Shares aimed at, by service and commune, cents. `point`: the keys of the services not aimed at, and transfers;
    `accord`: it is the deal itself."""

    cle: str
    parts: Mapping[int, tuple[int, ...]]
    point: Point
    accord: bool = False


def list_visees(etude: Etude) -> tuple[list[Visee], dict[str, str]]:
    """Return the shares that can be aimed at, and why others cannot."""
    visees: list[Visee] = []
    refus: dict[str, str] = {}
    if etude.lu.complements.cibles:
        visees.append(Visee("cible", etude.lu.complements.cibles, etude.point))
    for cle in ACCORDS:
        deal = etude.propositions.get(cle)
        if deal is not None and all(deal.shares != tuple(autre.parts.values()) for autre in visees):
            visees.append(Visee(cle, dict(enumerate(deal.shares)), deal.point, accord=True))
    jeux = list_jeux(etude)
    if not jeux:
        return visees, refus
    visees.append(
        Visee("shapley", {j: place(etude, j, shapley_value(jeu).cents) for j, jeu in jeux.items()}, etude.point)
    )
    trouves = {}
    for j, jeu in jeux.items():
        texte = solve_nucleolus(etude, jeu)
        if isinstance(texte, str):
            refus["nucleolus"] = texte
            return visees, refus
        trouves[j] = place(etude, j, texte)
    visees.append(Visee("nucleolus", trouves, etude.point))
    return visees, refus


def list_jeux(etude: Etude) -> dict[int, ServiceGame]:
    """Return the cost game of the members of each service given by a formula, two members at least."""
    jeux = {}
    for j, service in enumerate(etude.paquet.services):
        if etude.lu.formules[j] is not None and len(service.perimetre) > 1:
            jeu = restrict_game(add_alone(etude.lu.jeux[j], service.seul), sorted(service.perimetre))
            if isinstance(jeu, ServiceGame):
                jeux[j] = jeu
    return jeux


def place(etude: Etude, j: int, cents: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shares of the members of a service as one a commune."""
    parts = dict(zip(sorted(etude.paquet.services[j].perimetre), cents, strict=True))
    return tuple(parts.get(i, 0) for i in range(etude.paquet.n))


def solve_nucleolus(etude: Etude, jeu: ServiceGame) -> tuple[int, ...] | str:
    """Return the nucleolus when it is proved, or why not."""
    if jeu.n > MAX_NUCLEOLE:
        return f"Plus de {MAX_NUCLEOLE} communes : lancez « communaccord partage » et donnez sa réponse par « cible »."
    try:
        trouve = nucleolus(jeu, should_stop=etude.build_stop())
    except DonneeInvalide as erreur:
        return str(erreur)
    if trouve.status is not Status.OPTIMAL:
        return "Le calcul a été arrêté avant sa preuve. Relancez avec plus de temps (--secondes)."
    return trouve.allocation.cents
