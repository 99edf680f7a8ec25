"""``communaccord accord``: deals and conflicts re-derived in exact arithmetic from the file alone."""

from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.jeux import DOSSIER, answer, play, read_cents
from tests.cli.test_refus import change, check_phrase

JOUE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MAXIMUMS = {"contribution_max"}


def compute_payments(dossier, cles):
    """What each commune pays for the first service, cents, by exact keys."""
    service = dossier["services"][0]
    cout = read_cents(service["cout"])
    paie = [Fraction(0)] * len(dossier["communes"])
    for critere in service["criteres"]:
        poids, total = Fraction(cles[critere["nom"]]), sum(critere["valeurs"])
        for rang, valeur in enumerate(critere["valeurs"]):
            paie[rang] += poids * cout * valeur / total
    return paie


def measure(dossier, cles, numero):
    """By how many cents a request on money holds (negative: it does not)."""
    demande = dossier["demandes"][numero]
    rang = dossier["communes"].index(demande["commune"])
    paie = compute_payments(dossier, cles)[rang]
    if demande["type"] in MAXIMUMS:
        return read_cents(demande["montant"]) - paie
    return read_cents(dossier["services"][0]["seul"][rang]) - paie - read_cents(demande["montant"])


@st.composite
def dossiers(draw):
    n = draw(st.integers(2, 4))
    communes = [f"Commune {rang}" for rang in range(n)]
    entiers = st.lists(st.integers(1, 50), min_size=n, max_size=n)
    demandes = [
        {
            "commune": commune,
            "type": draw(st.sampled_from(["contribution_max", "gain_min"])),
            "montant": f"{draw(st.integers(0, 400))}.00",
            "degre": draw(st.sampled_from(["indispensable", "utile", "secondaire"])),
        }
        for commune in communes
    ]
    service = {
        "nom": "S",
        "cout": f"{draw(st.integers(100, 1000))}.00",
        "criteres": [{"nom": nom, "valeurs": draw(entiers)} for nom in ("a", "b", "c")],
        "seul": [f"{draw(st.integers(50, 600))}.00" for _ in communes],
    }
    return {"communes": communes, "services": [service], "demandes": demandes}


@JOUE
@given(dossier=dossiers())
def test_a_dossier_from_elsewhere(capsys, tmp_path, dossier):
    reponse = answer(capsys, tmp_path, "accord", dossier)
    numeros = range(len(dossier["demandes"]))
    if reponse["accord"]:
        assert all(measure(dossier, reponse["exemple"]["cles"]["S"], k) >= 0 for k in numeros)
        perdantes = {nom for nom, gain in reponse["propositions"]["leximin"]["gains"].items() if read_cents(gain) < 0}
        if not perdantes & set(reponse["signatures"]["sans_plafond"]):
            assert set(reponse["signatures"]["signent"]) == set(dossier["communes"])
        for deal in reponse["propositions"].values():
            assert all(measure(dossier, deal["cles"]["S"], k) >= 0 for k in numeros)
            assert sum(map(read_cents, deal["contributions"].values())) == read_cents(dossier["services"][0]["cout"])
    else:
        check_conflit(dossier, reponse["conflit"])
        cede = {une["numero"]: read_cents(une["cede"]) for une in reponse["cession"]["demandes"]}
        assert all(measure(dossier, reponse["cession"]["cles"]["S"], k) + cede.get(k, 0) >= 0 for k in numeros)


def check_conflit(dossier, conflit):
    """At every corner of the keys the weighed requests lack at least what is claimed: so they do at every key."""
    noms = [critere["nom"] for critere in dossier["services"][0]["criteres"]]
    for coin in noms:
        cles = {nom: str(int(nom == coin)) for nom in noms}
        pese = sum(Fraction(une["poids"]) * measure(dossier, cles, une["numero"]) for une in conflit["preuve"]["poids"])
        assert pese <= -100 * Fraction(conflit["preuve"]["manque"]) < 0
    numeros = {une["numero"] for une in conflit["demandes"]}
    assert {une["numero"] for une in conflit["sans"]} == numeros
    for sans in conflit["sans"]:
        assert all(measure(dossier, sans["cles"]["S"], k) >= 0 for k in numeros - {sans["numero"]})


def test_the_reference_dossier_in_words(capsys, tmp_path):
    code, sortie, _ = play(capsys, tmp_path, "accord", DOSSIER | {"fictif": True, "titre": "Instruction"})
    assert code == 0
    assert "Un accord est possible" in sortie
    assert "Chiffres fictifs." in sortie


