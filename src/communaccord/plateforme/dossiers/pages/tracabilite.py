"""From the projet de territoire to the dossiers and back: which dossiers serve which objectif, what serves none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.projet.queries.plan import Arbre, ObjectifLu
from communaccord.plateforme.socle.typographie import accord, enumeration, pluriel, prose


@dataclass(frozen=True, slots=True)
class LigneObjectif:
    """An objectif, its number in the tree, the dossiers that serve it."""

    numero: str
    orientation: str
    objectif: ObjectifLu
    dossiers: tuple[Dossier, ...]

    @property
    def est_seul(self) -> bool:
        """Nothing serves it yet: neither a dossier nor an action."""
        return not self.dossiers and not self.objectif.actions


@dataclass(frozen=True, slots=True)
class LigneDossier:
    """A dossier, and the objectifs it serves by their numbers and titles; empty when it says none."""

    dossier: Dossier
    objectifs: tuple[tuple[str, ObjectifLu], ...]


@dataclass(frozen=True, slots=True)
class Tracabilite:
    """Both ways, and the sentence that says what is missing."""

    objectifs: tuple[LigneObjectif, ...]
    dossiers: tuple[LigneDossier, ...]
    phrase: str


def build_tracabilite(arbre: Arbre, dossiers: Sequence[Dossier]) -> Tracabilite:
    """``dossiers``: those that the reader reads, their objectifs loaded. Complexity: linear in the links."""
    serving: dict[int, list[Dossier]] = defaultdict(list)
    for dossier in dossiers:
        for objectif in dossier.objectifs.all():
            serving[objectif.pk].append(dossier)
    lignes = tuple(
        LigneObjectif(f"{rang}.{place}", orientation.titre, objectif, tuple(serving[objectif.pk]))
        for rang, orientation in enumerate(arbre.orientations, start=1)
        for place, objectif in enumerate(orientation.objectifs, start=1)
    )
    by_dossier: dict[int, list[tuple[str, ObjectifLu]]] = defaultdict(list)
    for ligne in lignes:
        for dossier in ligne.dossiers:
            by_dossier[dossier.pk].append((ligne.numero, ligne.objectif))
    retour = tuple(LigneDossier(dossier, tuple(by_dossier[dossier.pk])) for dossier in dossiers)
    return Tracabilite(lignes, retour, write_phrase(lignes, retour))


def write_phrase(objectifs: Sequence[LigneObjectif], dossiers: Sequence[LigneDossier]) -> str:
    """``9 objectifs, 4 dossiers ; 2 objectifs n'ont ni dossier ni action et 1 dossier ne dit aucun objectif.``"""
    comptes = f"{pluriel(len(objectifs), 'objectif')}, {pluriel(len(dossiers), 'dossier')}"
    suites = []
    if seuls := sum(ligne.est_seul for ligne in objectifs):
        verbe = accord(seuls, "n'a", "n'ont")
        suites.append(f"{pluriel(seuls, 'objectif')} {verbe} ni dossier ni action")
    if muets := sum(not ligne.objectifs for ligne in dossiers):
        suites.append(f"{pluriel(muets, 'dossier')} ne {accord(muets, 'dit', 'disent')} servir aucun objectif")
    if suites:
        return prose(f"{comptes} ; {enumeration(suites)}.")
    entier = objectifs and dossiers
    return prose(f"{comptes} ; chacun répond à l'autre.") if entier else prose(f"{comptes}.")
