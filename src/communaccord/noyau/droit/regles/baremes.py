"""The dated tables of the law, by population."""

from datetime import date

from communaccord.noyau.droit.regle import BaremePopulation, Confiance

TABLEAU_SIEGES = BaremePopulation(
    article="CGCT L5211-6-1 III",
    valid_from=date(2017, 3, 2),
    paliers=(
        (0, 16),
        (3_500, 18),
        (5_000, 22),
        (10_000, 26),
        (20_000, 30),
        (30_000, 34),
        (40_000, 38),
        (50_000, 40),
        (75_000, 42),
        (100_000, 48),
        (150_000, 56),
        (200_000, 64),
        (250_000, 72),
        (350_000, 80),
        (500_000, 90),
        (700_000, 100),
        (1_000_001, 130),
    ),
)

EFFECTIFS_CONSEIL_MUNICIPAL = BaremePopulation(
    article="CGCT L2121-2",
    paliers=(
        (0, 7),
        (100, 11),
        (500, 15),
        (1_500, 19),
        (2_500, 23),
        (3_500, 27),
        (5_000, 29),
        (10_000, 33),
        (20_000, 35),
        (30_000, 39),
        (40_000, 43),
        (50_000, 45),
        (60_000, 49),
        (80_000, 53),
        (100_000, 55),
        (150_000, 59),
        (200_000, 61),
        (250_000, 65),
        (300_000, 69),
    ),
)

# Sizes set by texts of their own, before the 2026 renewal; from memory, to be checked. They are far above the seats
# that these communes can obtain: using them never limits a result, unlike the ordinary table.
EFFECTIFS_PARTICULIERS = {"75056": 163, "13055": 101, "69123": 73}
CONFIANCE_EFFECTIFS_PARTICULIERS = Confiance.MEMOIRE
