"""The figures of docs/moteur/parts-justes.md are those of the engine."""

import re
from pathlib import Path

import pytest
from tests.noyau.lentes.games import list_groups

from communaccord.noyau.partage.game import ServiceGame, Term
from communaccord.noyau.partage.stability import nucleolus
from communaccord.noyau.partage.values import (
    aca,
    ensc,
    equal_gain,
    proportional,
    proportional_alone,
    serial,
    shapley_value,
    talmud_savings,
    tau_value,
)

PAGE = (Path(__file__).resolve().parents[3] / "docs/moteur/parts-justes.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
COMMUNES = [row for row in ROWS if row[0] in set("ABCD")]
RULES = {
    "par habitant": lambda game: proportional(game, [read_number(row[1]) for row in COMMUNES]),
    "par acte": lambda game: proportional(game, game.terms[0].weights),
    "au coût seul": proportional_alone,
    "sérielle": serial,
    "Shapley": shapley_value,
    "tau": tau_value,
    "coûts séparables à parts égales (ENSC)": ensc,
    "coûts évités (ACA, ou SCRB)": aca,
    "gain égal": equal_gain,
    "Talmud sur les économies": talmud_savings,
    "nucléole": lambda game: nucleolus(game).allocation,
}


def read_number(text):
    return int(text.replace(" ", ""))


def read_cents(text):
    return int(re.sub(r"[ €,]", "", text))


@pytest.fixture(scope="module")
def game():
    acts = tuple(read_number(row[2]) for row in COMMUNES)
    table = tuple(2_000_000 + 2_400_000 * -(-total // 150) for total in range(sum(acts) + 1))
    alone = tuple(read_cents(row[3]) for row in COMMUNES)
    return ServiceGame(4, (Term("sum", acts, table),), (40_000,) * 4, alone)


def test_every_rule_of_the_page_is_played():
    assert {row[0] for row in ROWS if len(row) == 7} == {*RULES, "règle"}


@pytest.mark.parametrize("row", [row for row in ROWS if row[0] in RULES], ids=lambda row: row[0])
def test_shares_and_best_departure_of_the_page(row, game):
    cents = RULES[row[0]](game).cents
    assert [read_cents(cell) for cell in row[1:5]] == list(cents)
    gains = {
        "".join("ABCD"[member] for member in sorted(group)): sum(cents[member] for member in group) - game.cost(group)
        for group in list_groups(4)
        if len(group) < 4
    }
    best = max(gains, key=gains.get)
    expected = (best, gains[best]) if gains[best] > 0 else ("aucun", None)
    assert (row[5], read_cents(row[6]) if row[6] != "–" else None) == expected


def test_amounts_told_in_the_text(game):
    """Each amount of the prose is one of the tables, a total, or what D gains by leaving."""
    told = {read_cents(amount) for amount in re.findall(r"\d[\d ]*,\d\d €", re.sub(r"^\|.*$", "", PAGE, flags=re.M))}
    shares = {abs(cents) for rule in RULES.values() for cents in rule(game).cents}
    alone = [game.cost((member,)) for member in range(4)]
    known = shares | {game.cost(range(4)), sum(alone), *alone, ensc(game).cents[3] - game.cost((3,))}
    first = nucleolus(game).levels[0]
    assert {"".join("ABCD"[i] for i in sorted(group)) for group, _ in first.groups} == {"D", "ABC"}
    known.add(int(first.slack))
    assert told <= known
    assert len(told) >= 8
