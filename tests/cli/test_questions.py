"""The questions of ``communaccord accord``: each answer re-derived from the file alone, in exact arithmetic."""

import json
from copy import deepcopy
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.jeux import DOSSIER, answer, play, read_cents
from tests.cli.test_accord_commande import JOUE, compute_payments, dossiers, measure

from communaccord.cli.questions import QUESTIONS

VOISINS = [["Bourg", "Val"], ["Val", "Mont"]]
FORMULE = {
    "charge": [120, 60, 20],
    "fixe": "10000.00",
    "par_membre": "500.00",
    "cout_etp": "45000.00",
    "pas_etp": "0.1",
    "productivite": 250,
}


def ask(capsys, tmp_path, dossier, *questions):
    """The answers to some questions."""
    return answer(capsys, tmp_path, "accord", dossier, "--questions", ",".join(questions))["questions"]


def build_formule(**cles):
    """The reference dossier with a formula in the place of its cost."""
    dossier = deepcopy(DOSSIER)
    service = dossier["services"][0]
    del service["cout"]
    return dossier | {"services": [service | {"formule": FORMULE}]} | cles


def propose(dossier, *poids):
    """The dossier with a key on the table."""
    copie = deepcopy(dossier)
    for critere, valeur in zip(copie["services"][0]["criteres"], poids, strict=True):
        critere["poids"] = valeur
    return copie


def list_grille(noms):
    """Every usual key."""
    return [
        dict(zip(noms, (Fraction(k, 20) for k in parts), strict=True))
        for parts in product(range(21), repeat=len(noms))
        if sum(parts) == 20
    ]


