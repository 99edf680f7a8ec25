"""Everything that the restitution of a campaign says, read and computed once, before any word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.diagnostic.calculs.masques import Masque
from communaccord.plateforme.diagnostic.calculs.maturite import Profil, build_profil_de
from communaccord.plateforme.diagnostic.calculs.releve import (
    Releve,
    Total,
    build_masques,
    build_releve,
    compute_totaux,
    sum_par_entite,
)
from communaccord.plateforme.diagnostic.enums import Colonne, TypeLigne
from communaccord.plateforme.diagnostic.queries.restitution import (
    Cadre,
    Qualites,
    count_flux,
    read_reponses,
)


@dataclass(frozen=True, slots=True)
class Matiere:
    """Everything that the synthèse says. ``agents``: of each entity over the services, in hundredths."""

    cadre: Cadre
    releve: Releve
    masques: Mapping[str, Masque]
    totaux: Mapping[tuple[str, str], Total]
    besoins: Mapping[str, Mapping[str, int]]
    profils: Mapping[str, Profil]
    profils_communes: Mapping[int | None, Profil]
    agents: Mapping[int | None, int]
    flux: Mapping[str, int]
    qualites: Qualites


def read_matiere(cadre: Cadre) -> Matiere:
    """Two queries, whatever the number of communes and services."""
    reponses = read_reponses(cadre)
    releve = build_releve(reponses.effectifs)
    masques = build_masques(releve)
    return Matiere(
        cadre=cadre,
        releve=releve,
        masques=masques,
        totaux=compute_totaux(releve, masques),
        besoins=reponses.choix[TypeLigne.BESOIN],
        profils=read_profils(reponses.choix[TypeLigne.MATURITE]),
        profils_communes=read_profils(reponses.niveaux),
        agents=sum_par_entite(releve, Colonne.AGENTS),
        flux=count_flux(cadre.campagne),
        qualites=reponses.qualites,
    )


def read_profils(counts: Mapping[Any, Mapping[str, int]]) -> dict[Any, Profil]:
    """Profiles from counts of the levels kept as texts."""
    return {cle: build_profil_de({int(n): dits for n, dits in niveaux.items()}) for cle, niveaux in counts.items()}
