"""The shares of a game by every rule, the exits that they leave open, and the proofs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from communaccord.cli.jeux import JeuLu
from communaccord.cli.sortie import name_quelques
from communaccord.noyau.exact import EgaliteReste
from communaccord.noyau.partage.erreurs import DonneeInvalide, format_euros
from communaccord.noyau.partage.game import Allocation, CostGame
from communaccord.noyau.partage.stability import (
    CostOfStability,
    LeastCore,
    Nucleolus,
    Stability,
    check_stability,
    cost_of_stability,
    least_core,
    nucleolus,
)
from communaccord.noyau.partage.values import (
    aca,
    ensc,
    equal_gain,
    proportional,
    proportional_alone,
    serial,
    shapley_value,
    talmud_savings,
    tau_value,
)
from communaccord.noyau.partage.values.tau import HORS_DOMAINE
from communaccord.noyau.solver import Status

Regle = Callable[[CostGame], Allocation]
T = TypeVar("T")

NOMS = {
    "shapley": "Shapley",
    "nucleolus": "Nucléole",
    "pre_nucleolus": "Prénucléole",
    "tau": "Tau",
    "ensc": "ENSC",
    "aca": "Coûts évités",
    "talmud": "Talmud",
    "gain_egal": "Gain égal",
    "proportionnel": "Au coût seul",
    "seriel": "Sérielle",
    "charge": "À la charge",
    "egal": "Parts égales",
}
LIBELLES = {
    "shapley": "ce que chacun ajoute au coût, en moyenne sur tous les ordres d'arrivée",
    "nucleolus": "le plus tenté de partir l'est le moins possible ; si cela se peut, personne ne paie plus que seul",
    "pre_nucleolus": "de même, mais une part peut dépasser le coût seul",
    "tau": "tous à la même distance entre leur part la plus basse et leur part la plus haute (valeur tau)",
    "ensc": "ce que son départ ferait économiser, et le reste à parts égales (coûts séparables)",
    "aca": "ce que son départ ferait économiser, et le reste selon ce que chacun évite en venant (ACA, SCRB)",
    "talmud": "les économies, partagées par la règle du Talmud",
    "gain_egal": "le même gain pour chacun",
    "proportionnel": "la même fraction du coût seul",
    "seriel": "à égalité jusqu'à la plus petite charge, puis le supplément entre les autres",
    "charge": "à proportion de la charge",
    "egal": "la même somme pour chacun",
}
ARRETE = "Le calcul a été arrêté avant sa preuve : rien n'est établi. Relancez avec plus de temps (--secondes)."
ECHEC = "La preuve n'a pas abouti : rien n'est établi."
TAU_INDEFINI = "Ce jeu n'est pas quasi équilibré : la valeur tau n'y est pas définie."
HORS_GAIN = (
    "Seuls, les joueurs coûteraient moins que tous ensemble : tout partage fait payer à l'un d'eux plus que son coût "
    "seul. On compare donc tous les partages du coût (prénucléole)."
)
INDECIS = "Un centime n'a pas pu être attribué avec certitude entre deux joueurs presque à égalité."


@dataclass(frozen=True, slots=True)
class Analyse:
    """`parts`: shares by rule; `stabilites`: verdict on each; `refus`: rules without shares, and why; `gardes`: what
    the figures of a rule do not promise; `noyau`, `cout`: least core and cost of stability, None for one player;
    `preuve`: the nucleolus and its levels."""

    lu: JeuLu
    parts: dict[str, Allocation]
    stabilites: dict[str, Stability]
    refus: dict[str, str]
    gardes: dict[str, list[str]]
    noyau: LeastCore | None
    cout: CostOfStability | None
    preuve: Nucleolus | None


def build_chrono(secondes: float) -> Callable[[], bool]:
    """Return what says that the time is over, counted from now."""
    fin = time.monotonic() + secondes
    return lambda: time.monotonic() > fin


def analyse_jeu(lu: JeuLu, secondes: float) -> Analyse:
    """Share the cost by every rule. `secondes`: time given to each search (nucleolus, least core, subsidy)."""
    jeu = lu.jeu
    trouve = call(lambda: nucleolus(jeu, should_stop=build_chrono(secondes)))
    preuve = trouve if isinstance(trouve, Nucleolus) else None
    parts: dict[str, Allocation] = {}
    refus: dict[str, str] = {}
    libre = None if preuve is None else preuve.pre_nucleolus
    nucleoles = {"nucleolus": trouve} | ({"pre_nucleolus": libre} if libre is not None else {})
    for cle in LIBELLES:
        if cle == "pre_nucleolus" and libre is None:
            continue
        resultat = compute_nucleolus(nucleoles[cle]) if cle in nucleoles else call_regle(cle, lu)
        if isinstance(resultat, Allocation):
            parts[cle] = resultat
        else:
            refus[cle] = resultat
    gardes = {cle: textes for cle, part in parts.items() if (textes := warn(cle, part, preuve, lu.joueurs))}
    stabilites = {cle: check_stability(jeu, part.cents) for cle, part in parts.items()}
    noyau = least_core(jeu, should_stop=build_chrono(secondes)) if jeu.n > 1 else None
    # When some share leaves no group with a gain, there is nothing to find elsewhere.
    vide = noyau is not None and noyau.low < 0
    cout = cost_of_stability(jeu, should_stop=build_chrono(secondes)) if vide else None
    return Analyse(lu, parts, stabilites, refus, gardes, noyau, cout, preuve)


def find_plus_que_seul(jeu: CostGame, part: Allocation) -> dict[int, int]:
    """Return who pays more than alone, and by how many cents. O(n)."""
    surcouts = {rang: cents - jeu.cost((rang,)) for rang, cents in enumerate(part.cents)}
    return {rang: surcout for rang, surcout in surcouts.items() if surcout > 0}


def list_ajouts(lu: JeuLu) -> list[str]:
    """Return one sentence that names those whose coming adds more to the cost than they cost alone, if any. O(n)."""
    jeu, tous = lu.jeu, frozenset(range(lu.jeu.n))
    noms = [
        f"{nom} ({format_euros(ajout)} pour {format_euros(seul)})"
        for rang, nom in enumerate(lu.joueurs)
        if (ajout := jeu.cost(tous) - jeu.cost(tous - {rang})) > (seul := jeu.cost((rang,)))
    ]
    return [f"Ce que leur venue ajoute au coût de tous dépasse leur coût seul : {name_quelques(noms)}."] if noms else []


def call_regle(cle: str, lu: JeuLu) -> Allocation | str:
    """Return the shares of a rule, or why it has none."""
    jeu, charge = lu.jeu, lu.charge
    regles: dict[str, Regle] = {
        "shapley": shapley_value,
        "tau": tau_value,
        "ensc": ensc,
        "aca": aca,
        "talmud": talmud_savings,
        "gain_egal": equal_gain,
        "proportionnel": proportional_alone,
        "seriel": serial,
        "egal": lambda game: proportional(game, [1] * game.n, "egal"),
    }
    if cle == "charge":
        if charge is None:
            return "Une table de coûts ne dit pas la charge des joueurs."
        return call(lambda: proportional(jeu, charge, "charge"))
    resultat = call(lambda: regles[cle](jeu))
    if isinstance(resultat, Allocation) and resultat.caveat == HORS_DOMAINE:
        return TAU_INDEFINI
    return resultat


def call(calcul: Callable[[], T]) -> T | str:
    """Return what is computed, or the sentence of its refusal."""
    try:
        return calcul()
    except DonneeInvalide as erreur:
        return str(erreur)


def compute_nucleolus(trouve: Nucleolus | str) -> Allocation | str:
    """Return the nucleolus when it is proved, and then only."""
    if isinstance(trouve, str):
        return trouve
    if trouve.status is Status.OPTIMAL:
        return trouve.allocation
    return ARRETE if trouve.status is Status.LIMIT else ECHEC


def warn(cle: str, part: Allocation, preuve: Nucleolus | None, joueurs: Sequence[str]) -> list[str]:
    """Return what the figures of a rule do not promise here, in sentences; none when they promise all of it."""
    textes = [part.caveat, "" if part.certain else INDECIS]
    if part.tie is not None:
        textes.append(tell_egalite(part.tie, joueurs))
    if cle == "nucleolus" and preuve is not None and not preuve.rational:
        textes.append(HORS_GAIN)
    return [texte for texte in textes if texte]


def tell_egalite(egalite: EgaliteReste, joueurs: Sequence[str]) -> str:
    """Say who pays the last cents of a tie, and who does not."""
    servis = [joueurs[int(code)] for code in egalite.servis]
    autres = [joueurs[int(code)] for code in egalite.codes if code not in egalite.servis]
    return (
        f"Dernier centime, à reste exactement égal : payé par {name_quelques(servis)}, pas par {name_quelques(autres)} "
        "(la part la plus élevée d'abord, puis l'ordre alphabétique)."
    )
