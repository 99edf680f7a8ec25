"""Poles of a large intercommunalité: each commune with the nearest large one; one mayor a pole sits in the COPIL."""

from collections import deque
from collections.abc import Mapping

from communaccord.plateforme.demo.recit.calendrier import Calendrier
from communaccord.plateforme.demo.recit.gens import Gens
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.demo.territoire.personnes import write_de
from communaccord.plateforme.instances.actions import add_membre, create_pole
from communaccord.plateforme.instances.models import Instance

NOMBRE_POLES = 10
GRANDE = 60
JOUR = -106


def is_grande(territoire: TerritoireFictif) -> bool:
    """Whether a COPIL of all the mayors would be too large to work."""
    return len(territoire.communes) > GRANDE


def group_communes(voisins: Mapping[str, tuple[str, ...]], centres: list[str]) -> dict[str, list[str]]:
    """Communes by the centre that reaches them in the fewest borders; the first centre wins a tie."""
    poles = {centre: centre for centre in centres}
    file = deque(centres)
    while file:
        code = file.popleft()
        for voisin in voisins[code]:
            if voisin not in poles:
                poles[voisin] = poles[code]
                file.append(voisin)
    groupes: dict[str, list[str]] = {centre: [] for centre in centres}
    for code, centre in sorted(poles.items()):
        groupes[centre].append(code)
    return groupes


def form_poles(gens: Gens, territoire: TerritoireFictif, calendrier: Calendrier) -> None:
    """The équipe projet forms the poles before it installs the instances."""
    centres = [commune.code for commune in territoire.communes[:NOMBRE_POLES]]
    for centre, codes in group_communes(territoire.voisins, centres).items():
        create_pole(
            acteur=gens.dgs,
            instant=calendrier.at(JOUR),
            nom=f"Pôle {write_de(gens.communes[centre].nom)}",
            communes=[gens.communes[code] for code in codes],
        )


def seat_poles(gens: Gens, copil: Instance, calendrier: Calendrier) -> None:
    """The mayor of the largest commune of each pole speaks for it; the présidence sits already."""
    seated = set(copil.membres.values_list("mandat_id", flat=True))
    for pole in gens.demarche.poles.all():
        centre = pole.communes.order_by("code").first()
        mandat = gens.maire(centre.code).mandat
        if mandat.pk not in seated:
            add_membre(
                acteur=gens.dgs, instant=calendrier.at(JOUR + 1, "11:00"), instance=copil, mandat=mandat, pole=pole
            )
