"""A count as it is told, and the French sentences that tell it or say why it is not."""

from dataclasses import dataclass

from communaccord.noyau.accord.audit import Classe
from communaccord.noyau.partage.erreurs import FINE

CONDITIONS = "Les conditions sont réunies pour"
FAVORABLES = f"Position favorable, sous conditions ou non{FINE}:"
REFUS = f"Nombre non publié{FINE}:"
MOTIF_BUDGET = (
    "avec ceux qui sont déjà publiés sur ce dossier, il y en aurait trop pour exclure par le calcul tout recoupement."
)
MOTIF_RECOUPEMENT = "rapproché des comptes déjà publiés, il laisserait lire une réponse sous pli."


@dataclass(frozen=True, slots=True)
class Compte:
    """A count told as `bas` to `haut` (equal: exact) among `sur`; not `publie`: nothing told, `phrase` says why."""

    bas: int
    haut: int
    sur: int
    publie: bool
    phrase: str


def tell_compte(sujet: str, classe: Classe, bornes: Classe, sur: int) -> Compte:
    """Return the count of `classe`, when it could only be within `bornes`, with its sentence. O(1)."""
    return Compte(classe.bas, classe.haut, sur, True, f"{sujet} {_name_quantite(classe, bornes)} sur {sur}.")


def refuse_compte(sur: int, motif: str) -> Compte:
    """Return a count that is not published, with its reason. O(1)."""
    return Compte(0, sur, sur, False, f"{REFUS} {motif}")


def name_trop_peu(seuil: int) -> str:
    """Return why a round of too few answers publishes nothing. O(1)."""
    return f"Rien n'est publié{FINE}: moins de {seuil} communes ont répondu, et un compte désignerait chacune."


def name_inconnues(seuil: int) -> str:
    """Return why too few answers that outsiders do not know in full are not counted. O(1)."""
    return (
        f"moins de {2 * seuil - 1} réponses peuvent encore cacher quelque chose, et tout compte dirait quelque chose "
        f"d'un groupe de moins de {seuil} communes."
    )


def name_reste(seuil: int) -> str:
    """Return why a position is not counted, when too few communes are left to spread. O(1)."""
    return (
        f"les positions qui restent à répartir sont trop peu nombreuses pour ne rien dire d'un groupe de moins de "
        f"{seuil} communes."
    )


def name_voisin(identifiant: str, seuil: int, ancien: bool) -> str:
    """Return why an offer too near to another is not counted; for how many communes they differ is not told. O(1)."""
    tour = " d'un tour précédent" if ancien else ""
    return (
        f"ce scénario est trop proche du scénario «{FINE}{identifiant}{FINE}»{tour}, et l'écart de leurs comptes "
        f"dirait quelque chose d'un groupe de moins de {seuil} communes."
    )


def name_position(label: str) -> str:
    """Return the subject of the count of a position. O(1)."""
    return f"Position «{FINE}{label}{FINE}»{FINE}:"


def _name_quantite(classe: Classe, bornes: Classe) -> str:
    if classe.bas == classe.haut:
        return f"{classe.bas} commune{'s' if classe.bas > 1 else ''}"
    if classe.bas == 0:
        return f"moins de {classe.haut + 1} communes"
    if classe.haut == bornes.haut:
        return f"au moins {classe.bas} commune{'s' if classe.bas > 1 else ''}"
    return f"{classe.bas} à {classe.haut} communes"
