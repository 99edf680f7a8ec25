"""The content of a simulation: frozen, exact, made only by :func:`communaccord.simulateur.parse_simulation`.

Units: amounts are whole cents a year, quantities are Fractions, rates are Fractions (2 % is 1/50). ``None`` is
"unknown" and never stands for zero. Everything is hashable, so that a result can be cached by its simulation.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

VERSION = 1
MAX_VARIANTES = 3


class Domaine(StrEnum):
    """Kind of service, which sets the unit of work proposed first."""

    URBANISME = "urbanisme"
    PAIE = "paie"
    INFORMATIQUE = "informatique"
    COMMANDE_PUBLIQUE = "commande_publique"
    LIBRE = "libre"


class Critere(StrEnum):
    """Criterion of an allocation key; the weights of the criteria of a key sum to 100 %."""

    POPULATION = "population"
    USAGE = "usage"
    FORFAIT = "forfait"
    TEMPS = "temps"
    POTENTIEL_FISCAL = "potentiel_fiscal"

    @property
    def label(self) -> str:
        """French label of the criterion, for a form or a table."""
        return LABELS_CRITERE[self]


LABELS_CRITERE = {
    Critere.POPULATION: "population",
    Critere.USAGE: "usage du service",
    Critere.FORFAIT: "parts égales",
    Critere.TEMPS: "temps convenu",
    Critere.POTENTIEL_FISCAL: "potentiel fiscal (clé de solidarité, à valider)",
}


@dataclass(frozen=True, slots=True)
class Territoire:
    """Where the simulation takes place: a real EPCI (``siren``) or a list of communes of one's own (``siren`` None)."""

    nom: str
    siren: str | None = None
    fictif: bool = False
    source_population: str = "saisie"


@dataclass(frozen=True, slots=True)
class Acte:
    """One kind of act: ``poids`` is its workload, ``poids_cle`` its tariff in the key (None: the same as ``poids``)."""

    code: str
    libelle: str
    poids: Fraction = Fraction(1)
    poids_cle: Fraction | None = None
    cout_unitaire: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """The service to share, its unit of work in words and its kinds of acts (at least one)."""

    domaine: Domaine
    nom: str
    unite: str
    actes: tuple[Acte, ...]


@dataclass(frozen=True, slots=True)
class CommuneSimulee:
    """What is known of one commune. ``volumes`` has one entry an act of the service, in the same order.

    ``depense_actuelle``: cents a year really spent today, that would stop. ``heures_actuelles``: hours a year of agents
    of the commune; ``valeur_temps``: their value in cents a year. ``temps``: hours or any common unit agreed for the
    key by time. ``potentiel_fiscal``: cents. ``cout_seul``: cents a year, given by the commune instead of computed.
    """

    code: str
    nom: str
    population: int
    volumes: tuple[Fraction | None, ...] = ()
    temps: Fraction | None = None
    potentiel_fiscal: int | None = None
    depense_actuelle: int | None = None
    heures_actuelles: Fraction | None = None
    valeur_temps: int | None = None
    cout_seul: int | None = None


@dataclass(frozen=True, slots=True)
class Personnel:
    """Staff: ``etp`` imposed, or computed from the workload by ``productivite`` (units a year for one ETP) and ``pas``.

    ``pas`` is the smallest part of a post that can be hired; ``cout_etp`` the cents a year of one ETP, all charges in.
    """

    etp: Fraction | None = None
    productivite: Fraction | None = None
    pas: Fraction = Fraction(1, 2)
    cout_etp: int = 0


@dataclass(frozen=True, slots=True)
class LigneCout:
    """A named yearly fixed cost, in cents."""

    libelle: str
    montant: int


@dataclass(frozen=True, slots=True)
class Subvention:
    """A named grant in cents a year, from ``premiere_annee`` to ``derniere_annee`` included."""

    libelle: str
    montant: int
    premiere_annee: int
    derniere_annee: int


@dataclass(frozen=True, slots=True)
class Couts:
    """Everything that is not staff: fixed lines, membership a commune, set-up spread over years, indexation, EPCI."""

    fixes: tuple[LigneCout, ...] = ()
    adhesion: int = 0
    mise_en_place: int = 0
    mise_en_place_annees: int = 1
    indexation_personnel: Fraction = Fraction(0)
    indexation_autres: Fraction = Fraction(0)
    indexation_aujourd_hui: Fraction = Fraction(0)
    subventions: tuple[Subvention, ...] = ()
    part_epci_taux: Fraction = Fraction(0)
    part_epci_montant: int = 0


@dataclass(frozen=True, slots=True)
class Conditions:
    """Limits common to the variants: minimum and maximum fee a commune (cents a year), years of phase-in.

    ``porteur_du_reste``: who pays what maximum fees leave uncovered (None: such a case is refused with its reason).
    """

    minimum: int | None = None
    maximum: int | None = None
    lissage: int = 0
    porteur_du_reste: str | None = None


@dataclass(frozen=True, slots=True)
class Marges:
    """Relative uncertainty of the figures (1/10 is plus or minus 10 %), each below 1."""

    volumes: Fraction = Fraction(0)
    couts: Fraction = Fraction(0)
    aujourd_hui: Fraction = Fraction(0)

    @property
    def est_nulle(self) -> bool:
        """Whether every figure is taken as exact."""
        return not (self.volumes or self.couts or self.aujourd_hui)


@dataclass(frozen=True, slots=True)
class Variante:
    """A key (weights that sum to 1) and a perimeter (codes; None: the communes that take part in the simulation)."""

    nom: str
    cle: tuple[tuple[Critere, Fraction], ...]
    perimetre: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Simulation:
    """A whole simulation, valid by construction when it comes from ``parse_simulation``.

    ``perimetre``: codes that take part, in the order of ``communes``. ``volumes_totaux``: one entry an act, the total
    to be spread by population over the communes whose volume is unknown (then marked estimated). ``cout_horaire``:
    cents, gives a value to hours.
    """

    territoire: Territoire
    service: Service
    communes: tuple[CommuneSimulee, ...]
    perimetre: tuple[str, ...]
    variantes: tuple[Variante, ...]
    volumes_totaux: tuple[Fraction | None, ...] = ()
    personnel: Personnel = field(default_factory=Personnel)
    couts: Couts = field(default_factory=Couts)
    conditions: Conditions = field(default_factory=Conditions)
    cout_horaire: int | None = None
    marges: Marges = field(default_factory=Marges)
    premiere_annee: int = 2027
    horizon: int = 6
    titre: str = ""
    version: int = VERSION

    @property
    def annees(self) -> tuple[int, ...]:
        """Years of the simulation, in order."""
        return tuple(range(self.premiere_annee, self.premiere_annee + self.horizon))

    def get_perimetre(self, variante: Variante) -> tuple[str, ...]:
        """Codes of the communes of ``variante``, in the order of ``communes``."""
        return self.perimetre if variante.perimetre is None else variante.perimetre


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing to mend: ``ou`` is the id of the field (HTML id), the rest are French sentences for a person."""

    ou: str
    libelle: str
    message: str
    que_faire: str

    def __str__(self) -> str:
        return f"{self.libelle} : {self.message} {self.que_faire}".strip()
