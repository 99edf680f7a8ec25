"""What people do with the plan: add, change, order, remove an element; bring a whole plan from a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, ProtectedError, QuerySet

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import ELUS
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.models.plan import ElementPlan, Objectif, Orientation
from communaccord.plateforme.projet.queries.plan import MODELES
from communaccord.plateforme.projet.rules.plan import may_edit_plan
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit, Refus, require
from communaccord.plateforme.territoires.models import Demarche

AUTRE_DEMARCHE = Refus("Cet élément est du projet d'une autre démarche.")
PARENTS = {Niveau.ORIENTATION: "", Niveau.OBJECTIF: "orientation", Niveau.ACTION: "objectif"}
ARTICLES = {Niveau.ORIENTATION: "l'orientation", Niveau.OBJECTIF: "l'objectif", Niveau.ACTION: "l'action"}
DISPARU = "Cet élément n'est plus dans le plan : quelqu'un l'a supprimé entre-temps."
SANS_PARENT = "Un objectif est rangé sous une orientation du plan : choisissez-la dans la liste."
DEUX_PORTEURS = "Choisissez l'élu ou l'élue dans la liste, ou écrivez un nom : pas les deux."
SERVI = (
    "{titres} : un dossier au moins dit servir cet objectif. Retirez-le d'abord de ce dossier, ou gardez l'objectif "
    "dans le plan."
)


@dataclass(frozen=True, slots=True)
class ContenuElement:
    """What is written of an element. ``parent``: its orientation or its objectif; the rest is of actions only."""

    titre: str
    texte: str = ""
    parent: int | None = None
    porteur: Mandat | None = None
    porteur_nom: str = ""
    pilote: str = ""
    echeance: str = ""
    etat: str = EtatAction.A_ENGAGER


class EditionConcurrente(Conflit):
    """Somebody else wrote meanwhile: ``actuel`` is the element as it is now, nothing of theirs was overwritten."""

    def __init__(self, actuel: ElementPlan) -> None:
        super().__init__(
            "Pendant que vous écriviez, quelqu'un d'autre a enregistré des changements. Rien n'a été écrasé : "
            "comparez, gardez ce qui convient, puis enregistrez de nouveau."
        )
        self.actuel = actuel


def lock_plan(demarche: Demarche) -> None:
    """One writer of this plan at a time, until the end of the transaction: ranks and titles stay coherent."""
    Demarche.objects.select_for_update(of=("self",)).get(pk=demarche.pk)


def list_valeurs(acteur: Acteur, niveau: str, contenu: ContenuElement) -> dict[str, Any]:
    """The columns to write. Errors: Conflit when what is chosen is not of this démarche."""
    valeurs: dict[str, Any] = {"titre": contenu.titre.strip(), "texte": contenu.texte.strip()}
    if not valeurs["titre"]:
        raise Conflit("Donnez un titre.")
    if niveau == Niveau.ORIENTATION:
        return valeurs
    modele = Orientation if niveau == Niveau.OBJECTIF else Objectif
    if contenu.parent is not None and not modele.objects.visible_to(acteur).filter(pk=contenu.parent).exists():
        raise Conflit(DISPARU)
    valeurs[f"{PARENTS[Niveau(niveau)]}_id"] = contenu.parent
    if niveau == Niveau.OBJECTIF:
        if contenu.parent is None:
            raise Conflit(SANS_PARENT)
        return valeurs
    check_porteur(acteur, contenu)
    noms = ("porteur", "porteur_nom", "pilote", "echeance", "etat")
    return valeurs | {nom: getattr(contenu, nom) for nom in noms}


def check_porteur(acteur: Acteur, contenu: ContenuElement) -> None:
    porteur = contenu.porteur
    if porteur is not None and (porteur.role not in ELUS or porteur.personne.demarche_id != acteur.demarche_id):
        raise Conflit("Une action est portée par un élu ou une élue de la démarche : choisissez dans la liste.")
    if porteur is not None and contenu.porteur_nom:
        raise Conflit(DEUX_PORTEURS)
    if contenu.etat not in EtatAction.values:
        raise Conflit("État inconnu : choisissez-en un dans la liste.")


def list_voisins(demarche_id: int, niveau: str, parent: int | None) -> QuerySet:
    """Elements of the same level under the same one, in order."""
    rows = MODELES[niveau].objects.filter(demarche_id=demarche_id)
    nom = PARENTS[Niveau(niveau)]
    return rows.filter(**{f"{nom}_id": parent}) if nom else rows


def get_parent(element: ElementPlan, niveau: str) -> int | None:
    nom = PARENTS[Niveau(niveau)]
    return getattr(element, f"{nom}_id") if nom else None


def compute_rang(demarche_id: int, niveau: str, parent: int | None) -> int:
    """The rank of a new last one."""
    last = list_voisins(demarche_id, niveau, parent).aggregate(last=Max("rang"))["last"]
    return (last or 0) + 1


def journalise(acteur: Acteur, instant: datetime, element: ElementPlan, niveau: str, verbe: str, geste: str) -> None:
    titre = element.titre if len(element.titre) <= 200 else f"{element.titre[:199]}…"
    phrase = f"a {geste} {ARTICLES[Niveau(niveau)]} « {titre} » du projet de territoire"
    record_acte(
        acteur=acteur, instant=instant, verbe=f"plan.{verbe}", phrase=phrase, portee=Portee.TABLE, objet=element
    )


@transaction.atomic
def create_element(*, acteur: Acteur, instant: datetime, niveau: str, contenu: ContenuElement) -> ElementPlan:
    """Add an element at the end of its neighbours. Errors: Conflit when one of the same title is already there."""
    require(may_edit_plan(acteur))
    lock_plan(acteur.demarche)
    valeurs = list_valeurs(acteur, niveau, contenu)
    parent = valeurs.get(f"{PARENTS[Niveau(niveau)]}_id")
    if list_voisins(acteur.demarche_id, niveau, parent).filter(titre=valeurs["titre"]).exists():
        raise Conflit(f"« {valeurs['titre']} » est déjà dans le plan, au même endroit.")
    rang = compute_rang(acteur.demarche_id, niveau, parent)
    element = MODELES[niveau].objects.create(demarche=acteur.demarche, rang=rang, **valeurs)
    journalise(acteur, instant, element, niveau, "ajoute", "ajouté")
    return element


@transaction.atomic
def edit_element(
    *, acteur: Acteur, instant: datetime, niveau: str, element: ElementPlan, version: int, contenu: ContenuElement
) -> ElementPlan:
    """Write an element over the version that was read. Errors: EditionConcurrente; Conflit when it is gone."""
    require(may_edit_plan(acteur))
    check_demarche(acteur, element)
    lock_plan(acteur.demarche)
    valeurs = list_valeurs(acteur, niveau, contenu)
    modele = MODELES[niveau]
    parent = valeurs.get(f"{PARENTS[Niveau(niveau)]}_id")
    if parent != get_parent(element, niveau):
        valeurs["rang"] = compute_rang(acteur.demarche_id, niveau, parent)
    written = modele.objects.filter(pk=element.pk, version=version).update(**valeurs, version=F("version") + 1)
    actuel = modele.objects.filter(pk=element.pk).first()
    if actuel is None:
        raise Conflit(DISPARU)
    if not written:
        raise EditionConcurrente(actuel)
    journalise(acteur, instant, actuel, niveau, "modifie", "modifié")
    return actuel


@transaction.atomic
def move_element(
    *, acteur: Acteur, instant: datetime, niveau: str, element: ElementPlan, vers_le_haut: bool, rang: int
) -> None:
    """One place up or down among its neighbours; ``rang``: the place it had on the page, from 1.

    Errors: Conflit when it has moved meanwhile. At an end of the list, nothing changes.
    """
    require(may_edit_plan(acteur))
    check_demarche(acteur, element)
    lock_plan(acteur.demarche)
    rows = list(list_voisins(acteur.demarche_id, niveau, get_parent(element, niveau)))
    place = next((place for place, row in enumerate(rows) if row.pk == element.pk), None)
    if place is None or place + 1 != rang:
        raise Conflit("L'ordre du plan vient de changer : relisez la page avant de déplacer.")
    other = place - 1 if vers_le_haut else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for new, row in enumerate(rows, start=1):
        row.rang = new
    MODELES[niveau].objects.bulk_update(rows, ["rang"])
    journalise(acteur, instant, element, niveau, "deplace", "déplacé")


@transaction.atomic
def delete_element(*, acteur: Acteur, instant: datetime, niveau: str, element: ElementPlan) -> None:
    """Take an element out of the plan; what still holds others, or is served by a dossier, stays."""
    require(may_edit_plan(acteur))
    check_demarche(acteur, element)
    lock_plan(acteur.demarche)
    row = MODELES[niveau].objects.filter(pk=element.pk).first()
    if row is None:
        raise Conflit(DISPARU)
    journalise(acteur, instant, row, niveau, "supprime", "retiré")
    try:
        row.delete()
    except ProtectedError as erreur:
        raise Conflit(write_protege(row, niveau, erreur)) from erreur


def write_protege(row: ElementPlan, niveau: str, erreur: ProtectedError) -> str:
    """What holds an element in the plan."""
    held = sum(isinstance(other, ElementPlan) for other in erreur.protected_objects)
    if not held:
        return SERVI.format(titres=f"« {row.titre} »")
    mot = "objectif" if niveau == Niveau.ORIENTATION else "action"
    quoi = f"{held} {mot}s" if held > 1 else ("un objectif" if mot == "objectif" else "une action")
    return f"« {row.titre} » porte encore {quoi} : déplacez ou supprimez d'abord ce qui est dessous."


def check_demarche(acteur: Acteur, element: ElementPlan) -> None:
    if acteur.demarche_id != element.demarche_id:
        raise ActionRefusee(AUTRE_DEMARCHE)
