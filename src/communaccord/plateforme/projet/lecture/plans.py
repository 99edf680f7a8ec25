"""A plan as a file tells it: a flat list of elements, parents first, and what was left aside with the reason. Pure.

The same list is shown in the preview, sent back by the person who confirms, checked again, then written.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.queries.plan import Arbre
from communaccord.plateforme.socle.typographie import nombre
from communaccord.reference import normalize_nom

MAX_ELEMENTS, MAX_CARACTERES = 2_000, 1_000_000
MAX_TITRE, MAX_NOM, MAX_ECHEANCE, MAX_TEXTE = 300, 250, 100, 4_000
BORNES = (
    ("titre", "le titre", MAX_TITRE),
    ("orientation", "le titre de l'orientation", MAX_TITRE),
    ("objectif", "le titre de l'objectif", MAX_TITRE),
    ("porteur", "le porteur", MAX_NOM),
    ("pilote", "le pilote", MAX_NOM),
    ("echeance", "l'échéance", MAX_ECHEANCE),
    ("texte", "la précision", MAX_TEXTE),
)


TROP_LONG = (
    f"Ce fichier dit plus de {nombre(MAX_ELEMENTS)} orientations, objectifs et actions, ou plus d'un million de "
    "caractères : gardez le plan, sans les annexes, ou découpez-le."
)


class FichierRefuse(Exception):
    """A file that is no plan: the message is the whole sentence, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class ElementLu:
    """One element: its level, its title, the titles of those above it (an action may have no objectif)."""

    niveau: str
    titre: str
    orientation: str = ""
    objectif: str = ""
    texte: str = ""
    porteur: str = ""
    pilote: str = ""
    echeance: str = ""
    etat: str = EtatAction.A_ENGAGER

    @property
    def cle(self) -> tuple[str, ...]:
        """Two elements of the same key are the same one, however they are spaced, accented or written in capitals."""
        return build_cle(self.niveau, self.titre, self.orientation, self.objectif)


def build_cle(niveau: str, titre: str, orientation: str = "", objectif: str = "") -> tuple[str, ...]:
    return (niveau, *(normalize_titre(part) for part in (orientation, objectif, titre)))


def normalize_titre(titre: str) -> str:
    """What is compared; a title that holds no letter of the Latin alphabet is compared as it is."""
    return normalize_nom(titre) or " ".join(titre.split())


@dataclass(frozen=True, slots=True)
class Ecartee:
    """A line left aside: where it is, what it says, why."""

    ou: str
    texte: str
    motif: str


@dataclass(frozen=True, slots=True)
class PlanLu:
    """What a file gives."""

    elements: tuple[ElementLu, ...] = ()
    ecartees: tuple[Ecartee, ...] = ()
    remarques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparaison:
    """A file beside the plan that is there: new elements, those already there, those of the plan it does not hold."""

    nouveaux: tuple[ElementLu, ...]
    deja: tuple[ElementLu, ...]
    absents: tuple[tuple[str, str], ...]


def find_faute(element: ElementLu) -> str:
    """Why an element cannot be kept, as a sentence; empty when it can."""
    if element.niveau not in Niveau.values or element.etat not in EtatAction.values:
        return "Ce n'est ni une orientation, ni un objectif, ni une action."
    if not element.titre.strip():
        return "Il n'y a pas de titre."
    if element.niveau == Niveau.OBJECTIF and not element.orientation:
        return "On ne sait pas de quelle orientation est cet objectif."
    if element.niveau == Niveau.ACTION and bool(element.orientation) != bool(element.objectif):
        return "On ne sait pas sous quel objectif ranger cette action."
    for nom, libelle, maximum in BORNES:
        if len(getattr(element, nom)) > maximum:
            compte = nombre(len(getattr(element, nom)))
            return f"Ici, {libelle} compte {compte} caractères : gardez-en {nombre(maximum)} au plus."
    return ""


class Releve:
    """A plan under reading: each thing said is kept once, in order, under what stands above it."""

    def __init__(self) -> None:
        self.elements: list[ElementLu] = []
        self.ecartees: list[Ecartee] = []
        self._vus: dict[tuple[str, ...], str] = {}
        self._caracteres = 0

    def put(self, element: ElementLu, ou: str) -> bool:
        """Keep an element; whether it was kept. One that cannot be is told, one said twice too when it is an action."""
        if faute := find_faute(element):
            self.set_aside(ou, element.titre, faute)
            return False
        if element.cle in self._vus:
            if element.niveau == Niveau.ACTION:
                motif = f"Déjà dit ({self._vus[element.cle]}), sous le même objectif."
                self.set_aside(ou, element.titre, motif)
            return False
        self._caracteres += len(element.titre) + len(element.texte)
        if len(self.elements) >= MAX_ELEMENTS or self._caracteres > MAX_CARACTERES:
            raise FichierRefuse(TROP_LONG)
        self._vus[element.cle] = ou
        self.elements.append(element)
        return True

    def set_aside(self, ou: str, texte: str, motif: str) -> None:
        self.ecartees.append(Ecartee(ou, texte[:120] + ("…" if len(texte) > 120 else ""), motif))


def compare_plan(arbre: Arbre, elements: Sequence[ElementLu]) -> Comparaison:
    """What a file would add to a plan, and what of the plan it does not hold. Complexity: linear."""
    presents = {build_cle(*part): part for part in walk_arbre(arbre)}
    dits = {element.cle for element in elements}
    return Comparaison(
        nouveaux=tuple(element for element in elements if element.cle not in presents),
        deja=tuple(element for element in elements if element.cle in presents),
        absents=tuple((part[0], part[1]) for cle, part in presents.items() if cle not in dits),
    )


def walk_arbre(arbre: Arbre) -> Iterable[tuple[str, str, str, str]]:
    """Level, title, titles above, of every element of a plan."""
    for orientation in arbre.orientations:
        yield Niveau.ORIENTATION, orientation.titre, "", ""
        for objectif in orientation.objectifs:
            yield Niveau.OBJECTIF, objectif.titre, orientation.titre, ""
            for action in objectif.actions:
                yield Niveau.ACTION, action.titre, orientation.titre, objectif.titre
    for action in arbre.libres:
        yield Niveau.ACTION, action.titre, "", ""


def keep_branches(elements: Iterable[ElementLu], gardees: Iterable[str]) -> tuple[ElementLu, ...]:
    """The elements of the orientations kept, by title; the empty title: the actions without objectif."""
    titres = set(gardees)
    return tuple(
        element
        for element in elements
        if (element.titre if element.niveau == Niveau.ORIENTATION else element.orientation) in titres
    )


def write_elements(elements: Iterable[ElementLu]) -> str:
    """The elements as a text that a form sends back unchanged."""
    return json.dumps([asdict(element) for element in elements], ensure_ascii=False)


def read_elements(texte: str) -> tuple[ElementLu, ...]:
    """The elements sent back, checked again. Errors: FichierRefuse when they are not what the preview gave."""
    noms = {champ.name for champ in fields(ElementLu)}
    try:
        rows = json.loads(texte)
        elements = tuple(ElementLu(**{nom: str(valeur) for nom, valeur in row.items() if nom in noms}) for row in rows)
    except (ValueError, TypeError, AttributeError, RecursionError) as erreur:
        raise FichierRefuse("L'aperçu s'est perdu en route : choisissez de nouveau le fichier.") from erreur
    if len(elements) > MAX_ELEMENTS or any(find_faute(element) for element in elements):
        raise FichierRefuse("L'aperçu a été modifié en route : choisissez de nouveau le fichier.")
    return elements
