"""Where the démarche stands for those who conduct it."""

from dataclasses import dataclass

from communaccord.plateforme.accords.enums import EtatTour
from communaccord.plateforme.accords.models import RegleDuJeu, Tour
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.instances.enums import EtatSeance
from communaccord.plateforme.instances.models import Instance, Seance


@dataclass(frozen=True, slots=True)
class Conduite:
    """What exists already, and what is going on: rounds not opened to the end, séances not finished."""

    personnes_jointes: bool
    instances: bool
    dossiers: bool
    regle_adoptee: bool
    tours: tuple[Tour, ...]
    seances: tuple[Seance, ...]


def read_conduite(acteur: Acteur) -> Conduite:
    """Six queries, for the équipe projet only."""
    own = acteur.personne_id
    going = Tour.objects.visible_to(acteur).filter(etat__in=(EtatTour.PREPARATION, EtatTour.OUVERT))
    seances = Seance.objects.visible_to(acteur).filter(etat__in=(EtatSeance.PREPARATION, EtatSeance.CONVOQUEE))
    return Conduite(
        personnes_jointes=Personne.objects.visible_to(acteur).exclude(pk=own).exclude(compte=None).exists(),
        instances=Instance.objects.visible_to(acteur).active().exists(),
        dossiers=Dossier.objects.visible_to(acteur).exists(),
        regle_adoptee=RegleDuJeu.objects.visible_to(acteur).filter(adoptee_le__isnull=False).exists(),
        tours=tuple(going.order_by("cloture_le")),
        seances=tuple(seances.with_instance().order_by("debut")[:5]),
    )
