"""The packages of ``communaccord accord``: prices posted, bounds of criteria, services left out."""

from copy import deepcopy
from fractions import Fraction
from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st
from tests.cli.jeux import play
from tests.cli.test_accord_commande import JOUE
from tests.cli.test_questions import FORMULE, ask

from communaccord.cli.questions.sorties import tell_ensemble
from communaccord.noyau.accord.recherche import Critere, Paquet, Service
from communaccord.noyau.partage.stability import Exit, JointExit
from communaccord.noyau.solver import Status


def build_trois(*plafonds, **cles):
    """Three communes, a key by population, and the most that each pays."""
    critere = {"nom": "population", "valeurs": [1000, 500, 500]}
    formule = FORMULE | {"charge": [100, 50, 10], "fixe": "0.00", "par_membre": "0.00"}
    service = {"nom": "S", "formule": formule, "criteres": [critere], "seul": ["30000.00", "30000.00", "1000.00"]}
    demandes = [
        {"commune": nom, "type": "contribution_max", "montant": f"{plafond}.00"}
        for nom, plafond in zip("ABC", plafonds, strict=True)
    ]
    options = [{"nom": "population", "cle": {"population": "1"}}]
    return {
        "communes": ["A", "B", "C"],
        "services": [service],
        "menu": [{"service": "S", "options": options}],
        "demandes": demandes,
    } | cles


@JOUE
@given(plafonds=st.lists(st.integers(0, 30_000), min_size=3, max_size=3))
@example(plafonds=[22_000, 12_000, 1_000])
def test_an_option_without_a_price_gathers_all_who_accept_their_bills(capsys, tmp_path, plafonds):
    """By the definition: every group, what it costs, what each is billed by the key."""
    postes = {0: 0, 10: 1, 50: 2, 60: 3, 100: 4, 110: 5, 150: 6, 160: 7}
    charge, habitants = (100, 50, 10), (1000, 500, 500)
    best = 0
    for size in (2, 3):
        for groupe in combinations(range(3), size):
            cout = 4500 * postes[sum(charge[i] for i in groupe)]
            total = sum(habitants[i] for i in groupe)
            if all(cout * habitants[i] <= plafonds[i] * total for i in groupe):
                best = size
    paquets = ask(capsys, tmp_path, build_trois(*plafonds), "paquets")["paquets"]
    assert (paquets["valeur"], paquets["borne"], paquets["statut"]) == (best, best, "optimal")


def test_demands_are_read_on_a_price_that_is_said(capsys, tmp_path):
    """A and B would sign at the bill; at the price that the file posts for all, A does not."""
    dossier = build_trois(18_500, 9_500, 1_000)
    assert ask(capsys, tmp_path, dossier, "paquets")["paquets"]["valeur"] == 2
    dossier["menu"][0]["options"][0]["prix"] = "40000.00"
    paquets = ask(capsys, tmp_path, dossier, "paquets")["paquets"]
    assert (paquets["valeur"], paquets["demandes_jugees"]) == (0, "au prix affiché")
    _, sortie, _ = play(capsys, tmp_path, "accord", dossier, "--questions", "paquets")
    assert "à ces prix affichés, aucun paquet de ce menu ne fait mieux" in sortie


def test_an_automatic_menu_keeps_within_the_bounds_of_the_criteria(capsys, tmp_path):
    criteres = [{"nom": "population", "valeurs": [1000, 500]}, {"nom": "actes", "valeurs": [10, 90]}]
    service = {"nom": "S", "cout": "40000.00", "criteres": criteres, "seul": ["40000.00", "15000.00"]}
    dossier = {"communes": ["A", "B"], "services": [service], "demandes": []}
    libre = ask(capsys, tmp_path, dossier, "paquets")["paquets"]
    assert {une["cle"]["population"] for une in libre["menu"]["S"]} >= {"1"}
    criteres[0]["haut"] = "0.50"
    refuse = ask(capsys, tmp_path, dossier, "atlas", "paquets")
    assert refuse["atlas"]["services"]["S"]["reunit_au_plus"] == 0
    assert "bornes" in refuse["sans_reponse"]["paquets"]
    criteres[0]["haut"] = "0.95"
    borne = ask(capsys, tmp_path, dossier, "paquets")["paquets"]
    assert {Fraction(une["cle"]["population"]) <= Fraction(19, 20) for une in borne["menu"]["S"]} == {True}


def test_a_service_where_nobody_loses_is_kept_and_one_left_out_is_named(capsys, tmp_path):
    dossier = build_trois(30_000, 30_000, 30_000)
    service = dossier["services"][0] | {"seul": ["30000.00", "30000.00", "30000.00"]}
    autre = deepcopy(service) | {"nom": "T"}
    menu = [*dossier["menu"], dossier["menu"][0] | {"service": "T"}]
    entier = dossier | {"services": [service, autre], "menu": menu}
    (premier, *_) = ask(capsys, tmp_path, entier, "paquets")["paquets"]["paquets"]
    assert (list(premier["services"]), premier["hors_du_paquet"]) == (["S", "T"], [])
    cher = entier | {"services": [service, autre | {"seul": ["1.00", "1.00", "1.00"]}]}
    (premier, *_) = ask(capsys, tmp_path, cher, "paquets")["paquets"]["paquets"]
    assert (list(premier["services"]), premier["hors_du_paquet"]) == (["S"], ["T"])
    _, sortie, _ = play(capsys, tmp_path, "accord", cher, "--questions", "paquets")
    assert "« T » : hors du paquet" in sortie.replace("\u00a0", " ").replace("\u202f", " ")


def test_several_who_would_gain_are_told_in_the_plural():
    paquet = Paquet(("A", "B"), (Service("S", 10, frozenset({0, 1}), (Critere("parts", (1, 1)),), (20, 20)),))
    for group, qui in ((frozenset({1}), "B y gagnerait"), (frozenset({0, 1}), "A, B y gagneraient")):
        (ligne,) = tell_ensemble(paquet, JointExit(Exit(group, 5, 10), -5, Status.OPTIMAL), 1)
        assert f" : {qui} 0,05" in ligne.replace("\u202f", " ")
