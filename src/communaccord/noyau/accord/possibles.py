"""What an outsider can still believe of one commune: the sets of scenarios whose conditions it may find réunies.

A possibility is a mask: bit k is set when the commune is counted for coordinate k. Coordinates are the scenarios, in
the order given; one more, the last, is "position favorable, sous conditions or not" (`ouverte`). The attacker knows
every offer, who answered, what is shared, and the form of an answer: at most three clauses, all of which must be met.
"""

from collections.abc import Iterable, Iterator, Sequence

from communaccord.noyau.accord.conditions import OUVERTES, check_reponse
from communaccord.noyau.accord.lecture import judge_clause, read_contribution, read_gain, read_plafond
from communaccord.noyau.accord.types import (
    CLAUSES_MAX,
    Clause,
    Confidentialite,
    Degre,
    EtatConditions,
    Offre,
    Position,
    Reponse,
    Sens,
    TypeClause,
)

Possibles = frozenset[int]


def list_possibles(reponse: Reponse, offres: Sequence[Offre]) -> Possibles:
    """Return every mask an outsider cannot exclude for the commune of `reponse`; one only when its state is known.

    Reads what the table reads (shared position, shared clauses, declaration `entierement_partagee`), never what is
    sealed nor whether anything is: a shared position may always hide a clause while one of the three is not shown.
    Shapes: `offres` give bits 0 to len - 1, `ouverte` is bit len. Errors: none. Complexity: O(m^3) for m distinct
    masks a clause can make (m at most 2^offres), after O(offres^2 x years) readings. Source: definition; conjunctions
    of at most three threshold clauses.
    """
    if reponse.entierement_partagee:
        return frozenset({read_masque(reponse, offres)})
    positions = {reponse.position} if reponse.confidentialite_position is Confidentialite.PARTAGE else set(Position)
    connues = [clause for clause in reponse.clauses if clause.confidentialite is Confidentialite.PARTAGE]
    conditions = [clause for clause in connues if clause.compte]
    plafond = _mask_all(conditions, offres, reponse.commune)
    conjonctions = _conjoin(_mask_clauses(offres, reponse.commune), CLAUSES_MAX - len(connues))
    ensembles = {plafond & masque for masque in conjonctions}
    if conditions or Position.FAVORABLE in positions:
        ensembles.add(plafond)
    if not conditions and Position.SOUS_CONDITIONS in positions:
        ensembles.add(0)
    ouvertes = {ensemble | 1 << len(offres) for ensemble in ensembles} if positions & OUVERTES else set()
    return frozenset(ouvertes if positions <= OUVERTES else ouvertes | {0})


def read_masque(reponse: Reponse, offres: Sequence[Offre]) -> int:
    """Return the true mask of an answer, same shape as `list_possibles`; it holds secrets. O(offres x clauses)."""
    reunies = EtatConditions.REUNIES
    masque = sum(1 << rang for rang, offre in enumerate(offres) if check_reponse(reponse, offre).etat is reunies)
    ouverte = reponse.position in OUVERTES and reponse.confidentialite_position is not Confidentialite.NOTES
    return masque | (ouverte << len(offres))


def _mask_all(clauses: Sequence[Clause], offres: Sequence[Offre], commune: str) -> int:
    """Scenarios of the perimeter of the commune where all of `clauses` are met."""
    return sum(
        1 << rang
        for rang, offre in enumerate(offres)
        if offre.is_participante(commune)
        and all(judge_clause(clause, offre, commune) is Sens.REUNIE for clause in clauses)
    )


def _mask_clauses(offres: Sequence[Offre], commune: str) -> frozenset[int]:
    """Masks that one sealed clause can make: every clause that no other clause with the same mask replaces."""
    perimetre = [offre for offre in offres if offre.is_participante(commune)]
    return frozenset(_mask_all([clause], offres, commune) for clause in _list_critiques(perimetre, commune))


def _conjoin(masques: frozenset[int], nombre: int) -> set[int]:
    """Masks that one to `nombre` sealed clauses make together; none when no clause is left to write."""
    conjonctions: set[int] = set()
    for _ in range(nombre):
        conjonctions |= masques | {a & b for a in conjonctions for b in masques}
    return conjonctions


def _list_critiques(offres: Sequence[Offre], commune: str) -> Iterator[Clause]:
    """Yield clauses whose masks are all the masks a clause can make: a threshold at each value read, and beyond."""
    degre = Degre.CONDITION
    annees = sorted({annee for offre in offres for annee in offre.communes[commune].contributions})
    for annee in (None, *annees):
        contributions = {read_contribution(offre.communes[commune], annee).cents for offre in offres}
        for montant in {0} | {cents for cents in contributions if cents is not None}:
            yield Clause(TypeClause.CONTRIBUTION_MAX, degre, montant=montant, annee=annee)
        gains = {read_gain(offre, commune, annee).cents for offre in offres}
        for montant in {0} | {cents for cents in gains if cents is not None and cents >= 0}:
            yield Clause(TypeClause.GAIN_MIN, degre, montant=montant, annee=annee)
    for debut in {offre.annee_debut for offre in offres}:
        yield Clause(TypeClause.ANNEE_MIN, degre, annee=debut)
    plafonds = {read_plafond(offre, commune) for offre in offres}
    for taux in {plafond for plafond in plafonds if plafond is not None}:
        yield Clause(TypeClause.HAUSSE_MAX, degre, taux=taux)
    for autre in _list_partenaires(offres, commune):
        yield Clause(TypeClause.AVEC_COMMUNE, degre, commune=autre)
    for type_clause in (TypeClause.SERVICE_MIN, TypeClause.PERMANENCE, TypeClause.AGENT, TypeClause.SIEGE_SUIVI):
        yield Clause(type_clause, degre)
    yield Clause(TypeClause.AUTRE, degre, texte="demande libre")


def _list_partenaires(offres: Sequence[Offre], commune: str) -> list[str]:
    """One other commune for each distinct set of scenarios in which a commune takes part."""
    presences: dict[tuple[bool, ...], str] = {}
    participantes = [offre.list_participantes() for offre in offres]
    for code in sorted(set().union(*participantes) - {commune}):
        presences.setdefault(tuple(code in groupe for groupe in participantes), code)
    return list(presences.values())


def count_differentes(possibles: Sequence[Possibles], premier: int, second: int) -> int:
    """Return for how many communes coordinates `premier` and `second` may differ. O(communes x masks)."""
    return sum(any((masque >> premier ^ masque >> second) & 1 for masque in ensemble) for ensemble in possibles)


def list_groupes(possibles: Iterable[Possibles]) -> list[tuple[Possibles, int]]:
    """Return the distinct sets with the number of communes of each, in an order that does not depend on the input."""
    effectifs: dict[Possibles, int] = {}
    for ensemble in possibles:
        effectifs[ensemble] = effectifs.get(ensemble, 0) + 1
    return sorted(effectifs.items(), key=lambda item: sorted(item[0]))


def select_coordonnees(ensemble: Possibles, coordonnees: Sequence[int]) -> Possibles:
    """Return the masks of `ensemble` read on `coordonnees` only, in that order. O(masks x coordinates)."""
    return frozenset(
        sum((masque >> source & 1) << cible for cible, source in enumerate(coordonnees)) for masque in ensemble
    )
