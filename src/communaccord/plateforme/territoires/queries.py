"""Reads of a démarche that several contexts make."""

from communaccord.plateforme.socle.permis import Conflit
from communaccord.plateforme.territoires.enums import EtatDemarche, Phase
from communaccord.plateforme.territoires.models import Commune, CommuneMembre, Demarche, Epci, PhaseDemarche

DEJA_OUVERTE = (
    "Une démarche est déjà ouverte pour {epci}. Demandez à son équipe projet, au siège de l'intercommunalité, de vous "
    "y inviter à votre adresse ; si vous ne savez pas à qui vous adresser, écrivez à qui administre ce site (mentions "
    "légales)."
)


def find_epci(siren: str) -> Epci | None:
    return Epci.objects.with_departement().filter(siren=siren).first()


def list_membres(siren: str) -> list[Commune]:
    return list(Commune.objects.in_epci(siren))


def check_libre(siren: str, nom: str, *, sauf: int | None = None) -> None:
    """Raise Conflit when another démarche is already open on this territory."""
    if Demarche.objects.filter(siren=siren, fictive=False, etat=EtatDemarche.OUVERTE).exclude(pk=sauf).exists():
        raise Conflit(DEJA_OUVERTE.format(epci=nom))


def list_communes(demarche: Demarche) -> list[CommuneMembre]:
    return list(demarche.communes.all())


def list_phases(demarche: Demarche) -> list[PhaseDemarche]:
    """The phases that have dates, in the order of the démarche."""
    order = list(Phase.values)
    return sorted(demarche.phases.all(), key=lambda row: order.index(row.phase))


def list_a_confirmer() -> list[Demarche]:
    """Démarches that wait for their confirmation, the oldest first, with their people."""
    waiting = Demarche.objects.filter(etat=EtatDemarche.A_CONFIRMER).order_by("creee_le", "pk")
    return list(waiting.prefetch_related("personnes__compte", "personnes__mandats"))
