"""Next acts of the équipe projet: the first steps of a new démarche, then what is going on."""

from collections.abc import Iterator
from datetime import datetime

from communaccord.plateforme.accords.enums import EtatTour
from communaccord.plateforme.accords.models import Tour
from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.accueil.queries.conduite import Conduite
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.instances.enums import EtatSeance
from communaccord.plateforme.instances.models import Seance
from communaccord.plateforme.socle.typographie import moment, prose

PREMIERS_PAS = (
    ("personnes_jointes", "Dites qui parle pour chaque commune, et invitez ces personnes.", "Ajouter", "personnes"),
    (
        "instances",
        "Choisissez les instances de la démarche : elles vous sont proposées.",
        "Voir",
        "instances",
    ),
    (
        "dossiers",
        "Ouvrez un premier dossier : le service à partager et ses scénarios.",
        "Ouvrir",
        "dossiers",
    ),
    ("regle_adoptee", "Faites adopter la règle du jeu, avant le premier tour de consultation.", "Préparer", "table"),
)
ADRESSES = {
    "personnes": "comptes:personnes",
    "instances": "instances:liste",
    "dossiers": "dossiers:liste",
    "table": "accords:table",
}


def list_conduite(acteur: Acteur, conduite: Conduite, instant: datetime) -> Iterator[Attente]:
    for fait, phrase, bouton, salle in PREMIERS_PAS:
        if not getattr(conduite, fait):
            yield Attente(prose(phrase), bouton, chemin(acteur, ADRESSES[salle]))
    for tour in conduite.tours:
        yield write_tour(acteur, tour, instant)
    for seance in conduite.seances:
        yield write_seance(acteur, seance, instant)


def write_tour(acteur: Acteur, tour: Tour, instant: datetime) -> Attente:
    """A round to launch, to follow, or closed and waiting to be opened."""
    adresse = chemin(acteur, "accords:tour", tour.pk)
    if tour.etat == EtatTour.PREPARATION:
        return Attente(prose(f"Le tour « {tour.titre} » est en préparation."), "Continuer", adresse, tour.ouvre_le)
    if instant >= tour.cloture_le:
        return Attente(prose(f"Le tour « {tour.titre} » est clos : ses plis sont à ouvrir."), "Voir", adresse)
    suivi = chemin(acteur, "accords:suivi", tour.pk)
    return Attente(prose(f"Le tour « {tour.titre} » est en cours."), "Suivre", suivi, tour.cloture_le)


def write_seance(acteur: Acteur, seance: Seance, instant: datetime) -> Attente:
    """A séance to convoke, to come, or to record."""
    adresse = chemin(acteur, "instances:seance", seance.pk)
    nom = f"{seance.instance.nom}, {moment(seance.debut, acteur.demarche.fuseau)}"
    if seance.debut <= instant:
        return Attente(prose(f"{nom} : notez les présences et les conclusions."), "Noter", adresse, pressee=True)
    if seance.etat == EtatSeance.PREPARATION:
        return Attente(prose(f"{nom} : l'ordre du jour se prépare."), "Préparer", adresse, seance.debut)
    return Attente(prose(f"{nom} : les convocations sont parties."), "Suivre", adresse, seance.debut)
