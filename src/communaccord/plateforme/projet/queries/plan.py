"""What is read of the plan: the whole tree in three queries, the actions that serve no objectif, one element."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import ELUS
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.models.plan import ActionProjet, ElementPlan, Objectif, Orientation
from communaccord.plateforme.territoires.models import Demarche

MODELES: dict[str, type[ElementPlan]] = {
    Niveau.ORIENTATION: Orientation,
    Niveau.OBJECTIF: Objectif,
    Niveau.ACTION: ActionProjet,
}


@dataclass(frozen=True, slots=True)
class ActionLue:
    """``porteur``, ``pilote``, ``echeance``: in words, empty when not said; ``etat_dit``: the state in words."""

    pk: int
    rang: int
    titre: str
    texte: str
    porteur: str
    pilote: str
    echeance: str
    etat: str
    etat_dit: str


@dataclass(frozen=True, slots=True)
class ObjectifLu:
    pk: int
    rang: int
    titre: str
    texte: str
    actions: tuple[ActionLue, ...] = ()


@dataclass(frozen=True, slots=True)
class OrientationLue:
    pk: int
    rang: int
    titre: str
    texte: str
    objectifs: tuple[ObjectifLu, ...] = ()


@dataclass(frozen=True, slots=True)
class Arbre:
    """The whole plan; ``libres``: actions that no objectif claims yet."""

    orientations: tuple[OrientationLue, ...] = ()
    libres: tuple[ActionLue, ...] = ()

    @property
    def objectifs(self) -> tuple[ObjectifLu, ...]:
        return tuple(objectif for orientation in self.orientations for objectif in orientation.objectifs)

    @property
    def actions(self) -> tuple[ActionLue, ...]:
        """Those of the objectifs, in the order of the tree, then those that serve none."""
        return (*(action for objectif in self.objectifs for action in objectif.actions), *self.libres)

    @property
    def sans_action(self) -> tuple[ObjectifLu, ...]:
        return tuple(objectif for objectif in self.objectifs if not objectif.actions)

    @property
    def est_vide(self) -> bool:
        return not self.orientations and not self.libres


def read_plan(demarche: Demarche) -> Arbre:
    """The plan of a démarche, in its order: three queries, whatever its size."""
    actions: dict[int | None, list[ActionLue]] = defaultdict(list)
    rows = ActionProjet.objects.filter(demarche=demarche).select_related("porteur__personne")
    for action in rows:
        actions[action.objectif_id].append(read_action(action))
    objectifs: dict[int, list[ObjectifLu]] = defaultdict(list)
    for row in Objectif.objects.filter(demarche=demarche):
        lu = ObjectifLu(row.pk, row.rang, row.titre, row.texte, tuple(actions[row.pk]))
        objectifs[row.orientation_id].append(lu)
    orientations = tuple(
        OrientationLue(row.pk, row.rang, row.titre, row.texte, tuple(objectifs[row.pk]))
        for row in Orientation.objects.filter(demarche=demarche)
    )
    return Arbre(orientations, tuple(actions[None]))


def read_action(action: ActionProjet) -> ActionLue:
    return ActionLue(
        action.pk,
        action.rang,
        action.titre,
        action.texte,
        action.nom_du_porteur,
        action.pilote,
        action.echeance,
        action.etat,
        action.get_etat_display(),
    )


def read_arbre(demarche: Demarche) -> tuple[OrientationLue, ...]:
    """Orientations, objectifs, actions of a démarche, in their order; actions without objectif are left out."""
    return read_plan(demarche).orientations


def find_element(acteur: Acteur, niveau: str, pk: int) -> ElementPlan | None:
    """An orientation, an objectif or an action of the plan that this actor reads."""
    return MODELES[niveau].objects.visible_to(acteur).filter(pk=pk).first()


def list_choix_objectifs(acteur: Acteur) -> list[Objectif]:
    """Every objectif, in the order of the tree, with its orientation."""
    rows = Objectif.objects.visible_to(acteur).select_related("orientation")
    return list(rows.order_by("orientation__rang", "orientation_id", "rang", "pk"))


def list_choix_orientations(acteur: Acteur) -> list[Orientation]:
    return list(Orientation.objects.visible_to(acteur))


def list_elus(acteur: Acteur, porteur: int | None = None) -> list[Mandat]:
    """Élus of the démarche who may carry an action, by role then by name: mandates that have no end.

    ``porteur``: who carries it already stays among them, even when that mandate has ended.
    """
    rows = Mandat.objects.visible_to(acteur).filter(Q(fin__isnull=True) | Q(pk=porteur), role__in=ELUS)
    return list(rows.select_related("personne", "commune").order_by("role", "personne__nom", "pk"))
