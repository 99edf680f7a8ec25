"""The answer of the simulator: what the noyau computed, with names, sentences and warnings in French."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from communaccord.noyau.partage import Cout, Effet, Fourchette, Membre, Partage, ReglesPartage
from communaccord.simulateur.ecriture import pluralize
from communaccord.simulateur.types import CommuneSimulee, Simulation, Variante
from communaccord.simulateur.validation.variantes import describe_cle

# What a variant is called before anyone names it.
NUMERO = re.compile(r"Variante \d+(?: \(\d\))?")


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
    """Answer for one variant: either ``refus``, or ``cout``, ``partage`` and ``communes`` (order of the territory).

    ``temps``: sentence about the time of agents freed, told beside the budget; empty when none was given.
    """

    variante: Variante
    perimetre: tuple[str, ...]
    phrase: str
    communes: tuple[EffetCommune, ...] = ()
    cout: Cout | None = None
    partage: Partage | None = None
    regles: ReglesPartage | None = None
    refus: Refus | None = None
    avertissements: tuple[str, ...] = ()
    temps: str = ""

    def get_commune(self, code: str) -> EffetCommune | None:
        """Effects on the commune of this code, None when it does not take part."""
        return next((effet for effet in self.communes if effet.commune.code == code), None)


def list_noms(variantes: Sequence[Variante]) -> list[str]:
    """Name each variant as a reader tells them apart: a name that is only a number gives way to its key.

    Two variants of the same key differ by their perimeter: the number of communes tells them.
    """
    noms = [describe_cle(v.cle) if NUMERO.fullmatch(v.nom) else v.nom for v in variantes]
    return [
        f"{nom} ({pluralize(len(variante.perimetre), 'commune')})"
        if noms.count(nom) > 1 and variante.perimetre
        else nom
        for nom, variante in zip(noms, variantes, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Resultat:
    """The whole answer. ``annee_reference`` is the first year at full regime, that of the sentence.

    ``estime``: some figures are estimates, amounts are to be shown rounded with their range.
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
