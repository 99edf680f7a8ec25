"""Amounts of the rapport: those of the pages of the dossiers, written by the same pen.

A total is the rounding of the exact total; where the rows shown do not add up to it, the note says so.
"""

import re
from collections.abc import Sequence

from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.rapports.pages.contenu.chiffres import ChiffresCommune
from communaccord.plateforme.socle.montants import write_ecart, write_montant

PLUME = Plume()
INCONNU = "non connu"
SANS_OBJET = "sans objet"
ARRONDIS = "Chaque montant est arrondi à partir du chiffre exact : les arrondis peuvent différer du total."
ARRONDIS_ECART = "Chaque montant est arrondi à partir du chiffre exact : les arrondis peuvent différer de l'écart."
MONTANT = re.compile(r"^([+−-]?)([0-9\s]+)€$")


def write_ligne(commune: ChiffresCommune) -> tuple[str, str, str]:
    """Today's spending, what the commune would pay in all, difference."""
    return write_trois(commune.avant, commune.ensuite)


def write_trois(avant: int | None, ensuite: int | None) -> tuple[str, str, str]:
    """Today, afterwards, difference: each rounded from the exact amount."""
    return PLUME.write(avant), PLUME.write(ensuite), write_difference(ensuite, avant)


def write_difference(apres: int | None, avant: int | None) -> str:
    return INCONNU if apres is None or avant is None else PLUME.write_ecart(PLUME.subtract(apres, avant))


def write_saisi(centimes: int | None) -> str:
    """What the équipe projet gave for the intercommunalité: to the euro, as given."""
    return INCONNU if centimes is None else write_montant(centimes)


def write_ecart_saisi(apres: int, avant: int) -> str:
    """Between two amounts as given."""
    return write_ecart(apres - avant)


def list_arrondis(lignes: Sequence[Sequence[str]]) -> list[str]:
    """The note on rounding, when the last line is not the sum of those shown above it, or for a difference.

    The three last texts of a line are an amount, another and their difference.
    """
    *rows, total = [[read_montant(texte) for texte in ligne[-3:]] for ligne in lignes]
    sums = [add_montres(column) for column in zip(*rows, strict=True)]
    if any(None not in (found, shown) and found != shown for found, shown in zip(sums, total, strict=False)):
        return [ARRONDIS]
    return list_arrondis_lignes([ligne[-3:] for ligne in lignes])


def list_arrondis_lignes(lignes: Sequence[Sequence[str]]) -> list[str]:
    """The note, when a line shows a difference (its last text) that is not that of the two amounts before it."""
    for ligne in lignes:
        avant, apres, ecart = (read_montant(texte) for texte in ligne)
        if avant is not None and apres is not None and ecart is not None and apres - avant != ecart:
            return [ARRONDIS_ECART]
    return []


def add_montres(montants: Sequence[int | None]) -> int | None:
    known = [montant for montant in montants if montant is not None]
    return sum(known) if len(known) == len(montants) else None


def read_montant(texte: str) -> int | None:
    """Euros as they are shown; None for words, zero for a commune that is not concerned."""
    if texte == SANS_OBJET:
        return 0
    found = MONTANT.match(texte)
    if found is None:
        return None
    return (-1 if found[1] in ("−", "-") and found[1] else 1) * int(re.sub(r"\s", "", found[2]))
