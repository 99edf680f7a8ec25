"""Drawing by lot, reproducible by anyone from a seed announced beforehand."""

from collections.abc import Iterable
from hashlib import sha256

from communaccord.noyau.partage.erreurs import DonneeInvalide

ASSESSEURS = 3


def compute_empreinte(graine: str, candidat: str) -> str:
    """Return the digest of one identifier: SHA-256, in hexadecimal, of seed, line feed, identifier, in UTF-8. O(1)."""
    return sha256(f"{graine}\n{candidat}".encode()).hexdigest()


def draw_assesseurs(graine: str, candidats: Iterable[str], nombre: int = ASSESSEURS) -> tuple[str, ...]:
    """Return the `nombre` identifiers with the smallest digests, in the order of the draw.

    `graine`: a text made public before the list of candidates could be chosen to suit it; anyone redoes the draw with
    it. The order of `candidats` and duplicates change nothing; the rest of the order names the substitutes (ask for
    more of them). Errors: DonneeInvalide for an empty seed, an identifier with a line feed, too few candidates.
    Complexity: O(n log n). Source: SHA-256, FIPS 180-4; order by random keys (Knuth, TAOCP 2, 3.4.2).
    """
    uniques = set(candidats)
    if not graine.strip() or "\n" in graine:
        raise DonneeInvalide("Le texte public du tirage est vide ou tient sur plusieurs lignes.", "Annoncez une ligne.")
    if any("\n" in candidat or not candidat for candidat in uniques):
        raise DonneeInvalide("Un identifiant est vide ou tient sur plusieurs lignes.", "Corrigez la liste.")
    if nombre < 1 or len(uniques) < nombre:
        raise DonneeInvalide(
            f"Le tirage demande {nombre} personnes parmi {len(uniques)}.",
            "Complétez la liste des personnes volontaires.",
        )
    return tuple(sorted(uniques, key=lambda candidat: (compute_empreinte(graine, candidat), candidat))[:nombre])
