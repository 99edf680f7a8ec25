"""What a result page is asked to show, read from its address: anything unknown falls back on a default."""

from collections.abc import Mapping
from dataclasses import dataclass

from communaccord.simulateur import MAX_VARIANTES

MAX_FILTRE = 80


@dataclass(frozen=True, slots=True)
class Demande:
    """The link, the variant, the year (0: that of the sentence), sorting, filter, my commune, all the bars or not."""

    lien: str = ""
    rang: int = 0
    annee: int = 0
    tri: str = ""
    filtre: str = ""
    commune: str = ""
    toutes: bool = False


def read_demande(parametres: Mapping[str, str]) -> Demande:
    """Read the parameters of an address."""
    return Demande(
        lien=parametres.get("s", "").strip(),
        rang=min(read_entier(parametres.get("v", "")), MAX_VARIANTES - 1),
        annee=read_entier(parametres.get("annee", "")),
        tri=parametres.get("tri", "")[:MAX_FILTRE],
        filtre=parametres.get("filtre", "")[:MAX_FILTRE].strip(),
        commune=parametres.get("commune", "")[:20].strip(),
        toutes=parametres.get("toutes", "") == "oui",
    )


def read_entier(texte: str) -> int:
    """A small natural number, zero when the text is anything else."""
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 6 else 0
