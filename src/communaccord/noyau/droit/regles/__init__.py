"""The register of the rules that the noyau applies, by identifier."""

from collections.abc import Mapping
from types import MappingProxyType

from communaccord.noyau.droit.regle import Regle
from communaccord.noyau.droit.regles import conseil, formes, instances, majorites, mutualisation, seances, urbanisme

_TOUTES = (
    *mutualisation.REGLES,
    *conseil.REGLES,
    *instances.REGLES,
    *seances.REGLES,
    *formes.REGLES,
    *majorites.REGLES,
    *urbanisme.REGLES,
)

REGLES: Mapping[str, Regle] = MappingProxyType({regle.identifiant: regle for regle in _TOUTES})


def get_regle(identifiant: str) -> Regle:
    """Return the rule named ``identifiant`` ("R-2.3").

    Errors: KeyError, with a French sentence, when no rule has this name. Complexity: O(1).
    """
    try:
        return REGLES[identifiant]
    except KeyError:
        raise KeyError(f"Aucune règle ne porte l'identifiant {identifiant}.") from None


__all__ = ["REGLES", "get_regle"]