def test_a_conflict_in_words_and_who_is_left(capsys, tmp_path):
    dossier = deepcopy(DOSSIER)
    dossier["demandes"][0]["montant"] = "35000.00"
    code, sortie, _ = play(capsys, tmp_path, "accord", dossier)
    assert code == 0
    assert "Aucun accord ne satisfait toutes les demandes" in sortie
    assert "Bourg cède 1\u202f000,00\u00a0€ par an" in sortie
    assert "Plus rien ne tient." in sortie


def test_what_else_could_be_withdrawn_is_known_when_one_request_is_enough(capsys, tmp_path):
    dossier = deepcopy(DOSSIER)
    dossier["demandes"][0]["montant"] = "35000.00"
    retrait = answer(capsys, tmp_path, "accord", dossier)["retrait"]
    assert len(retrait["demandes"]) == 1
    (retiree,) = retrait["demandes"]
    for numero in range(3):
        reste = deepcopy(dossier)
        del reste["demandes"][numero]
        ailleurs = {une["numero"] for une in [retiree, *retrait["aussi_bien"]]}
        assert answer(capsys, tmp_path, "accord", reste)["accord"] is (numero in ailleurs)


def test_when_two_requests_must_go_others_are_not_known(capsys, tmp_path):
    demandes = [{"commune": commune, "type": "contribution_max", "montant": "1.00"} for commune in DOSSIER["communes"]]
    retrait = answer(capsys, tmp_path, "accord", DOSSIER | {"demandes": demandes})["retrait"]
    assert (len(retrait["demandes"]), retrait["aussi_bien"]) == (3, None)
    sortie = play(capsys, tmp_path, "accord", DOSSIER | {"demandes": demandes})[1]
    assert "Un choix parmi ceux possibles" in sortie
    assert "d'autres peuvent exister" in sortie


def test_a_request_that_lacks_only_the_rounding_of_the_key_gives_up_nothing(capsys, tmp_path):
    """A gives up two cents; at a key of short writing B would lack a part of one, which it does not have to."""
    criteres = [{"nom": "a", "valeurs": [3, 4, 8]}, {"nom": "b", "valeurs": [7, 5, 6]}]
    service = {"nom": "S", "cout": "10236.30", "criteres": criteres, "seul": ["99999.00"] * 3}
    montants = {"A": "2491.96", "B": "2755.84", "C": "4988.48"}
    demandes = [{"commune": nom, "type": "contribution_max", "montant": texte} for nom, texte in montants.items()]
    dossier = {"communes": list(montants), "services": [service], "demandes": demandes}
    reponse = answer(capsys, tmp_path, "accord", dossier)
    assert [une["commune"] for une in reponse["cession"]["demandes"]] == ["A"]
    assert reponse["cession"]["statut"] == "optimal"
    assert all(measure(dossier, reponse["cession"]["cles"]["S"], k) >= 0 for k in (1, 2))
    premiers = reponse["signatures"]["etapes"][0]
    assert [phrase.split()[0] for phrase in premiers if "ne signe pas" in phrase] == ["A"]


def test_a_service_whose_key_leaves_with_a_commune(capsys, tmp_path):
    service = {"nom": "S", "cout": "100.00", "criteres": [{"nom": "a", "valeurs": [0, 2, 0]}], "seul": ["90.00"] * 3}
    demandes = [{"commune": "B", "type": "contribution_max", "montant": "50.00"}]
    dossier = {"communes": ["A", "B", "C"], "services": [service], "demandes": demandes}
    reponse = answer(capsys, tmp_path, "accord", dossier)
    assert reponse["accord"] is False
    assert reponse["signatures"]["signent"] == []
    fin = reponse["signatures"]["etapes"][0][-1].replace("\u202f", " ")
    assert fin == "Sans B, le service « S » n'a plus de clé : ses critères y sont nuls partout."


