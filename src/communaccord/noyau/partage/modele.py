"""What a simulation is made of: members and costs. Frozen, validated when built, no computation.

Units everywhere: money in integer cents a year unless said otherwise; ratios and volumes are `int` or `Fraction`, never
float; `None` means *unknown* and is propagated as unknown, never read as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.erreurs import DonneeInvalide


def check_nombre(valeur: object, libelle: str) -> None:
    """Refuse, with `DonneeInvalide`, what is not a non-negative exact number. O(1)."""
    if isinstance(valeur, bool) or not isinstance(valeur, (int, Fraction)):
        raise DonneeInvalide(
            f"{libelle} : « {valeur} » n'est pas un nombre exact.",
            "Donnez un entier ou une fraction, jamais un flottant.",
        )
    if valeur.numerator < 0:
        raise DonneeInvalide(f"{libelle} : « {valeur} » est négatif.", "Donnez zéro ou un nombre positif.")


def check_cents(valeur: int | None, libelle: str) -> None:
    """Refuse what is not a non-negative whole number, of cents or people (None: unknown). O(1)."""
    if valeur is None:
        return
    check_nombre(valeur, libelle)
    if not isinstance(valeur, int):
        raise DonneeInvalide(f"{libelle} : « {valeur} » n'est pas un nombre entier.", "Arrondissez-le à l'unité.")


@dataclass(frozen=True, slots=True)
class Membre:
    """A commune (or another body) that takes part, or could take part, in the service.

    `volumes`: units of work a year by type ("PC", "DP", "bulletin"...); None = unknown; a type absent = none of that
    type. `temps`: share of time agreed or noted, in any unit common to all members (hours, days, percent).
    `potentiel_fiscal`: cents. `depense_actuelle`: cents a year really spent today on the service, that would really
    stop. `temps_actuel`: cents a year, value of the time agents spend on it today: freed, not saved.
    `heures_actuelles`: the same time in hours, for display. `cout_seul`: cents a year for the same service alone, when
    it is known otherwise than by the model.
    """

    code: str
    population: int
    nom: str = ""
    volumes: Mapping[str, Exact] | None = None
    temps: Exact | None = None
    potentiel_fiscal: int | None = None
    depense_actuelle: int | None = None
    temps_actuel: int | None = None
    heures_actuelles: Exact | None = None
    cout_seul: int | None = None

    def __post_init__(self) -> None:
        lieu = self.libelle
        if not self.code:
            raise DonneeInvalide("Une commune n'a pas de code.", "Donnez à chaque commune un code unique.")
        for nom, cents in (
            ("population", self.population),
            ("potentiel fiscal", self.potentiel_fiscal),
            ("dépense actuelle", self.depense_actuelle),
            ("valeur du temps actuel", self.temps_actuel),
            ("coût seule", self.cout_seul),
        ):
            check_cents(cents, f"{lieu}, {nom}")
        for nom, nombre in (("temps", self.temps), ("heures actuelles", self.heures_actuelles)):
            if nombre is not None:
                check_nombre(nombre, f"{lieu}, {nom}")
        for acte, volume in (self.volumes or {}).items():
            check_nombre(volume, f"{lieu}, volume « {acte} »")

    @property
    def libelle(self) -> str:
        """Name if there is one, else code."""
        return self.nom or self.code

    @property
    def cout_actuel(self) -> int | None:
        """Today's cost, cents a year: spending plus value of time; unknown as soon as one of them is unknown."""
        if self.depense_actuelle is None or self.temps_actuel is None:
            return None
        return self.depense_actuelle + self.temps_actuel


@dataclass(frozen=True, slots=True)
class Bareme:
    """Tariff of acts set by the convention: weight of one unit of each type. Never a national constant.

    A type met in the volumes and absent from the tariff is refused (it must be given 0 to be left out).
    """

    poids: Mapping[str, Exact]
    unite: str = "équivalent-acte"

    def __post_init__(self) -> None:
        for acte, poids in self.poids.items():
            check_nombre(poids, f"Barème, poids de « {acte} »")


@dataclass(frozen=True, slots=True)
class CoutFixe:
    """A named cost that does not depend on who takes part, cents a year (licences, premises...)."""

    libelle: str
    montant: int

    def __post_init__(self) -> None:
        check_cents(self.montant, f"Coût fixe « {self.libelle} »")


