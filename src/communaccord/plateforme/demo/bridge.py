"""The only door of the demo to the law: the council that the ordinary rule gives to the invented territory."""

from collections.abc import Mapping

from communaccord.noyau.droit.sieges import CommuneMembre, HorsChamp, Nature, compute_sieges
from communaccord.plateforme.demo.territoire import TerritoireFictif

# A SIREN of no regime of its own: only Aix-Marseille, Paris and Lyon have one.
SIREN_FICTIF = "000000000"


def compute_sieges_fictifs(territoire: TerritoireFictif) -> Mapping[str, int]:
    """Seats of each invented commune by the ordinary rule, by code."""
    membres = [CommuneMembre(commune.code, commune.population_municipale) for commune in territoire.communes]
    calcul = compute_sieges(membres, Nature(territoire.nature), siren=SIREN_FICTIF)
    if isinstance(calcul, HorsChamp):
        raise ValueError(calcul.motif)
    return calcul.sieges
