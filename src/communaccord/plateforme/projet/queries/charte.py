"""What pages read of the charte, of its parts, of those who joined it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.comptes.enums import ELUS
from communaccord.plateforme.comptes.models import Mandat
from communaccord.plateforme.projet.models import Adhesion, Charte, PartieCharte


def list_chartes(acteur: Acteur) -> list[Charte]:
    """Versions that this actor reads, the last first."""
    return list(Charte.objects.visible_to(acteur).select_related("cadre").order_by("-numero"))


def find_charte(acteur: Acteur, pk: int) -> Charte | None:
    return Charte.objects.visible_to(acteur).select_related("demarche", "cadre").filter(pk=pk).first()


def list_parties(acteur: Acteur, charte: Charte) -> dict[str, PartieCharte]:
    """Parts that people wrote, by key."""
    return {partie.cle: partie for partie in PartieCharte.objects.visible_to(acteur).filter(charte=charte)}


def list_personnes_elues(acteur: Acteur, jour: date) -> set[int]:
    """Persons of the démarche who hold a mandate of élu that day: each counts once, whatever their hats."""
    rows = Mandat.objects.visible_to(acteur).filter(role__in=ELUS).active_on(jour)
    return set(rows.values_list("personne_id", flat=True))


@dataclass(frozen=True, slots=True)
class Adhesions:
    """Who joined, in alphabetical order (never who did not), among how many élus; and whether one joined oneself."""

    noms: tuple[str, ...]
    elus: int
    mienne: bool

    @property
    def nombre(self) -> int:
        return len(self.noms)


def read_adhesions(acteur: Acteur, charte: Charte, jour: date) -> Adhesions:
    """Those in force of élus in office that day: two queries, whatever the number of élus."""
    elus = list_personnes_elues(acteur, jour)
    rows = Adhesion.objects.visible_to(acteur).in_force().filter(charte=charte)
    kept = [row for row in rows if row.personne_id in elus]
    return Adhesions(
        noms=tuple(sorted(row.qui for row in kept)),
        elus=len(elus),
        mienne=any(row.personne_id == acteur.personne_id for row in kept),
    )


def find_a_rejoindre(acteur: Acteur) -> Charte | None:
    """The adopted charte that awaits this actor: an élu whose mandates all began after it was adopted. One query."""
    if not acteur.est_elu or acteur.personne_id is None:
        return None
    mine = Mandat.objects.visible_to(acteur).filter(personne_id=acteur.personne_id, role__in=ELUS)
    joined = Adhesion.objects.visible_to(acteur).in_force().filter(personne_id=acteur.personne_id)
    last = (
        Charte.objects.visible_to(acteur)
        .adopted()
        .annotate(
            presente=Exists(mine.filter(debut__lte=OuterRef("adoptee_le"))),
            rejointe=Exists(joined.filter(charte=OuterRef("pk"))),
        )
    )
    charte = last.first()
    return None if charte is None or charte.presente or charte.rejointe else charte
