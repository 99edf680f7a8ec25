"""What a round may publish: counts from which no sealed answer can be deduced. Rule: docs/moteur/conditions.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communaccord.noyau.accord.audit import Classe
from communaccord.noyau.accord.comptes import Compte, name_trop_peu
from communaccord.noyau.accord.depouillement import Depouillement, publish_offre, publish_ouvertes
from communaccord.noyau.accord.positions import publish_positions
from communaccord.noyau.accord.possibles import list_possibles, read_masque
from communaccord.noyau.accord.types import Confidentialite, Offre, Position, Reponse
from communaccord.noyau.partage.erreurs import DonneeInvalide

SEUIL = 5
SEUIL_MIN = 3


@dataclass(frozen=True, slots=True)
class Publication:
    """What everybody of the table may read of a round, ready to be stored (`codage.write_publication`).

    `motif`: French sentence when nothing at all is published (else ""). `scenarios`: by identifier, number of communes
    whose conditions are réunies. `ouvertes`: communes favorable, sous conditions or not. `positions`: by position.
    """

    reponses: int
    seuil: int
    motif: str
    scenarios: Mapping[str, Compte]
    ouvertes: Compte | None
    positions: Mapping[Position, Compte]


@dataclass(frozen=True, slots=True)
class TourPublie:
    """An earlier round of the same dossier: its offers, the answers it counted, what it published."""

    offres: tuple[Offre, ...]
    reponses: tuple[Reponse, ...]
    publication: Publication


def publish_tour(
    reponses: Sequence[Reponse],
    offres: Sequence[Offre],
    *,
    anterieurs: Sequence[TourPublie] = (),
    seuil: int = SEUIL,
    avec_positions: bool = True,
) -> Publication:
    """Return what the round may publish, in French sentences, without anything sealed.

    Shapes: one answer a commune; `offres` in the order in which they have priority to be counted (an offer too near to
    one already counted is not); `anterieurs`: earlier rounds of the same dossier, oldest first. Answers whose position
    is kept in the notes are not counted. Order of `reponses`: without effect. Errors: DonneeInvalide for two answers of
    one commune, two offers of one name, a threshold under three. Complexity: that of `audit.find_classes` by offer;
    beyond its budget a count is not published. Source: produit.md ("nothing about groups of fewer than five");
    simulatable auditing, Kenthapadi, Mishra and Nissim 2005.
    """
    _check_entrees(reponses, offres, seuil)
    comptees = _list_comptees(reponses)
    if len(comptees) < seuil:
        return Publication(len(comptees), seuil, name_trop_peu(seuil), {}, None, {})
    salle = _open_depouillement(comptees, offres, anterieurs, seuil)
    scenarios = {
        offre.identifiant: publish_offre(salle, rang, sum(offre.is_participante(r.commune) for r in comptees))
        for rang, offre in enumerate(offres)
    }
    ouvertes = publish_ouvertes(salle, len(comptees)) if avec_positions else None
    positions = publish_positions(comptees, ouvertes, seuil) if ouvertes else {}
    return Publication(len(comptees), seuil, "", scenarios, ouvertes, positions)


def _check_entrees(reponses: Sequence[Reponse], offres: Sequence[Offre], seuil: int) -> None:
    if len({reponse.commune for reponse in reponses}) < len(reponses):
        raise DonneeInvalide("Une commune a deux réponses dans ce tour.", "Gardez la dernière réponse validée.")
    if len({offre.identifiant for offre in offres}) < len(offres):
        raise DonneeInvalide("Deux scénarios ont le même identifiant.", "Donnez à chacun un nom unique.")
    if seuil < SEUIL_MIN:
        raise DonneeInvalide(f"Un seuil de {seuil} ne protège personne.", f"Choisissez {SEUIL_MIN} ou plus.")


def _list_comptees(reponses: Sequence[Reponse]) -> list[Reponse]:
    """Answers whose position is given, in the order of the codes."""
    donnees = (r for r in reponses if r.confidentialite_position is not Confidentialite.NOTES)
    return sorted(donnees, key=lambda r: r.commune)


def _open_depouillement(
    comptees: Sequence[Reponse], offres: Sequence[Offre], anterieurs: Sequence[TourPublie], seuil: int
) -> Depouillement:
    """Gather what is known: answers of this round, then of communes that answered earlier rounds only."""
    passees = {r.commune: r for tour in anterieurs for r in _list_comptees(tour.reponses)}
    reponses = {**passees, **{r.commune: r for r in comptees}}
    publies = [(tour, o) for tour in reversed(anterieurs) for o in tour.offres if _is_publiee(tour.publication, o)]
    toutes = [*offres, *(offre for _, offre in publies)]
    courante = frozenset(r.commune for r in comptees)
    repondantes = [courante] * len(offres)
    repondantes += [frozenset(r.commune for r in _list_comptees(tour.reponses)) for tour, _ in publies]
    repondantes.append(courante)
    possibles, vrais = [], []
    for code, reponse in sorted(reponses.items()):
        presence = sum(1 << rang for rang, codes in enumerate(repondantes) if code in codes)
        possibles.append(frozenset(masque & presence for masque in list_possibles(reponse, toutes)))
        vrais.append(read_masque(reponse, toutes) & presence)
    publiees = {}
    for rang, (tour, offre) in enumerate(publies, start=len(offres)):
        compte = tour.publication.scenarios[offre.identifiant]
        publiees[rang] = Classe(compte.bas, compte.haut)
    noms = [offre.libelle or offre.identifiant for offre in toutes]
    return Depouillement(seuil, noms[: len(offres)], noms[len(offres) :], possibles, vrais, publiees)


def _is_publiee(publication: Publication, offre: Offre) -> bool:
    return offre.identifiant in publication.scenarios and publication.scenarios[offre.identifiant].publie
