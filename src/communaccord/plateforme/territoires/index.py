"""All the names of the territories in memory, to answer while somebody types: pure, no database.

An index is built once and never changes: threads share it without care.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest
from itertools import accumulate, pairwise

RESSEMBLANCE = 0.72
# A misspelt name is looked for among those of the same first letters and about the same length.
DEBUT_SUR = 3
CANDIDATS_MAX = 16
_APRES_TOUTE_LETTRE = "\uffff"

# Name alone, everything one may type, population, code; both texts are normalized and begin with a space.
Ligne = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class IndexTerritoires:
    """Territories from the most populated to the least, then by code: `noms` and `codes` by rank.

    `tous_noms` holds all the names, to know at once that none has some words. `texte` holds, line by line, what one may
    type to find each; `debuts` is where each line begins, and where the last ends. `noms_tries` are the names in their
    own order, `rangs` the rank of each.
    """

    noms: tuple[str, ...]
    codes: tuple[str, ...]
    tous_noms: str
    texte: str
    debuts: tuple[int, ...]
    noms_tries: tuple[str, ...]
    rangs: tuple[int, ...]

    def search(self, cle: str, limit: int) -> list[str]:
        """Codes of the territories where every word of the normalized key begins a word, best first, at most `limit`.

        Order: exact name, beginning of the name, words side by side, words apart; then population, then code. An empty
        key finds nothing. The texts are read through only when too few names begin so.
        """
        if not cle:
            return []
        typed = f" {cle}"
        beginning = [(nom != typed, rang) for nom, rang in self._list_beginning(typed)]
        found = [rang for _, rang in nsmallest(limit, beginning)]
        if len(found) < limit:
            found += self._find_inside(typed, limit - len(found))
        return [self.codes[rang] for rang in found]

    def _list_beginning(self, typed: str) -> Iterable[tuple[str, int]]:
        """Names that begin so, with their ranks."""
        first = bisect_left(self.noms_tries, typed)
        last = bisect_left(self.noms_tries, typed + _APRES_TOUTE_LETTRE, first)
        return zip(self.noms_tries[first:last], self.rangs[first:last], strict=True)

    def _find_inside(self, typed: str, limit: int) -> list[int]:
        """Best ranks among the territories whose name does not begin so: words side by side in the name, then apart."""
        rarest, *others = sorted({f" {word}" for word in typed.split()}, key=lambda w: (self.texte.count(w), w))
        side_by_side: list[int] = []
        apart: list[int] = []
        enough = side_by_side if typed in self.tous_noms else apart
        position = self.texte.find(rarest)
        while position >= 0 and len(enough) < limit:
            rang = bisect_right(self.debuts, position) - 1
            start, end = self.debuts[rang : rang + 2]
            if not self.noms[rang].startswith(typed) and all(self.texte.find(w, start, end) >= 0 for w in others):
                (side_by_side if typed in self.noms[rang] else apart).append(rang)
            position = self.texte.find(rarest, end)
        return (side_by_side + apart)[:limit]

    def find_close(self, cle: str, limit: int) -> list[str]:
        """Codes whose name is close to the one typed, the closest first, at most `limit`.

        Names of the same beginning and of about the same length; the nearest by their letters are compared in
        full.
        """
        typed = f" {cle}"
        lengths = range(len(typed) - 2, len(typed) + 3)
        ranks: dict[str, list[int]] = {}
        for nom, rang in self._list_beginning(typed[: DEBUT_SUR + 1]):
            if len(nom) in lengths:
                ranks.setdefault(nom, []).append(rang)
        features = list_features(typed)
        nearest = nsmallest(CANDIDATS_MAX, ((len(features ^ list_features(nom)), nom) for nom in ranks))
        close = get_close_matches(typed, [nom for _, nom in nearest], limit, RESSEMBLANCE)
        return [self.codes[rang] for nom in close for rang in ranks[nom]][:limit]


def list_features(nom: str) -> set[str | tuple[str, str]]:
    """Letters of a name, and letters that follow each other: what a misspelling keeps most of."""
    return {*nom, *pairwise(nom)}


def build_index(lignes: Iterable[Ligne]) -> IndexTerritoires:
    """Put the lines in order, once for all."""
    ordre = sorted(lignes, key=lambda ligne: (-ligne[2], ligne[3]))
    noms = tuple(ligne[0] for ligne in ordre)
    rangs = tuple(sorted(range(len(noms)), key=noms.__getitem__))
    textes = [f"{ligne[1]}\n" for ligne in ordre]
    return IndexTerritoires(
        noms=noms,
        codes=tuple(ligne[3] for ligne in ordre),
        tous_noms="\n".join(noms),
        texte="".join(textes),
        debuts=tuple(accumulate(map(len, textes), initial=0)),
        noms_tries=tuple(noms[rang] for rang in rangs),
        rangs=rangs,
    )
