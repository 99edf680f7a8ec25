"""Numbers as people type them: read exactly, unknown when unknown, refused with a reason."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.simulateur import NombreInvalide, parse_nombre
from communaccord.simulateur.ecriture import format_exact, format_montant, format_nombre, round_estimation


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("12", 12),
        ("1 234,50", Fraction(123450, 100)),
        ("1\u202f234,5", Fraction(12345, 10)),
        ("1\u00a0234\u00a0567", 1234567),
        ("1 200 €", 1200),
        ("1200,00\u00a0€ / an", 1200),
        ("12 %", 12),
        ("12,5\u202f%", Fraction(25, 2)),
        ("−3", -3),
        ("- 3,5", Fraction(-7, 2)),
        ("+4", 4),
        ("0.5", Fraction(1, 2)),
        ("1.234,50", Fraction(123450, 100)),
        ("1,234.50", Fraction(123450, 100)),
        ("1.234.567", 1234567),
        ("1/3", Fraction(1, 3)),
        ("3,5 ETP", Fraction(7, 2)),
        ("1'200", 1200),
        ("\uff11\uff12", 12),
        (12, 12),
        (0.1, Fraction(1, 10)),
        (Decimal("2.50"), Fraction(5, 2)),
        (1e3, 1000),
    ],
)
def test_a_number_is_read_exactly(texte, attendu):
    assert parse_nombre(texte) == attendu


@pytest.mark.parametrize("texte", ["", "  ", None, "n.c.", "N.C", "nd", "je ne sais pas", "Non communiqué", "?", "-"])
def test_unknown_is_unknown_and_not_zero(texte):
    assert parse_nombre(texte) is None


@pytest.mark.parametrize(
    ("valeur", "mot"),
    [
        ("abc", "n'est pas un nombre"),
        ("12 34", "n'est pas un nombre"),
        ("1e999", "n'est pas un nombre"),
        ("12,3,4", "n'est pas un nombre"),
        ("=1+1", "formule"),
        ("1.234", "deux façons"),
        ("1/0", "zéro"),
        ("9" * 40, "démesuré"),
        ("0," + "1" * 30, "décimales"),
        ("1" * 500, "trop long"),
        (float("nan"), "infini"),
        (float("inf"), "infini"),
        (Decimal("1e999999999"), "démesuré"),
        (Decimal("NaN"), "infini"),
        (10**4000, "démesuré"),
        (True, "vrai"),
        ([1], "nombre"),
        ("²", "exposant"),
        ("1½", "fraction"),
        ("١٢", "nombre"),
    ],
    ids=lambda valeur: str(valeur)[:12],
)
def test_what_is_not_a_number_says_why_and_what_to_do(valeur, mot):
    with pytest.raises(NombreInvalide) as refus:
        parse_nombre(valeur)
    assert mot in refus.value.message
    assert refus.value.que_faire.endswith(".")


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6))
def test_an_exact_number_is_written_and_read_back(nombre):
    assert parse_nombre(format_exact(nombre)) == nombre


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_an_amount_is_written_and_read_back_to_the_cent(centimes):
    assert parse_nombre(format_montant(centimes)) * 100 == centimes


@given(st.text(max_size=60))
def test_any_text_is_a_number_unknown_or_refused(texte):
    try:
        nombre = parse_nombre(texte)
    except NombreInvalide:
        return
    assert nombre is None or isinstance(nombre, Fraction)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_float_is_read_by_its_shortest_writing(nombre):
    if nombre == 0 or abs(nombre) > 1e-10:
        assert float(parse_nombre(nombre)) == nombre


def test_writing_in_french():
    assert format_nombre(Fraction(-12345678, 1000)) == "−12\u202f345,68"
    assert format_montant(-5) == "−0,05\u00a0€"
    assert round_estimation(-155_000) == -160_000
    assert round_estimation(-15_500) == -16_000
