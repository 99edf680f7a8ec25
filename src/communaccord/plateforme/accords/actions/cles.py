"""The private key of a round: found again to open, destroyed when the round is stopped or its time of keeping over."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.enums import EtatEnveloppe, EtatTour
from communaccord.plateforme.accords.models import Assesseur, AVousSeule, Element, Enveloppe, Tour
from communaccord.plateforme.accords.models.tours import TourQuerySet


def read_cle_horloge(tour: Tour) -> bytes:
    """The private key that the clock holds."""
    if tour.cle_privee is None:
        raise coffre.CoffreIllisible("La clé de ce tour a été détruite : ses plis ne s'ouvrent plus.")
    locked = bytes(tour.cle_privee)
    return bytes.fromhex(coffre.unlock(coffre.derive_cle("tour", str(tour.pk)), locked, f"tour:{tour.pk}"))


def join_cle(tour: Tour, parts: Iterable[str]) -> bytes:
    """The private key made again from two parts; refused when it is not that of the round."""
    privee = coffre.join_parts(parts)
    if coffre.get_publique(privee) != bytes(tour.cle_publique):
        raise coffre.CoffreIllisible("Ces deux parts ne font pas la clé de ce tour.")
    return privee


def forget_cles(tour: Tour, instant: datetime) -> bool:
    """Destroy whatever opens the plis of a round, and the owners' copies: what stays sealed is noise from now on.

    False when it is done already. What was copied from an envelope and not confirmed is destroyed as well.
    """
    if not Tour.objects.filter(pk=tour.pk, cles_oubliees_le__isnull=True).update(
        cle_privee=None, cles_oubliees_le=instant
    ):
        return False
    Assesseur.objects.filter(tour=tour).update(cle_privee=None, part_scellee=None, part_en_attente=None)
    Element.objects.filter(reponse__tour=tour, copie__isnull=False).update(copie=None)
    Enveloppe.objects.filter(tour=tour, etat=EtatEnveloppe.SAISIE).update(
        etat=EtatEnveloppe.RECUE, saisie=None, saisie_le=None, saisie_par=None
    )
    return True


def forget_contenus(tour: Tour) -> int:
    """Destroy what the keys of the communes open in a round: notes, drafts, what each alone was shown; how many rows.

    Those keys come from the master key and serve every round: the rows go, since the keys stay. What is on the table
    stays there.
    """
    shown = AVousSeule.objects.filter(tour=tour).forget()
    return shown + Element.objects.unshared().filter(reponse__tour=tour).delete()[0]


def select_kept() -> TourQuerySet:
    """Rounds that are over and still hold keys, or something that the keys of the communes open."""
    held = Element.objects.unshared().filter(reponse__tour=OuterRef("pk"))
    shown = AVousSeule.objects.filter(tour=OuterRef("pk"))
    over = Tour.objects.filter(etat__in=(EtatTour.DEPOUILLE, EtatTour.NON_DEPOUILLABLE, EtatTour.ABANDONNE))
    return over.filter(Q(cles_oubliees_le__isnull=True) | Exists(held) | Exists(shown))
