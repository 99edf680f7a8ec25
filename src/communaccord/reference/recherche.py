"""Find an EPCI or a commune from what people type, without a database and without parsing more than names."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
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

    A text of ``cles`` holds the names under which a territory may be asked, between bars: "| pays basque | ca du pays
    basque |".
    """

    codes: Sequence[str]
    noms: Sequence[str]
    cles: Sequence[str]
    populations: Sequence[int]
    nombre_epcis: int
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


def _list_candidats(index: _Index, cle: str) -> list[int]:
    """Ranks of the names where the longest word typed begins a word, or of the territory of this very code."""
    rang_du_code = index.rangs.get(_read_code(cle))
    if rang_du_code is not None:
        return [rang_du_code]
    motif = f" {max(cle.split(' '), key=len)}"
    return [rang for rang, cles in enumerate(index.cles) if motif in cles]


def _order(index: _Index, rang: int, cle: str) -> int | None:
    """How well a name answers; None when it does not."""
    cles = index.cles[rang]
    if f"| {cle} |" in cles or index.codes[rang] == _read_code(cle):
        return _EXACT
    if len(cle) == 1:
        return None
    if f"| {cle}" in cles:
        return _DEBUT
    if f" {cle}" in cles:
        return _MOTS_A_LA_SUITE
    return _MOTS_EPARS if all(f" {mot}" in cles for mot in cle.split(" ")) else None


def _read_code(cle: str) -> str:
    """What the key would be as a SIREN or INSEE code ("2a 004" gives "2A004")."""
    return cle.replace(" ", "").upper()


def _describe(index: _Index, rang: int) -> Territoire:
    genre, code, nom = _genre(index, rang), index.codes[rang], index.noms[rang]
    siren_epci: str | None = code
    if genre == "epci":
        code_departement = get_epci(code).codes_departements[0]
    else:
        commune = get_commune(code)
        code_departement, siren_epci = commune.code_departement, commune.siren_epci
    departement = get_departement(code_departement)
    est_homonyme = _count_cles()[index.cles[rang]] > 1
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
    formes_epcis = [
        _NATURE_ET_ARTICLE.sub("", normalize_lignes("\n".join(epcis.nom))),
        normalize_lignes("\n".join(epcis.nom)),
        normalize_lignes("\n".join(map(expand_nom, epcis.nom))),
    ]
    cles_epcis = [
        f"| {' | '.join(dict.fromkeys(formes))} |"
        for formes in zip(*(forme.split("\n") for forme in formes_epcis), strict=True)
    ]
    cles_communes = normalize_lignes("\n".join(communes.nom)).replace("\n", " |\n| ")
    municipales_2022 = [int(population or 0) for population in communes.population_municipale_2022]
    populations: Counter[str] = Counter()
    for siren, population in zip(communes.siren_epci, municipales_2022, strict=True):
        populations[siren] += population
    codes = [*epcis.siren, *communes.code]
    return _Index(
        codes=codes,
        noms=[*epcis.nom, *communes.nom],
        cles=[*cles_epcis, *f"| {cles_communes} |".split("\n")],
        populations=[
            *(populations[siren] for siren in epcis.siren),
            *map(_choose_population, municipales_2022, communes.population_municipale_2023),
        ],
        nombre_epcis=len(epcis.siren),
        rangs={code: rang for rang, code in enumerate(codes)},
    )


def _choose_population(municipale_2022: int, municipale_2023: str) -> int:
    """Figure that orders equal answers: municipale 2022 where known, else 2023."""
    return municipale_2022 or int(municipale_2023 or 0)


@cache
def _count_cles() -> Mapping[str, int]:
    return Counter(_build_index().cles)
