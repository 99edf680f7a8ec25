"""The council of an EPCI by the ordinary rule, beside the seats counted in the national register."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.noyau.droit.sieges import (
    CommuneMembre,
    ComparaisonSieges,
    HorsChamp,
    Nature,
    SiegesDroitCommun,
    compare_sieges,
    compute_sieges,
)
from communaccord.reference import EpciPerimetre, get_communes, get_epci


@dataclass(frozen=True, slots=True)
class Conseil:
    """Seats of one EPCI; ``refus`` says why the ordinary rule gives nothing (out of scope, unknown population)."""

    epci: EpciPerimetre
    ordinaire: SiegesDroitCommun | None
    refus: str | None
    constates: Mapping[str, int]
    comparaison: ComparaisonSieges | None


def compute_conseil(epci: EpciPerimetre, renouvellement: int) -> Conseil:
    """Return the council; the seats counted are those of the mandate of 2026 only."""
    resultat = _compute(epci)
    if renouvellement != 2026:
        constates: dict[str, int] = {}
    else:
        constates = {c.code: c.sieges_constates for c in get_communes(epci.siren) if c.sieges_constates is not None}
    if not isinstance(resultat, SiegesDroitCommun):
        return Conseil(
            epci, None, resultat if isinstance(resultat, str) else f"hors champ : {resultat.motif}", constates, None
        )
    comparaison = None
    if constates:
        complet = get_epci(epci.siren).constat_complet
        comparaison = compare_sieges(resultat, constates, registre_complet=complet)
    return Conseil(epci, resultat, None, constates, comparaison)


def _compute(epci: EpciPerimetre) -> SiegesDroitCommun | HorsChamp | str:
    populations = {commune.code: commune.population_municipale for commune in epci.communes}
    inconnues = [commune.nom for commune in epci.communes if commune.population_municipale is None]
    membres = [CommuneMembre(code, population or 0) for code, population in populations.items()]
    if epci.raison_hors_champ is None and inconnues:
        return (
            f"La population de {', '.join(inconnues[:5])} n'est pas connue : les sièges ne peuvent pas être calculés."
        )
    return compute_sieges(membres, Nature(epci.nature), siren=epci.siren)


def write_conseil(conseil: Conseil) -> dict[str, object]:
    """Return the council as data for JSON."""
    epci, ordinaire = conseil.epci, conseil.ordinaire
    avertissements = [conseil.refus] if conseil.refus else []
    if ordinaire is not None:
        avertissements += [avertissement.texte for avertissement in ordinaire.avertissements]
    if conseil.comparaison is not None:
        avertissements.append(conseil.comparaison.phrase)
    return {
        "siren": epci.siren,
        "nom": epci.nom,
        "nature": epci.nature,
        "total": None if ordinaire is None else ordinaire.total,
        "sieges": {} if ordinaire is None else dict(sorted(ordinaire.sieges.items())),
        "constates": dict(sorted(conseil.constates.items())),
        "avertissements": avertissements,
    }
