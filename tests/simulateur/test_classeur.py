"""The workbook: its formulas recompute the shares to the cent, no text is a formula, it is read back as it was."""

import copy
import datetime

import pytest
from hypothesis import given, settings
from tests.simulateur.evaluateur import Classeur
from tests.simulateur.strategies import simulations

from communaccord.simulateur import (
    Simulation,
    build_classeur,
    build_exemple,
    compute_resultat,
    parse_simulation,
    read_classeur,
    read_tableau,
)
from communaccord.simulateur.exemple import DONNEES


def build(**changes):
    simulation = parse_simulation(copy.deepcopy(DONNEES) | changes, strict=True)
    assert isinstance(simulation, Simulation), simulation
    resultat = compute_resultat(simulation)
    return resultat, build_classeur(resultat, etabli_le=datetime.date(2026, 11, 23))


def check_formules(contenu):
    """Every formula, recomputed from the inputs alone, gives the value stored beside it."""
    classeur = Classeur(contenu)
    formules = classeur.formules()
    for feuille, cellule, formule in formules:
        attendu = classeur.feuilles[feuille][cellule][1]
        obtenu = classeur.get(feuille, cellule)
        if isinstance(attendu, str):
            assert obtenu == attendu, (feuille, cellule, formule)
        else:
            assert obtenu == pytest.approx(attendu, rel=1e-9, abs=2e-6), (feuille, cellule, formule)
    return classeur, formules


def read_contributions(classeur, feuille):
    """Cents by code, as the formulas of a sheet of calculation give them."""
    lignes = [c[1:] for c in classeur.feuilles[feuille] if c.startswith("A") and int(c[1:]) > 9]
    return {classeur.get(feuille, f"A{ligne}"): classeur.get(feuille, f"N{ligne}") for ligne in lignes}


def test_the_formulas_of_the_example_give_the_shares_to_the_cent():
    resultat, contenu = build()
    classeur, formules = check_formules(contenu)
    assert len(formules) > 200
    for rang, variante in enumerate(resultat.variantes, start=1):
        attendues = {e.commune.code: e.get_annee(resultat.annee_reference).contribution for e in variante.communes}
        assert read_contributions(classeur, f"Calcul {rang}") == attendues


def test_a_figure_changed_in_the_inputs_changes_the_shares():
    _, contenu = build()
    classeur = Classeur(contenu)
    ligne = next(c[1:] for c, (_, v) in classeur.feuilles["Communes"].items() if v == "C01")
    colonne = next(c[:-1] for c, (_, v) in classeur.feuilles["Communes"].items() if v == "volume")
    classeur.feuilles["Communes"][f"{colonne}{ligne}"] = (None, 420.0)
    communes = copy.deepcopy(DONNEES["communes"])
    communes[0]["volume"] = 420
    donnees = DONNEES | {"communes": communes, "personnel": {"etp": "2,5", "cout_etp": "46 000"}}
    attendu = compute_resultat(parse_simulation(donnees)).variantes[0]
    obtenues = read_contributions(classeur, "Calcul 1")
    assert obtenues == {effet.commune.code: effet.annuels[0].contribution for effet in attendu.communes}


@settings(max_examples=25)
@given(simulations(max_communes=5))
def test_any_workbook_adds_up_and_is_read_back(donnees):
    simulation = parse_simulation(donnees)
    resultat = compute_resultat(simulation)
    contenu = build_classeur(resultat)
    classeur, _ = check_formules(contenu)
    for rang, variante in enumerate(resultat.variantes, start=1):
        if variante.refus is None:
            attendues = {e.commune.code: e.get_annee(resultat.annee_reference).contribution for e in variante.communes}
            assert read_contributions(classeur, f"Calcul {rang}") == attendues
    relue = read_classeur(contenu)
    assert isinstance(relue, Simulation), relue
    assert compute_resultat(relue).phrase == resultat.phrase


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"perimetre": ["C01", "C03", "C05"]},
        {"conditions": {"minimum": "500", "maximum": "60 000"}},
        {"service": {"domaine": "urbanisme", "actes": [{"code": "pc", "poids": "1"}, {"code": "dp", "poids": "0,7"}]},
         "communes": [{"nom": "=1+1", "population": 10, "volumes": {"pc": 3, "dp": "1,5"}},
                      {"nom": "@somme", "population": 0, "volumes": {"pc": 1, "dp": 0}}]},
        {"variantes": [{"nom": "A", "cle": {"forfait": "50", "population": "50"}, "perimetre": ["C02", "C04"]},
                       {"nom": "B", "cle": {"forfait": "33,25", "usage": "66,75"}}]},
    ],
    ids=["exemple", "perimetre", "limites", "actes", "variantes"],
)  # fmt: skip
def test_a_workbook_is_read_back_as_it_was(changes):
    resultat, contenu = build(**changes)
    relue = read_classeur(contenu)
    assert isinstance(relue, Simulation), relue
    attendues = sorted(resultat.simulation.communes, key=lambda commune: commune.code)
    assert list(relue.communes) == attendues
    assert relue.variantes == resultat.simulation.variantes
    assert relue.personnel == resultat.simulation.personnel
    assert relue.couts == resultat.simulation.couts
    assert relue.marges == resultat.simulation.marges


def test_texts_are_never_formulas():
    noms = ["=1+1", "+33", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}"]
    communes = [{"nom": nom, "population": 100 + rang, "volume": 3} for rang, nom in enumerate(noms)]
    _, contenu = build(communes=communes, titre="=cmd|' /C calc'!A0")
    classeur = Classeur(contenu)
    textes = {v for cellules in classeur.feuilles.values() for formule, v in cellules.values() if formule is None}
    assert set(noms) <= textes
    assert "=cmd|' /C calc'!A0" in textes
    assert not any(
        dangereux in formule for _, _, formule in classeur.formules() for dangereux in ("HYPERLINK", "cmd", "|")
    )


def test_a_phase_in_is_a_formula_and_limits_are_said_to_be_values():
    communes = copy.deepcopy(DONNEES["communes"])
    communes[5]["depense_actuelle"] = "900"
    _, contenu = build(communes=communes, conditions={"lissage": "3"}, annees={"premiere": 2027, "horizon": 2})
    _, formules = check_formules(contenu)
    assert any("MAX(0,1-" in formule for _, _, formule in formules)
    _, contenu = build(conditions={"maximum": "50 000"})
    assert "en valeur" in check_formules(contenu)[0].get("Calcul 1", "A2")


def test_the_first_sheet_says_what_is_fictif_and_estimated_and_the_day():
    _, contenu = build()
    textes = " ".join(str(v) for _, v in Classeur(contenu).feuilles["Lisez-moi"].values())
    for mot in ("FICTIF", "ESTIMÉ", "23/11/2026", "plus fort reste", "sur 8 communes"):
        assert mot in textes


def test_the_same_simulation_gives_the_same_bytes():
    assert build()[1] == build()[1]


def test_a_workbook_changed_by_hand_is_validated_like_the_rest():
    apercu = read_tableau(build()[1], "simulation.xlsx", {c.code: c.nom for c in build_exemple().communes})
    assert len(apercu.to_communes()) == 8


@pytest.mark.parametrize("contenu", [b"", b"PK\x03\x04", b"Commune;Volume\n"], ids=["vide", "abime", "csv"])
def test_another_file_is_refused_in_words(contenu):
    (anomalie,) = read_classeur(contenu)
    assert anomalie.message
    assert anomalie.que_faire
