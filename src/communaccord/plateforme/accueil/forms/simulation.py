"""The form of a simulation: from fields to a simulation, and what its side buttons do without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass

from communaccord.plateforme.accueil.forms.saisie import Saisie, build_saisie_from
from communaccord.plateforme.socle.curseurs import rebalance_parts
from communaccord.simulateur import (
    DOMAINES,
    MAX_VARIANTES,
    Anomalie,
    Critere,
    NombreInvalide,
    Simulation,
    nest_champs,
    parse_nombre,
    parse_simulation,
    write_data,
)

# Weights are rebalanced to the tenth of a percent.
DIXIEMES = 1000
AUCUNE = Anomalie("perimetre", "Communes qui participent", "aucune n'est cochée.", "Cochez-en au moins une.")


@dataclass(frozen=True, slots=True)
class Choix:
    """A commune in the form: its code, its name, its population (None: to be given)."""

    code: str
    nom: str
    population: int | None


def start_saisie(siren: str, codes: Sequence[str], domaine: str = "") -> Saisie:
    """An empty form: everybody takes part, nothing is assumed; only the key, which must sum to 100, has a start."""
    champs = {"territoire-siren": siren, "variantes-0-cle-population": "100", "couts-fixes-0-libelle": ""}
    if domaine in DOMAINES:
        champs["service-domaine"] = domaine
    return Saisie(champs, {"perimetre": tuple(codes)})


def fill_saisie(simulation: Simulation) -> Saisie:
    """The form filled with a simulation, every commune that takes part being ticked."""
    saisie = build_saisie_from(write_data(simulation))
    return saisie.with_listes({"perimetre": simulation.perimetre})


def parse_saisie(saisie: Saisie) -> Simulation | list[Anomalie]:
    """Validate the form. A form where no commune is ticked is refused: nobody is added behind one's back."""
    data = nest_champs({**saisie.champs_simulation(), **{nom: list(codes) for nom, codes in saisie.listes.items()}})
    lue = parse_simulation(data)
    if saisie.codes("perimetre") or not saisie.champs:
        return lue
    return [AUCUNE, *(lue if isinstance(lue, list) else [])]


def rebalance_saisie(saisie: Saisie) -> Saisie:
    """Bring every key back to 100 %, the locked weights keeping what they were given."""
    for rang in range(MAX_VARIANTES):
        saisie = saisie.with_champs(rebalance_cle(saisie, f"variantes-{rang}-cle"))
    return saisie


def rebalance_cle(saisie: Saisie, prefixe: str) -> dict[str, str]:
    """New weights of one key; empty when it is not in the form or when a weight cannot be read (it will be refused)."""
    noms = [f"{prefixe}-{critere}" for critere in Critere]
    if not any(nom in saisie.champs for nom in noms):
        return {}
    try:
        poids = {nom: round((parse_nombre(saisie.texte(nom)) or 0) * 10) for nom in noms}
    except NombreInvalide:
        return {}
    if any(not 0 <= valeur <= DIXIEMES for valeur in poids.values()) or sum(poids.values()) == DIXIEMES:
        return {}
    verrous = [nom for nom in noms if saisie.texte(f"{nom}-verrou")]
    parts = rebalance_parts(poids, locked=verrous, total=DIXIEMES)
    return {nom: write_dixiemes(part) for nom, part in parts.items()}


def write_dixiemes(dixiemes: int) -> str:
    """Tenths of a percent as a number field reads them: ``33.3``, ``40``."""
    entier, reste = divmod(dixiemes, 10)
    return f"{entier}.{reste}" if reste else str(entier)


def tick_all(saisie: Saisie, codes: Sequence[str]) -> Saisie:
    """Every commune takes part."""
    return saisie.with_listes({"perimetre": tuple(codes)})


def untick_all(saisie: Saisie) -> Saisie:
    """No commune takes part, to tick a few by hand."""
    return saisie.with_listes({"perimetre": ()})
