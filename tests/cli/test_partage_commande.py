"""``communaccord partage``: any small game through the command line, its verdicts re-derived by enumeration."""

import json
import re
import time
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.jeux import DOSSIER, SERVICE, TABLE, answer, list_groupes, play, read_cents
from tests.cli.nucleole import LIMITES, check_nucleole

from communaccord.cli.regles_partage import NOMS

JOUE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def cost_service(jeu, groupe):
    """Cost of a group in cents, by the words of the format."""
    rangs = [jeu["joueurs"].index(nom) for nom in groupe]
    pas, productivite = Fraction(jeu["pas_etp"]), Fraction(jeu["productivite"])
    marches = ceil(sum(jeu["charge"][rang] for rang in rangs) / (pas * productivite))
    formule = read_cents(jeu["fixe"]) + read_cents(jeu["par_membre"]) * len(rangs)
    formule += read_cents(jeu["cout_etp"]) * pas * marches
    return min(formule, read_cents(jeu["seul"][rangs[0]])) if len(rangs) == 1 else formule


def check_reponse(reponse, joueurs, cost):
    """Re-derive totals, verdicts and intervals from the costs of the groups."""
    groupes, total = list_groupes(joueurs), cost(set(joueurs))
    assert {nom: read_cents(texte) for nom, texte in reponse["seul"].items()} == {nom: cost({nom}) for nom in joueurs}
    for regle, parts in reponse["parts"].items():
        cents = {nom: read_cents(texte) for nom, texte in parts.items()}
        assert sum(cents.values()) == total, regle
        surcouts = {nom: part - cost({nom}) for nom, part in cents.items() if part > cost({nom})}
        assert {nom: read_cents(texte) for nom, texte in reponse["plus_que_seul"][regle].items()} == surcouts
        verdict = reponse["stabilite"][regle]
        if groupes:
            gains = [sum(cents[nom] for nom in groupe) - cost(groupe) for groupe in groupes]
            assert read_cents(verdict["gain"]) == max(gains)
            assert verdict["stable"] == (max(gains) <= 0)
            assert sum(cents[nom] for nom in verdict["groupe"]) - cost(set(verdict["groupe"])) == max(gains)
        else:
            assert verdict == {"stable": True, "groupe": [], "gain": "0.00"}
    assert set(reponse["parts"]).isdisjoint(reponse["non_definies"])
    assert set(reponse["stabilite"]) == set(reponse["parts"])
    check_coeur(reponse, joueurs, cost)
    preuves = reponse["certificats"]
    assert ("pre_nucleolus" in preuves) == ("pre_nucleolus" in reponse["parts"])
    existe = sum(cost({nom}) for nom in joueurs) >= total
    assert (preuves["nucleolus"]["partages_compares"] == LIMITES) == existe
    for cle in ("nucleolus", "pre_nucleolus"):
        if cle in preuves:
            check_nucleole(preuves[cle], joueurs, cost, groupes)


def check_coeur(reponse, joueurs, cost):
    """The interval holds the slack of the pre-nucleolus; what proves an empty or non-empty core is what it says."""
    groupes = list_groupes(joueurs)
    if not groupes:
        assert reponse["moindre_coeur"] == {"bas": None, "haut": None}
        return
    bas, haut = (read_cents(reponse["moindre_coeur"][borne]) for borne in ("bas", "haut"))
    preuve = reponse["certificats"].get("pre_nucleolus") or reponse["certificats"]["nucleolus"]
    exactes = preuve["parts_exactes"]
    pire = min(cost(groupe) - 100 * sum(Fraction(exactes[nom]) for nom in groupe) for groupe in groupes)
    assert bas <= pire <= haut
    assert haut - bas <= 2
    preuve = reponse["certificats"]["coeur"]
    if not preuve["vide"]:
        parts = {nom: 100 * Fraction(texte) for nom, texte in preuve["parts"].items()}
        assert sum(parts.values()) == cost(set(joueurs))
        assert all(sum(parts[nom] for nom in groupe) <= cost(groupe) for groupe in groupes)
        return
    couvert = {nom: sum(g["poids"] for g in preuve["groupes"] if nom in g["groupe"]) for nom in joueurs}
    assert set(couvert.values()) == {preuve["couverture"]}
    pese = sum(g["poids"] * cost(set(g["groupe"])) for g in preuve["groupes"])
    assert pese < preuve["couverture"] * cost(set(joueurs))
    assert read_cents(reponse["cout_de_stabilite"]["haut"]) > 0


