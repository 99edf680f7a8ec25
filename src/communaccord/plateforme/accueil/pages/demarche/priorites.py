"""What the choice of priorities awaits: the ballot of a commune, from its mairie."""

from collections.abc import Iterator
from datetime import datetime, time

from communaccord.plateforme.accueil.pages.demarche.chez_moi import Attente
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.diagnostic.queries.priorites import find_a_voter
from communaccord.plateforme.socle.typographie import prose


def list_priorites(acteur: Acteur, instant: datetime) -> Iterator[Attente]:
    """One line for a mairie whose ballot is not deposited; two queries at most."""
    found = find_a_voter(acteur, instant)
    if found is None:
        return
    priorisation, bulletin = found
    echeance = datetime.combine(priorisation.fin, time(), acteur.demarche.zone)
    adresse = chemin(acteur, "diagnostic:priorisation", priorisation.pk)
    phrase = f"Votre commune choisit ses priorités : « {priorisation.titre} »."
    if bulletin is not None:
        phrase = f"Le bulletin de votre commune est en brouillon : « {priorisation.titre} »."
    yield Attente(prose(phrase), "Reprendre" if bulletin else "Choisir", adresse, echeance, jour_entier=True)
