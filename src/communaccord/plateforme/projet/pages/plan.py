"""The page of the plan: its sentence, what is missing both ways, the form of one element, what a file would change."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.projet.enums.plan import EtatAction, Niveau
from communaccord.plateforme.projet.lecture.cadre import ANNEE
from communaccord.plateforme.projet.lecture.plans import Comparaison, ElementLu, PlanLu
from communaccord.plateforme.projet.queries.plan import (
    Arbre,
    list_choix_objectifs,
    list_choix_orientations,
)
from communaccord.plateforme.socle.typographie import accord, enumeration, pluriel, prose
from communaccord.reference import normalize_nom

FAITS = {
    "ajoute": "C'est ajouté au plan.",
    "modifie": "C'est enregistré.",
    "deplace": "L'ordre est changé.",
    "supprime": "C'est retiré du plan.",
    "importe": "Le plan est importé.",
    "rien": "Tout ce que dit ce fichier était déjà dans le plan : rien n'a changé.",
}
SENS = {
    EtatAction.A_ENGAGER: "neutre",
    EtatAction.EN_COURS: "attente",
    EtatAction.REALISEE: "oui",
    EtatAction.ABANDONNEE: "non",
}
TITRES_NOUVEAU = {
    Niveau.ORIENTATION: "Ajouter une orientation",
    Niveau.OBJECTIF: "Ajouter un objectif",
    Niveau.ACTION: "Ajouter une action",
}
TITRES_MODIFIER = {
    Niveau.ORIENTATION: "Modifier l'orientation",
    Niveau.OBJECTIF: "Modifier l'objectif",
    Niveau.ACTION: "Modifier l'action",
}
AUCUN_OBJECTIF = "Aucun objectif pour l'instant"


def write_phrase(arbre: Arbre) -> str:
    """``3 orientations, 9 objectifs, 21 actions ; 2 objectifs n'ont pas encore d'action.``"""
    comptes = write_comptes(len(arbre.orientations), len(arbre.objectifs), len(arbre.actions))
    suites = []
    if sans := len(arbre.sans_action):
        verbe = accord(sans, "n'a", "n'ont")
        suites.append(f"{pluriel(sans, 'objectif')} {verbe} pas encore d'action")
    if libres := len(arbre.libres):
        suites.append(f"{pluriel(libres, 'action')} ne {accord(libres, 'sert', 'servent')} encore aucun objectif")
    return prose(" ; ".join([comptes, *suites]) + ".")


def write_comptes(orientations: int, objectifs: int, actions: int) -> str:
    parts = (pluriel(orientations, "orientation"), pluriel(objectifs, "objectif"), pluriel(actions, "action"))
    return ", ".join(parts)


def write_avancement(arbre: Arbre) -> str:
    """``21 actions : 12 à engager, 6 en cours et 3 réalisées.``; empty without any action."""
    counts = Counter(action.etat for action in arbre.actions)
    parts = [
        f"{counts[etat]} {etat.label}{'s' if counts[etat] > 1 and etat in ACCORDES else ''}"
        for etat in EtatAction
        if counts[etat]
    ]
    return prose(f"{pluriel(len(arbre.actions), 'action')} : {enumeration(parts)}.") if parts else ""


ACCORDES = (EtatAction.REALISEE, EtatAction.ABANDONNEE)


def build_form(acteur: Acteur, niveau: str, elus: Sequence[Mandat]) -> dict[str, Any]:
    """What the form of an element offers to choose."""
    if niveau == Niveau.ORIENTATION:
        return {"parents": [], "elus": [], "etats": []}
    if niveau == Niveau.OBJECTIF:
        parents = [("", "Choisir une orientation"), *number_orientations(acteur)]
        return {"parents": parents, "elus": [], "etats": []}
    porteurs = [("", "Personne pour l'instant"), *((elu.pk, write_porteur(elu)) for elu in elus)]
    parents = [("", AUCUN_OBJECTIF), *number_objectifs(acteur)]
    return {"parents": parents, "elus": porteurs, "etats": EtatAction.choices}


def write_porteur(elu: Mandat) -> str:
    return prose(f"{elu.libelle} (mandat terminé)" if elu.fin else elu.libelle)


def number_orientations(acteur: Acteur) -> list[tuple[int, str]]:
    """Orientations to choose from, numbered as in the tree."""
    rows = enumerate(list_choix_orientations(acteur), start=1)
    return [(row.pk, prose(f"{rang}. {row.titre}")) for rang, row in rows]


def number_objectifs(acteur: Acteur) -> list[tuple[int, str]]:
    """Objectifs to choose from, numbered as in the tree."""
    rangs = {row.pk: rang for rang, row in enumerate(list_choix_orientations(acteur), start=1)}
    places: Counter[int] = Counter()
    choix = []
    for row in list_choix_objectifs(acteur):
        places[row.orientation_id] += 1
        numero = f"{rangs.get(row.orientation_id, '')}.{places[row.orientation_id]}"
        choix.append((row.pk, prose(f"{numero} {row.titre}")))
    return choix


def build_branches(elements: tuple[ElementLu, ...]) -> list[dict[str, Any]]:
    """The tree that a file gives, for the preview; actions without objectif come last, under no orientation."""
    branches: dict[str, dict[str, list[ElementLu]]] = {}
    for element in elements:
        if element.niveau == Niveau.ORIENTATION:
            branches.setdefault(element.titre, {})
        elif element.niveau == Niveau.OBJECTIF:
            branches.setdefault(element.orientation, {}).setdefault(element.titre, [])
        else:
            branches.setdefault(element.orientation, {}).setdefault(element.objectif, []).append(element)
    tree = [
        {"titre": titre, "objectifs": [{"titre": o, "actions": actions} for o, actions in objectifs.items()]}
        for titre, objectifs in branches.items()
    ]
    return sorted(tree, key=lambda branche: not branche["titre"])


def list_titres(arbre: Arbre) -> list[tuple[str, str]]:
    """(title, échéance) of the objectifs and of the actions of a plan."""
    objectifs = [(objectif.titre, "") for objectif in arbre.objectifs]
    return objectifs + [(action.titre, action.echeance) for action in arbre.actions]


def list_remarques(elements: Sequence[ElementLu], elus: Sequence[Mandat]) -> list[str]:
    """What will be kept as it is written: names that are nobody's of the démarche, échéances without a year."""
    known = {normalize_nom(nom) for elu in elus for nom in (elu.libelle, elu.personne.nom)}
    hors = list(dict.fromkeys(e.porteur for e in elements if e.porteur and normalize_nom(e.porteur) not in known))
    vagues = list(dict.fromkeys(e.echeance for e in elements if e.echeance and not ANNEE.search(e.echeance)))
    remarques = []
    if hors:
        ne_sont = accord(len(hors), "n'est celui d'aucun élu", "ne sont ceux d'aucun élu")
        noms = f"{pluriel(len(hors), 'nom')} de porteur {ne_sont} de la démarche"
        remarques.append(f"{noms} : {write_premiers(hors)}. Écrits tels quels, à relier ensuite si besoin.")
    if vagues:
        remarques.append(f"{pluriel(len(vagues), 'échéance')} sans année : {write_premiers(vagues)}.")
    return [prose(remarque) for remarque in remarques]


def write_premiers(textes: Sequence[str]) -> str:
    return enumeration([f"« {texte} »" for texte in textes[:5]]) + (", entre autres" if len(textes) > 5 else "")


def write_apercu(plan: PlanLu, comparaison: Comparaison) -> str:
    """``3 orientations, 9 objectifs, 21 actions lues ; 4 sont déjà dans le plan. Rien n'est encore écrit.``"""
    counts = Counter(element.niveau for element in plan.elements)
    comptes = write_comptes(counts[Niveau.ORIENTATION], counts[Niveau.OBJECTIF], counts[Niveau.ACTION])
    deja = len(comparaison.deja)
    if not comparaison.nouveaux:
        suite = " ; tout est déjà dans le plan"
    elif deja:
        suite = f" ; {pluriel(deja, 'élément')} {accord(deja, 'est', 'sont')} déjà dans le plan"
    else:
        suite = ""
    return prose(f"{comptes}{suite}. Rien n'est encore écrit.")
