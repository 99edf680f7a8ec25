"""From what is typed to the elements that the safe keeps, and back. What cannot be read is told at its field."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from communaccord.plateforme.accords.enums import NatureElement, Visibilite
from communaccord.plateforme.accords.forms.reponse import SaisieClause, SaisieReponse, fill_places
from communaccord.plateforme.accords.forms.vocabulaire import TEXTE_REQUIS
from communaccord.plateforme.accords.saisies import ElementSaisi
from communaccord.plateforme.socle.typographie import nombre, prose
from communaccord.simulateur.nombres import NombreInvalide, parse_nombre

EUROS_MAX = 10**9
ANNEES = (2000, 2100)
TAUX_MAX = 100


@dataclass(frozen=True, slots=True)
class Anomalie:
    """What is wrong in a field, and what to do: ``id`` is that of the field."""

    id: str
    message: str


class ValeurRefusee(Exception):
    """A value that cannot be read: its sentence says what to write."""


def build_elements(
    saisie: SaisieReponse, communes: Collection[str], recorded: SaisieReponse | None = None
) -> tuple[list[ElementSaisi], list[Anomalie]]:
    """The elements that may be kept, and what prevents the others. ``communes``: codes that a request may name.

    A request that cannot be read never erases the one ``recorded`` in its place: that one is kept. Ranks are given
    anew: a request that cannot be kept leaves no hole.
    """
    elements: list[ElementSaisi] = []
    anomalies: list[Anomalie] = []
    if saisie.position:
        contenu = {"position": saisie.position, "motif": saisie.motif}
        elements.append(ElementSaisi(NatureElement.POSITION, Visibilite(saisie.position_visibilite), contenu))
    elif saisie.motif:
        anomalies.append(Anomalie("position", "Choisissez votre position : ce qui l'explique est gardé avec elle."))
    if saisie.priorite:
        contenu = {"priorite": saisie.priorite}
        elements.append(ElementSaisi(NatureElement.PRIORITE, Visibilite(saisie.priorite_visibilite), contenu))
    if saisie.notes:
        elements.append(ElementSaisi(NatureElement.NOTES, Visibilite.NOTES, {"texte": saisie.notes}))
    clauses: list[ElementSaisi] = []
    before = pair_clauses(saisie.demandes, recorded.demandes if recorded else ())
    places = [rang for rang, clause in enumerate(saisie.clauses, 1) if not clause.est_vide]
    for rang, clause, earlier in zip(places, saisie.demandes, before, strict=True):
        try:
            clauses.append(build_clause(clause, communes, len(clauses) + 1))
        except ValeurRefusee as error:
            anomalies.append(Anomalie(f"c{rang}-{clause.valeur}", f"Demande {rang} : {error}"))
            if earlier is not None:
                with suppress(ValeurRefusee):
                    clauses.append(build_clause(earlier, communes, len(clauses) + 1))
    return elements + clauses, [Anomalie(anomalie.id, prose(anomalie.message)) for anomalie in anomalies]


def pair_clauses(typed: Sequence[SaisieClause], recorded: Sequence[SaisieClause]) -> list[SaisieClause | None]:
    """For each request typed, the recorded one that it rewrites: same place and kind, then same kind, then same place.

    The last only when none was taken out, for a place then says nothing.
    """
    left: list[SaisieClause | None] = list(recorded)
    pairs: list[SaisieClause | None] = [None] * len(typed)

    def pair(place: int, other: int) -> None:
        pairs[place], left[other] = left[other], None

    for place, clause in enumerate(typed):
        if place < len(left) and recorded[place].type == clause.type:
            pair(place, place)
    for place, clause in enumerate(typed):
        same = next((rang for rang, other in enumerate(left) if other and other.type == clause.type), None)
        if pairs[place] is None and same is not None:
            pair(place, same)
    if len(typed) >= len(recorded):
        for place in range(len(recorded)):
            if pairs[place] is None and left[place]:
                pair(place, place)
    return pairs


def build_clause(clause: SaisieClause, communes: Collection[str], rang: int) -> ElementSaisi:
    contenu = write_clause(clause, communes)
    return ElementSaisi(NatureElement.CLAUSE, Visibilite(clause.visibilite), contenu, rang)


def write_clause(clause: SaisieClause, communes: Collection[str]) -> dict[str, Any]:
    """One request as the safe keeps it; ValeurRefusee when its value cannot be read."""
    contenu: dict[str, Any] = {"type": clause.type, "degre": clause.degre}
    if clause.valeur == "commune":
        if clause.commune not in communes:
            raise ValeurRefusee("choisissez la commune dans la liste.")
        return {**contenu, "commune": clause.commune}
    if clause.valeur == "texte":
        if clause.type in TEXTE_REQUIS and not clause.texte:
            raise ValeurRefusee("écrivez votre demande en une phrase.")
        return {**contenu, "texte": clause.texte}
    read, missing = LECTURES[clause.valeur]
    try:
        valeur = parse_nombre(getattr(clause, clause.valeur))
    except NombreInvalide as error:
        raise ValeurRefusee(f"{error.message} {error.que_faire}") from error
    if valeur is None:
        raise ValeurRefusee(missing)
    return {**contenu, clause.valeur: read(valeur)}


def read_montant(valeur: Fraction) -> int:
    cents = valeur * 100
    if not 0 <= valeur <= EUROS_MAX or cents.denominator != 1:
        raise ValeurRefusee("donnez un montant en euros, zéro ou plus, par exemple 1 500.")
    return cents.numerator


def read_annee(valeur: Fraction) -> int:
    if valeur.denominator != 1 or not ANNEES[0] <= valeur <= ANNEES[1]:
        raise ValeurRefusee("écrivez l'année avec quatre chiffres, par exemple 2028.")
    return valeur.numerator


def read_taux(valeur: Fraction) -> str:
    if not 0 <= valeur <= TAUX_MAX:
        raise ValeurRefusee("donnez un taux entre 0 et 100 %, par exemple 2.")
    return str(valeur / 100)


LECTURES: Mapping[str, tuple[Callable[[Fraction], Any], str]] = {
    "montant": (read_montant, "donnez un montant en euros par an, par exemple 1 500."),
    "annee": (read_annee, "donnez une année, par exemple 2028."),
    "taux": (read_taux, "donnez un taux en pourcentage, par exemple 2."),
}


def read_elements(elements: Iterable[ElementSaisi]) -> SaisieReponse:
    """The form filled with what was kept."""
    values: dict[str, Any] = {}
    clauses = []
    for element in sorted(elements, key=lambda element: element.rang):
        contenu = element.contenu
        if element.nature == NatureElement.POSITION:
            values["position"] = contenu.get("position", "")
            values["motif"] = contenu.get("motif") or ""
            values["position_visibilite"] = str(element.visibilite)
        elif element.nature == NatureElement.PRIORITE:
            values["priorite"] = contenu.get("priorite", "")
            values["priorite_visibilite"] = str(element.visibilite)
        elif element.nature == NatureElement.NOTES:
            values["notes"] = contenu.get("texte", "")
        else:
            clauses.append(read_clause(contenu, str(element.visibilite)))
    return SaisieReponse(**values, clauses=fill_places(clauses))


def read_clause(contenu: Mapping[str, Any], visibilite: str) -> SaisieClause:
    """One request as it would be typed."""
    montant, taux, annee = contenu.get("montant"), contenu.get("taux"), contenu.get("annee")
    return SaisieClause(
        type=contenu.get("type", ""),
        degre=contenu.get("degre", ""),
        montant="" if montant is None else nombre(Fraction(montant, 100), 2 if montant % 100 else 0),
        annee="" if annee is None else str(annee),
        taux="" if taux is None else write_taux(Fraction(str(taux)) * 100),
        commune=contenu.get("commune") or "",
        texte=contenu.get("texte") or "",
        visibilite=visibilite,
    )


def write_taux(taux: Fraction) -> str:
    """A percentage as one types it: no useless decimal."""
    decimales = next((places for places in range(5) if (taux * 10**places).denominator == 1), 4)
    return nombre(taux, decimales)
