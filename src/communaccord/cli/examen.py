"""The search for an agreement on a dossier: a deal by each rule, or the conflict and what would end it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from communaccord.cli.dossiers import DossierLu
from communaccord.cli.factures import is_silencieuse
from communaccord.cli.menus import build_menu_fixe
from communaccord.cli.regles_partage import build_chrono
from communaccord.cli.sortie import ErreurCommande
from communaccord.noyau.accord.recherche import (
    Conflict,
    Deal,
    Drop,
    Feasible,
    Ligne,
    Paquet,
    Point,
    Relaxation,
    Signature,
    Unknown,
    check,
    drop_fewest,
    leximin,
    maxmin,
    min_regret,
    nash,
    relax,
    who_signs,
)
from communaccord.noyau.accord.recherche.relax import POIDS
from communaccord.noyau.accord.recherche.signataires import CoutSeul
from communaccord.noyau.accord.types import Priorite
from communaccord.noyau.solver import Status

INCONNU = "Le calcul n'a pas abouti : rien n'est établi, ni accord ni conflit."
REGLES: Mapping[str, Callable[[Paquet, Sequence[Ligne]], Deal | Conflict | Unknown]] = {
    "leximin": leximin,
    "maxmin": maxmin,
    "nash": nash,
    "regret_min": min_regret,
}


@dataclass(frozen=True, slots=True)
class Examen:
    """`verdict`: of `check`. Then either `propositions`, by rule, or what would end the conflict.

    `autres`: requests, each of which could be withdrawn alone instead of `retrait`; None when that is not known.
    """

    lu: DossierLu
    verdict: Feasible | Conflict
    propositions: Mapping[str, Deal]
    refus: Mapping[str, str]
    cession: Relaxation | None
    retrait: Drop | None
    autres: tuple[int, ...] | None
    signature: Signature | None

    def find_depart(self) -> tuple[str, Point] | None:
        """Return the deal that questions start from, and its name: the leximin, any deal, or what gives up the
        least."""
        if "leximin" in self.propositions:
            return "leximin", self.propositions["leximin"].point
        if isinstance(self.verdict, Feasible):
            return "exemple", self.verdict.point
        return ("cession", self.cession.point) if self.cession else None


def examine(lu: DossierLu, secondes: float) -> Examen:
    """Look for a deal. Errors: ErreurCommande when nothing could be proved; DonneeInvalide."""
    verdict = check(lu.paquet, lu.lignes)
    if isinstance(verdict, Unknown):
        raise ErreurCommande(INCONNU)
    if isinstance(verdict, Conflict):
        cede = relax(lu.paquet, lu.lignes, aussi=list_silences(lu))
        cession = cede if isinstance(cede, Relaxation) else None
        retrait = withdraw(lu, secondes)
        autres = None if retrait is None else find_autres(lu, verdict, retrait)
        signature = sign(lu, cession.point) if cession else None
        return Examen(lu, verdict, {}, {}, cession, retrait, autres, signature)
    propositions: dict[str, Deal] = {}
    refus: dict[str, str] = {}
    for cle, regle in REGLES.items():
        trouve = regle(lu.paquet, lu.lignes)
        if isinstance(trouve, Deal):
            propositions[cle] = trouve
        elif isinstance(trouve, Conflict):
            refus[cle] = "Toutes les communes ne peuvent pas gagner ensemble : cette règle n'a pas de réponse."
        else:
            refus[cle] = "Le calcul n'a pas abouti : rien n'est établi."
    point = propositions["leximin"].point if "leximin" in propositions else verdict.point
    return Examen(lu, verdict, propositions, refus, None, None, None, sign(lu, point))


def withdraw(lu: DossierLu, secondes: float) -> Drop | None:
    """Return the fewest requests whose withdrawal ends the conflict, and of those the least strong in all, by the usual
    weight of their degrees. `total`, `low`, `certified`: numbers of requests. None when nothing was proved."""
    base = 100 * len(lu.lignes) + 1
    poids = [base + POIDS[ligne.degre] for ligne in lu.lignes]
    retire = drop_fewest(lu.paquet, lu.lignes, poids, should_stop=build_chrono(secondes))
    if not isinstance(retire, Drop):
        return None
    # No request weighs more than base + 100, and all the degrees together weigh less than base.
    low, certified = (-(-total // (base + 100)) for total in (retire.low, retire.certified))
    return replace(retire, total=len(retire.numeros), low=low, certified=certified)


def find_autres(lu: DossierLu, conflit: Conflict, retrait: Drop) -> tuple[int, ...] | None:
    """Return the other requests whose withdrawal alone ends the conflict; None when more than one must go, or when that
    is not proved. One that ends everything is in every conflict: only those of this one are tried."""
    if len(retrait.numeros) != 1 or retrait.status is not Status.OPTIMAL:
        return None
    autres = []
    for numero in sorted(set(conflit.numeros) - set(retrait.numeros)):
        verdict = check(lu.paquet, [ligne for rang, ligne in enumerate(lu.lignes) if rang != numero])
        if isinstance(verdict, Unknown):
            return None
        if isinstance(verdict, Feasible):
            autres.append(numero)
    return tuple(autres)


def is_arrondi(lu: DossierLu, cession: Relaxation, numero: int) -> bool:
    """Return whether a request holds to the cent, or gives up no more than what the total is proved to: perhaps only
    the rounding of the key."""
    manque = cession.cents[numero]
    return manque < 1 or POIDS[lu.lignes[numero].degre] * manque <= cession.gap


def sign(lu: DossierLu, point: Point) -> Signature:
    """Return who signs at a point, round by round; a commune that says nothing of it accepts what it pays alone."""
    choix = dict.fromkeys(range(len(lu.paquet.services)), 0)
    membres = {j: service.perimetre for j, service in enumerate(lu.paquet.services)}
    # Transfers stay exact: cut to the cent, a request met to the cent could miss a fraction of one.
    recus = cast(Sequence[Sequence[int]], point.transfers)
    return who_signs(
        build_menu_fixe(lu.paquet, lu.jeux, point), choix, membres, [*lu.lignes, *list_silences(lu)], recus
    )


def list_silences(lu: DossierLu) -> list[CoutSeul]:
    """Return, for each commune that says nothing of it, that it pays no more than alone."""
    return [CoutSeul(nom, Priorite.UTILE, 0) for nom in lu.paquet.communes if is_silencieuse(lu, nom)]


def find_manque(conflit: Conflict) -> tuple[list[tuple[int, Fraction]], Fraction] | None:
    """Return the weight of each request of the proof, at most 1, and what they then lack, cents; None without one."""
    certificat = conflit.certificat
    if certificat is None:
        return None
    poids = [
        (numero, Fraction(y))
        for (_, y), numero in zip(certificat.rows, certificat.lignes, strict=False)
        if numero >= 0 and y
    ]
    plus = max(y for _, y in poids)
    manque = -certificat.compute_bound() * certificat.scale / plus
    return [(numero, y / plus) for numero, y in poids], manque
