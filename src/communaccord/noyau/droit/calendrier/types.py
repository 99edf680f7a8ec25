"""What goes in and comes out of the calendar of a mandate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from communaccord.noyau.droit.delais import add_months
from communaccord.noyau.droit.regle import Avertissement, Confiance, Regle, describe_fiabilite
from communaccord.noyau.droit.regles import get_regle

_DEBAT = get_regle("R-7.4")
MOIS_FENETRE_SCHEMA = get_regle("R-1.1").get_entier("mois_apres_renouvellement")
SEUIL_COMMUNE_DEBAT = _DEBAT.get_entier("seuil_habitants_commune")
SEUIL_EPCI_EFFECTIFS = _DEBAT.get_entier("seuil_habitants_effectifs")


class StatutEcheance(Enum):
    """How binding a date is. Only OBLIGATION may be shown as such."""

    OBLIGATION = "obligation"
    SOUS_CONDITION = "obligation sous condition"
    FACULTE = "faculté"
    USAGE = "usage ou prudence"
    REPERE = "repère"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


class EtatEcheance(Enum):
    """Where a date stands on the day that was given."""

    PASSEE = "passée"
    OUVERTE = "en cours"
    A_VENIR = "à venir"
    A_VERIFIER = "passée ou non, selon le second tour"

    @property
    def label(self) -> str:
        """French label."""
        return self.value


@dataclass(frozen=True, slots=True)
class Elections:
    """Dates of the two rounds of a general renewal of the conseils municipaux."""

    premier_tour: date
    second_tour: date


ELECTIONS_2026 = Elections(date(2026, 3, 15), date(2026, 3, 22))


@dataclass(frozen=True, slots=True)
class FaitsMandat:
    """Facts that move the dates; None means unknown, and both cases are then given.

    ``second_tour``: at least one member commune voted on the second round. ``commune_3500``: a member commune has at
    least 3,500 inhabitants. ``epci_10000``: the EPCI has more than 10,000. ``fpu``: fiscalité professionnelle unique.
    ``pacte_decide``: the council decided to draw up a pacte de gouvernance. ``schema_approuve``: day of approval of the
    schéma. The ``seance_*`` are dates of meetings, held or assumed. ``delai_dob_semaines`` and
    ``delai_documents_jours`` are settings, because the wording in force was not read (R-7.4).
    """

    second_tour: bool | None = None
    commune_3500: bool | None = None
    epci_10000: bool | None = None
    fpu: bool | None = None
    pacte_decide: bool | None = None
    schema_approuve: date | None = None
    seance_installation: date | None = None
    seance_approbation: date | None = None
    seance_debat: date | None = None
    seance_budget: date | None = None
    elections: Elections = ELECTIONS_2026
    delai_dob_semaines: int = _DEBAT.get_entier("semaines_avant_budget")
    delai_documents_jours: int = _DEBAT.get_entier("jours_documents_budgetaires")


def build_faits(populations: Iterable[int], *, fpu: bool) -> FaitsMandat:
    """Return the facts that public data tell of an EPCI; the others stay unknown, and both cases are then given.

    ``populations``: inhabitants of each member commune (population municipale in force at the last renewal, R2151-4).
    Complexity: O(n). Source: R-7.4.
    """
    habitants = tuple(populations)
    return FaitsMandat(
        commune_3500=any(population >= SEUIL_COMMUNE_DEBAT for population in habitants),
        epci_10000=sum(habitants) > SEUIL_EPCI_EFFECTIFS,
        fpu=fpu,
    )


@dataclass(frozen=True, slots=True)
class Limite:
    """A last day, with the case in which it holds (empty: always)."""

    jour: date
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Echeance:
    """A date of the mandate, its status and how it was found; ``articles`` are those of this date, within its rule.

    ``debut``: first day of the window (None: only an end). ``limites``: one last day, or one for each case when a fact
    is unknown, ascending. ``jours_restants`` counts to the earliest limit still to come (None: past). ``confiance`` is
    that of this date: it may be lower than that of its rule.
    """

    identifiant: str
    libelle: str
    debut: date | None
    limites: tuple[Limite, ...]
    statut: StatutEcheance
    etat: EtatEcheance
    jours_restants: int | None
    explication: str
    regle: Regle
    articles: tuple[str, ...]
    confiance: Confiance
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def fiabilite(self) -> str:
        """How far this date is known, in French and in lower case."""
        return describe_fiabilite(self.confiance, self.regle.texte_au)

    @property
    def est_prudente(self) -> bool:
        """Whether the day is computed backwards, by prudence: no text sets it."""
        return self.statut is StatutEcheance.USAGE


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The dates of the mandate, ascending, as seen on ``aujourd_hui``."""

    aujourd_hui: date
    echeances: tuple[Echeance, ...]

    def get_echeance(self, identifiant: str) -> Echeance:
        """Return one date by its identifier; KeyError, in French, when absent. Complexity: O(n)."""
        for echeance in self.echeances:
            if echeance.identifiant == identifiant:
                return echeance
        raise KeyError(f"Aucune échéance ne porte l'identifiant {identifiant}.")


def compute_renouvellement(faits: FaitsMandat) -> tuple[Limite, ...]:
    """Return the day the renewal was complete: one date, or both when the second round is unknown.

    Complexity: O(1). Source: R-3.4 (ministry answer of 14/01/2021), R-7.
    """
    premier = Limite(faits.elections.premier_tour, "si aucune commune n'a voté au second tour")
    second = Limite(faits.elections.second_tour, "si une commune au moins a voté au second tour")
    if faits.second_tour is None:
        return (premier, second)
    return (Limite((second if faits.second_tour else premier).jour),)


def compute_fenetre_schema(faits: FaitsMandat) -> tuple[Limite, ...]:
    """Return the end of the year in which a report may be drawn up under L5211-39-1 (R-1.1). Complexity: O(1)."""
    return tuple(
        Limite(add_months(limite.jour, MOIS_FENETRE_SCHEMA), limite.condition)
        for limite in compute_renouvellement(faits)
    )


def find_etat(debut: date | None, limites: tuple[Limite, ...], aujourd_hui: date) -> tuple[EtatEcheance, int | None]:
    """Return the state of a window on ``aujourd_hui`` and the days left before its earliest coming limit. O(1)."""
    restants = [(limite.jour - aujourd_hui).days for limite in limites if limite.jour >= aujourd_hui]
    if not restants:
        return EtatEcheance.PASSEE, None
    if len(restants) < len(limites):
        return EtatEcheance.A_VERIFIER, restants[0]
    if debut is not None and debut <= aujourd_hui:
        return EtatEcheance.OUVERTE, restants[0]
    return EtatEcheance.A_VENIR, restants[0]
