"""The council of one EPCI: the ordinary rule, beside the seats that were counted in the register."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.noyau.droit.sieges.accord import EtatCommune
from communaccord.noyau.droit.sieges.comparaison import ComparaisonSieges, VerdictSieges, compare_sieges
from communaccord.noyau.droit.sieges.ordinaire import compute_sieges
from communaccord.noyau.droit.sieges.types import CommuneMembre, HorsChamp, LigneSieges, Nature, SiegesDroitCommun


@dataclass(frozen=True, slots=True)
class Conseil:
    """The council as it is, beside the one that the ordinary rule gives.

    One of ``ordinaire`` and ``hors_champ`` is None. ``registre_complet`` is what the register says of itself.
    """

    comparaison: ComparaisonSieges
    ordinaire: SiegesDroitCommun | None
    hors_champ: HorsChamp | None
    registre_complet: bool

    @property
    def verdict(self) -> VerdictSieges:
        """Most probable explanation of the difference."""
        return self.comparaison.verdict

    @property
    def est_partiel(self) -> bool:
        """Whether seats are missing in the register for want of entries: differences and shares mean nothing then."""
        return not self.registre_complet and self.verdict is not VerdictSieges.VACANCES_PROBABLES

    @property
    def a_verifier(self) -> tuple[str, ...]:
        """Codes of the communes that a probable agreement leaves out of its limits."""
        controle = self.comparaison.controle
        return () if controle is None else controle.list_communes(EtatCommune.NON_CONFORME)

    @property
    def manquants(self) -> int:
        """Seats of the ordinary rule that the register does not have."""
        return 0 if self.ordinaire is None else max(self.ordinaire.total - self.comparaison.total_constate, 0)

    def get_ligne(self, code: str) -> LigneSieges | None:
        """Return the steps of the ordinary rule for one commune, None when it has none. Complexity: O(n)."""
        lignes = () if self.ordinaire is None else self.ordinaire.lignes
        return next((ligne for ligne in lignes if ligne.code == code), None)


def compute_conseil(
    populations: Mapping[str, int],
    constates: Mapping[str, int],
    nature: Nature,
    *,
    siren: str,
    registre_complet: bool,
) -> Conseil:
    """Return the ordinary rule of an EPCI compared with the seats counted.

    Shapes: ``populations`` maps each member's code to its inhabitants (population municipale of the right millésime),
    ``constates`` the same codes to the seats of the register (absent: nobody there). Errors: ValueError for no
    commune, a negative figure, or seats of a commune that is not a member. Complexity: O(n log n).
    Source: R-2.1 to R-2.6.
    """
    membres = [CommuneMembre(code, population) for code, population in populations.items()]
    calcul = compute_sieges(membres, nature, siren=siren)
    comparaison = compare_sieges(calcul, constates, registre_complet=registre_complet)
    if isinstance(calcul, HorsChamp):
        return Conseil(comparaison, None, calcul, registre_complet)
    return Conseil(comparaison, calcul, None, registre_complet)
