"""A legal rule as dated data: article, confidence, validity, date of verification."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from communaccord.noyau.droit.texte import ESPACE_FINE, format_de_mois

VERIFIE_LE = date(2026, 11, 23)

# Last day of the state of each code that was read (section 0 of the rules): what changed later was not seen.
CGCT_AU = date(2023, 12, 6)
FONCTION_PUBLIQUE_AU = date(2026, 4, 3)
COMMANDE_PUBLIQUE_AU = date(2026, 4, 1)

RESERVE_TEXTES = (
    f"Le code général des collectivités territoriales et le code général des impôts ont été lus dans leur état "
    f"{format_de_mois(CGCT_AU)}{ESPACE_FINE}: une modification plus récente a pu nous échapper. Le texte publié sur "
    "Légifrance fait foi."
)


class Confiance(Enum):
    """How a rule is known. What is known from memory only is never shown as established."""

    TEXTE_LU = "V"
    SOURCE_SECONDAIRE = "S"
    CALCULE = "C"
    MEMOIRE = "M"

    @property
    def label(self) -> str:
        """French label for the interface."""
        return _LABELS_CONFIANCE[self]

    @property
    def est_etablie(self) -> bool:
        """Whether the rule may be shown as established (the text was read, or the result was checked on real cases)."""
        return self in (Confiance.TEXTE_LU, Confiance.CALCULE)


_LABELS_CONFIANCE = {
    Confiance.TEXTE_LU: "texte lu",
    Confiance.SOURCE_SECONDAIRE: "source secondaire",
    Confiance.CALCULE: "calculé et comparé à des cas réels",
    Confiance.MEMOIRE: "de mémoire, à vérifier",
}


def describe_fiabilite(confiance: Confiance, texte_au: date | None) -> str:
    """Return in French how far something is known: "texte lu dans sa version de décembre 2023".

    ``texte_au``: last day of the state of the text that was read (None: no text was read). Complexity: O(1).
    """
    if texte_au is None or not confiance.est_etablie:
        return confiance.label
    lu = f"texte lu dans sa version {format_de_mois(texte_au)}"
    return lu if confiance is Confiance.TEXTE_LU else f"{confiance.label}, {lu}"


@dataclass(frozen=True, slots=True)
class BaremePopulation:
    """A dated table that gives a number for each band of population.

    ``paliers`` are (first population of the band, number), populations ascending, the first one 0. ``article`` names
    the text; ``valid_from`` and ``valid_to`` bound its validity (None: not recorded, or no end known).
    """

    article: str
    paliers: tuple[tuple[int, int], ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def get_valeur(self, population: int) -> int:
        """Return the number of the band that holds ``population`` (inhabitants, zero or more).

        Errors: ValueError, in French, for a negative population. Complexity: O(log bands). Source: the article.
        """
        if population < 0:
            raise ValueError(f"La population ne peut pas être négative : {population}.")
        return self.paliers[bisect_right(self.paliers, population, key=lambda palier: palier[0]) - 1][1]


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule of law, as known on ``verifie_le``.

    ``identifiant`` is the name used everywhere ("R-2.3"). ``articles`` are the texts it applies. ``valid_from`` is the
    date from which the version read applies (None: not recorded), ``valid_to`` the day after which it no longer does
    (None: no end known). ``texte_au`` is the last day of the state of the texts that were read, the oldest when several
    were (None: nothing was read); an amendment voted later was not seen. ``resume`` says the rule in plain French,
    ``avertissements`` what must be said with it. ``parametres`` are the numbers of this version of the text, by name: a
    whole number (days, months, seats, inhabitants: the name says which) or an exact share; ``baremes`` its tables.
    """

    identifiant: str
    titre: str
    articles: tuple[str, ...]
    confiance: Confiance
    resume: str
    texte_au: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    verifie_le: date = VERIFIE_LE
    avertissements: tuple[str, ...] = ()
    parametres: Mapping[str, int | Fraction] = field(default_factory=dict, hash=False)
    baremes: tuple[BaremePopulation, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the numbers of the law."""
        object.__setattr__(self, "parametres", MappingProxyType(dict(self.parametres)))

    @property
    def fiabilite(self) -> str:
        """How far the rule is known, in French and in lower case, for the interface."""
        return describe_fiabilite(self.confiance, self.texte_au)

    def get_entier(self, nom: str) -> int:
        """Return the whole number named ``nom`` ("jours_francs"), in the unit that its name says.

        Errors: KeyError, in French, when the rule has no number of this name; TypeError when it is a share.
        Complexity: O(1). Source: the articles of the rule.
        """
        valeur = self._get_parametre(nom)
        if not isinstance(valeur, int):
            raise TypeError(f"Le paramètre {nom} de la règle {self.identifiant} est une part, pas un nombre entier.")
        return valeur

    def get_part(self, nom: str) -> Fraction:
        """Return the share named ``nom`` ("tolerance"), exact and without unit.

        Errors: KeyError, in French, when the rule has no number of this name; TypeError when it is a whole number.
        Complexity: O(1). Source: the articles of the rule.
        """
        valeur = self._get_parametre(nom)
        if not isinstance(valeur, Fraction):
            raise TypeError(f"Le paramètre {nom} de la règle {self.identifiant} est un nombre entier, pas une part.")
        return valeur

    def get_jour(self, nom: str, annee: int) -> date:
        """Return the day of ``annee`` that ``jour_<nom>`` and ``mois_<nom>`` give. Errors: as ``get_entier``. O(1)."""
        return date(annee, self.get_entier(f"mois_{nom}"), self.get_entier(f"jour_{nom}"))

    def _get_parametre(self, nom: str) -> int | Fraction:
        try:
            return self.parametres[nom]
        except KeyError:
            raise KeyError(f"La règle {self.identifiant} n'a pas de paramètre {nom}.") from None

    def is_en_vigueur(self, jour: date) -> bool:
        """Return whether the version of the text that was read applies on ``jour``. Complexity: O(1)."""
        return (self.valid_from is None or self.valid_from <= jour) and (self.valid_to is None or jour <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Avertissement:
    """Something a person must know beside a result: a stable code, a French sentence, the communes it is about."""

    code: str
    texte: str
    communes: tuple[str, ...] = ()
