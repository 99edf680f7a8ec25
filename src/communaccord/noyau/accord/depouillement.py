"""The counting of one round: each count is told by the class that the audit fixed, in order, knowing those told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from communaccord.noyau.accord.audit import Classe, Salle, find_attendu, find_classes
from communaccord.noyau.accord.comptes import (
    CONDITIONS,
    FAVORABLES,
    MOTIF_BUDGET,
    MOTIF_RECOUPEMENT,
    Compte,
    name_inconnues,
    name_voisin,
    refuse_compte,
    tell_compte,
)
from communaccord.noyau.accord.possibles import Possibles, count_differentes, select_coordonnees


@dataclass(slots=True)
class Depouillement:
    """Work in progress on one round: what outsiders can believe, the true masks, the counts already told.

    Coordinates: `offres` of this round, then `anciennes` of earlier rounds (their names), then the position.
    `possibles` and `vrais` are aligned, one by commune. `publiees` maps a coordinate to its class, in the order told.
    """

    seuil: int
    offres: Sequence[str]
    anciennes: Sequence[str]
    possibles: Sequence[Possibles]
    vrais: Sequence[int]
    publiees: dict[int, Classe] = field(default_factory=dict)

    @property
    def position(self) -> int:
        """Coordinate of the position."""
        return len(self.offres) + len(self.anciennes)

    @property
    def courantes(self) -> list[int]:
        """Coordinates told in this round."""
        return [c for c in self.publiees if c < len(self.offres) or c == self.position]

    @property
    def inconnues(self) -> list[Possibles]:
        """Communes whose state an outsider does not know in full, whether they seal anything or not."""
        return [ensemble for ensemble in self.possibles if len(ensemble) > 1]

    def count(self, coordonnee: int) -> int:
        """Return the true count of a coordinate: a secret until its class is known."""
        return sum(masque >> coordonnee & 1 for masque in self.vrais)

    def find_bornes(self, coordonnee: int) -> Classe:
        """Return what is known of a count before anything is told: communes surely counted, possibly counted."""
        bits = [{masque >> coordonnee & 1 for masque in ensemble} for ensemble in self.possibles]
        return Classe(sum(b == {1} for b in bits), sum(1 in b for b in bits))


def publish_ouvertes(salle: Depouillement, sur: int) -> Compte:
    """Return the count of the positions favorable, sous conditions or not, among `sur` communes, and remember it.

    Errors: none. Complexity: that of `audit.find_classes`. Source: docs/moteur/conditions.md.
    """
    return _publish(salle, salle.position, sur, FAVORABLES)


def publish_offre(salle: Depouillement, rang: int, sur: int) -> Compte:
    """Return the count of offer number `rang` among `sur` communes, and remember it.

    Refused when it differs from one already told, of this round or of an earlier one, for fewer communes not known
    in full than the threshold. Errors: none. Complexity: that of `audit.find_classes`. Source:
    docs/moteur/conditions.md.
    """
    for autre in salle.publiees:
        if autre == salle.position:
            continue
        if count_differentes(salle.inconnues, rang, autre) < salle.seuil:
            ancienne = autre >= len(salle.offres)
            voisine = salle.anciennes[autre - len(salle.offres)] if ancienne else salle.offres[autre]
            return refuse_compte(sur, name_voisin(voisine, salle.seuil, ancienne))
    return _publish(salle, rang, sur, CONDITIONS)


def _publish(salle: Depouillement, coordonnee: int, sur: int, sujet: str) -> Compte:
    """Publish one count by its class, and remember it; the true count is read once the classes are fixed."""
    bornes = salle.find_bornes(coordonnee)
    incertaines = bornes.haut - bornes.bas
    if incertaines == 0:
        return tell_compte(sujet, bornes, bornes, sur)
    if incertaines < 2 * salle.seuil - 1:
        return refuse_compte(sur, name_inconnues(salle.seuil))
    classes = _find_classes(salle, coordonnee)
    if len(classes) < 2:
        return refuse_compte(sur, MOTIF_RECOUPEMENT if classes else MOTIF_BUDGET)
    compte = salle.count(coordonnee)
    classe = next(c for c in classes if c.bas <= compte <= c.haut)
    # What this round told narrows the ends of the classes; earlier rounds do not: answers may have changed.
    certain = find_attendu(_build_audit(salle, coordonnee, salle.courantes)) or bornes
    classe = Classe(max(classe.bas, certain.bas), min(classe.haut, certain.haut))
    salle.publiees[coordonnee] = classe
    return tell_compte(sujet, classe, bornes, sur)


def _build_audit(salle: Depouillement, coordonnee: int, gardees: Sequence[int]) -> Salle:
    """Return the room where `coordonnee` is to be told and `gardees` are told already."""
    autres = [c for c in range(salle.position + 1) if c != coordonnee and c not in gardees]
    return Salle(
        tuple(select_coordonnees(ensemble, [coordonnee, *gardees, *autres]) for ensemble in salle.possibles),
        tuple(salle.publiees[c] for c in gardees),
    )


def _find_classes(salle: Depouillement, coordonnee: int) -> tuple[Classe, ...]:
    """Audit `coordonnee` with all that this round told, and as many earlier counts as fit, newest first.

    Earlier counts that the answers contradict are left out: some answers have changed since. Empty: out of budget.
    """
    passees = [c for c in salle.publiees if c not in salle.courantes]
    for nombre in range(len(passees), -1, -1):
        audit = _build_audit(salle, coordonnee, [*salle.courantes, *passees[:nombre]])
        classes = find_classes(audit, salle.seuil) if audit.fits() else ()
        if classes:
            return classes
    return ()