def write_montant(cents):
    return f"{cents // 100}.{cents % 100:02d}"


montants = st.integers(0, 10_000_000).map(write_montant)


@st.composite
def services(draw):
    n = draw(st.integers(1, 6))
    return {
        "type": "service",
        "joueurs": [f"Commune {rang}" for rang in range(n)],
        "charge": draw(st.lists(st.integers(0, 60), min_size=n, max_size=n)),
        "fixe": draw(montants),
        "par_membre": draw(montants),
        "cout_etp": draw(st.integers(0, 60_000).map(lambda euros: f"{euros}.00")),
        "pas_etp": draw(st.sampled_from(["0.1", "0.2", "0.5", "1"])),
        "productivite": draw(st.integers(1, 40)),
        "seul": draw(st.lists(montants, min_size=n, max_size=n)),
    }


@st.composite
def tables(draw):
    joueurs = [f"J{rang}" for rang in range(draw(st.integers(1, 4)))]
    groupes = draw(st.permutations([*list_groupes(joueurs), set(joueurs)]))
    couts = [{"groupe": sorted(groupe), "cout": draw(st.integers(0, 3000).map(write_montant))} for groupe in groupes]
    return {"type": "table", "joueurs": joueurs, "couts": couts}


@JOUE
@given(jeu=services())
def test_a_service_from_elsewhere(capsys, tmp_path, jeu):
    reponse = answer(capsys, tmp_path, "partage", jeu)
    check_reponse(reponse, jeu["joueurs"], lambda groupe: cost_service(jeu, groupe))


@JOUE
@given(jeu=tables())
def test_a_table_from_elsewhere(capsys, tmp_path, jeu):
    reponse = answer(capsys, tmp_path, "partage", jeu)
    couts = {frozenset(ligne["groupe"]): read_cents(ligne["cout"]) for ligne in jeu["couts"]}
    check_reponse(reponse, jeu["joueurs"], lambda groupe: couts[frozenset(groupe)])


def test_the_reference_service(capsys, tmp_path):
    reponse = answer(capsys, tmp_path, "partage", SERVICE)
    assert reponse["cout_total"] == "113600.00"
    assert reponse["parts"]["shapley"]["Commune D"] == "16150.00"
    assert reponse["stabilite"]["shapley"] == {"stable": False, "groupe": ["Commune D"], "gain": "1150.00"}
    assert reponse["stabilite"]["nucleolus"]["gain"] == "-5350.00"
    assert set(reponse["parts"]) >= {"shapley", "nucleolus", "tau", "ensc", "aca", "gain_egal", "proportionnel", "egal"}


def test_the_reference_service_in_words(capsys, tmp_path):
    code, sortie, _ = play(capsys, tmp_path, "partage", SERVICE | {"titre": "Le droit des sols", "fictif": True})
    assert code == 0
    assert sortie.startswith("Le droit des sols")
    assert "Chiffres fictifs." in sortie
    assert "Shapley : instable. Un groupe gagnerait 1\u202f150,00\u00a0€ à partir" in sortie


def test_the_shares_that_prove_a_core_are_printed(capsys, tmp_path):
    code, sortie, _ = play(capsys, tmp_path, "partage", TABLE | {"$schema": "jeu.schema.json"})
    assert code == 0
    parts = answer(capsys, tmp_path, "partage", TABLE)["certificats"]["coeur"]["parts"]
    lues = re.search(r"à partir\.\n  A : (.*)\u00a0€\n  B : (.*)\u00a0€\n", sortie)
    euros = [Fraction(texte.replace("\u202f", "").replace(",", ".")) for texte in lues.groups()]
    assert euros == [Fraction(parts["A"]), Fraction(parts["B"])]


def test_one_player_pays_the_lesser_of_its_own_cost_and_the_formula(capsys, tmp_path):
    un = SERVICE | {"joueurs": ["Seule"], "charge": [120], "seul": ["36000.00"]}
    reponse = answer(capsys, tmp_path, "partage", un)
    assert reponse["parts"]["shapley"] == {"Seule": "36000.00"}
    assert answer(capsys, tmp_path, "partage", un | {"fixe": "1.00"})["parts"]["nucleolus"] == {"Seule": "24401.00"}
    assert play(capsys, tmp_path, "partage", un)[0] == 0


