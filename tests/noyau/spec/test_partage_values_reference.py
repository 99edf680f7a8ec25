"""Games of the literature: what each rule gives there.

The tables of costs of Skåne, of the TVA and of Birmingham are **from memory**: no source read shows them whole. What
was printed and read, or recomputed, is said next to each figure. Amounts are in cents of the unit of the article.
"""

from fractions import Fraction

import pytest

from communaccord.noyau.partage.erreurs import DonneeInvalide
from communaccord.noyau.partage.game import ServiceGame, TableGame, Term
from communaccord.noyau.partage.values import (
    aca,
    ensc,
    equal_gain,
    proportional,
    proportional_alone,
    read_tau_bounds,
    serial,
    shapley_value,
    talmud,
    talmud_savings,
    tau_value,
)

# Young, Okada and Hashimoto, "Cost allocation in water resources development", Water Resources Research 18, 1982,
# million crowns: 63 values from memory; singles, total and groups of five agree with the printed marginal costs of
# IIASA WP-79-77. The table is not subadditive at AHL + MT.
SKANE = """
A 21.95 H 17.08 K 10.91 L 15.88 M 20.81 T 21.98 AH 34.69 AK 32.86 AL 37.83 AM 42.76 AT 43.93 HK 22.96 HL 25.00
HM 37.89 HT 39.06 KL 26.79 KM 31.45 KT 32.89 LM 31.10 LT 37.86 MT 39.41 AHK 40.74 AHL 43.22 AHM 55.50 AHT 56.67
AKL 48.74 AKM 53.40 AKT 54.84 ALM 53.05 ALT 59.81 AMT 61.36 HKL 27.26 HKM 42.55 HKT 44.94 HLM 45.81 HLT 46.98
HMT 56.49 KLM 42.01 KLT 48.77 KMT 50.32 LMT 51.46 AHKL 48.95 AHKM 60.25 AHKT 62.72 AHLM 64.03 AHLT 65.20
AHMT 74.10 AKLM 63.96 AKLT 70.72 AKMT 72.27 ALMT 73.41 HKLM 48.07 HKLT 49.24 HKMT 59.35 HLMT 64.41 KLMT 56.61
AHKLM 69.76 AHKLT 70.93 AHKMT 77.42 AHLMT 83.00 AKLMT 73.97 HKLMT 66.46 AHKLMT 83.82
"""


def read_table(text, names):
    words = text.split()
    costs = [0] * (1 << len(names))
    for group, amount in zip(words[::2], words[1::2], strict=True):
        costs[sum(1 << names.index(name) for name in group)] = int(amount.replace(".", ""))
    return TableGame(len(names), tuple(costs))


@pytest.fixture(scope="module")
def skane():
    return read_table(SKANE, "AHKLMT")


def thousandths(allocation):
    """Shares in thousandths of the unit, before rounding, for comparison with figures printed or recomputed."""
    return [round(share * 10) for share in allocation.exact]


def test_skane_shapley(skane):
    """Printed 20.01 10.71 6.61 10.37 16.94 19.18 (read); recomputed to the thousandth."""
    assert thousandths(shapley_value(skane)) == [20011, 10708, 6607, 10373, 16946, 19176]


def test_skane_avoided_costs(skane):
    """SCRB. Printed 19.54 13.28 5.62 10.90 16.66 17.82 (read); recomputed."""
    assert thousandths(aca(skane)) == [19541, 13285, 5614, 10904, 16653, 17823]


def test_skane_separable_costs(skane):
    """ENSC, recomputed only."""
    assert [round(share) for share in ensc(skane).exact] == [2110, 1359, 456, 1014, 1663, 1780]


def test_skane_by_population(skane):
    """Printed 10.13 21.00 3.19 8.22 34.22 7.07 (read): it gives back the populations, and blocks at HKLM by 18.56."""
    printed = [1013, 2100, 319, 822, 3422, 707]
    found = proportional(skane, printed)
    assert max(abs(a - b) for a, b in zip(found.cents, printed, strict=True)) <= 1
    assert sum(found.cents) == 8382
    blocking = [1, 2, 3, 4]
    assert abs(sum(found.cents[member] for member in blocking) - skane.cost(blocking) - 1856) <= 2


@pytest.fixture(scope="module")
def tva():
    """Ransmeier 1942, in Straffin and Heaney, International Journal of Game Theory 10, 1981; from memory."""
    return read_table("1 163520 2 140826 3 250096 12 301607 13 378821 23 367370 123 412584", "123")


