"""The council of an EPCI by the ordinary rule, beside the seats counted in the national register."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.noyau.droit.sieges import ComparaisonSieges, Conseil, Nature, SiegesDroitCommun, compute_conseil
from communaccord.reference import EpciPerimetre, get_communes, get_epci


@dataclass(frozen=True, slots=True)
class ConseilEpci:
    """Seats of one EPCI; ``refus`` says why the ordinary rule gives nothing (out of scope, unknown population)."""

    epci: EpciPerimetre
    constates: Mapping[str, int]
    conseil: Conseil | None
    refus: str | None

    @property
    def ordinaire(self) -> SiegesDroitCommun | None:
        """The ordinary rule, None where it gives nothing."""
        return None if self.conseil is None else self.conseil.ordinaire

    @property
    def comparaison(self) -> ComparaisonSieges | None:
        """The comparison, None where there is nothing to compare."""
        return self.conseil.comparaison if self.conseil and self.conseil.ordinaire and self.constates else None


def read_conseil(epci: EpciPerimetre, renouvellement: int) -> ConseilEpci:
    """Return the council; the seats counted are those of the mandate of 2026 only."""
    is_actuel = renouvellement == 2026
    communes = get_communes(epci.siren) if is_actuel else ()
    constates = {c.code: c.sieges_constates for c in communes if c.sieges_constates is not None}
    inconnues = [commune.nom for commune in epci.communes if commune.population_municipale is None]
    if epci.raison_hors_champ is None and inconnues:
        qui = ", ".join(inconnues[:5])
        refus = f"La population de {qui} n'est pas connue : les sièges ne peuvent pas être calculés."
        return ConseilEpci(epci, constates, None, refus)
    conseil = compute_conseil(
        {commune.code: commune.population_municipale or 0 for commune in epci.communes},
        constates,
        Nature(epci.nature),
        siren=epci.siren,
        registre_complet=is_actuel and get_epci(epci.siren).constat_complet,
    )
    refus_calcul = None if conseil.hors_champ is None else f"hors champ : {conseil.hors_champ.motif}"
    return ConseilEpci(epci, constates, conseil, refus_calcul)


def write_conseil(lu: ConseilEpci) -> dict[str, object]:
    """Return the council as data for JSON."""
    epci, ordinaire = lu.epci, lu.ordinaire
    avertissements = [lu.refus] if lu.refus else []
    if ordinaire is not None:
        avertissements += [avertissement.texte for avertissement in ordinaire.avertissements]
    if lu.comparaison is not None:
        avertissements.append(lu.comparaison.phrase)
    return {
        "siren": epci.siren,
        "nom": epci.nom,
        "nature": epci.nature,
        "total": None if ordinaire is None else ordinaire.total,
        "sieges": {} if ordinaire is None else dict(sorted(ordinaire.sieges.items())),
        "constates": dict(sorted(lu.constates.items())),
        "avertissements": avertissements,
    }
