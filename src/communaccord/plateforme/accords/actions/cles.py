"""The private key of a round: found again to open, destroyed when the time of keeping is over."""

from collections.abc import Iterable
from datetime import datetime

from communaccord.plateforme.accords import coffre
from communaccord.plateforme.accords.models import Assesseur, Element, Tour


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


def forget_cles(tour: Tour, instant: datetime) -> None:
    """Destroy whatever opens the plis of a round, and the owners' copies: what stays sealed is noise from now on."""
    Tour.objects.filter(pk=tour.pk).update(cle_privee=None, cles_oubliees_le=instant)
    Assesseur.objects.filter(tour=tour).update(cle_privee=None, part_scellee=None, part_en_attente=None)
    Element.objects.filter(reponse__tour=tour, copie__isnull=False).update(copie=None)
