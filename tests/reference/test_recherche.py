import pytest

from communaccord import reference
from communaccord.reference.noms import normalize_nom, normalize_noms


def find_first(texte, **options):
    return reference.find_territoires(texte, **options)[0]


@pytest.mark.parametrize(
    ("texte", "genre", "code"),
    [
        ("pau", "commune", "64445"),
        ("PAU", "commune", "64445"),
        ("pays basque", "epci", "200067106"),
        ("CA du Pays Basque", "epci", "200067106"),
        ("communauté d’agglomération du pays basque", "epci", "200067106"),
        ("agglo pays basque", "epci", "200067106"),
        ("l hay les roses", "commune", "94038"),
        ("st etienne", "commune", "42218"),
        ("200067106", "epci", "200067106"),
        ("200 067 106", "epci", "200067106"),
        ("64102", "commune", "64102"),
        ("2a004", "commune", "2A004"),
        ("levezou", "epci", "994579670"),
        ("y", "commune", "80829"),
        ("brehat", "commune", "22016"),
    ],
)
def test_first_answer(texte, genre, code):
    territoire = find_first(texte)
    assert (territoire.genre, territoire.code) == (genre, code)


def test_a_commune_tells_its_epci():
    territoire = find_first("pau")
    assert (territoire.siren_epci, territoire.nom_epci) == ("200067254", "CA Pau Béarn Pyrénées")
    assert (territoire.code_departement, territoire.nom_departement) == ("64", "Pyrénées-Atlantiques")
    assert find_first("ouessant").siren_epci is None


def test_homonyms_show_their_departement():
    libelles = [territoire.libelle for territoire in reference.find_territoires("saint-denis", limit=4)]
    assert "Saint-Denis (Seine-Saint-Denis)" in libelles
    assert "Saint-Denis (La Réunion)" in libelles
    assert find_first("bayonne").libelle == "Bayonne"


def test_the_same_name_comes_before_its_beginnings_then_the_most_populated():
    reponses = reference.find_territoires("saint-denis", genre="commune", limit=40)
    exactes = [territoire for territoire in reponses if territoire.nom == "Saint-Denis"]
    assert reponses[: len(exactes)] == tuple(exactes)
    populations = [territoire.population_reference for territoire in exactes]
    assert populations == sorted(populations, reverse=True)


def test_words_apart_come_last():
    assert find_first("pyrenees pau").nom == "CA Pau Béarn Pyrénées"
    noms = [territoire.nom for territoire in reference.find_territoires("aire sur", limit=50)]
    assert noms.index("Aire-sur-l'Adour") < noms.index("Pierrefitte-sur-Aire")


def test_one_kind_only():
    assert {territoire.genre for territoire in reference.find_territoires("pau", genre="epci")} == {"epci"}
    assert {territoire.genre for territoire in reference.find_territoires("pau", genre="commune")} == {"commune"}


def test_limit():
    assert len(reference.find_territoires("saint", limit=7)) == 7
    assert reference.find_territoires("saint", limit=0) == ()


@pytest.mark.parametrize("texte", ["", "   ", "?", "zzzzqq", "a" * 10_000, "'; DROP TABLE", "| |", "\n"])
def test_nothing_found(texte):
    assert reference.find_territoires(texte) == ()


def test_epcis_are_found_by_their_own_name():
    for epci in reference.list_epcis()[::10]:
        trouves = reference.find_territoires(epci.nom, genre="epci", limit=5)
        assert epci.siren in [territoire.code for territoire in trouves], epci.nom


def test_many_names_have_the_keys_they_have_one_by_one():
    noms = ["L'Œuvre-sur-Bidouze", "St-Étienne", "", "  ", "Aÿ\nChampagne", "Ste Foy & Co"]
    assert normalize_noms(noms) == [normalize_nom(nom) for nom in noms]
