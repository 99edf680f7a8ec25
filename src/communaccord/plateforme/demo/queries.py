"""The demo as it is in the database: its démarches, the accounts through which they are visited."""

from dataclasses import dataclass

from django.db.models import QuerySet

from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.demo.reglages import DOMAINE
from communaccord.plateforme.demo.territoire.noms import EPCI, EPCI_GRANDE
from communaccord.plateforme.demo.visites import VISITES, Visite
from communaccord.plateforme.socle.horloge import read_jour
from communaccord.plateforme.territoires.models import Demarche


@dataclass(frozen=True, slots=True)
class Porte:
    """One account of the demo: what to see with it, in whose name it begins."""

    visite: Visite
    mandat: Mandat


def list_demos() -> QuerySet[Demarche]:
    """The démarches of the demo: none, one or two, the small one first."""
    return Demarche.objects.filter(fictive=True, nom_epci__in=(EPCI, EPCI_GRANDE)).order_by("sieges_total", "pk")


def find_demo(*, grande: bool) -> Demarche | None:
    return list_demos().filter(nom_epci=EPCI_GRANDE if grande else EPCI).first()


def list_portes(demarche: Demarche) -> list[Porte]:
    """One account for each visit, in the order of the visits, each person once. Two queries.

    Anybody passes: only accounts that reach nobody and administer nothing are doors, for mandates in force.
    """
    held = Mandat.objects.of_demarche(demarche.pk).filter(
        personne__compte__email__endswith=DOMAINE, personne__compte__is_staff=False
    )
    held = held.active_on(read_jour(demarche.fuseau)).with_personne()
    by_place: dict[tuple[str, str], list[Mandat]] = {}
    for mandat in held.order_by("pk"):
        by_place.setdefault((mandat.role, mandat.commune.code if mandat.commune else ""), []).append(mandat)
    codes = sorted(demarche.communes.values_list("code", flat=True))
    portes: dict[int, Porte] = {}
    for visite in VISITES:
        place = (visite.role, "" if visite.rang is None else codes[visite.rang])
        mandat = next((m for m in by_place.get(place, []) if m.personne_id not in portes), None)
        if mandat is not None:
            portes[mandat.personne_id] = Porte(visite, mandat)
    return list(portes.values())


def find_porte(mandat_id: int) -> Mandat | None:
    """The mandate that this door opens, when it is a door of the demo."""
    return next(
        (porte.mandat for demo in list_demos() for porte in list_portes(demo) if porte.mandat.pk == mandat_id), None
    )
