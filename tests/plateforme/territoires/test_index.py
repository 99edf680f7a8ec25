"""The names in memory: the order of the answers, close names, and the same answers as the slow definition."""

from hypothesis import given
from hypothesis import strategies as st

from communaccord import reference
from communaccord.plateforme.territoires.index import build_index
from communaccord.plateforme.territoires.recherche import build_texte_commune

MOTS = ("saint", "sainte", "jean", "jeanne", "luz", "de", "a", "2")
noms = st.lists(st.sampled_from(MOTS), min_size=1, max_size=3).map(" ".join)


def build(*couples):
    return build_index((f" {nom}", f" {nom} {code}", population, code) for nom, population, code in couples)


def search_slowly(couples, cle):
    """Every word begins a word; then exact, beginning, side by side, apart; then population, then code."""
    found = []
    for nom, population, code in couples:
        if all(f" {mot}" in f" {nom} {code}" for mot in cle.split()):
            entier, debut, suite = nom == cle, nom.startswith(cle), f" {cle}" in f" {nom}"
            found.append((not entier, not debut, not suite, -population, code))
    return [code for *_, code in sorted(found)]


@given(st.lists(st.tuples(noms, st.integers(0, 3)), max_size=12), noms, st.integers(1, 14))
def test_answers_are_those_of_the_slow_definition(territoires, cle, limit):
    couples = [(nom, population, f"{rang:05}") for rang, (nom, population) in enumerate(territoires)]
    assert build(*couples).search(cle, limit) == search_slowly(couples, cle)[:limit]


def test_exact_then_beginning_then_side_by_side_then_apart_then_population():
    index = build(
        ("petit arrast", 900, "1"),
        ("arrast larrebieu", 40, "2"),
        ("arrastan", 50, "3"),
        ("arrast", 1, "4"),
        ("bourg d arrast", 800, "5"),
    )
    assert index.search("arrast", 9) == ["4", "3", "2", "1", "5"]
    assert index.search("arrast petit", 9) == ["1"]
    assert index.search("arrast", 2) == ["4", "3"]


def test_nothing_is_found_with_an_empty_key_or_in_an_empty_index():
    assert build(("pau", 1, "64445")).search("", 9) == []
    assert build().search("pau", 9) == []
    assert build().find_close("pau", 9) == []


def test_a_code_is_found_and_a_text_never_runs_into_the_next():
    index = build(("pau", 2, "64445"), ("pauillac", 1, "33314"))
    assert index.search("33314", 9) == ["33314"]
    assert index.search("64445 pauillac", 9) == []


def test_close_names_come_closest_first_and_twins_together():
    index = build(("bayonne", 2, "1"), ("bayonville", 9, "2"), ("bayonne", 1, "3"), ("bayet", 9, "4"), ("pau", 9, "5"))
    assert index.find_close("bayone", 9)[:2] == ["1", "3"]
    assert index.find_close("bayone", 1) == ["1"]
    assert index.find_close("pbayonne", 9) == []


def test_a_long_misspelt_name_is_guessed_among_all_communes():
    communes = reference.load_france().communes.values()
    index = build_index(
        (f" {reference.normalize_nom(commune.nom)}", build_texte_commune(commune), 0, commune.code)
        for commune in communes
    )
    assert index.find_close("saint jaen de luz", 4)[0] == "64483"
    assert index.find_close("sainte marie au mine", 4)[0] == "68298"
    assert index.search("saint jean de luz", 4) == ["64483"]
