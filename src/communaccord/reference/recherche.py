"""Find an EPCI or a commune from what people type, without a database and without parsing more than names."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import accumulate
from typing import Literal

from communaccord.reference.models import Territoire, expand_nom
from communaccord.reference.noms import normalize_lignes, normalize_nom
from communaccord.reference.territoires import get_commune, get_departement, get_epci, read_communes, read_epcis

Genre = Literal["epci", "commune"]
_NATURE_ET_ARTICLE = re.compile(
    r"^(?:(?:cc|ca|cu|metropole|eurometropole) (?:(?:de la|de l|des|du|de|d|les|le|la|l) )?)", re.MULTILINE
)
_EXACT, _DEBUT, _MOTS_A_LA_SUITE, _MOTS_EPARS = range(4)


@dataclass(frozen=True, slots=True)
class _Index:
    """Names to search, EPCI first then communes: same rank in every column.

    ``cles`` are the names under which the territory may be asked, separated by a bar; ``texte`` joins their words,
    each after a space, one line a territory; ``debuts`` gives where each line begins.
    """

    codes: Sequence[str]
    noms: Sequence[str]
    cles: Sequence[str]
    populations: Sequence[int]
    nombre_epcis: int
    texte: str
    debuts: Sequence[int]
    rangs: Mapping[str, int]


def find_territoires(texte: str, *, genre: Genre | None = None, limit: int = 20) -> tuple[Territoire, ...]:
    """Territories whose name answers ``texte``, best first, at most ``limit``.

    Every word typed must begin a word of the name (accents, case, apostrophes, hyphens, "st" for "saint" do not
    matter; the nature of an EPCI may be typed short or in full, or left out). Order: same name, name that begins so,
    words in a row, words apart; then the most populated, then the code. A SIREN or an INSEE code finds its territory.
    ``genre`` keeps one kind only. An empty text finds nothing, a single letter finds the names of one letter only.
    O(number of territories).
    """
    cle = normalize_nom(texte)
    if not cle:
        return ()
    index = _build_index()
    trouves = [
        (ordre, -index.populations[rang], rang)
        for rang in _list_candidats(index, cle)
        if genre in (None, _genre(index, rang)) and (ordre := _order(index, rang, cle)) is not None
    ]
    return tuple(_describe(index, rang) for *_, rang in nsmallest(limit, trouves))


def _list_candidats(index: _Index, cle: str) -> Iterator[int]:
    """Ranks of the lines where the longest word typed begins a word, and the territory of this very code."""
    rang_du_code = index.rangs.get(cle.replace(" ", "").upper())
    if rang_du_code is not None:
        yield rang_du_code
    motif = " " + max(cle.split(" "), key=len)
    position = index.texte.find(motif)
    while position >= 0:
        rang = bisect_right(index.debuts, position) - 1
        yield rang
        if rang + 1 == len(index.debuts):
            return
        position = index.texte.find(motif, index.debuts[rang + 1])


def _order(index: _Index, rang: int, cle: str) -> int | None:
    """How well a name answers; None when it does not."""
    cles = f"|{index.cles[rang]}|"
    if f"|{cle}|" in cles or index.codes[rang] == cle.replace(" ", "").upper():
        return _EXACT
    if len(cle) == 1:
        return None
    if f"|{cle}" in cles:
        return _DEBUT
    mots = cles.replace("|", " ")
    if f" {cle}" in mots:
        return _MOTS_A_LA_SUITE
    return _MOTS_EPARS if all(f" {mot}" in mots for mot in cle.split(" ")) else None


def _describe(index: _Index, rang: int) -> Territoire:
    genre, code, nom = _genre(index, rang), index.codes[rang], index.noms[rang]
    siren_epci: str | None = code
    if genre == "epci":
        code_departement = get_epci(code).codes_departements[0]
    else:
        commune = get_commune(code)
        code_departement, siren_epci = commune.code_departement, commune.siren_epci
    departement = get_departement(code_departement)
    est_homonyme = _count_homonymes()[genre, index.cles[rang]] > 1
    return Territoire(
        genre=genre,
        code=code,
        nom=nom,
        libelle=f"{nom} ({departement.nom})" if est_homonyme else nom,
        code_departement=code_departement,
        nom_departement=departement.nom,
        siren_epci=siren_epci,
        nom_epci=None if siren_epci is None else index.noms[index.rangs[siren_epci]],
        population_reference=index.populations[rang],
    )


def _genre(index: _Index, rang: int) -> Genre:
    return "epci" if rang < index.nombre_epcis else "commune"


@cache
def _build_index() -> _Index:
    epcis, communes = read_epcis(), read_communes()
    noms = [ligne[1] for ligne in epcis] + [ligne[1] for ligne in communes]
    noms_complets = [expand_nom(ligne[1]) for ligne in epcis]
    cles_simples = normalize_lignes("\n".join(noms)).split("\n")
    cles_completes = normalize_lignes("\n".join(noms_complets)).split("\n")
    cles_courtes = _NATURE_ET_ARTICLE.sub("", "\n".join(cles_simples[: len(epcis)])).split("\n")
    cles = [
        "|".join(dict.fromkeys(formes)) for formes in zip(cles_courtes, cles_simples, cles_completes, strict=False)
    ] + cles_simples[len(epcis) :]
    populations: Counter[str] = Counter()
    for ligne in communes:
        populations[ligne[0]] = int(ligne[7] or ligne[9] or 0)
        if ligne[5]:
            populations[ligne[5]] += int(ligne[7] or 0)
    codes = [ligne[0] for ligne in epcis] + [ligne[0] for ligne in communes]
    texte = " " + "\n ".join(cles).replace("|", " ")
    return _Index(
        codes=codes,
        noms=noms,
        cles=cles,
        populations=[populations[code] for code in codes],
        nombre_epcis=len(epcis),
        texte=texte,
        debuts=[0, *accumulate(len(cle) + 2 for cle in cles[:-1])],
        rangs={code: rang for rang, code in enumerate(codes)},
    )


@cache
def _count_homonymes() -> Mapping[tuple[Genre, str], int]:
    index = _build_index()
    return Counter((_genre(index, rang), cle) for rang, cle in enumerate(index.cles))