def test_a_formula_lowers_the_cost_when_somebody_leaves(capsys, tmp_path):
    dossier = deepcopy(DOSSIER)
    service = dossier["services"][0]
    del service["cout"]
    service["formule"] = {
        "charge": [120, 60, 20],
        "fixe": "1000.00",
        "par_membre": "0.00",
        "cout_etp": "48000.00",
        "pas_etp": "0.1",
        "productivite": 100,
    }
    montants = {"Mont": "10.00", "Bourg": "99000.00", "Val": "99000.00"}
    dossier["demandes"] = [{"commune": nom, "type": "contribution_max", "montant": m} for nom, m in montants.items()]
    reponse = answer(capsys, tmp_path, "accord", dossier)
    assert reponse["accord"] is False
    assert reponse["signatures"]["signent"] == ["Bourg", "Val"]
    assert sum(map(read_cents, reponse["signatures"]["contributions"].values())) == 100_000 + 18 * 480_000
    assert reponse["signatures"]["services"] == {"Droit des sols": ["Bourg", "Val"]}


def test_money_passes_only_by_a_legal_way(capsys, tmp_path):
    dossier = deepcopy(DOSSIER)
    dossier["demandes"][0]["montant"] = "35000.00"
    voie = {
        "voie": "revision_libre_ac",
        "donner": ["0.00", "2000.00", "2000.00"],
        "recevoir": ["2000.00", "0.00", "0.00"],
        "total": "2000.00",
    }
    dossier["demandes"][1]["montant"] = "0.00"
    reponse = answer(capsys, tmp_path, "accord", dossier | {"transferts": [voie]})
    assert reponse["accord"] is True
    (transferts,) = reponse["propositions"]["leximin"]["transferts"].values()
    assert sum(map(read_cents, transferts.values())) == 0
    assert read_cents(transferts["Bourg"]) > 0


@pytest.mark.parametrize(
    "demande",
    [
        {"type": "hausse_max", "taux": "0.02"},
        {"type": "niveau_min", "service": "Droit des sols", "niveau": 2},
        {"type": "seulement_si", "service": "Droit des sols", "avec": "Val"},
        {"type": "pas_avant", "annee": 2028},
        {"type": "distance_max", "service": "Droit des sols", "metres": 9000},
        {"type": "personnel_garanti", "service": "Droit des sols", "postes": 50},
        {"type": "engagement", "engagement": "permanence"},
        {"type": "avec_commune", "avec": "Mont"},
    ],
)
def test_each_kind_of_request(capsys, tmp_path, demande):
    dossier = deepcopy(DOSSIER) | {"annee": 2027, "engagements": ["agent"]}
    dossier["services"][0] |= {"distances": [0, 8000, 12000], "postes": [0, 0, 0], "niveau": 1}
    dossier["demandes"] = [{"commune": "Bourg", **demande}]
    reponse = answer(capsys, tmp_path, "accord", dossier)
    assert reponse["accord"] is (demande["type"] in {"hausse_max", "seulement_si", "avec_commune", "distance_max"})


@JOUE
@given(dossier=dossiers(), hasard=st.randoms(use_true_random=False))
def test_the_order_of_the_communes_changes_nothing(capsys, tmp_path, dossier, hasard):
    ordre = list(range(len(dossier["communes"])))
    hasard.shuffle(ordre)
    autre = deepcopy(dossier)
    service = autre["services"][0]
    for objet, cle in ((autre, "communes"), (service, "seul"), *((c, "valeurs") for c in service["criteres"])):
        objet[cle] = [objet[cle][rang] for rang in ordre]
    assert answer(capsys, tmp_path, "accord", autre) == answer(capsys, tmp_path, "accord", dossier)


def put(donnees, *chemin, **cles):
    """Return the dossier with other values at a place; None takes the key away."""
    copie = deepcopy(donnees)
    place = copie
    for pas in chemin:
        place = place[pas]
    for cle, valeur in cles.items():
        place[cle] = valeur
        if valeur is None:
            del place[cle]
    return copie


SERVICE = ("services", 0)
VOIE = {"voie": "revision_libre_ac", "total": "1.00", "donner": ["1.00"] * 3, "recevoir": ["1.00"] * 3}

CRITERE, AUTRE = (*SERVICE, "criteres", 0), (*SERVICE, "criteres", 1)
FORMULE = {
    "charge": [1, 1, 1],
    "fixe": "1.00",
    "par_membre": "1.00",
    "cout_etp": "1.00",
    "pas_etp": "1",
    "productivite": 1,
}


def build_menu(*options, service="Droit des sols"):
    """The dossier with a menu: a plain option changed by each of those given."""
    plates = [change({"nom": "mêlée", "cle": {"population": "0.5", "actes": "0.5"}}, **option) for option in options]
    return DOSSIER | {"menu": [{"service": service, "options": plates}]}


