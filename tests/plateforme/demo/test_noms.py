"""No invented name may be taken for a real one."""

import pytest

from communaccord.plateforme.demo.territoire.noms import EPCI, EPCI_GRANDE, NOMS
from communaccord.reference.noms import normalize_nom, normalize_noms
from communaccord.reference.territoires import read_communes, read_epcis

ARTICLES = frozenset({"le", "la", "les", "l", "de", "du", "des", "d", "et", "en", "au", "aux"})
NATURES = ("communaute de communes ", "communaute d agglomeration ", "cc ", "ca ", "cu ")


def strip_articles(cle: str) -> str:
    return " ".join(mot for mot in cle.split() if mot not in ARTICLES)


def strip_nature(cle: str) -> str:
    return next((cle.removeprefix(nature) for nature in NATURES if cle.startswith(nature)), cle)


@pytest.fixture(scope="module")
def reels() -> set[str]:
    communes = normalize_noms(read_communes().nom)
    epcis = [strip_nature(cle) for cle in normalize_noms(read_epcis().nom)]
    return {strip_articles(cle) for cle in [*communes, *epcis]}


def test_the_guard_knows_real_names(reels):
    assert {"havre", "hirson", "trois rivieres"} <= reels
    assert len(reels) > 30_000


def test_no_invented_name_is_real(reels):
    assert [nom for nom in NOMS if strip_articles(normalize_nom(nom)) in reels] == []


@pytest.mark.parametrize("nom", [EPCI, EPCI_GRANDE])
def test_the_epci_is_said_fictif_and_is_not_real(reels, nom):
    assert nom.endswith("(fictif)")
    cle = strip_articles(strip_nature(normalize_nom(nom.removesuffix("(fictif)"))))
    assert cle not in reels
    assert "arvelle" in cle


def test_the_very_words_of_the_place_exist_nowhere():
    mots = {mot for cle in normalize_noms([*read_communes().nom, *read_epcis().nom]) for mot in cle.split()}
    assert not mots & {"arvelle", "sorvane", "montarvel", "sorvanais", "sorvanaise"}


def test_names_differ_from_one_another():
    assert len(NOMS) == 158
    assert len({strip_articles(normalize_nom(nom)) for nom in NOMS}) == 158