def test_equal_players_pay_the_same_to_the_cent(capsys, tmp_path):
    trois = SERVICE | {"joueurs": ["a", "b", "c"], "charge": [50] * 3, "seul": ["30000.00"] * 3, "fixe": "40000.01"}
    for regle, parts in answer(capsys, tmp_path, "partage", trois)["parts"].items():
        assert max(map(read_cents, parts.values())) - min(map(read_cents, parts.values())) <= 1, regle


def test_a_game_that_costs_nothing(capsys, tmp_path):
    rien = {"type": "table", "joueurs": ["A", "B"], "couts": [c | {"cout": "0.00"} for c in TABLE["couts"]]}
    reponse = answer(capsys, tmp_path, "partage", rien)
    assert reponse["parts"]["shapley"] == {"A": "0.00", "B": "0.00"}
    assert "proportionnel" in reponse["non_definies"]


def test_a_loss_is_told(capsys, tmp_path):
    perte = TABLE | {"couts": [*TABLE["couts"][:2], {"groupe": ["A", "B"], "cout": "20.00"}]}
    reponse = answer(capsys, tmp_path, "partage", perte)
    assert reponse["economie"] == "-2.00"
    assert reponse["certificats"]["coeur"]["vide"] is True
    assert reponse["cout_de_stabilite"] == {"bas": "2.00", "haut": "2.00"}
    assert "perte" in reponse["mises_en_garde"]["gain_egal"]
    assert "prénucléole" in reponse["mises_en_garde"]["nucleolus"]
    code, sortie, _ = play(capsys, tmp_path, "partage", perte)
    assert code == 0
    assert "Être ensemble coûte 2,00\u00a0€ de plus : quel que soit le partage, quelqu'un paiera plus" in sortie
    assert "aucun partage n'est stable" in sortie
    assert "  1 fois 10,00\u00a0€ : A\n  1 fois 8,00\u00a0€ : B\n" in sortie


def test_no_player_pays_more_than_alone_when_all_can_be_held_to_it(capsys, tmp_path):
    """A and B cost 30 together and 100 with C, who costs 10 alone: compared freely, C would pay 40."""
    couts = {"A": "40.00", "B": "60.00", "AB": "30.00", "C": "10.00", "AC": "60.00", "BC": "60.00", "ABC": "100.00"}
    jeu = {
        "type": "table",
        "joueurs": ["A", "B", "C"],
        "couts": [{"groupe": list(groupe), "cout": cout} for groupe, cout in couts.items()],
    }
    reponse = answer(capsys, tmp_path, "partage", jeu)
    assert reponse["parts"]["nucleolus"] == {"A": "40.00", "B": "50.00", "C": "10.00"}
    assert reponse["parts"]["pre_nucleolus"] == {"A": "30.00", "B": "30.00", "C": "40.00"}
    assert reponse["certificats"]["nucleolus"]["niveaux"][0]["plafonds"] == [{"joueur": "C", "poids": 1}]
    check_reponse(reponse, jeu["joueurs"], lambda groupe: read_cents(couts["".join(sorted(groupe))]))
    code, sortie, _ = play(capsys, tmp_path, "partage", jeu)
    assert code == 0
    assert "Prénucléole (« pre_nucleolus ») : " in sortie


def test_half_cents_of_staff_are_rounded_by_group_and_told(capsys, tmp_path):
    demi = SERVICE | {"cout_etp": "48000.01", "joueurs": ["a", "b"], "charge": [100, 10], "seul": ["90000.00"] * 2}
    reponse = answer(capsys, tmp_path, "partage", demi)
    assert reponse["cout_total"] == "64800.01"
    assert "arrondie" in reponse["avertissements"][0]


def test_the_order_of_players_changes_no_share(capsys, tmp_path):
    endroit = answer(capsys, tmp_path, "partage", SERVICE)["parts"]
    envers = SERVICE | {cle: SERVICE[cle][::-1] for cle in ("joueurs", "charge", "seul")}
    assert {regle: endroit[regle] for regle in endroit} == answer(capsys, tmp_path, "partage", envers)["parts"]


