"""The answer of the simulator: what the noyau computed, with names, sentences and warnings in French."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.partage import Cout, Effet, Fourchette, Membre, Partage, ReglesPartage
from communaccord.simulateur.types import CommuneSimulee, Simulation, Variante


@dataclass(frozen=True, slots=True)
class Refus:
    """Why a variant has no answer (``motif``) and what to change (``remede``), French sentences."""

    motif: str
    remede: str


@dataclass(frozen=True, slots=True)
class EffetCommune:
    """Effects on one commune, one entry a year (in the order of the years); ``fourchettes`` is empty without margins.

    ``volume_estime``: its volume was spread by population and not given.
    """

    commune: CommuneSimulee
    annuels: tuple[Effet, ...]
    fourchettes: tuple[Fourchette, ...]
    volume_estime: bool

    def get_annee(self, annee: int) -> Effet:
        """Effect of one year; KeyError outside the simulation."""
        for effet in self.annuels:
            if effet.annee == annee:
                return effet
        raise KeyError(annee)

    def get_fourchette(self, annee: int) -> Fourchette | None:
        """Range of one year, None when figures are taken as exact."""
        return next((fourchette for fourchette in self.fourchettes if fourchette.annee == annee), None)


@dataclass(frozen=True, slots=True)
class ResultatVariante:
    """Answer for one variant: either ``refus``, or ``cout``, ``partage`` and ``communes`` (order of the territory)."""

    variante: Variante
    perimetre: tuple[str, ...]
    phrase: str
    communes: tuple[EffetCommune, ...] = ()
    cout: Cout | None = None
    partage: Partage | None = None
    regles: ReglesPartage | None = None
    refus: Refus | None = None
    avertissements: tuple[str, ...] = ()

    def get_commune(self, code: str) -> EffetCommune | None:
        """Effects on the commune of this code, None when it does not take part."""
        return next((effet for effet in self.communes if effet.commune.code == code), None)


@dataclass(frozen=True, slots=True)
class Resultat:
    """The whole answer. ``annee_reference`` is the first year at full regime, that of the sentence.

    ``estime``: some figures are estimates, amounts are to be shown rounded to 100 € with their range.
    ``volumes``: volume of each commune by act, given or estimated, None when it does not count. ``membres``: the
    communes of all the perimeters, by code, as the noyau read them.
    """

    simulation: Simulation
    variantes: tuple[ResultatVariante, ...]
    annee_reference: int
    estime: bool
    volumes: Mapping[str, tuple[Fraction | None, ...]]
    membres: Mapping[str, Membre]

    @property
    def phrase(self) -> str:
        """The one sentence: that of the first variant."""
        return self.variantes[0].phrase
