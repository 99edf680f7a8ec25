"""One validator: each fault is located, says what is wrong and what to do, and nothing typed makes it fall."""

import copy
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.simulateur import Critere, Simulation, nest_champs, parse_simulation
from communaccord.simulateur.exemple import DONNEES as EXEMPLE


def spoil(donnees, chemin, valeur):
    """Put ``valeur`` at the end of a path written with hyphens."""
    *parents, dernier = [int(p) if p.isdigit() else p for p in chemin.split("-")]
    noeud = donnees
    for parent in parents:
        noeud = noeud.setdefault(parent, {}) if isinstance(noeud, dict) else noeud[parent]
    noeud[dernier] = valeur
    return donnees


def find(anomalies, ou):
    trouvees = [anomalie for anomalie in anomalies if anomalie.ou == ou]
    assert trouvees, [f"{anomalie.ou}: {anomalie}" for anomalie in anomalies]
    return trouvees[0]


FAUTES = [
    ("communes-0-population", "-3", "communes-C01-population", "négatif"),
    ("communes-0-population", "12,5", "communes-C01-population", "entier"),
    ("communes-0-population", 10**9, "communes-C01-population", "trop grand"),
    ("communes-0-volume", "abc", "communes-C01-volume", "n'est pas un nombre"),
    ("communes-0-volume", float("nan"), "communes-C01-volume", "infini"),
    ("communes-0-volume", Decimal("1e999999"), "communes-C01-volume", "démesuré"),
    ("communes-0-depense_actuelle", "-1 €", "communes-C01-depense_actuelle", "négatif"),
    ("communes-0-depense_actuelle", "9" * 200, "communes-C01-depense_actuelle", "démesuré"),
    ("communes-1-nom", "", "communes-C02-nom", "manque"),
    ("communes-1-code", "C01", "communes-C01", "deux fois"),
    ("communes-1-code", "<b>", "communes-<b>", "code"),
    ("communes", [], "communes", "aucune commune"),
    ("communes", "toutes", "communes", "ne se lit pas"),
    ("communes", [{"nom": "x", "population": 1}] * 301, "communes", "300"),
    ("perimetre", ["Bour-Neuf-sur-Fictive"], "perimetre", "n'est pas une commune"),
    ("perimetre", [], "perimetre", "aucune commune"),
    ("personnel-cout_etp", "46", "personnel-cout_etp", "trop petit"),
    ("personnel-cout_etp", "", "personnel-cout_etp", "manque"),
    ("personnel-etp", "2", "personnel-productivite", "déjà imposé"),
    ("personnel-productivite", "0", "personnel-productivite", "trop petit"),
    ("personnel-pas", "1/0", "personnel-pas", "zéro"),
    ("personnel-mode", "magique", "personnel-mode", "inconnu"),
    ("couts-fixes-0-montant", "1.234", "couts-fixes-0-montant", "deux façons"),
    ("couts-part_epci_taux", "120 %", "couts-part_epci_taux", "trop grand"),
    ("couts-mise_en_place_annees", "0", "couts-mise_en_place_annees", "trop petit"),
    ("couts-subventions", [{"montant": "1", "premiere_annee": 2030, "derniere_annee": 2028}],
     "couts-subventions-0-derniere_annee", "précède"),
    ("conditions", {"minimum": "200", "maximum": "100"}, "conditions-maximum", "inférieure"),
    ("marges-volumes", "100 %", "marges-volumes", "trop grand"),
    ("annees-premiere", "27", "annees-premiere", "trop petit"),
    ("annees-horizon", "50", "annees-horizon", "trop grand"),
    ("variantes-0-cle", {"population": "30", "usage": "60"}, "variantes-0-cle-population", "90"),
    ("variantes-0-cle", {}, "variantes-0-cle-population", "aucun critère"),
    ("variantes-0-cle", {"population": "130", "usage": "-30"}, "variantes-0-cle-population", "trop grand"),
    ("variantes-0-cle", {"temps": "100"}, "communes-C01-temps", "temps convenu"),
    ("variantes-0-cle", {"potentiel_fiscal": "100"}, "communes-C01-potentiel_fiscal", "potentiel fiscal"),
    ("variantes", [{"cle": {"population": "100"}}] * 4, "variantes", "maximum est 3"),
    ("volume_total", "10", "volume_total", "inférieur"),
    ("service-domaine", "cuisine", "service-domaine", "domaine"),
    ("service-actes", [{"code": "pc"}, {"code": "pc"}], "service-actes", "deux actes"),
    ("service-actes", [{"code": "p c"}], "service-actes-0-code", "lettres"),
    ("territoire-siren", "123456789", "territoire-siren", "inconnu"),
    ("version", 2, "version", "version"),
    ("titre", "x" * 300, "titre", "300 caractères"),
    ("titre", ["x"], "titre", "texte"),
    ("couts", 12, "couts", "groupe de champs"),
    ("personel", {"etp": 1}, "personel", "inconnu"),
    ("cout_horaire", "2800", "cout_horaire", "trop grand"),
]  # fmt: skip


@pytest.mark.parametrize(("chemin", "valeur", "ou", "mot"), FAUTES, ids=[f"{f[0]}={str(f[1])[:20]}" for f in FAUTES])
def test_each_fault_is_located_and_says_what_to_do(donnees, chemin, valeur, ou, mot):
    anomalies = parse_simulation(spoil(donnees, chemin, valeur), strict=True)
    assert isinstance(anomalies, list)
    anomalie = find(anomalies, ou)
    assert mot in anomalie.message
    assert anomalie.libelle
    assert anomalie.que_faire.endswith((".", "?"))


