"""Staff as the rapport tells it: it is read by everybody, so that no figure on fewer than five people is in it.

A rapport is transmitted to every council and becomes public: what a page shows to a mairie, to the DRH or to the équipe
projet is masked here for all, and nothing told beside gives it away.
"""

from collections.abc import Sequence

from communaccord.plateforme.diagnostic.calculs.masques import COMPTES, Cachee, resists
from communaccord.plateforme.dossiers.enums import PETIT_EFFECTIF
from communaccord.plateforme.dossiers.models import EffetCommune
from communaccord.plateforme.dossiers.rules import mask_effectifs

NON_PUBLIE = "non publié (petits effectifs)"
INCONNU = "non connu"


def is_masked(effet: EffetCommune) -> bool:
    """Whether the staff of this commune is told by ranges only."""
    nombres = (effet.agents_avant, effet.agents_concernes, effet.agents_apres)
    return any(nombre is not None and 0 < nombre < PETIT_EFFECTIF for nombre in nombres)


def tell_commune(effet: EffetCommune) -> tuple[str, str]:
    """Agents of the commune today and afterwards; those of a commune that takes no part do not change."""
    avant, _, apres = tell_nombres(effet.agents_avant, effet.agents_concernes, effet.agents_apres)
    return avant, apres


def tell_nombres(*nombres: int | None) -> tuple[str, ...]:
    """The masked texts of the dossiers; what is unknown is said as amounts say it."""
    masked = mask_effectifs(*nombres)
    return tuple(INCONNU if nombre is None else texte for nombre, texte in zip(nombres, masked, strict=True))


def tell_epci(avant: int | None, apres: int | None, effets: Sequence[EffetCommune]) -> tuple[str, str]:
    """Agents of the EPCI today and afterwards.

    The rise of the EPCI is what the communes bring: when what the masked ones bring together would let a reader deduce
    what one of them brings (masques.resists), the figure afterwards is not told.
    """
    texts = tell_nombres(avant, apres)
    brought = [(effet, effet.agents_concernes) for effet in effets if is_masked(effet) and effet.agents_concernes]
    line = [Cachee(effet.commune_id, nombre, nombre < PETIT_EFFECTIF) for effet, nombre in brought]
    if apres is not None and not resists(line, COMPTES, None):
        return texts[0], NON_PUBLIE
    return texts[0], texts[1]


def tell_total(effets: Sequence[EffetCommune]) -> tuple[str, str]:
    """Agents of all the communes, today and afterwards: exact when nothing is masked nor unknown, else a bound.

    The bound is computed from what is told, and from nothing else.
    """
    return tell_somme([e.agents_avant for e in effets], effets), tell_somme([e.agents_apres for e in effets], effets)


def tell_somme(nombres: Sequence[int | None], effets: Sequence[EffetCommune]) -> str:
    if not nombres or all(nombre is None for nombre in nombres):
        return INCONNU
    bornes = [get_borne(nombre, effet) for nombre, effet in zip(nombres, effets, strict=True)]
    whole = not any(is_masked(effet) for effet in effets) and None not in nombres
    return str(sum(bornes)) if whole else f"au moins {sum(bornes)}"


def get_borne(nombre: int | None, effet: EffetCommune) -> int:
    """The least that the text told of this number says."""
    if nombre is None:
        return 0
    if not is_masked(effet):
        return nombre
    return 0 if nombre == 0 else 1 if nombre < PETIT_EFFECTIF else PETIT_EFFECTIF
