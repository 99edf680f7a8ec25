"""Amounts as every page writes those of a dossier: rounded, as estimates are; or to the cent when that is asked.

One commune reads one figure, whatever the page (dossier, fiche, answer): a difference is exact and rounded once, so
that it may differ from that of the amounts shown (``NOTE_ECART`` says so); a range, rounded outwards, holds its amount.
"""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.socle.montants import write_ecart, write_montant
from communaccord.simulateur.ecriture import round_montant, round_par_habitant

EXACTS = "exacts"
NOTE_ECART = "écarts calculés sur les montants exacts, puis arrondis"


def get_pas(centimes: int) -> int:
    """Step, in cents, of an estimate of this size: that of ``simulateur.ecriture`` (a test holds it)."""
    return 10_000 if centimes >= 100_000 else 1000 if centimes >= 1000 else 100


@dataclass(frozen=True, slots=True)
class Plume:
    """Writes amounts in one of the two ways; what is computed is computed on exact amounts."""

    exacts: bool = False

    def round(self, centimes: int) -> int:
        return centimes if self.exacts else round_montant(centimes, estime=True)

    def write(self, centimes: int | None) -> str:
        """``1 240 €``, or ``1 238,50 €``; an unknown amount says so."""
        if centimes is None:
            return "non connu"
        return write_montant(self.round(centimes), "centime" if self.exacts else "euro")

    def subtract(self, contribution: int | None, depense: int | None) -> int | None:
        """Contribution minus today's spending, exact then rounded; None when one is unknown."""
        if contribution is None or depense is None:
            return None
        return self.round(contribution - depense)

    def compute_ecart(self, effet: EffetCommune) -> int | None:
        """``subtract`` for the year of reference of an effect."""
        return self.subtract(effet.contribution, effet.depense)

    def write_fourchette(self, bas: int | None, haut: int | None) -> str:
        """``entre 1 100 € et 1 400 €``, rounded outwards; empty when the range is unknown or has one amount."""
        if bas is None or haut is None or self.write(bas) == self.write(haut):
            return ""
        bas, haut = self.round_outwards(bas, haut)
        return f"entre {self.write(bas)} et {self.write(haut)}"

    def round_outwards(self, bas: int, haut: int) -> tuple[int, int]:
        """The narrowest range of amounts that may be shown and that holds the whole range."""
        lowest, highest = self.round(bas), self.round(haut)
        return (
            lowest - get_pas(bas) if lowest > bas else lowest,
            highest + get_pas(haut) if highest < haut else highest,
        )

    def write_ecart(self, ecart: int | None) -> str:
        if ecart is None:
            return "non connu"
        return write_ecart(ecart, "centime" if self.exacts else "euro")

    def write_par_habitant(self, effet: EffetCommune) -> str:
        return self.write_ratio(effet.contribution, effet.population)

    def write_ratio(self, centimes: int | None, population: int) -> str:
        """An amount by inhabitant: an estimate of 10 euros and more has no cents, none are written."""
        if centimes is None or not population:
            return "non connu"
        arrondi = round_par_habitant(Fraction(centimes, population), estime=not self.exacts)
        return write_montant(arrondi, "euro" if not self.exacts and arrondi >= 1000 else "centime")


def read_plume(parametres: dict[str, str]) -> Plume:
    """The way asked in the address: ``?montants=exacts``."""
    return Plume(parametres.get("montants", "") == EXACTS)
