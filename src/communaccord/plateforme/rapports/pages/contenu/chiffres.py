"""The figures of one action, computed once: every part of the rapport, and the kit, write these.

A commune pays its contribution and its share of the costs often forgotten; the intercommunalité spends what the
budget of the scenario says, unless the équipe projet typed another figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.dossiers.pages.annee import AnneeReference, compute_annee
from communaccord.plateforme.rapports.models import ChoixAction
from communaccord.plateforme.rapports.pages.contenu.effectifs import Effectif, read_effectifs
from communaccord.plateforme.rapports.queries import ActionSource


@dataclass(frozen=True, slots=True)
class ChiffresCommune:
    """Cents a year. ``ensuite``: contribution and ``oublie``, its share of the forgotten costs; None: unknown."""

    effet: EffetCommune
    effectif: Effectif
    avant: int | None
    oublie: int
    ensuite: int | None


@dataclass(frozen=True, slots=True)
class ChiffresEpci:
    """Staff and cents a year. ``saisis``: names of the figures that were typed in the rapport."""

    effectif: Effectif
    avant: int | None
    ensuite: int | None
    dossier: Effectif | None
    budget: int
    saisis: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChiffresAction:
    """``communes``: those that take part, in their order."""

    epci: ChiffresEpci
    communes: tuple[ChiffresCommune, ...]
    annee: AnneeReference

    @property
    def effectifs(self) -> list[Effectif]:
        return [commune.effectif for commune in self.communes]


SAISISSABLES = ("agents_avant", "agents_apres", "depense_avant", "depense_apres")


def build_chiffres(action: ActionSource) -> ChiffresAction:
    """Of an action that has its scenario."""
    assert action.scenario is not None
    effets = [effet for effet in action.effets if effet.participe]
    annee = compute_annee(
        action.scenario.gel, {effet.commune.code: effet.contribution or 0 for effet in effets}, action.couts
    )
    effectifs = read_effectifs(effets, action.employeurs)
    communes = tuple(build_commune(effet, effectifs.communes[effet.commune_id], annee) for effet in effets)
    return ChiffresAction(build_epci(action.choix, effectifs.epci, annee), communes, annee)


def build_commune(effet: EffetCommune, effectif: Effectif, annee: AnneeReference) -> ChiffresCommune:
    oublie = annee.get_oublie(effet.commune.code)
    ensuite = None if effet.contribution is None else effet.contribution + oublie
    return ChiffresCommune(effet, effectif, effet.depense, oublie, ensuite)


def build_epci(choix: ChoixAction | None, dossier: Effectif | None, annee: AnneeReference) -> ChiffresEpci:
    """What was typed prevails, figure by figure; the dossier gives the others."""
    typed = {nom: getattr(choix, nom, None) for nom in SAISISSABLES}
    saisis = frozenset(nom for nom, valeur in typed.items() if valeur is not None)
    avant = take(typed["agents_avant"], dossier.avant if dossier else None)
    apres = take(typed["agents_apres"], dossier.apres if dossier else None)
    petit, receveur = (dossier.petit, dossier.receveur) if dossier else (False, False)
    return ChiffresEpci(
        effectif=Effectif(None, avant, None, apres, petit, receveur),
        avant=typed["depense_avant"],
        ensuite=take(typed["depense_apres"], annee.depense_epci),
        dossier=dossier,
        budget=annee.depense_epci,
        saisis=saisis,
    )


def take(typed: int | None, read: int | None) -> int | None:
    return read if typed is None else typed


def sum_connus(montants: Sequence[int | None]) -> int | None:
    """Exact sum; None when one is unknown."""
    known = [montant for montant in montants if montant is not None]
    return sum(known) if len(known) == len(montants) else None
