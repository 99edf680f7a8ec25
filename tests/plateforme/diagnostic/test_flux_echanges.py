"""What a commune gives and receives: money and services apart, small figures out of what is shared."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plateforme.diagnostic.test_flux_doubles import declare

from communaccord.plateforme.diagnostic.calculs.doubles import settle
from communaccord.plateforme.diagnostic.calculs.echanges import (
    ARGENT,
    build_echanges,
    dump_partage,
    is_prive,
    load_partage,
    sum_groupe,
)
from communaccord.plateforme.diagnostic.pages.donne_recois import PRIVE, SANS_FPU, build_releve


def argent(pk: int, montant: int | None, *, verse: bool = False, nature: str = "ac", **fields):
    ends = ("c1", "epci") if verse else ("epci", "c1")
    return declare(pk, nature=nature, service="", porteur=ends[0], beneficiaire=ends[1], montant=montant, **fields)


def test_money_is_never_added_to_services():
    echanges = build_echanges([argent(1, 120_000_00), argent(2, 30_000_00, verse=True), declare(3)], "c1")
    total = sum_groupe(echanges.lignes, ARGENT, 2025)
    assert (total.recu.montant, total.donne.montant, total.net) == (120_000_00, 30_000_00, 90_000_00)


def test_an_unknown_amount_leaves_the_net_unknown():
    total = sum_groupe(build_echanges([argent(1, 120_00), argent(2, None, verse=True)], "c1").lignes, ARGENT, 2025)
    assert (total.recu.montant, total.donne.inconnus, total.net) == (120_00, 1, None)


def test_doubles_and_flows_set_aside_do_not_count():
    rows = [argent(1, 500), argent(2, 500, declarant="c1", double_de=1), argent(3, 900, ecarte=True)]
    assert build_echanges(rows, "c1").lignes[0].recu.montant == 500


def test_one_ac_told_twice_and_not_judged_counts_once_and_both_figures_are_said():
    rows, waiting = settle([argent(1, 51_838_00), argent(2, 86_838_00, declarant="c1")])
    echanges = build_echanges(rows, "c1", {}, waiting)
    assert sum_groupe(echanges.lignes, ARGENT, 2025).recu.montant == 51_838_00
    shared = load_partage(json.loads(json.dumps(dump_partage(echanges))))
    for lu in (build_lu(echanges, entier=True), build_lu(shared, entier=False)):
        (ligne,) = lu.annees[0].lignes
        assert ligne.recu.replace("\u202f", " ").replace("\xa0", " ") == "51 838 €"
        assert "à départager" in ligne.qualite
        assert "86\u202f838" in ligne.qualite
        assert any("compte une seule fois" in note for note in lu.notes)


def test_flows_with_other_communes_are_apart_and_the_fpic_is_not():
    rows = [
        declare(1, porteur="c2"),
        argent(2, 10, nature="fpic", verse=True),
        declare(3, porteur="c2", beneficiaire="c3"),
    ]
    rows[1] = declare(2, nature="fpic", service="", porteur="c1", beneficiaire="a:fonds national", montant=10)
    echanges = build_echanges(rows, "c1")
    assert [ligne.nature for ligne in echanges.lignes] == ["fpic"]
    assert [ligne.nature for ligne in echanges.autres] == ["service"]


def test_what_is_shared_holds_no_figure_on_fewer_than_five_people():
    """One person lent for 31,415 euros: neither the amount, nor a total that gives it back, nor its source."""
    rows = [
        declare(1, nature="personnel", montant=31_415_00, temps=80),
        declare(2, montant=5_000_00),
        declare(3, montant=27_182_00, temps=350, service="paie"),
        argent(4, 100_00),
    ]
    echanges = build_echanges(rows, "c1", {1: "salaire de Mme Z", 3: "un agent"})
    shared = json.dumps(dump_partage(echanges))
    for secret in ("3141500", "2718200", "500000", "3218200", "Mme Z", "un agent"):
        assert secret not in shared
    assert "10000" in shared
    lu = build_lu(load_partage(json.loads(shared)), entier=False)
    assert [ligne.recu for ligne in lu.annees[0].lignes if "personne" in ligne.libelle.lower()] == [PRIVE, PRIVE]


def build_lu(echanges, *, entier: bool, financement: str = "FPU"):
    return build_releve(
        commune="Agen",
        territoire="Communauté fictive",
        contexte="",
        financement=financement,
        fictif=True,
        echanges=echanges,
        entier=entier,
    )


def test_the_sentence_says_what_comes_and_what_goes():
    lu = build_lu(
        build_echanges([argent(1, 120_000_00), argent(2, 30_000_00, verse=True), declare(3)], "c1"), entier=True
    )
    plain = lu.phrase.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain == (
        "En 2025, la commune d’Agen reçoit 120 000 € et verse 30 000 €, soit +90 000 € pour elle ; "
        "1 service ou moyen partagé reçu, 0 rendu."
    )


def test_an_ac_in_fiscalite_additionnelle_is_told_and_never_refused():
    rows = [argent(1, 500)]
    shown = build_lu(build_echanges(rows, "c1"), entier=True, financement="FA").notes
    assert any("1609" in note for note in shown)
    assert not any("1609" in note for note in build_lu(build_echanges(rows, "c1"), entier=True).notes)
    assert "suppose" in SANS_FPU


@given(
    st.lists(
        st.tuples(st.booleans(), st.one_of(st.none(), st.integers(0, 10**12)), st.sampled_from((2024, 2025, None)))
    )
)
def test_what_is_shared_comes_back_the_same_when_nothing_is_private(flows):
    rows = [argent(pk, montant, verse=verse, annee=annee) for pk, (verse, montant, annee) in enumerate(flows)]
    echanges = build_echanges(rows, "c1")
    assert load_partage(json.loads(json.dumps(dump_partage(echanges)))).lignes == echanges.lignes


@pytest.mark.parametrize(
    ("nature", "temps", "prive"),
    [
        ("service", None, True),
        ("service", 0, False),
        ("service", 80, True),
        ("service", 500, False),
        ("personnel", None, True),
        ("personnel", 0, True),
        ("personnel", 500, False),
        ("bien", None, False),
        ("ac", None, False),
    ],
)
def test_an_unknown_number_of_people_is_private(nature, temps, prive):
    assert is_prive(declare(1, nature=nature, temps=temps)) is prive
