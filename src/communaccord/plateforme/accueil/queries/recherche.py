"""Search over every EPCI and every commune: accent-blind, best answers first, close names when nothing answers."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain

from communaccord.plateforme.territoires.index import IndexTerritoires, build_index
from communaccord.plateforme.territoires.models import ChargementReference, Commune, Epci
from communaccord.plateforme.territoires.recherche import build_cle

REPONSES_MAX = 12
PROPOSITIONS_MAX = 4
LONGUEUR_SIREN = 9
COLONNES_EPCI = ("nom", "nom_complet", "nombre_communes", "population_municipale_2022", "departement__nom")
COLONNES_COMMUNE = ("nom", "population_recherche", "departement__nom", "epci__nom_complet")


@dataclass(frozen=True, slots=True)
class Resultats:
    """Answers of one search, best first: rows are Epci or Commune; `propositions` only when nothing answers."""

    cle: str
    reponses: tuple[Epci | Commune, ...]
    est_tronque: bool
    propositions: tuple[Epci | Commune, ...] = ()


def search_territoires(typed: str) -> Resultats:
    """Names are found in memory; three queries: version of the data, EPCI and communes of the answer."""
    cle = build_cle(typed)
    if not cle:
        return Resultats(cle, (), False)
    index = read_index()
    codes = index.search(cle, REPONSES_MAX + 1)
    if codes:
        return Resultats(cle, tuple(fetch_rows(codes[:REPONSES_MAX])), len(codes) > REPONSES_MAX)
    return Resultats(cle, (), False, tuple(fetch_rows(suggest_codes(index, cle))))


def suggest_codes(index: IndexTerritoires, cle: str) -> list[str]:
    """Names that look like what was typed; failing that, those that answer one of its words, the last first."""
    close = index.find_close(cle, PROPOSITIONS_MAX)
    words = [word for word in reversed(cle.split()) if len(word) > 2 and word != cle]
    return close or next((codes for word in words if (codes := index.search(word, PROPOSITIONS_MAX))), [])


def read_index() -> IndexTerritoires:
    """Index of the version of the data now in the tables: one query, and the names once per version and process."""
    empreinte = ChargementReference.objects.values_list("empreinte", flat=True).first()
    return build_index(()) if empreinte is None else read_noms(empreinte)


@lru_cache(maxsize=1)
def read_noms(empreinte: str) -> IndexTerritoires:  # noqa: ARG001  the version is the key of the cache
    """Read all the names. The version is read before them: if they change in between, so does the next key."""
    colonnes = ("cle_recherche", "texte_recherche")
    epcis = Epci.objects.order_by().values_list(*colonnes, "population_municipale_2022", "pk")
    communes = Commune.objects.order_by().values_list(*colonnes, "population_recherche", "pk")
    return build_index(chain(epcis, communes))


def fetch_rows(codes: list[str]) -> list[Epci | Commune]:
    """Rows of these SIREN and INSEE codes, in this order, with what an answer shows and nothing else."""
    sirens = [code for code in codes if len(code) == LONGUEUR_SIREN]
    epcis = Epci.objects.with_departement().only(*COLONNES_EPCI).filter(pk__in=sirens)
    communes = Commune.objects.with_territoire().only(*COLONNES_COMMUNE).filter(pk__in=set(codes) - set(sirens))
    rows = {row.pk: row for row in (*epcis, *communes)}
    return [rows[code] for code in codes if code in rows]


def suggest_for_code(code: str) -> list[Epci]:
    """EPCI that a mistyped SIREN, or the INSEE code of a commune, may have meant."""
    if len(code) > LONGUEUR_SIREN + 3 or not (code.isascii() and code.isalnum()):
        return []
    member = Commune.objects.with_territoire().filter(pk=code.upper(), epci__isnull=False).first()
    if member is not None:
        return [member.epci]
    sirens = list(Epci.objects.order_by("siren").values_list("siren", flat=True)) if code.isdigit() else []
    found = Epci.objects.with_departement().in_bulk(close := get_close_matches(code, sirens, 3, 0.8))
    return [found[siren] for siren in close]