def test_tva(tva):
    """All recomputed from the table."""
    assert shapley_value(tva).exact == (117829, Fraction(201513, 2), Fraction(387997, 2))
    assert [round(share * 10) for share in aca(tva).exact] == [1174755, 991573, 1959512]
    assert ensc(tva).cents == (119424, 107973, 185187)


def test_tva_tau_lies_between_its_bounds(tva):
    bounds = read_tau_bounds(tva)
    assert (bounds.least, bounds.most, bounds.quasi_balanced) == (
        (45214, 33763, 110977), (163520, 140826, 250096), True
    )  # fmt: skip
    # With most = cost alone, the tau value is the one of avoided costs (Tijs and Driessen 1986).
    assert tau_value(tva).exact == aca(tva).exact


# Littlechild and Thompson, "Aircraft landing fees: a game theory approach", Bell Journal of Economics 8, 1977.
# Movements read (package AirportProblems), their sum 13,572 agrees; capital costs from memory; fees recomputed.
BIRMINGHAM = [
    (42, 65_899, "4.86"), (9_555, 76_725, "5.66"), (288, 95_200, "10.30"), (303, 97_200, "10.85"),
    (151, 97_436, "10.92"), (1_315, 98_142, "11.13"), (505, 102_496, "13.40"), (1_128, 104_849, "15.07"),
    (151, 113_322, "44.80"), (112, 115_440, "60.61"), (22, 117_676, "162.24"),
]  # fmt: skip


def test_birmingham_airport_with_its_13572_movements():
    levels = tuple(kind for kind, (movements, _, _) in enumerate(BIRMINGHAM) for _ in range(movements))
    table = tuple(100 * cost for _, cost, _ in BIRMINGHAM)
    game = ServiceGame(len(levels), (Term("max", levels, table),), (0,) * len(levels))
    shares = shapley_value(game)
    assert sum(shares.cents) == 11_767_600
    for kind, (_, _, fee) in enumerate(BIRMINGHAM):
        assert f"{float(shares.exact[levels.index(kind)]) / 100:.2f}" == fee
    assert serial(game).exact == shares.exact


@pytest.mark.parametrize(
    ("estate", "parts"),
    [
        (100, (Fraction(100, 3), Fraction(100, 3), Fraction(100, 3))),
        (200, (50, 75, 75)),
        (300, (50, 100, 150)),
        (0, (0, 0, 0)),
        (600, (100, 200, 300)),
    ],
)
def test_talmud_three_widows(estate, parts):
    """Aumann and Maschler 1985: claims of 100, 200, 300."""
    found = talmud([100, 200, 300], estate)
    assert found.exact == parts
    assert sum(found.cents) == estate


def test_talmud_contested_garment():
    assert talmud([100, 50], 100).exact == (75, 25)


def test_talmud_divides_savings_as_aca_when_half_of_the_claims_is_saved(tva):
    """At half of the claims, equal or proportional, everybody receives half: both rules agree there."""
    game = TableGame(2, (0, 100, 200, 200))
    assert talmud_savings(game).exact == aca(game).exact == (50, 150)
    assert sum(talmud_savings(tva).cents) == 412584


def test_serial_shares_of_moulin_and_shenker():
    """f(q) = q^2 / 2 in cents, demands 1, 2, 3: q = 3, 5, 6; rises 4.5, 8, 5.5."""
    table = tuple(50 * q * q for q in range(7))
    game = ServiceGame(3, (Term("sum", (1, 2, 3), table),), (0, 0, 0))
    assert serial(game).exact == (150, 550, 1100)


def test_equal_gain_and_own_costs():
    game = TableGame(2, (0, 1000, 3000, 3500))
    assert equal_gain(game).exact == (750, 2750)
    assert proportional_alone(game).exact == (875, 2625)


def test_rules_say_where_they_are_not_defined():
    nothing_avoided = TableGame(2, (0, 100, 100, 250))
    with pytest.raises(DonneeInvalide, match="rien ne dit comment partager"):
        aca(build_without_claims())
    assert aca(nothing_avoided).caveat
    with pytest.raises(DonneeInvalide, match="formule"):
        serial(nothing_avoided)
    with pytest.raises(DonneeInvalide):
        talmud([100, -1], 50)
    with pytest.raises(DonneeInvalide):
        talmud([100], 101)


def build_without_claims():
    """Three members; each costs alone what it adds to the others, yet together they cost more than that."""
    return TableGame(3, (0, 100, 100, 260, 100, 260, 260, 360))