@dataclass(frozen=True, slots=True)
class Effectif:
    """Staff of one kind: posts (ETP) found from the workload, or imposed.

    `cout_etp`: cents a year for one ETP. `productivite`: weighted acts one ETP does in a year; posts are the workload
    divided by it, rounded up to a multiple of `pas` (1, 1/2, 1/5, 1/10 of a post). `etp_impose`: posts decided, then
    `productivite` is None. `bareme`: weights of the workload; None = each act counts for 1. Exactly one of
    `productivite` and `etp_impose` is given.
    """

    cout_etp: int
    productivite: Exact | None = None
    etp_impose: Exact | None = None
    pas: Fraction = Fraction(1, 10)
    bareme: Bareme | None = None
    libelle: str = "Personnel"

    def __post_init__(self) -> None:
        check_cents(self.cout_etp, f"{self.libelle}, coût d'un ETP")
        check_nombre(self.pas, f"{self.libelle}, pas")
        if self.pas == 0:
            raise DonneeInvalide(f"{self.libelle} : le pas est nul.", "Donnez par exemple 1, 1/2, 1/5 ou 1/10 d'ETP.")
        if (self.productivite is None) == (self.etp_impose is None):
            raise DonneeInvalide(
                f"{self.libelle} : il faut soit une productivité, soit un nombre d'ETP.",
                "Donnez l'un des deux, pas les deux.",
            )
        if self.productivite is not None:
            check_nombre(self.productivite, f"{self.libelle}, productivité")
            if self.productivite == 0:
                raise DonneeInvalide(
                    f"{self.libelle} : la productivité est nulle.", "Donnez un nombre d'actes par ETP et par an."
                )
        if self.etp_impose is not None:
            check_nombre(self.etp_impose, f"{self.libelle}, nombre d'ETP")


@dataclass(frozen=True, slots=True)
class MiseEnPlace:
    """A set-up cost, `montant` cents in all, spread in equal parts over `duree` years from `debut` (not indexed)."""

    libelle: str
    montant: int
    debut: int
    duree: int = 1

    def __post_init__(self) -> None:
        check_cents(self.montant, f"Mise en place « {self.libelle} »")
        if self.duree < 1:
            raise DonneeInvalide(
                f"Mise en place « {self.libelle} » : durée de {self.duree} an.", "Étalez-la sur une année au moins."
            )


@dataclass(frozen=True, slots=True)
class Subvention:
    """A grant: `montant` cents received each of the `annees` (not indexed)."""

    libelle: str
    montant: int
    annees: frozenset[int]

    def __post_init__(self) -> None:
        check_cents(self.montant, f"Subvention « {self.libelle} »")


@dataclass(frozen=True, slots=True)
class PartEpci:
    """What the EPCI keeps for itself: `taux` of the cost net of grants, plus `montant` cents a year; never more than
    that cost.
    """

    taux: Fraction = Fraction(0)
    montant: int = 0

    def __post_init__(self) -> None:
        check_nombre(self.taux, "Part de l'EPCI, taux")
        check_cents(self.montant, "Part de l'EPCI, montant")
        if self.taux > 1:
            raise DonneeInvalide("La part de l'EPCI dépasse 100 %.", "Donnez un taux entre 0 et 1.")


@dataclass(frozen=True, slots=True)
class Indexation:
    """Yearly rates (1/50 = +2 % a year) from `annee_base`, the year in which all amounts are given.

    `personnel` moves staff costs, `autres` every other running cost, `aujourd_hui` the baseline "today's cost" carried
    on (0 = today's spending as it is). Factor of a year: (1 + rate) ** (year - annee_base). Rates may be negative,
    above -1.
    """

    annee_base: int
    personnel: Fraction = Fraction(0)
    autres: Fraction = Fraction(0)
    aujourd_hui: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        for taux in (self.personnel, self.autres, self.aujourd_hui):
            check_nombre(taux + 1, "Indexation, taux")
            if taux <= -1:
                raise DonneeInvalide(
                    "Un taux d'indexation ramène les montants à zéro.", "Donnez un taux supérieur à -100 %."
                )


@dataclass(frozen=True, slots=True)
class ModeleCout:
    """Cost of a pooled service, for any perimeter: the one definition every share, proof and comparison reads.

    c(S, year) = fixed costs + staff(workload of S) + unit costs x volumes of S + |S| x `cout_adhesion` + set-up
    - grants - part of the EPCI. A sum of terms that each read one additive aggregate of the members.
    `couts_unitaires`: cents for one act, by type. Types absent cost nothing more than their staff time.
    """

    indexation: Indexation
    couts_fixes: tuple[CoutFixe, ...] = ()
    personnel: tuple[Effectif, ...] = ()
    couts_unitaires: Mapping[str, Exact] = field(default_factory=dict)
    cout_adhesion: int = 0
    mises_en_place: tuple[MiseEnPlace, ...] = ()
    subventions: tuple[Subvention, ...] = ()
    part_epci: PartEpci = PartEpci()

    def __post_init__(self) -> None:
        check_cents(self.cout_adhesion, "Coût d'adhésion")
        for acte, prix in self.couts_unitaires.items():
            check_nombre(prix, f"Coût unitaire de « {acte} »")
