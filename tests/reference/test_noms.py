import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.reference.noms import normalize_lignes, normalize_nom

NOMS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)


@pytest.mark.parametrize(
    ("nom", "cle"),
    [
        ("Pau", "pau"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ–les–Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("Île-d'Aix", "ile d aix"),
        ("St-Étienne", "saint etienne"),
        ("Ste Foy l'Argentière", "sainte foy l argentiere"),
        ("st st denis", "saint saint denis"),
        ("Est Ensemble", "est ensemble"),
        ("CC Decize & Loire", "cc decize et loire"),
        ('CA "Terres de France (TDF)"', "ca terres de france tdf"),
        ("  deux\nlignes\t", "deux lignes"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_key_of_a_name(nom, cle):
    assert normalize_nom(nom) == cle


@given(NOMS)
def test_key_is_idempotent(nom):
    assert normalize_nom(normalize_nom(nom)) == normalize_nom(nom)


@given(st.lists(NOMS.filter(lambda nom: "\n" not in nom), min_size=1, max_size=8))
def test_many_names_at_once_give_the_same_keys(noms):
    assert normalize_lignes("\n".join(noms)).split("\n") == [normalize_nom(nom) for nom in noms]
