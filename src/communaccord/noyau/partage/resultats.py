"""What the sharing room answers. Light immutable objects; every derived figure is a property, so it cannot disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from communaccord.noyau.exact import EgaliteReste, Exact


class Famille(Enum):
    """Kind of a cost line; the value is its French label."""

    FIXE = "Coûts fixes"
    PERSONNEL = "Personnel"
    UNITAIRE = "Coûts à l'acte"
    ADHESION = "Coûts d'adhésion"
    MISE_EN_PLACE = "Mise en place"
    SUBVENTION = "Subventions"
    PART_EPCI = "Part de l'EPCI"


class Facteur(NamedTuple):
    """One factor of a formula: what it is, its exact value, its unit ("centimes", "ETP", "actes"... "" for a pure
    number).
    """

    libelle: str
    valeur: Exact
    unite: str = ""


class Ligne(NamedTuple):
    """A line of cost over the years: `cents[j]` belongs to year number j; grants and the part of the EPCI are
    negative.

    The amount of a year is the product of `formule` by `multiplicateurs[j]` (indexation, 0 or 1 when the line has a
    term, net cost for the rate of the EPCI), rounded to the nearest cent, half away from zero; a set-up cost is cut so
    that its years sum exactly to its total.
    """

    famille: Famille
    libelle: str
    formule: tuple[Facteur, ...]
    multiplicateurs: tuple[Exact, ...]
    cents: tuple[int, ...]


class Poste(NamedTuple):
    """Posts of one kind: `etp` = `besoin` (workload / productivity) rounded up to a multiple of `pas`, or posts
    imposed.

    `charge` (weighted acts) and `besoin` are None when the posts are imposed.
    """

    libelle: str
    charge: Exact | None
    productivite: Exact | None
    pas: Fraction
    etp: Fraction

    @property
    def besoin(self) -> Fraction | None:
        """Workload over productivity, in ETP, before rounding up."""
        if self.charge is None or self.productivite is None:
            return None
        return Fraction(self.charge) / self.productivite


@dataclass(frozen=True, slots=True)
class Cout:
    """Cost of the service for one perimeter. Each year: sum of the lines = `a_repartir` - `excedent`.

    `a_repartir` (cents, never negative) is what the members share; `excedent` is what grants leave beyond the cost,
    kept by the EPCI and told in `avertissements`.
    """

    annees: tuple[int, ...]
    codes: tuple[str, ...]
    lignes: tuple[Ligne, ...]
    postes: tuple[Poste, ...]
    a_repartir: tuple[int, ...]
    excedent: tuple[int, ...]
    avertissements: tuple[str, ...] = ()

    @property
    def etp(self) -> Fraction:
        """Posts of the perimeter, all kinds together."""
        return sum((poste.etp for poste in self.postes), Fraction(0))


class MotifReste(Enum):
    """Why a part of the cost is not paid by the members; the value is a French sentence without its full stop."""

    USAGE_NUL = "Aucune commune n'a d'usage, de temps ou de base pour une partie de la clé"
    MAXIMUMS = "Les contributions maximales ne couvrent pas le coût"
    TARIF = "Les recettes du tarif ne font pas exactement le coût"


class Reste(NamedTuple):
    """What the members do not pay: cents (negative: they pay more than the cost), who bears it, why."""

    cents: int
    porteur: str
    motif: MotifReste


class PartageAnnuel(NamedTuple):
    """Sharing of one year: `contributions` (cents by code) and `restes` sum to `a_repartir`.

    `egalite`: the tie the last cents met, if any.
    """

    annee: int
    a_repartir: int
    contributions: Mapping[str, int]
    restes: tuple[Reste, ...]
    egalite: EgaliteReste | None


@dataclass(frozen=True, slots=True)
class Partage:
    """Sharing over the years, with the warnings to show beside it (French)."""

    annees: tuple[PartageAnnuel, ...]
    avertissements: tuple[str, ...] = ()


class Effet(NamedTuple):
    """Effect on one commune, one year. Amounts in cents; None = unknown.

    Against today: `ecart_aujourd_hui`; against the same service alone: `ecart_seul` (negative = less to pay). The
    benefit against the cost alone splits in three, exactly: `benefice_seul` = `depense_evitee` + `temps_libere` +
    `service_nouveau`.
    """

    code: str
    annee: int
    contribution: int
    cout_seul: int | None
    depense_actuelle: int | None
    temps_libere: int | None
    heures_liberees: Exact | None
    population: int
    actes: Exact | None

    @property
    def cout_actuel(self) -> int | None:
        """Today's cost carried to this year: spending plus value of time."""
        if self.depense_actuelle is None or self.temps_libere is None:
            return None
        return self.depense_actuelle + self.temps_libere

    @property
    def ecart_aujourd_hui(self) -> int | None:
        """Contribution minus today's cost."""
        actuel = self.cout_actuel
        return None if actuel is None else self.contribution - actuel

    @property
    def ecart_seul(self) -> int | None:
        """Contribution minus the cost alone for the same service."""
        return None if self.cout_seul is None else self.contribution - self.cout_seul

    @property
    def benefice_seul(self) -> int | None:
        """Cost alone minus contribution: what the three parts add up to."""
        return None if self.cout_seul is None else self.cout_seul - self.contribution

    @property
    def depense_evitee(self) -> int | None:
        """Spending that stops minus contribution: what really changes in the budget (negative: it pays more)."""
        return None if self.depense_actuelle is None else self.depense_actuelle - self.contribution

    @property
    def service_nouveau(self) -> int | None:
        """What the same service alone would cost beyond today's cost: the value of a service not rendered today."""
        actuel = self.cout_actuel
        return None if self.cout_seul is None or actuel is None else self.cout_seul - actuel

    @property
    def par_habitant(self) -> Fraction | None:
        """Cents by inhabitant; None when there is none."""
        return Fraction(self.contribution, self.population) if self.population else None

    @property
    def par_acte(self) -> Fraction | None:
        """Cents by act (all types added, not weighted); None when unknown or none."""
        return Fraction(self.contribution) / self.actes if self.actes else None


