"""Amounts as the pages of a dossier write them: rounded, as estimates are; or to the cent when that is asked."""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.socle.montants import write_ecart, write_montant
from communaccord.simulateur.ecriture import round_montant, round_par_habitant

EXACTS = "exacts"


@dataclass(frozen=True, slots=True)
class Plume:
    """Writes amounts in one of the two ways, so that differences are those of the amounts shown."""

    exacts: bool = False

    def round(self, centimes: int) -> int:
        return centimes if self.exacts else round_montant(centimes, estime=True)

    def write(self, centimes: int | None) -> str:
        """``1 240 €``, or ``1 238,50 €``; an unknown amount says so."""
        if centimes is None:
            return "non connu"
        return write_montant(self.round(centimes), "centime" if self.exacts else "euro")

    def compute_ecart(self, effet: EffetCommune) -> int | None:
        """Contribution minus today's spending, between the two amounts as they are shown."""
        if effet.contribution is None or effet.depense is None:
            return None
        return self.round(effet.contribution) - self.round(effet.depense)

    def write_ecart(self, ecart: int | None) -> str:
        if ecart is None:
            return "non connu"
        return write_ecart(ecart, "centime" if self.exacts else "euro")

    def write_par_habitant(self, effet: EffetCommune) -> str:
        if effet.contribution is None or not effet.population:
            return "non connu"
        par_habitant = Fraction(effet.contribution, effet.population)
        return write_montant(round_par_habitant(par_habitant, estime=not self.exacts), "centime")


def read_plume(parametres: dict[str, str]) -> Plume:
    """The way asked in the address: ``?montants=exacts``."""
    return Plume(parametres.get("montants", "") == EXACTS)
