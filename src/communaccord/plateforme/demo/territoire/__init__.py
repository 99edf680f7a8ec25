"""The invented territory: pure, always the same, plainly fictif. No Django here but the geometry of maps."""

from collections.abc import Mapping, Sequence
from functools import cache

from communaccord.plateforme.demo.territoire.contours import build_contours
from communaccord.plateforme.demo.territoire.hasard import draw_entre
from communaccord.plateforme.demo.territoire.modele import CommuneFictive, Secretariat, TerritoireFictif
from communaccord.plateforme.demo.territoire.noms import EPCI, EPCI_GRANDE, NOMS
from communaccord.plateforme.demo.territoire.populations import build_populations, build_populations_totales
from communaccord.plateforme.socle.cartes import find_voisins

__all__ = ["CommuneFictive", "Secretariat", "TerritoireFictif", "build_territoire"]

POPULATION_SECRETARIAT = 400
COMMUNES_PAR_SECRETARIAT = 3


@cache
def build_territoire(*, grande: bool = False) -> TerritoireFictif:
    """The invented communauté de communes of 26 communes, or the communauté d'agglomération of 158."""
    municipales = build_populations(grande=grande)
    rangs = sorted(range(len(municipales)), key=lambda rang: -municipales[rang])
    totales = build_populations_totales(municipales)
    contours = build_contours([_weigh(rang, population) for rang, population in enumerate(municipales)])
    communes = tuple(
        CommuneFictive(f"F{numero:03}", NOMS[rang], municipales[rang], totales[rang], contours[rang])
        for numero, rang in enumerate(rangs, start=1)
    )
    voisins = find_voisins({commune.code: commune.contour for commune in communes})
    return TerritoireFictif(
        nom=EPCI_GRANDE if grande else EPCI,
        nature="CA" if grande else "CC",
        financement="FPU",
        communes=communes,
        voisins=voisins,
        secretariats=tuple(_share_secretariats(communes, voisins)),
    )


def _weigh(rang: int, population: int) -> float:
    """How fast a commune grows on the map: towns are larger than villages, which differ much."""
    return 1.6 if population > 2_000 else draw_entre(0.5, 1.4, "poids", rang)


def _share_secretariats(
    communes: Sequence[CommuneFictive], voisins: Mapping[str, tuple[str, ...]]
) -> list[Secretariat]:
    """One secretary a commune, but small neighbours share one by three, the smallest choosing first."""
    libres = {c.code for c in communes if c.population_municipale < POPULATION_SECRETARIAT}
    secretariats = [Secretariat((c.code,)) for c in communes if c.code not in libres]
    for commune in reversed(communes):
        if commune.code not in libres:
            continue
        proches = [code for code in voisins[commune.code] if code in libres][: COMMUNES_PAR_SECRETARIAT - 1]
        partage = tuple(sorted((commune.code, *proches)))
        libres -= set(partage)
        secretariats.append(Secretariat(partage))
    return secretariats
