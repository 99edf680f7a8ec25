"""French typography: examples from the printed page, then properties."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.socle import typographie as t

F, I, M = "\u202f", "\u00a0", "\u2212"  # noqa: E741


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234, 0, f"1{F}234"),
        (-1234567, 0, f"{M}1{F}234{F}567"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, f"{M}3"),
        (Fraction(1, 3), 2, "0,33"),
        (Fraction(-1, 300), 2, "0,00"),
        (0.1, 1, "0,1"),
        (Fraction(5, 100), 2, "0,05"),
    ],
)
def test_nombre(valeur, decimales, attendu):
    assert t.nombre(valeur, decimales) == attendu


@pytest.mark.parametrize("valeur", [float("inf"), float("-inf"), float("nan")])
def test_nombre_refuses_what_is_not_a_number(valeur):
    with pytest.raises(ValueError, match=r"infini|NaN"):
        t.nombre(valeur)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (t.montant(123_450), f"1{F}234,50{I}€"),
        (t.montant(123_450, "euro"), f"1{F}235{I}€"),
        (t.montant(123_450, "centaine"), f"1{F}200{I}€"),
        (t.montant(-123_450), f"{M}1{F}234,50{I}€"),
        (t.montant(Fraction(1, 3)), f"0,00{I}€"),
        (t.estimation(123_450), f"environ 1{F}200{I}€"),
        (t.estimation(-123_450), f"environ {M}1{F}200{I}€"),
        (t.estimation(4_999), f"moins de 100{I}€"),
        (t.estimation(5_000), f"environ 100{I}€"),
        (t.estimation(0), f"environ 0{I}€"),
        (t.ecart(123_450), f"+1{F}235{I}€"),
        (t.ecart(-123_450), f"{M}1{F}235{I}€"),
        (t.ecart(49), f"0{I}€"),
        (t.ecart(-49), f"0{I}€"),
        (t.ecart(49, "centime"), f"+0,49{I}€"),
        (t.signe(3), "+3"),
        (t.signe(-3), f"{M}3"),
        (t.signe(0), "0"),
        (t.signe(Fraction(1, 10)), "0"),
        (t.pourcentage(Fraction(1, 8), 1), f"12,5{F}%"),
        (t.date(date(2026, 12, 17)), f"17{I}décembre 2026"),
        (t.date(date(2027, 3, 1)), f"1er{I}mars 2027"),
        (t.date(date(2026, 12, 17), semaine=True, annee=False), f"jeudi 17{I}décembre"),
        (t.mois(date(2026, 8, 1)), "août 2026"),
        (t.pluriel(0, "commune"), f"0{I}commune"),
        (t.pluriel(1, "commune"), f"1{I}commune"),
        (t.pluriel(1200, "commune"), f"1{F}200{I}communes"),
        (t.pluriel(2, "cheval", "chevaux"), f"2{I}chevaux"),
        (t.accord(Fraction(3, 2), "jour"), "jour"),
        (t.duree(45), f"45{I}min"),
        (t.duree(60), f"1{I}h"),
        (t.duree(65), f"1{I}h{I}05"),
        (t.enumeration([]), ""),
        (t.enumeration(["a"]), "a"),
        (t.enumeration(["a", "b", "c"]), "a, b et c"),
        (t.enumeration(["a", "b"], "ou"), "a ou b"),
        (t.insecables("Pourquoi ? Parce que : « oui »"), f"Pourquoi{F}? Parce que{F}: «{F}oui{F}»"),
        (t.insecables("Pourquoi?"), f"Pourquoi{F}?"),
        (t.insecables("à 12:30, http://exemple.fr/?a=b;c"), "à 12:30, http://exemple.fr/?a=b;c"),
        (t.insecables("12 € et 3 %, soit 5%"), f"12{I}€ et 3{F}%, soit 5{F}%"),
        (t.insecables("«non»"), f"«{F}non{F}»"),
        (t.prose("l'avis d'aujourd'hui ?"), f"l’avis d’aujourd’hui{F}?"),
        (t.set_apostrophes("data-x='1' 'mot'"), "data-x='1' 'mot'"),
        (t.set_espaces('<a title="Quoi ?" href="?a=1">'), f'<a title="Quoi{F}?" href="?a=1">'),
    ],
)
def test_examples(texte, attendu):
    assert texte == attendu


def test_montant_refuses_an_unknown_precision():
    with pytest.raises(ValueError, match="Précision inconnue"):
        t.montant(1, "kopeck")


@given(st.integers(-(10**15), 10**15))
def test_nombre_reads_back(valeur):
    assert int(t.nombre(valeur).replace(F, "").replace(M, "-")) == valeur


@given(st.integers(-(10**12), 10**12))
def test_montant_reads_back_to_the_cent(centimes):
    digits = t.montant(centimes).replace(F, "").replace(M, "-").replace(",", "").removesuffix(f"{I}€")
    assert int(digits) == centimes


@given(st.integers(-(10**9), 10**9), st.sampled_from(["centime", "euro", "centaine"]))
def test_ecart_bears_one_sign_unless_it_shows_zero(centimes, precision):
    texte = t.ecart(centimes, precision)
    shows_zero = not re.search(r"[1-9]", texte)
    assert (texte[0] in f"+{M}") != shows_zero
    if not shows_zero:
        assert (texte[0] == "+") == (centimes > 0)


@given(st.text(alphabet=f"ab1 {F}{I};:!?%«»€'.,/", max_size=40))
def test_insecables_is_done_once(texte):
    once = t.insecables(texte)
    assert t.insecables(once) == once
    assert re.sub(rf"[ {F}{I}]", "", once) == re.sub(rf"[ {F}{I}]", "", texte)


@given(st.text(alphabet=f"ab1 {F}{I};:!?%«»€'.,/", max_size=12))
def test_prose_sets_spaces_and_apostrophes_whatever_it_leaves_alone(texte):
    assert t.prose(texte) == t.set_apostrophes(t.insecables(texte))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_two_days_are_never_written_alike(jour):
    assert t.date(jour) != t.date(jour + timedelta(days=1))
    assert "-" not in t.date(jour)
