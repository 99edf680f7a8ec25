"""A whole plan brought from a file: all of it or nothing; what is already there is found again by its titles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.projet.actions.plan import SERVI, lock_plan
from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.lecture.plans import ElementLu, build_cle, find_faute
from communaccord.plateforme.projet.models.plan import ActionProjet, ElementPlan, Objectif, Orientation
from communaccord.plateforme.projet.queries.plan import list_elus
from communaccord.plateforme.projet.rules.plan import may_edit_plan
from communaccord.plateforme.socle.permis import Conflit, require
from communaccord.plateforme.socle.typographie import enumeration, pluriel
from communaccord.reference import normalize_nom


@dataclass(frozen=True, slots=True)
class Bilan:
    """How many elements were added, changed, removed."""

    ajoutes: int
    modifies: int
    retires: int


@transaction.atomic
def import_plan(*, acteur: Acteur, instant: datetime, elements: Sequence[ElementLu], remplacer: bool) -> Bilan:
    """Add what is not in the plan yet; with ``remplacer``, the plan becomes the file, in its order.

    An element is the same when its titles are: imported twice, nothing is doubled, and the dossiers that serve an
    objectif keep it. Errors: Conflit when an element cannot be kept, or when a removed objectif is served by a dossier.
    """
    require(may_edit_plan(acteur))
    if not elements or any(find_faute(element) for element in elements):
        raise Conflit("Ce plan ne peut pas être repris : choisissez de nouveau le fichier.")
    lock_plan(acteur.demarche)
    ecriture = Ecriture(acteur, remplacer=remplacer)
    for element in elements:
        ecriture.write(element)
    bilan = Bilan(ecriture.ajoutes, ecriture.modifies, ecriture.remove_absents() if remplacer else 0)
    if bilan != Bilan(0, 0, 0):
        parts = [
            pluriel(nombre, mot, mots)
            for nombre, mot, mots in (
                (bilan.ajoutes, "ajout", "ajouts"),
                (bilan.modifies, "changement", "changements"),
                (bilan.retires, "retrait", "retraits"),
            )
            if nombre
        ]
        phrase = f"a importé le plan du projet de territoire : {enumeration(parts)}"
        record_acte(acteur=acteur, instant=instant, verbe="plan.importe", phrase=phrase, portee=Portee.TABLE)
    return bilan


class Ecriture:
    """Writes the elements one after the other, parents first, beside the plan that is there."""

    def __init__(self, acteur: Acteur, *, remplacer: bool) -> None:
        self.acteur, self.remplacer = acteur, remplacer
        self.rows: dict[tuple[str, ...], ElementPlan] = {}
        self.tous: list[ElementPlan] = []
        self.gardes: set[tuple[type, int]] = set()
        self.rangs: dict[tuple[str, int | None], int] = defaultdict(int)
        self.ajoutes = self.modifies = 0
        self.elus = index_elus(list_elus(acteur))
        self._load()

    def _load(self) -> None:
        """The plan as it is, by titles; the first of two of the same titles counts."""
        demarche = self.acteur.demarche
        for orientation in Orientation.objects.filter(demarche=demarche):
            self._keep(Niveau.ORIENTATION, orientation, None, "", "")
        for objectif in Objectif.objects.filter(demarche=demarche).select_related("orientation"):
            self._keep(Niveau.OBJECTIF, objectif, objectif.orientation_id, objectif.orientation.titre, "")
        for action in ActionProjet.objects.filter(demarche=demarche).select_related("objectif__orientation"):
            above = action.objectif
            orientation_titre, objectif_titre = (above.orientation.titre, above.titre) if above else ("", "")
            self._keep(Niveau.ACTION, action, action.objectif_id, orientation_titre, objectif_titre)

    def _keep(self, niveau: str, row: ElementPlan, parent: int | None, orientation: str, objectif: str) -> None:
        self.tous.append(row)
        self.rows.setdefault(build_cle(niveau, row.titre, orientation, objectif), row)
        if not self.remplacer:
            self.rangs[niveau, parent] = max(self.rangs[niveau, parent], row.rang)

    def write(self, element: ElementLu) -> None:
        """Create the element or find it again; with ``remplacer``, what the file says and its order are written."""
        row = self.rows.get(element.cle)
        if row is not None and not self.remplacer:
            return
        parent = self._find_parent(element)
        valeurs = self._list_valeurs(element, parent)
        if row is None:
            model = {Niveau.ORIENTATION: Orientation, Niveau.OBJECTIF: Objectif}.get(element.niveau, ActionProjet)
            valeurs["rang"] = self._next_rang(element.niveau, parent)
            row = model.objects.create(demarche=self.acteur.demarche, **valeurs)
            self.rows[element.cle] = row
            self.ajoutes += 1
        elif (type(row), row.pk) not in self.gardes:
            valeurs["rang"] = self._next_rang(element.niveau, parent)
            if any(getattr(row, nom) != valeur for nom, valeur in valeurs.items()):
                type(row).objects.filter(pk=row.pk).update(**valeurs, version=F("version") + 1)
                self.modifies += 1
        self.gardes.add((type(row), row.pk))

    def _next_rang(self, niveau: str, parent: int | None) -> int:
        self.rangs[niveau, parent] += 1
        return self.rangs[niveau, parent]

    def _find_parent(self, element: ElementLu) -> int | None:
        """Key of the element above; written now when the file did not say it on a line of its own."""
        if element.niveau == Niveau.ORIENTATION or not element.orientation:
            if element.niveau == Niveau.OBJECTIF:
                raise Conflit(f"« {element.titre} » n'est sous aucune orientation.")
            return None
        if element.niveau == Niveau.OBJECTIF:
            above = ElementLu(Niveau.ORIENTATION, element.orientation)
        else:
            above = ElementLu(Niveau.OBJECTIF, element.objectif, element.orientation)
        if above.cle not in self.rows:
            self.write(above)
        return self.rows[above.cle].pk

    def _list_valeurs(self, element: ElementLu, parent: int | None) -> dict[str, Any]:
        valeurs: dict[str, Any] = {"titre": element.titre, "texte": element.texte}
        if element.niveau == Niveau.OBJECTIF:
            valeurs["orientation_id"] = parent
        if element.niveau != Niveau.ACTION:
            return valeurs
        elu = self.elus.get(normalize_nom(element.porteur))
        return valeurs | {
            "objectif_id": parent,
            "porteur_id": elu.pk if elu else None,
            "porteur_nom": "" if elu else element.porteur,
            "pilote": element.pilote,
            "echeance": element.echeance,
            "etat": element.etat,
        }

    def remove_absents(self) -> int:
        """Take out what the file does not hold, actions first. Errors: Conflit when a dossier serves an objectif."""
        absents = [row for row in reversed(self.tous) if (type(row), row.pk) not in self.gardes]
        served = []
        for row in absents:
            try:
                with transaction.atomic():
                    row.delete()
            except ProtectedError:
                served.append(row)
        objectifs = [f"« {row.titre} »" for row in served if isinstance(row, Objectif)]
        if objectifs:
            raise Conflit(SERVI.format(titres=enumeration(objectifs)))
        return len(absents)


def index_elus(elus: Sequence[Mandat]) -> dict[str, Mandat]:
    """Élus by name then quality, and by name alone; a name that two people bear designates nobody."""
    index: dict[str, Mandat] = {}
    doubles = set()
    for elu in elus:
        for cle in (normalize_nom(elu.libelle), normalize_nom(elu.personne.nom)):
            if index.setdefault(cle, elu).personne_id != elu.personne_id:
                doubles.add(cle)
    return {cle: elu for cle, elu in index.items() if cle and cle not in doubles}