@dataclass(frozen=True, slots=True)
class Simulation:
    """A whole answer: cost, cost alone of each commune (cents by year, None = unknown), sharing, effects by code then
    by year.
    """

    cout: Cout
    couts_seuls: Mapping[str, tuple[int, ...] | None]
    partage: Partage
    effets: Mapping[str, tuple[Effet, ...]]


class Intervalle(NamedTuple):
    """Closed interval of cents."""

    bas: int
    haut: int

    def moins(self, autre: "Intervalle") -> "Intervalle":
        """All differences x - y, x here and y in the other: encloses, whatever links the two."""
        return Intervalle(self.bas - autre.haut, self.haut - autre.bas)


class Fourchette(NamedTuple):
    """Range for one commune, one year: encloses the contribution for all figures within the margins."""

    code: str
    annee: int
    contribution: Intervalle
    cout_seul: Intervalle | None
    cout_actuel: Intervalle | None

    @property
    def ecart_aujourd_hui(self) -> Intervalle | None:
        """Range of the contribution minus today's cost."""
        return None if self.cout_actuel is None else self.contribution.moins(self.cout_actuel)

    @property
    def ecart_seul(self) -> Intervalle | None:
        """Range of the contribution minus the cost alone."""
        return None if self.cout_seul is None else self.contribution.moins(self.cout_seul)


class LimiteAppliquee(Enum):
    """Which limit decided the amount; the value is its French label."""

    MINIMUM = "Contribution minimale"
    MAXIMUM = "Contribution maximale"


class PartCritere(NamedTuple):
    """One criterion of the key: `part` = weight x base of the commune / total base.

    `prix_unitaire`: cents for one unit of base that year, by the key alone; None when nobody has any base.
    """

    libelle: str
    unite: str
    poids: Fraction
    base: Fraction
    base_totale: Fraction
    part: Fraction
    prix_unitaire: Fraction | None


class Explication(NamedTuple):
    """The formula with its numbers, for one commune and one year; each step follows from the one before.

    1. `part_cle` = sum of the parts of `criteres`.

    2. `part` = (1 - `poids_aujourd_hui`) x `part_cle` + `poids_aujourd_hui` x `part_aujourd_hui` (phase-in).

    3. `montant_cle` = `part` x `a_repartir`, in cents.

    4. `montant_exact` = `coefficient` x `montant_cle`, or the limit named by `limite`. The coefficient differs from 1
    when the limits of others, or a rest borne by somebody, change what is left to share.

    5. `contribution` = `montant_exact` rounded to one of the two nearest cents by the plus fort reste; `arrondi` is
    the difference.
    """

    code: str
    annee: int
    a_repartir: int
    criteres: tuple[PartCritere, ...]
    part_cle: Fraction
    poids_aujourd_hui: Fraction
    part_aujourd_hui: Fraction | None
    part: Fraction
    montant_cle: Fraction
    coefficient: Fraction
    limite: LimiteAppliquee | None
    montant_exact: Fraction
    arrondi: Fraction
    contribution: int