@pytest.mark.parametrize("joueurs", [["A", "B", "C"], ["C", "B", "A"], ["B", "C", "A"]])
def test_the_last_cent_does_not_depend_on_the_order_of_the_file_and_is_told(capsys, tmp_path, joueurs):
    trois = SERVICE | {"joueurs": joueurs, "charge": [10] * 3, "seul": ["90.00"] * 3}
    trois |= {"fixe": "100.00", "par_membre": "0.00", "cout_etp": "0.00"}
    reponse = answer(capsys, tmp_path, "partage", trois)
    for regle, parts in reponse["parts"].items():
        assert parts == {"A": "33.34", "B": "33.33", "C": "33.33"}, regle
        assert "payé par A, pas par B, C" in reponse["mises_en_garde"][regle]
    assert play(capsys, tmp_path, "partage", trois)[1].count("payé par A, pas par B, C") == 1


def test_who_pays_more_than_alone_is_marked_and_named(capsys, tmp_path):
    """D costs 15 000 alone and pays 16 150 under Shapley; under the nucleolus nobody pays more than alone."""
    code, sortie, _ = play(capsys, tmp_path, "partage", SERVICE)
    assert code == 0
    assert re.search(r"^Commune D .* \* 16\u202f150,00\u00a0€", sortie, re.M)
    assert "Plus que le coût seul : Commune D (1\u202f150,00\u00a0€ de plus)." in sortie
    assert "\n* plus que le coût seul\n" in sortie
    nommees = re.search(r"Dont celles où quelqu'un paie plus que seul \(\* au tableau\) : (.*)\.", sortie)[1].split(
        ", "
    )
    surcouts = answer(capsys, tmp_path, "partage", SERVICE)["plus_que_seul"]
    assert nommees == [NOMS[cle] for cle, qui in surcouts.items() if qui]
    assert surcouts["shapley"] == {"Commune D": "1150.00"}
    assert surcouts["nucleolus"] == {}


def test_a_cost_alone_above_the_formula_is_told(capsys, tmp_path):
    """Commune C: 40 000 + 400 + two half posts of 24 000 make 88 400."""
    cher = SERVICE | {"seul": ["36000.00", "24000.00", "90000.00", "15000.00"]}
    reponse = answer(capsys, tmp_path, "partage", cher)
    assert reponse["seul"]["Commune C"] == "88400.00"
    assert "Commune C (de 90\u202f000,00\u00a0€ à 88\u202f400,00\u00a0€)." in reponse["avertissements"][0]
    assert f"À savoir : {reponse['avertissements'][0]}" in play(capsys, tmp_path, "partage", cher)[1]
    assert answer(capsys, tmp_path, "partage", SERVICE)["avertissements"] == []


def test_a_dossier_says_too_that_the_formula_is_cheaper_than_the_cost_alone(capsys, tmp_path):
    """Bourg alone: 10 000 + 400 + one half post of 24 000 make 34 400, for 45 000 given; the others gave less."""
    formule = {cle: SERVICE[cle] for cle in ("par_membre", "cout_etp", "pas_etp", "productivite")}
    service = {cle: valeur for cle, valeur in DOSSIER["services"][0].items() if cle != "cout"}
    dossier = DOSSIER | {"services": [service | {"formule": formule | {"fixe": "10000.00", "charge": [120, 60, 20]}}]}
    avis = answer(capsys, tmp_path, "accord", dossier, "--questions", "aucune")["avertissements"]
    assert len(avis) == 1
    assert "donné : Bourg (de 45\u202f000,00\u00a0€ à 34\u202f400,00\u00a0€). Les gains" in avis[0]


def test_the_summary_gives_each_rule_on_its_side_and_the_saving(capsys, tmp_path):
    sortie = play(capsys, tmp_path, "partage", SERVICE)[1]
    bref = sortie[: sortie.index("\n\n")]
    stabilite = answer(capsys, tmp_path, "partage", SERVICE)["stabilite"]
    for debut, stable in (("Règles qui tiennent", True), ("Règles qui ne tiennent pas", False)):
        noms = re.search(rf"{debut} \(.*?\) : (.*)\.", bref)[1].split(", ")
        assert noms == [NOMS[cle] for cle, verdict in stabilite.items() if verdict["stable"] == stable]
    assert "Être ensemble économise 21\u202f400,00\u00a0€ par an." in bref


