"""Where the démarche stands for those who conduct it."""

from dataclasses import dataclass

from django.db.models import Exists

from communaccord.plateforme.accords.enums import EtatTour
from communaccord.plateforme.accords.models import RegleDuJeu, Tour
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.models import Personne
from communaccord.plateforme.dossiers.models import Dossier
from communaccord.plateforme.instances.enums import EtatSeance
from communaccord.plateforme.instances.models import Instance, Seance
from communaccord.plateforme.territoires.models import Demarche


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
    """Three queries, for the équipe projet only."""
    going = Tour.objects.visible_to(acteur).filter(etat__in=(EtatTour.PREPARATION, EtatTour.OUVERT))
    seances = Seance.objects.visible_to(acteur).filter(etat__in=(EtatSeance.PREPARATION, EtatSeance.CONVOQUEE))
    return Conduite(
        **read_acquis(acteur),
        tours=tuple(going.order_by("cloture_le")),
        seances=tuple(seances.with_instance().order_by("debut")[:5]),
    )


def read_acquis(acteur: Acteur) -> dict[str, bool]:
    """What exists already, in one query."""
    others = Personne.objects.visible_to(acteur).exclude(pk=acteur.personne_id).exclude(compte=None)
    acquis = {
        "personnes_jointes": Exists(others),
        "instances": Exists(Instance.objects.visible_to(acteur).active()),
        "dossiers": Exists(Dossier.objects.visible_to(acteur)),
        "regle_adoptee": Exists(RegleDuJeu.objects.visible_to(acteur).adopted()),
    }
    found = Demarche.objects.filter(pk=acteur.demarche_id).annotate(**{f"a_{nom}": a for nom, a in acquis.items()})
    row = found.values(*(f"a_{nom}" for nom in acquis)).get()
    return {nom: row[f"a_{nom}"] for nom in acquis}
