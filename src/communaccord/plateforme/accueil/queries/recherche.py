"""Search over every EPCI and every commune: accent-blind, best answers first, close names when nothing answers."""

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import QuerySet
from django.db.models.functions import Length

from communaccord.plateforme.territoires.models import Commune, Epci
from communaccord.plateforme.territoires.recherche import build_cle

REPONSES_MAX = 12
PROPOSITIONS_MAX = 4
RESSEMBLANCE = 0.72
# A misspelt name is looked for among those of the same first letters: far fewer to compare than with two.
DEBUT_SUR = 3
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
    """Four short queries when something answers; a few more to propose close names when nothing does."""
    cle = build_cle(typed)
    rows = find_rows(cle, REPONSES_MAX + 1)
    if rows or not cle:
        return Resultats(cle, tuple(rows[:REPONSES_MAX]), len(rows) > REPONSES_MAX)
    return Resultats(cle, (), False, tuple(suggest_rows(cle)))


def find_rows(cle: str, limit: int) -> list[Epci | Commune]:
    """EPCI and communes in one order: exact name, beginning of the name, words side by side; then population."""
    epcis, communes = Epci.objects.list_ranks(cle, limit), Commune.objects.list_ranks(cle, limit)
    return fetch_rows([code for *_, code in sorted(epcis + communes)[:limit]])


def fetch_rows(codes: list[str]) -> list[Epci | Commune]:
    """Rows of these SIREN and INSEE codes, in this order, with what an answer shows and nothing else."""
    sirens = [code for code in codes if len(code) == LONGUEUR_SIREN]
    epcis = Epci.objects.with_departement().only(*COLONNES_EPCI).filter(pk__in=sirens)
    communes = Commune.objects.with_territoire().only(*COLONNES_COMMUNE).filter(pk__in=set(codes) - set(sirens))
    rows = {row.pk: row for row in (*epcis, *communes)}
    return [rows[code] for code in codes]


def suggest_rows(cle: str) -> list[Epci | Commune]:
    """Names that look like what was typed; failing that, those that answer one of its words, the last first."""
    codes = close_codes(Epci.objects.all(), cle) + close_codes(Commune.objects.all(), cle)
    if codes:
        return fetch_rows(codes[:PROPOSITIONS_MAX])
    words = [word for word in reversed(cle.split()) if len(word) > 2 and word != cle]
    return next((rows for word in words if (rows := find_rows(word, PROPOSITIONS_MAX))), [])


def close_codes(rows: QuerySet, cle: str) -> list[str]:
    """Codes whose name is close to the one typed, among those of the same beginning and of about the same length."""
    near = rows.annotate(longueur=Length("cle_recherche")).filter(
        cle_recherche__startswith=f" {cle[:DEBUT_SUR]}", longueur__range=(len(cle) - 1, len(cle) + 3)
    )
    codes = defaultdict(list)
    for name, code in sorted(near.order_by().values_list("cle_recherche", "pk")):  # unsorted: the index is enough
        codes[name].append(code)
    close = get_close_matches(f" {cle}", codes, PROPOSITIONS_MAX, RESSEMBLANCE)
    return [code for name in close for code in codes[name]]


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
