"""Everything that the restitution of a campaign says, read and computed once, before any word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communaccord.plateforme.diagnostic.calculs.masques import Masque
from communaccord.plateforme.diagnostic.calculs.maturite import Profil, build_profil_de
from communaccord.plateforme.diagnostic.calculs.releve import Releve, Total, build_masques, build_releve, compute_totaux
from communaccord.plateforme.diagnostic.enums import TypeLigne
from communaccord.plateforme.diagnostic.queries.restitution import (
    Cadre,
    Qualites,
    count_choix,
    count_choix_par_commune,
    count_flux,
    list_effectifs,
    read_qualites,
)


@dataclass(frozen=True, slots=True)
class Matiere:
    """Everything that the synthèse says, computed once, before any word."""

    cadre: Cadre
    releve: Releve
    masques: Mapping[str, Masque]
    totaux: Mapping[tuple[str, str], Total]
    besoins: Mapping[str, Mapping[str, int]]
    profils: Mapping[str, Profil]
    profils_communes: Mapping[int | None, Profil]
    flux: Mapping[str, int]
    qualites: Qualites


def read_matiere(cadre: Cadre) -> Matiere:
    """Six queries, whatever the number of communes and services."""
    releve = build_releve(list_effectifs(cadre))
    masques = build_masques(releve)
    choix = count_choix(cadre, TypeLigne.BESOIN, TypeLigne.MATURITE)
    return Matiere(
        cadre=cadre,
        releve=releve,
        masques=masques,
        totaux=compute_totaux(releve, masques),
        besoins=choix[TypeLigne.BESOIN],
        profils=read_profils(choix[TypeLigne.MATURITE]),
        profils_communes=read_profils(count_choix_par_commune(cadre, TypeLigne.MATURITE)),
        flux=count_flux(cadre.campagne),
        qualites=read_qualites(cadre),
    )


def read_profils(counts: Mapping[Any, Mapping[str, int]]) -> dict[Any, Profil]:
    """Profiles from counts of the levels kept as texts."""
    return {cle: build_profil_de({int(n): dits for n, dits in niveaux.items()}) for cle, niveaux in counts.items()}
