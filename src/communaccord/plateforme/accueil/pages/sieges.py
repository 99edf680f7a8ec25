"""The council, one line a commune: sorted, filtered, totalled. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from communaccord.plateforme.socle.typographie import FINE, nombre
from communaccord.plateforme.territoires.models import Commune
from communaccord.plateforme.territoires.recherche import build_cle

TRI_PAR_DEFAUT = "-population"


# Seats are nearly always the same small numbers: written once each.
write_nombre = lru_cache(maxsize=2_048)(nombre)


def write_part(part: Fraction) -> str:
    """A part of one, never negative, in percent with one decimal: as `pourcentage(1)`, in whole numbers only."""
    tenths = (2_000 * part.numerator + part.denominator) // (2 * part.denominator)
    return f"{tenths // 10},{tenths % 10}{FINE}%"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A commune in the council; a figure that is not known is None, never zero."""

    code: str
    nom: str
    population: int
    constates: int | None
    ordinaires: int | None
    part_population: Fraction
    part_sieges: Fraction | None
    cle: str
    mienne: bool
    comparable: bool = True

    @property
    def habitants_dits(self) -> str:
        return write_nombre(self.population)

    @property
    def part_population_dite(self) -> str:
        return write_part(self.part_population)

    @property
    def part_sieges_dite(self) -> str:
        return "" if self.part_sieges is None else write_part(self.part_sieges)

    @property
    def ecart(self) -> int | None:
        """Seats counted minus seats of the ordinary rule; None when the register is not complete."""
        if not self.comparable or self.constates is None or self.ordinaires is None:
            return None
        return self.constates - self.ordinaires


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column one may sort by."""

    tri: str
    libelle: str
    attribut: str


COLONNES = (
    Colonne("nom", "Commune", "cle"),
    Colonne("population", "Habitants", "population"),
    Colonne("constates", "Sièges constatés", "constates"),
    Colonne("ordinaires", "Règle ordinaire", "ordinaires"),
    Colonne("ecart", "Écart", "ecart"),
)
ATTRIBUTS = {colonne.tri: colonne.attribut for colonne in COLONNES}


@dataclass(frozen=True, slots=True)
class Tableau:
    """Lines to show, my commune first even when the filter does not name it, and what they add up to."""

    lignes: tuple[Ligne, ...]
    nombre_trouve: int
    nombre_total: int
    tri: str
    filtre: str
    habitants: int
    constates: int
    ordinaires: int | None

    @property
    def est_filtre(self) -> bool:
        return len(self.lignes) < self.nombre_total


def build_lignes(
    communes: Iterable[Commune],
    ordinaires: Mapping[str, int] | None,
    code_mienne: str = "",
    *,
    comparable: bool = True,
) -> tuple[Ligne, ...]:
    """Lines in the order of the communes; `ordinaires` is None where the ordinary rule does not apply.

    Not `comparable` (a register with gaps): neither difference nor share of the seats is given.
    """
    members = list(communes)
    population = sum(c.population_municipale_2022 for c in members)
    seats = sum(c.sieges_constates or 0 for c in members)
    return tuple(
        Ligne(
            code=c.code,
            nom=c.nom,
            population=c.population_municipale_2022,
            constates=c.sieges_constates,
            ordinaires=None if ordinaires is None else ordinaires[c.code],
            part_population=Fraction(c.population_municipale_2022, population) if population else Fraction(0),
            part_sieges=Fraction(c.sieges_constates, seats) if c.sieges_constates and comparable else None,
            cle=c.cle_recherche.strip(),
            mienne=c.code == code_mienne,
            comparable=comparable,
        )
        for c in members
    )


def build_tableau(lignes: Sequence[Ligne], *, tri: str = "", filtre: str = "") -> Tableau:
    """Sort by an unknown column falls back on population; a filter without letter shows everything."""
    chosen = tri if tri.removeprefix("-") in ATTRIBUTS else TRI_PAR_DEFAUT
    words = build_cle(filtre).split()
    found = {ligne.code for ligne in lignes if all(f" {word}" in f" {ligne.cle}" for word in words)}
    kept = [ligne for ligne in lignes if ligne.code in found or ligne.mienne]
    ordinaires = [ligne.ordinaires for ligne in kept]
    return Tableau(
        lignes=tuple(sort_lignes(kept, chosen)),
        nombre_trouve=len(found),
        nombre_total=len(lignes),
        tri=chosen,
        filtre=filtre.strip() if words else "",
        habitants=sum(ligne.population for ligne in kept),
        constates=sum(ligne.constates or 0 for ligne in kept),
        ordinaires=None if None in ordinaires else sum(ordinaires),
    )


def sort_lignes(lignes: Iterable[Ligne], tri: str) -> list[Ligne]:
    """My commune first, unknown figures last, equal lines by name then code."""
    read = attrgetter(ATTRIBUTS[tri.removeprefix("-")])
    by_name = sorted(lignes, key=lambda ligne: (ligne.cle, ligne.code))
    known = [ligne for ligne in by_name if read(ligne) is not None]
    unknown = [ligne for ligne in by_name if read(ligne) is None]
    ordered = sorted(known, key=read, reverse=tri.startswith("-")) + unknown
    return sorted(ordered, key=lambda ligne: not ligne.mienne)