def test_the_example_is_valid(donnees):
    assert isinstance(parse_simulation(donnees, strict=True), Simulation)


def test_all_faults_come_at_once(donnees):
    spoil(donnees, "communes-0-population", "-3")
    spoil(donnees, "personnel-cout_etp", "abc")
    spoil(donnees, "marges-couts", "beaucoup")
    assert len(parse_simulation(donnees)) == 3


def test_a_missing_figure_is_told_once_for_all_communes(donnees):
    for commune in donnees["communes"]:
        del commune["volume"]
    (anomalie,) = parse_simulation(donnees)
    assert anomalie.ou == "communes-C01-volume"
    assert "8 communes" in anomalie.message
    assert "3 autres" in anomalie.libelle
    assert "total" in anomalie.que_faire


def test_a_total_stands_for_missing_volumes(donnees):
    del donnees["communes"][0]["volume"]
    donnees["volume_total"] = "500"
    assert isinstance(parse_simulation(donnees), Simulation)


def test_close_names_are_proposed(donnees):
    donnees["variantes"][0]["perimetre"] = ["Bour-Neuf sur Fictive"]
    (anomalie,) = parse_simulation(donnees)
    assert "Bourg-Neuf-sur-Fictive" in anomalie.que_faire


def test_names_and_codes_are_both_read_in_a_perimeter(donnees):
    donnees["variantes"][0]["perimetre"] = ["BOURG NEUF SUR FICTIVE", "C01"]
    assert parse_simulation(donnees).variantes[0].perimetre == ("C01", "C02")


def test_a_service_without_cost_is_refused(donnees):
    donnees["personnel"], donnees["couts"] = {}, {}
    assert "ne coûte rien" in find(parse_simulation(donnees), "personnel-etp").message


def test_blank_acts_count_for_zero_beside_a_given_one_and_unknown_stays_unknown(donnees):
    donnees["service"]["actes"] = [{"code": "pc"}, {"code": "dp"}]
    for commune in donnees["communes"]:
        del commune["volume"]
        commune["volumes"] = {"pc": "3", "dp": ""}
    assert parse_simulation(donnees).communes[0].volumes == (3, 0)
    donnees["communes"][0]["volumes"]["dp"] = "je ne sais pas"
    assert find(parse_simulation(donnees), "communes-C01-volumes-dp")


def test_the_fields_of_a_form_bear_the_ids_of_the_anomalies():
    champs = {
        "territoire-nom": "Val Fictif",
        "territoire-fictif": "on",
        "communes-0-nom": "Bourg-Inventé",
        "communes-0-population": "1 200",
        "communes-1-nom": "",
        "communes-1-population": "",
        "personnel-mode": "etp",
        "personnel-etp": "1,5",
        "personnel-productivite": "300",
        "personnel-cout_etp": "45 000 €",
        "couts-fixes-0-libelle": "Logiciel",
        "couts-fixes-0-montant": "1 200 €",
        "couts-fixes-1-libelle": "",
        "couts-fixes-1-montant": "",
        "cle-population": "100 %",
        "a-b-c-d-e-f-g-h": "trop profond",
    }
    simulation = parse_simulation(nest_champs(champs))
    assert isinstance(simulation, Simulation), simulation
    assert simulation.personnel.etp == Fraction(3, 2)
    assert simulation.personnel.productivite is None
    assert len(simulation.communes) == 1
    assert len(simulation.couts.fixes) == 1
    assert simulation.variantes[0].cle == ((Critere.POPULATION, 1),)


def test_a_field_does_not_break_another():
    assert nest_champs({"a": "1", "a-b": "2"}) == {"a": "1"}
    assert nest_champs({"a-b": "2", "a": "1"}) == {"a": {"b": "2"}}


json_quelconque = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda enfants: st.lists(enfants, max_size=3) | st.dictionaries(st.text(max_size=8), enfants, max_size=3),
    max_leaves=8,
)
CHEMINS = [
    "version", "territoire", "territoire-siren", "service", "service-actes", "communes", "communes-0",
    "communes-0-population", "communes-0-volumes", "perimetre", "personnel", "couts-fixes", "couts-subventions",
    "variantes", "variantes-0", "variantes-0-cle", "variantes-0-perimetre", "annees", "volumes_totaux", "marges",
]  # fmt: skip


@given(chemin=st.sampled_from(CHEMINS), valeur=json_quelconque)
def test_garbage_anywhere_is_read_or_refused_never_raised(chemin, valeur):
    donnees = copy.deepcopy(EXEMPLE)
    resultat = parse_simulation(spoil(donnees, chemin, valeur), strict=True)
    assert isinstance(resultat, Simulation) or resultat


@given(valeur=st.dictionaries(st.text(max_size=12), json_quelconque, max_size=5))
def test_any_mapping_is_read_or_refused(valeur):
    assert isinstance(parse_simulation(valeur), list)


@pytest.mark.parametrize("nom", ["Clé", "x" * 200])
def test_variants_of_one_name_are_told_apart_and_stay_so(nom):
    variante = {"nom": nom, "cle": {"population": 100}}
    donnees = copy.deepcopy(EXEMPLE) | {"variantes": [variante, variante, variante]}
    simulation = parse_simulation(donnees)
    assert isinstance(simulation, Simulation), simulation
    noms = [lue.nom for lue in simulation.variantes]
    assert len(set(noms)) == 3
    assert noms[0] == nom
    again = [{"nom": nom, "cle": {"population": 100}} for nom in noms]
    assert [lue.nom for lue in parse_simulation(donnees | {"variantes": again}).variantes] == noms
