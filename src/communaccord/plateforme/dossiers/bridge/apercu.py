"""A draft computed but not frozen: what those who prepare it see before they freeze it."""

from dataclasses import dataclass
from fractions import Fraction

from communaccord.plateforme.dossiers.bridge.gel import SansReponse
from communaccord.simulateur import Simulation, compute_resultat


@dataclass(frozen=True, slots=True)
class EffetApercu:
    """What a commune would pay in the year of reference, in cents; its spending today, None when unknown."""

    code: str
    nom: str
    contribution: int
    depense: int | None


@dataclass(frozen=True, slots=True)
class Apercu:
    phrase: str
    annee: int
    cout: int
    etp: Fraction | None
    effets: tuple[EffetApercu, ...]
    avertissements: tuple[str, ...]


def compute_apercu(simulation: Simulation) -> Apercu:
    """Errors: SansReponse, with the reason and what to change."""
    resultat = compute_resultat(simulation)
    variante, annee = resultat.variantes[0], resultat.annee_reference
    if variante.refus is not None:
        raise SansReponse(f"{variante.refus.motif} {variante.refus.remede}")
    effets = []
    for effet in variante.communes:
        annuel = effet.get_annee(annee)
        effets.append(EffetApercu(effet.commune.code, effet.commune.nom, annuel.contribution, annuel.depense_actuelle))
    return Apercu(
        phrase=variante.phrase,
        annee=annee,
        cout=sum(effet.contribution for effet in effets),
        etp=None if variante.cout is None or variante.cout.etp is None else Fraction(variante.cout.etp),
        effets=tuple(effets),
        avertissements=variante.avertissements,
    )