DOSSIERS = {
    "empty": ({}, "« communes »"),
    "no request key": (change(DOSSIER, demandes=None), "« demandes »"),
    "no service": (change(DOSSIER, services=[]), "« services »"),
    "two communes alike": (change(DOSSIER, communes=["A", "B", "A"]), "déjà donné"),
    "two services alike": (DOSSIER | {"services": DOSSIER["services"] * 2}, "déjà donné"),
    "no cost": (put(DOSSIER, *SERVICE, cout=None), "« cout » ou « formule »"),
    "both costs": (
        put(DOSSIER, *SERVICE, formule=FORMULE),
        "Gardez l'un des deux",
    ),
    "cost as a number": (put(DOSSIER, *SERVICE, cout=60000), "« services[0].cout »"),
    "too few alone": (put(DOSSIER, *SERVICE, seul=["1.00"]), "« services[0].seul »"),
    "member unknown": (put(DOSSIER, *SERVICE, membres=["Ailleurs"]), "« Ailleurs »"),
    "member twice": (put(DOSSIER, *SERVICE, membres=["Val", "Val"]), "deux fois"),
    "criterion too short": (
        put(DOSSIER, *SERVICE, "criteres", 1, valeurs=[1, 2]),
        "« services[0].criteres[1].valeurs »",
    ),
    "criterion nowhere": (put(DOSSIER, *SERVICE, "criteres", 1, valeurs=[0, 0, 0]), "nul partout"),
    "weights that cannot sum to 1": (put(DOSSIER, *SERVICE, "criteres", 0, bas="0.9", haut="0.5"), "minimum"),
    "weight as a number": (put(DOSSIER, *SERVICE, "criteres", 0, bas=0.5), "guillemets"),
    "unknown request": (put(DOSSIER, "demandes", 0, type="souhait"), "Choisissez parmi"),
    "request of a stranger": (put(DOSSIER, "demandes", 0, commune="Ailleurs"), "« demandes[0].commune »"),
    "request without amount": (put(DOSSIER, "demandes", 0, montant=None), "« montant »"),
    "negative maximum": (put(DOSSIER, "demandes", 0, montant="-5.00"), "est négatif"),
    "request on an unknown service": (put(DOSSIER, "demandes", 0, service="Voirie"), "« Voirie »"),
    "key that the request does not read": (put(DOSSIER, "demandes", 0, taux="0.02"), "« demandes[0].taux »"),
    "unknown degree": (put(DOSSIER, "demandes", 0, degre="fort"), "« demandes[0].degre »"),
    "year as text": (put(DOSSIER, "demandes", 0, annee="2027"), "« demandes[0].annee »"),
    "only if nothing": (
        DOSSIER | {"demandes": [{"commune": "Val", "type": "seulement_si", "service": "Droit des sols"}]},
        "seulement si",
    ),
    "unknown way": (DOSSIER | {"transferts": [VOIE | {"voie": "virement"}]}, "revision_libre_ac"),
    "way without limits": (DOSSIER | {"transferts": [change(VOIE, donner=None)]}, "« donner »"),
    "way with others' limits": (DOSSIER | {"transferts": [VOIE | {"couts": ["1.00"] * 3}]}, "ne lit pas cette clé"),
    "way too short": (DOSSIER | {"transferts": [VOIE | {"donner": ["1.00"]}]}, "« transferts[0].donner »"),
    "unknown promise": (DOSSIER | {"engagements": ["gratuité"]}, "« engagements[0] »"),
    "unknown key": (DOSSIER | {"demande": []}, "« demandes »"),
    "two criteria alike": (put(DOSSIER, *SERVICE, "criteres", 1, nom="population"), "« services[0].criteres[1].nom »"),
    "the same way twice": (DOSSIER | {"transferts": [VOIE, VOIE]}, "« transferts[1].voie »"),
    "populations too short": (DOSSIER | {"populations": [1, 2]}, "« populations » : 2 valeurs pour 3 noms"),
    "populations all zero": (DOSSIER | {"populations": [0, 0, 0]}, "« populations » : toutes sont nulles"),
    "population as text": (DOSSIER | {"populations": ["5000", 1, 1]}, "« populations[0] »"),
    "negative population": (DOSSIER | {"populations": [-1, 1, 1]}, "« populations[0] »"),
    "doubt above all": (DOSSIER | {"incertitude": "1.5"}, "« incertitude » : « 1.5 » dépasse 1"),
    "doubt as a number": (DOSSIER | {"incertitude": 0.05}, "entre guillemets"),
    "negative doubt": (DOSSIER | {"incertitude": "-0.05"}, "« incertitude »"),
    "doubt as a percentage": (DOSSIER | {"incertitude": "5 %"}, "« incertitude »"),
    "neighbours as names": (DOSSIER | {"voisins": ["Bourg", "Val"]}, "« voisins[0] »"),
    "three neighbours": (DOSSIER | {"voisins": [["Bourg", "Val", "Mont"]]}, "pas plus de 2"),
    "half a pair": (DOSSIER | {"voisins": [["Bourg"]]}, "au moins 2"),
    "a stranger next door": (DOSSIER | {"voisins": [["Bourg", "Ailleurs"]]}, "« voisins[0] » : « Ailleurs »"),
    "next to itself": (
        DOSSIER | {"voisins": [["Bourg", "Val"], ["Val", "Val"]]},
        "« voisins[1] » : « Val » y est deux",
    ),
    "aim too short": (put(DOSSIER, *SERVICE, cible=["60000.00"]), "« services[0].cible »"),
    "aim that is not the cost": (
        put(DOSSIER, *SERVICE, cible=["1.00", "1.00", "1.00"]),
        "ces parts font 3,00 €, et le service coûte 60 000,00 €",
    ),
    "aim for who is not a member": (
        put(DOSSIER, *SERVICE, membres=["Bourg", "Val"], cible=["30000.00", "20000.00", "10000.00"]),
        "« Mont » n'est pas membre",
    ),
    "negative aim": (put(DOSSIER, *SERVICE, cible=["-1.00", "1.00", "60000.00"]), "est négatif"),
    "a weight for one criterion only": (put(DOSSIER, *SERVICE, "criteres", 0, poids="1"), "n'a pas de poids proposé"),
    "weights below 1": (put(put(DOSSIER, *CRITERE, poids="0.5"), *AUTRE, poids="0.4"), "font 90 %"),
    "a weight out of its bounds": (
        put(put(DOSSIER, *CRITERE, poids="0.1", bas="0.2"), *AUTRE, poids="0.9"),
        "« services[0].criteres[0].poids »",
    ),
    "menu as an object": (DOSSIER | {"menu": {"service": "Droit des sols"}}, "« menu »"),
    "menu of an unknown service": (build_menu({}, service="Voirie"), "« menu[0].service » : « Voirie »"),
    "menu without options": (build_menu(), "« menu[0].options »"),
    "a service twice in the menu": (
        DOSSIER | {"menu": build_menu({})["menu"] * 2},
        "« menu[1].service » : « Droit des sols » a déjà ses options",
    ),
    "two options alike": (build_menu({}, {}), "« menu[0].options[1].nom »"),
    "option without a key": (build_menu({"cle": None}), "il manque la clé « cle »"),
    "option of an unknown criterion": (
        build_menu({"cle": {"surface": "1"}}),
        "« menu[0].options[0].cle » : « surface »",
    ),
    "option whose weights are short": (build_menu({"cle": {"actes": "0.4"}}), "« menu[0].options[0].cle »"),
    "option weighed by a number": (build_menu({"cle": {"actes": 1}}), "« menu[0].options[0].cle.actes »"),
    "option with two costs": (build_menu({"cout": "1.00", "formule": FORMULE}), "Gardez l'un des deux"),
    "option with a wrong formula": (
        build_menu({"formule": FORMULE | {"charge": [1]}}),
        "« menu[0].options[0].formule.charge »",
    ),
    "option that wants a stranger": (build_menu({"exige": ["Ailleurs"]}), "« menu[0].options[0].exige »"),
    "option that wants whom it bars": (build_menu({"exige": ["Val"], "exclut": ["Val"]}), "« Val » est exclue"),
    "option that bars who is nobody": (build_menu({"exclut": ["Ailleurs"]}), "« menu[0].options[0].exclut »"),
    "option of one": (build_menu({"au_moins": 1}), "« menu[0].options[0].au_moins »"),
    "price as a number": (build_menu({"prix": 60000}), "deux décimales"),
    "key of an option that nobody reads": (build_menu({"perimetre": []}), "« perimetre » n'est pas connue"),
}


@pytest.mark.parametrize("genre", DOSSIERS)
def test_a_wrong_dossier(capsys, tmp_path, genre):
    donnees, mot = DOSSIERS[genre]
    check_phrase(*play(capsys, tmp_path, "accord", donnees, "--json"), mot)
