"""Search over every EPCI and every commune: accent-blind, best answers first, close names when nothing answers."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import QuerySet
from django.db.models.functions import Length

from communaccord.plateforme.territoires.models import Commune, Epci
from communaccord.plateforme.territoires.recherche import build_cle

REPONSES_MAX = 12
PROPOSITIONS_MAX = 4
RESSEMBLANCE = 0.72


@dataclass(frozen=True, slots=True)
class Resultats:
    """Answers of one search, best first: rows are Epci or Commune; `propositions` only when nothing answers."""

    cle: str
    reponses: tuple[Epci | Commune, ...]
    est_tronque: bool
    propositions: tuple[Epci | Commune, ...] = ()


def search_territoires(typed: str) -> Resultats:
    """Two queries when something answers, three to five when nothing does."""
    cle = build_cle(typed)
    rows = find_rows(cle)
    if rows or not cle:
        return Resultats(cle, tuple(rows[:REPONSES_MAX]), len(rows) > REPONSES_MAX)
    return Resultats(cle, (), False, tuple(suggest_rows(cle)))


def find_rows(cle: str) -> list[Epci | Commune]:
    """EPCI and communes in one order: exact name, beginning of the name, words side by side; then population."""
    found: list[Epci | Commune] = [
        *Epci.objects.with_departement().search(cle)[: REPONSES_MAX + 1],
        *Commune.objects.with_territoire().search(cle)[: REPONSES_MAX + 1],
    ]
    return sorted(found, key=order_row)


def order_row(row: Epci | Commune) -> tuple[int, int, str]:
    population = row.population_municipale_2022 if isinstance(row, Epci) else row.population_recherche
    return (row.rang, -population, row.pk)


def suggest_rows(cle: str) -> list[Epci | Commune]:
    """Names that look like what was typed; failing that, those that hold its longest word."""
    keys = close_keys(Epci.objects.all(), cle) + close_keys(Commune.objects.all(), cle)
    if keys:
        rows: list[Epci | Commune] = [
            *Epci.objects.with_departement().filter(cle_recherche__in=keys),
            *Commune.objects.with_territoire().filter(cle_recherche__in=keys),
        ]
        for row in rows:
            row.rang = keys.index(row.cle_recherche)
        return sorted(rows, key=order_row)[:PROPOSITIONS_MAX]
    longest = max(cle.split(), key=len)
    return find_rows(longest)[:PROPOSITIONS_MAX] if longest != cle and len(longest) > 2 else []


def close_keys(rows: QuerySet, cle: str) -> list[str]:
    """Stored keys close to the one typed, among those of the same beginning and of about the same length."""
    near = rows.annotate(longueur=Length("cle_recherche")).filter(
        cle_recherche__startswith=f" {cle[:2]}", longueur__range=(len(cle) - 1, len(cle) + 4)
    )
    keys = sorted(set(near.values_list("cle_recherche", flat=True)))
    return get_close_matches(f" {cle}", keys, PROPOSITIONS_MAX, RESSEMBLANCE)


def suggest_for_code(code: str) -> list[Epci]:
    """EPCI that a mistyped SIREN, or the INSEE code of a commune, may have meant."""
    membre = Commune.objects.with_territoire().filter(pk=code.upper(), epci__isnull=False).first()
    if membre is not None:
        return [membre.epci]
    sirens = list(Epci.objects.order_by("siren").values_list("siren", flat=True)) if code.isdigit() else []
    close = get_close_matches(code, sirens, 3, 0.8)
    found = Epci.objects.with_departement().in_bulk(close)
    return [found[siren] for siren in close]
