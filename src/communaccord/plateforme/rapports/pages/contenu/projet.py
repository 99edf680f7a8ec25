"""Parts: the projet de territoire as its tree, the précadrage as it was validated."""

from communaccord.plateforme.projet.lecture.cadre import ChampLu, read_champs
from communaccord.plateforme.projet.queries.plan import ActionLue, Arbre, ObjectifLu
from communaccord.plateforme.rapports.pages.contenu.blocs import Bloc, head, itemize, note, say
from communaccord.plateforme.rapports.queries import Sources
from communaccord.plateforme.socle.typographie import date as write_date
from communaccord.plateforme.socle.typographie import pluriel

SANS_ACTION = "Aucune action ne sert encore cet objectif."


def build_projet(sources: Sources) -> list[Bloc]:
    """Orientations, objectifs, actions; the objectifs without action say so."""
    arbre = sources.arbre
    if not arbre.orientations:
        return [say("Le projet de territoire n'a pas encore d'orientation.")]
    blocs = [say(write_compte(arbre))]
    for orientation in arbre.orientations:
        blocs.append(head(f"Orientation {orientation.rang}. {orientation.titre}"))
        blocs += [say(orientation.texte)] if orientation.texte else []
        for objectif in orientation.objectifs:
            blocs += build_objectif(objectif)
    if arbre.libres:
        blocs += [head("Autres actions"), itemize(write_action(action) for action in arbre.libres)]
    return blocs


def write_compte(arbre: Arbre) -> str:
    orientations = pluriel(len(arbre.orientations), "orientation")
    objectifs = pluriel(len(arbre.objectifs), "objectif de service public", "objectifs de service public")
    return f"Le projet de territoire comporte {orientations}, {objectifs} et {pluriel(len(arbre.actions), 'action')}."


def build_objectif(objectif: ObjectifLu) -> list[Bloc]:
    blocs = [head(f"Objectif {objectif.rang}. {objectif.titre}", 3)]
    blocs += [say(objectif.texte)] if objectif.texte else []
    return [*blocs, itemize(write_action(a) for a in objectif.actions) if objectif.actions else say(SANS_ACTION)]


def write_action(action: ActionLue) -> str:
    """``Mutualiser l'accueil (portage : …, pilotage : …, échéance : 2027 ; engagée)``."""
    faits = [("portage", action.porteur), ("pilotage", action.pilote), ("échéance", action.echeance)]
    precision = ", ".join(f"{mot} : {valeur}" for mot, valeur in faits if valeur)
    return f"{action.titre} ({' ; '.join(part for part in (precision, action.etat_dit) if part)})"


def build_cadre(sources: Sources) -> list[Bloc]:
    """The fields of the last validated précadrage."""
    cadre = sources.cadre
    if cadre is None:
        return [say("Le précadrage politique n'est pas encore validé.")]
    blocs = [say(f"Précadrage validé le {write_date(cadre.valide_le)} : {cadre.instance}, version {cadre.numero}.")]
    for champ in read_champs(cadre, sources.communes):
        if not champ.est_vide:
            blocs += [head(champ.libelle), write_champ(champ)]
    return [*blocs, note("Ce qui sort de ce cadre est signalé à chaque étape ; les élus et les élues décident.")]


def write_champ(champ: ChampLu) -> Bloc:
    return itemize(champ.elements) if champ.elements else say(champ.texte)