@JOUE
@given(dossier=dossiers(), cible=st.lists(st.integers(0, 300), min_size=4, max_size=4))
def test_the_nearest_usual_key_is_the_nearest_of_all(capsys, tmp_path, dossier, cible):
    service, n = dossier["services"][0], len(dossier["communes"])
    total = read_cents(service["cout"])
    parts = [total * part // (sum(cible[:n]) or 1) for part in cible[:n]]
    parts[-1] += total - sum(parts)
    service["cible"] = [f"{part // 100}.{part % 100:02d}" for part in parts]
    reponse = ask(capsys, tmp_path, dossier, "cle")["cle"]["visees"]["cible"]
    trouvee = reponse["services"]["S"]

    def ecart(cle):
        return max(abs(paie - part) for paie, part in zip(compute_payments(dossier, cle), parts, strict=True))

    ecarts = [ecart(cle) for cle in list_grille([critere["nom"] for critere in service["criteres"]])]
    assert ecart(trouvee["cle"]) == min(ecarts)
    assert read_cents(trouvee["plus_grand_ecart"]) == -(-min(ecarts) // 1)
    assert trouvee["nombre_aussi_proches"] == ecarts.count(min(ecarts)) - 1
    assert sum(map(read_cents, trouvee["parts"].values())) == total
    tenues = [measure(dossier, trouvee["cle"], k) >= 0 for k in range(len(dossier["demandes"]))]
    assert [une["numero"] for une in sorted(reponse["demandes_non_tenues"], key=lambda une: une["numero"])] == [
        k for k, tenue in enumerate(tenues) if not tenue
    ]


@JOUE
@given(dossier=dossiers())
def test_the_key_at_which_everything_holds_is_the_nearest_that_does(capsys, tmp_path, dossier):
    reponse = answer(capsys, tmp_path, "accord", dossier, "--questions", "cle")
    if not reponse["accord"]:
        return
    noms = [critere["nom"] for critere in dossier["services"][0]["criteres"]]
    tenables = [
        cle for cle in list_grille(noms) if all(measure(dossier, cle, k) >= 0 for k in range(len(dossier["demandes"])))
    ]
    for regle, visee in reponse["questions"]["cle"]["visees"].items():
        if not visee["demandes_non_tenues"]:
            continue
        parts = [read_cents(part) for part in reponse["propositions"][regle]["parts"]["S"].values()]
        ecarts = [
            max(abs(paie - part) for paie, part in zip(compute_payments(dossier, cle), parts, strict=True))
            for cle in tenables
        ]
        if not tenables:
            assert visee["qui_tient_tout"] is None
        else:
            assert read_cents(visee["qui_tient_tout"]["S"]["plus_grand_ecart"]) == -(-min(ecarts) // 1)


@JOUE
@given(dossier=dossiers(), quart=st.integers(0, 4))
def test_a_concession_lets_the_commune_in_and_keeps_the_others(capsys, tmp_path, dossier, quart):
    dossier = propose(dossier, str(quart / 4), str(1 - quart / 4), "0")
    questions = ask(capsys, tmp_path, dossier, "bascule")
    proposee = questions["depart"]["cles"]["S"]
    numeros = range(len(dossier["demandes"]))
    tenues = {k for k in numeros if measure(dossier, proposee, k) >= 0}
    refusent = {dossier["demandes"][k]["commune"] for k in numeros if k not in tenues}
    assert {une["commune"] for une in questions["bascule"]["communes"]} == refusent
    for une in questions["bascule"]["communes"]:
        gardees = {k for k in numeros if dossier["demandes"][k]["commune"] not in refusent - {une["commune"]}}
        cle = une["leviers"]["cle"]
        if cle["possible"]:
            assert all(measure(dossier, cle["cles"]["S"], k) >= 0 for k in gardees)
            bouge = sum(abs(Fraction(cle["cles"]["S"][nom]) - Fraction(proposee[nom])) for nom in proposee)
            assert bouge == Fraction(cle["ampleur"])
        else:
            assert cle["possible"] is False
            coins = list_grille(list(proposee))
            assert not any(all(measure(dossier, coin, k) >= 0 for k in gardees) for coin in coins)


@JOUE
@given(dossier=dossiers(), quart=st.integers(0, 4))
def test_the_cost_may_move_that_far_and_no_further(capsys, tmp_path, dossier, quart):
    dossier = propose(dossier, str(quart / 4), "0", str(1 - quart / 4))
    questions = ask(capsys, tmp_path, dossier, "sensibilite")
    cle, marge = questions["depart"]["cles"]["S"], questions["sensibilite"]["services"]["S"]["cout"]
    cout = read_cents(dossier["services"][0]["cout"])

    def list_tenues(plus):
        autre = deepcopy(dossier)
        autre["services"][0]["cout"] = f"{(cout + plus) // 100}.{(cout + plus) % 100:02d}"
        return [measure(autre, cle, k) >= 0 for k in range(len(dossier["demandes"]))]

    for sens, cote in ((1, "plus"), (-1, "moins")):
        if marge[cote] is None:
            assert list_tenues(sens * (cout if sens < 0 else 10**9)) == list_tenues(0)
            continue
        dernier = read_cents(marge[cote])
        assert list_tenues(dernier) == list_tenues(0)
        assert list_tenues(dernier + sens) != list_tenues(0)


def test_an_exit_that_could_happen_and_one_on_paper(capsys, tmp_path):
    dossier = propose(build_formule(voisins=VOISINS, incertitude="0.05"), "0", "1")
    dossier["services"][0]["seul"][0] = "20000.00"
    (service,) = ask(capsys, tmp_path, dossier, "sorties")["sorties"]["services"].values()
    assert service["toutes_examinees"]
    assert [une["groupe"] for une in service["plausibles"]] == [["Bourg"]]
    (une,) = service["plausibles"]
    assert read_cents(une["paie"]) - read_cents(une["coutera_seul"]) == read_cents(une["gain"]) > 0
    for autre in service["arithmetiques"]:
        assert read_cents(autre["gain"]) <= read_cents(autre["incertitude"]) or not autre["se_touchent"]
    large = ask(capsys, tmp_path, dossier | {"incertitude": "1"}, "sorties")["sorties"]["services"]
    assert large["Droit des sols"]["plausibles"] == []


def test_the_transfers_of_the_deal_are_lost_by_who_leaves(capsys, tmp_path):
    """The same bills: who receives has less to gain by leaving."""
    voie = {"voie": "revision_libre_ac", "donner": ["9000.00"] * 3, "recevoir": ["9000.00"] * 3, "total": "9000.00"}
    dossier = build_formule(voisins=VOISINS, incertitude="0", transferts=[voie])
    questions = ask(capsys, tmp_path, dossier, "sorties")
    depart, (service,) = questions["depart"], questions["sorties"]["services"].values()
    for une in (*service["plausibles"], *service["arithmetiques"]):
        assert read_cents(une["paie"]) == sum(read_cents(depart["contributions"][nom]) for nom in une["groupe"])


def test_a_cost_without_formula_is_left_only_by_a_commune_alone(capsys, tmp_path):
    dossier = propose(DOSSIER | {"voisins": VOISINS, "incertitude": "0"}, "1", "0")
    service = ask(capsys, tmp_path, dossier, "sorties")["sorties"]["services"]["Droit des sols"]
    assert all(len(une["groupe"]) == 1 for une in (*service["plausibles"], *service["arithmetiques"]))


def test_the_workload_of_each_commune_one_unit_at_a_time(capsys, tmp_path):
    dossier = propose(build_formule(), "0.5", "0.5")
    reponse = ask(capsys, tmp_path, dossier, "charges")["charges"]["services"]["Droit des sols"]
    assert reponse["critere"] == "actes"
    for nom, marge in reponse["communes"].items():
        place = dossier["communes"].index(nom)
        for cote in ("moins", "plus"):
            tenues = []
            dernier = int(marge[cote])
            au_dela = [] if marge[f"demande_{cote}"] is None else [dernier + (1 if cote == "plus" else -1)]
            for ecart in (0, dernier, *au_dela):
                autre = deepcopy(dossier)
                autre["services"][0]["formule"]["charge"][place] += ecart
                autre["services"][0]["criteres"][1]["valeurs"][place] += ecart
                depart = ask(capsys, tmp_path, autre, "bascule")["depart"]
                tenues.append([une["numero"] for une in depart["demandes_non_tenues"]])
            assert tenues[1] == tenues[0]
            assert all(autres != tenues[0] for autres in tenues[2:])


def test_the_keys_with_which_everybody_joins_are_those_that_hold(capsys, tmp_path):
    dossier = build_formule(populations=[5000, 1200, 800])
    atlas = ask(capsys, tmp_path, dossier, "atlas")["atlas"]
    service = atlas["services"]["Droit des sols"]
    autre = {**dossier["services"][0], "cout": "60000.00"}
    cout = ask(capsys, tmp_path, dossier, "bascule")["depart"]["contributions"]
    autre["cout"] = f"{sum(map(read_cents, cout.values())) // 100}.{sum(map(read_cents, cout.values())) % 100:02d}"
    paye = dossier | {"services": [autre]}
    tenables = [
        cle for cle in list_grille(["population", "actes"]) if all(measure(paye, cle, k) >= 0 for k in range(3))
    ]
    assert service["cles"] == 21
    assert service["cles_ou_toutes_entrent"] == len(tenables) > 0
    assert service["reunit_au_plus"] == 7000
    assert atlas["unite"] == "habitants"


def test_a_service_that_no_share_aims_at_is_named_with_its_key(capsys, tmp_path):
    autre = {
        "nom": "Voirie",
        "cout": "60000.00",
        "criteres": [{"nom": "habitants", "valeurs": [5, 3, 2], "poids": "1"}],
        "seul": ["40000.00", "30000.00", "20000.00"],
    }
    dossier = propose(build_formule(), "0.9", "0.1")
    dossier["services"].append(autre)
    _, sortie, _ = play(capsys, tmp_path, "accord", dossier, "--questions", "cle")
    visees = sortie[sortie.index("Pour la valeur de Shapley") :].replace("\u00a0", " ").replace("\u202f", " ")
    assert visees.count("« Voirie » : pas de part visée, sa clé reste habitants 100 %.") == 2


def test_only_the_service_that_a_request_reads_is_paid_in_common(capsys, tmp_path):
    service = {"nom": "S", "cout": "10000.00", "criteres": [{"nom": "habitants", "valeurs": [1, 3]}]}
    services = [service | {"nom": nom, "seul": ["9000.00", "9000.00"]} for nom in ("S", "T")]
    proposes = [s | {"criteres": [s["criteres"][0] | {"poids": "1"}]} for s in services]
    demande = {"commune": "A", "type": "contribution_max", "montant": "2000.00", "service": "S"}
    dossier = {"communes": ["A", "B"], "services": proposes, "demandes": [demande]}
    (une,) = ask(capsys, tmp_path, dossier, "bascule")["bascule"]["communes"]
    prix = une["leviers"]["prix"]
    assert (prix["ampleur"], prix["par_service"]) == ("2000.00", {"S": "2000.00", "T": "0.00"})
    _, sortie, _ = play(capsys, tmp_path, "accord", dossier, "--questions", "bascule")
    assert "par an au moins, « S » 2\u202f000,00\u00a0€." in sortie


def test_the_best_package_of_a_menu(capsys, tmp_path):
    options = [
        {"nom": "population", "cle": {"population": "1"}},
        {"nom": "mêlée", "cle": {"population": "0.5", "actes": "0.5"}},
        {"nom": "sans Mont", "cle": {"actes": "1"}, "exclut": ["Mont"], "cout": "50000.00"},
    ]
    dossier = DOSSIER | {"menu": [{"service": "Droit des sols", "options": options}], "populations": [5000, 1200, 800]}
    paquets = ask(capsys, tmp_path, dossier, "paquets")["paquets"]
    tenables = [
        option["nom"]
        for option in options[:2]
        if all(measure(dossier, {"population": "0", "actes": "0"} | option["cle"], k) >= 0 for k in range(3))
    ]
    assert paquets["statut"] == "optimal"
    assert paquets["valeur"] == (7000 if tenables else 6200)
    meilleur = paquets["paquets"][0]
    (service,) = meilleur["services"].values()
    assert sum(map(read_cents, service["parts"].values())) == read_cents(service["cout"])
    noms = [une["nom"] for une in paquets["menu"]["Droit des sols"]]
    assert list(dict.fromkeys(noms)) == [option["nom"] for option in options]


def test_an_automatic_menu_finds_what_the_atlas_finds(capsys, tmp_path):
    questions = ask(capsys, tmp_path, build_formule(), "atlas", "paquets")
    assert questions["paquets"]["valeur"] >= questions["atlas"]["services"]["Droit des sols"]["reunit_au_plus"]


def test_two_services_and_the_exit_from_both(capsys, tmp_path):
    dossier = build_formule(voisins=VOISINS, incertitude="0.05")
    autre = deepcopy(dossier["services"][0]) | {"nom": "Archives"}
    questions = ask(capsys, tmp_path, dossier | {"services": [*dossier["services"], autre]}, *QUESTIONS)
    assert questions["sans_reponse"] == {}
    assert list(questions["depart"]["cles"]) == ["Archives", "Droit des sols"]
    assert questions["sorties"]["paquet"]["statut"] == "optimal"


def test_what_is_asked_when_nothing_is_said(capsys, tmp_path):
    cles = {"depart", "sans_reponse", "cle", "bascule", "sensibilite"}
    assert answer(capsys, tmp_path, "accord", DOSSIER)["questions"].keys() == cles
    plus = DOSSIER | {"voisins": VOISINS, "incertitude": "0.05"}
    assert answer(capsys, tmp_path, "accord", plus)["questions"].keys() == cles | {"sorties"}
    assert answer(capsys, tmp_path, "accord", plus, "--questions", "aucune")["questions"] is None
    sans = ask(capsys, tmp_path, DOSSIER, "sorties", "charges")["sans_reponse"]
    assert "« voisins »" in sans["sorties"].replace("\u202f", " ")
    assert "« formule »" in sans["charges"].replace("\u202f", " ")


def test_every_question_in_words(capsys, tmp_path):
    dossier = propose(build_formule(voisins=VOISINS, incertitude="0.05"), "0.9", "0.1")
    code, sortie, erreurs = play(capsys, tmp_path, "accord", dossier, "--questions", "toutes")
    assert (code, erreurs) == (0, "")
    assert all(titre in sortie for titre, _ in QUESTIONS.values())
    assert "Menu automatique" in sortie


@JOUE
@given(dossier=dossiers(), hasard=st.randoms(use_true_random=False))
def test_the_order_of_services_criteria_and_requests_changes_nothing(capsys, tmp_path, dossier, hasard):
    dossier = dossier | {"services": [*dossier["services"], deepcopy(dossier["services"][0]) | {"nom": "Z"}]}
    autre = deepcopy(dossier)
    numeros = list(range(len(autre["demandes"])))
    hasard.shuffle(numeros)
    autre["demandes"] = [dossier["demandes"][k] for k in numeros]
    for liste in (autre["services"], *(service["criteres"] for service in autre["services"])):
        hasard.shuffle(liste)

    def forget(valeur):
        if isinstance(valeur, dict):
            return {cle: forget(une) for cle, une in valeur.items() if cle != "numero"}
        return sorted(map(forget, valeur), key=json.dumps) if isinstance(valeur, list) else valeur

    reponses = [answer(capsys, tmp_path, "accord", un, "--questions", "cle,bascule") for un in (dossier, autre)]
    assert forget(reponses[0]) == forget(reponses[1])
    if not reponses[0]["accord"]:
        places = [{une["numero"] for une in reponse["conflit"]["demandes"]} for reponse in reponses]
        assert places[0] == {numeros[k] for k in places[1]}


@pytest.mark.parametrize("mot", ["cles", "cle,,bascule", "Cle", "tout", ""])
def test_a_question_that_is_none(capsys, tmp_path, mot):
    code, sortie, erreurs = play(capsys, tmp_path, "accord", DOSSIER, "--questions", mot)
    assert (code, sortie) == (2, "")
    assert "n'est pas une question" in erreurs
    assert "sensibilite" in erreurs
