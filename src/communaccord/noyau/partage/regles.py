"""The rule of the convention: key, phase-in, limits, margins of the figures. Frozen, validated when built."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from communaccord.noyau.exact import Exact
from communaccord.noyau.partage.erreurs import FINE, DonneeInvalide, format_pourcent
from communaccord.noyau.partage.modele import Bareme, check_cents, check_nombre


@dataclass(frozen=True, slots=True)
class ClePopulation:
    """In proportion to the population."""

    libelle: ClassVar[str] = "Population"
    unite: ClassVar[str] = "habitants"
    avertissement: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class CleUsage:
    """In proportion to the volumes weighted by the tariff of acts of the convention (D5211-16 as good practice)."""

    bareme: Bareme
    libelle: ClassVar[str] = "Usage"
    avertissement: ClassVar[str] = ""

    @property
    def unite(self) -> str:
        """Unit of the tariff."""
        return self.bareme.unite


@dataclass(frozen=True, slots=True)
class CleForfait:
    """Equal parts."""

    libelle: ClassVar[str] = "Parts égales"
    unite: ClassVar[str] = "part"
    avertissement: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class CleTemps:
    """In proportion to the time agreed or noted."""

    libelle: ClassVar[str] = "Temps"
    unite: ClassVar[str] = "unité de temps"
    avertissement: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class ClePotentielFiscal:
    """In proportion to the potentiel fiscal: a possible criterion, to be validated by the parties."""

    libelle: ClassVar[str] = "Potentiel fiscal"
    unite: ClassVar[str] = "centimes de potentiel fiscal"
    avertissement: ClassVar[str] = "clé de solidarité, à valider"


CleSimple = ClePopulation | CleUsage | CleForfait | CleTemps | ClePotentielFiscal


@dataclass(frozen=True, slots=True)
class CleMixte:
    """Weighted mix of simple keys; the weights (Fraction, non negative) sum exactly to 1."""

    composantes: tuple[tuple[Fraction, CleSimple], ...]

    def __post_init__(self) -> None:
        for poids, cle in self.composantes:
            check_nombre(poids, f"Clé mixte, poids de « {cle.libelle} »")
        total = sum((poids for poids, _ in self.composantes), Fraction(0))
        if total != 1:
            raise DonneeInvalide(
                f"Les poids de la clé font {format_pourcent(total)} au lieu de 100 % exactement.",
                "Corrigez-les pour que leur somme fasse 100 %.",
            )

    @property
    def avertissement(self) -> str:
        """Warnings of the keys that really count, one a line."""
        return "\n".join(
            f"{cle.libelle}{FINE}: {cle.avertissement}"
            for poids, cle in self.composantes
            if poids and cle.avertissement
        )


Cle = CleSimple | CleMixte


@dataclass(frozen=True, slots=True)
class Limites:
    """Minimum and maximum fee of a commune, cents a year, flat and by inhabitant. None = no limit.

    With both a flat and a by-inhabitant figure, the higher minimum and the lower maximum apply.
    """

    minimum: int | None = None
    maximum: int | None = None
    minimum_par_habitant: Exact | None = None
    maximum_par_habitant: Exact | None = None

    def __post_init__(self) -> None:
        check_cents(self.minimum, "Contribution minimale")
        check_cents(self.maximum, "Contribution maximale")
        for valeur in (self.minimum_par_habitant, self.maximum_par_habitant):
            if valeur is not None:
                check_nombre(valeur, "Limite par habitant")


@dataclass(frozen=True, slots=True)
class Lissage:
    """Phase-in: the cost of the year is first split as today's costs are, then more and more by the key.

    In year number j (0 = first year of the simulation) the split of today weighs `depart` x max(0, 1 - j / `duree`),
    the key the rest: with depart = 1, the first year is today's split and the key applies fully from year `duree` on.
    """

    duree: int
    depart: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        check_nombre(self.depart, "Lissage, départ")
        if self.duree < 1 or self.depart > 1:
            raise DonneeInvalide(
                "Le lissage demande une durée d'un an au moins et un départ entre 0 et 100 %.",
                "Corrigez la durée ou le départ.",
            )

    def poids_aujourd_hui(self, rang: int) -> Fraction:
        """Weight of today's split in year number `rang` (0 = first)."""
        return self.depart * max(Fraction(0), 1 - Fraction(rang, self.duree))


@dataclass(frozen=True, slots=True)
class ReglesPartage:
    """The rule of the convention: key, then phase-in, then limits, then cents.

    `porteur_du_reste`: who pays what maximum fees or an unused key leave uncovered ("EPCI"...); None = such a case is
    refused.
    """

    cle: Cle
    limites: Limites = Limites()
    lissage: Lissage | None = None
    porteur_du_reste: str | None = None


@dataclass(frozen=True, slots=True)
class Tarif:
    """Prices posted by the convention, in cents a year: flat, by inhabitant, by act of each type, by unit of time.

    A contribution is then a price times units (D5211-16: unit cost x units noted), whatever the cost.
    """

    forfait: int = 0
    par_habitant: Exact = 0
    par_acte: Mapping[str, Exact] = field(default_factory=dict)
    par_temps: Exact = 0

    def __post_init__(self) -> None:
        check_cents(self.forfait, "Tarif, forfait")
        check_nombre(self.par_habitant, "Tarif par habitant")
        check_nombre(self.par_temps, "Tarif par unité de temps")
        for acte, prix in self.par_acte.items():
            check_nombre(prix, f"Tarif de « {acte} »")


@dataclass(frozen=True, slots=True)
class Incertitude:
    """Relative margins (1/10 = plus or minus 10 %), each below 1.

    `volumes`: activity of the whole territory, all communes together. `volumes_propres`: count of each commune,
    separately, by code. `couts`: all amounts of the model (staff, fixed, unit, membership, set-up), not grants.
    `aujourd_hui`: today's costs.
    """

    volumes: Fraction = Fraction(0)
    couts: Fraction = Fraction(0)
    aujourd_hui: Fraction = Fraction(0)
    volumes_propres: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for marge in (self.volumes, self.couts, self.aujourd_hui, *self.volumes_propres.values()):
            check_nombre(marge, "Marge d'incertitude")
            if marge >= 1:
                raise DonneeInvalide("Une marge d'incertitude atteint 100 %.", "Donnez une marge inférieure à 100 %.")