def test_wide_tables_are_cut_and_keep_every_rule(capsys, tmp_path):
    joueurs = [f"Commune au nom bien long numéro {rang}" for rang in range(7)]
    grand = SERVICE | {"joueurs": joueurs, "charge": [120, 80, 200, 45, 30, 20, 10], "seul": ["60000.00"] * 7}
    sortie = play(capsys, tmp_path, "partage", grand)[1]
    tetes = [ligne for ligne in sortie.splitlines() if ligne.startswith("Joueur ")]
    assert len(tetes) > 1
    assert max(map(len, tetes)) <= 120
    colonnes = [nom for tete in tetes for nom in re.split(r" {2,}", tete)[2:]]
    assert colonnes == [NOMS[cle] for cle in answer(capsys, tmp_path, "partage", grand)["parts"]]
    assert "tous, sauf " in sortie


def test_who_adds_more_than_alone_is_named(capsys, tmp_path):
    """C makes the cost of A and B rise from 12 to 20, and costs 5 alone."""
    couts = {"A": "10.00", "B": "10.00", "C": "5.00", "AB": "12.00", "AC": "14.00", "BC": "14.00", "ABC": "20.00"}
    lignes = [{"groupe": list(groupe), "cout": cout} for groupe, cout in couts.items()]
    reponse = answer(capsys, tmp_path, "partage", {"type": "table", "joueurs": ["A", "B", "C"], "couts": lignes})
    phrase = "Ce que leur venue ajoute au coût de tous dépasse leur coût seul : C (8,00\u00a0€ pour 5,00\u00a0€)."
    assert reponse["avertissements"] == [phrase]


@given(joueurs=st.permutations(["Écully", "Bron", "eaubonne", "Ecully"]))
@JOUE
def test_a_table_does_not_depend_on_its_order(capsys, tmp_path, joueurs):
    couts = [
        {"groupe": sorted(groupe), "cout": f"{10 + len(groupe)}.01"}
        for groupe in (*list_groupes(joueurs), set(joueurs))
    ]
    reponse = answer(capsys, tmp_path, "partage", {"type": "table", "joueurs": joueurs, "couts": couts})
    droit = answer(capsys, tmp_path, "partage", {"type": "table", "joueurs": sorted(joueurs), "couts": couts})
    assert json.dumps(reponse) == json.dumps(droit)
    assert list(reponse["parts"]["egal"]) == ["Bron", "eaubonne", "Ecully", "Écully"]


@pytest.mark.parametrize("secondes", ["0", "-1", "nan"])
def test_a_duration_must_be_positive(capsys, tmp_path, secondes):
    code, sortie, erreurs = play(capsys, tmp_path, "partage", SERVICE, "--secondes", secondes)
    assert (code, sortie) == (2, "")
    assert "durée" in erreurs


def test_a_search_stopped_by_time_is_never_told_as_proved(capsys, tmp_path):
    beaucoup = 40
    large = SERVICE | {
        "joueurs": [f"c{rang}" for rang in range(beaucoup)],
        "charge": [7 + rang * rang % 53 for rang in range(beaucoup)],
        "seul": [f"{9000 + 700 * (rang % 11)}.00" for rang in range(beaucoup)],
    }
    reponse = answer(capsys, tmp_path, "partage", large, "--secondes", "0.000001")
    assert "arrêté" in reponse["non_definies"]["nucleolus"]
    assert "nucleolus" not in reponse["parts"]
    assert reponse["certificats"]["nucleolus"] is None
    assert read_cents(reponse["moindre_coeur"]["bas"]) <= read_cents(reponse["moindre_coeur"]["haut"])


def test_sixteen_players_in_a_table_are_read_in_a_few_seconds(capsys, tmp_path):
    joueurs = [f"J{rang}" for rang in range(16)]
    couts = [
        {"groupe": groupe, "cout": write_montant(9000 + 100 * len(groupe))}
        for masque in range(1, 1 << 16)
        if (groupe := [nom for rang, nom in enumerate(joueurs) if masque >> rang & 1])
    ]
    jeu = {"type": "table", "joueurs": joueurs, "couts": couts}
    debut = time.process_time()
    reponse = answer(capsys, tmp_path, "partage", jeu)
    assert time.process_time() - debut < 20
    assert reponse["parts"]["nucleolus"] == dict.fromkeys(joueurs, "6.62") | dict.fromkeys(sorted(joueurs)[:8], "6.63")
