"""The numbers of the law are dated data of its rules, never constants of the code that applies them."""

import ast
from dataclasses import FrozenInstanceError, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from communaccord.noyau import droit
from communaccord.noyau.droit.avis import CONSULTATIONS
from communaccord.noyau.droit.regles import REGLES, get_regle

DOSSIER = Path(droit.__file__).parent
NEUTRES = {0, 1, 2}
EXCEPTIONS = {
    "sieges/comparaison.py:PART_VACANCES": "our calibration on real councils: no text sets it",
    "sieges/comparaison.py:PART_ECARTS": "our calibration on real councils: no text sets it",
    "sieges/comparaison.py:PART_ABSENTES": "our calibration on real councils: no text sets it",
    "delais.py:add_months": "a year has twelve months",
    "sieges/moyenne.py:add_plus_forte_moyenne": "first size of the table of inverses, doubled as needed",
    "sieges/moyenne.py:_build_inverses": "number of tables of inverses kept",
    "sieges/accords.py:find_meilleur_accord": "how many equal agreements are listed",
}


def list_nombres(noeud):
    """Yield the numbers written under a node; a whole date is dated data, and so is what Regle itself stores."""
    if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id == "date":
        return
    if isinstance(noeud, ast.Constant) and type(noeud.value) in (int, float):
        yield noeud.value
    if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id == "Fraction":
        nombres = [argument.value for argument in noeud.args if isinstance(argument, ast.Constant)]
        if len(nombres) == len(noeud.args):
            yield Fraction(*nombres)
            return
    for enfant in ast.iter_child_nodes(noeud):
        yield from list_nombres(enfant)


def get_nom(noeud):
    """Return the name that a statement of a module defines."""
    if isinstance(noeud, ast.Assign):
        return ast.unparse(noeud.targets[0])
    return ast.unparse(noeud.target) if isinstance(noeud, ast.AnnAssign) else getattr(noeud, "name", "")


def find_nombres(source, module):
    """Return what states a number other than 0, 1 and 2, as "module:name"."""
    return {
        f"{module}:{get_nom(noeud)}"
        for noeud in ast.parse(source).body
        if any(nombre not in NEUTRES for nombre in list_nombres(noeud))
    }


def test_no_module_outside_the_rules_states_a_number_of_the_law():
    trouves = set()
    for chemin in sorted(DOSSIER.rglob("*.py")):
        module = chemin.relative_to(DOSSIER).as_posix()
        if not module.startswith("regles/"):
            trouves |= find_nombres(chemin.read_text(encoding="utf-8"), module)
    assert trouves == set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("source", "attendus"),
    [
        ("TOLERANCE = Fraction(1, 5)", {"m.py:TOLERANCE"}),
        ("SEUIL: int = 3_500", {"m.py:SEUIL"}),
        ("def compute_jours():\n    return 5", {"m.py:compute_jours"}),
        ("class Faits:\n    delai: int = 10", {"m.py:Faits"}),
        ("PARTS = {'a': 1, 'b': -3}", {"m.py:PARTS"}),
        ("SEUIL = 0.2", {"m.py:SEUIL"}),
        ("MOITIE = Fraction(1, 2)", {"m.py:MOITIE"}),
        ("VERIFIE_LE = date(2026, 11, 23)\nZERO = Fraction(0)\nDEUX = 2\nVRAI = True", set()),
    ],
)
def test_the_reader_of_numbers_sees_them(source, attendus):
    assert find_nombres(source, "m.py") == attendus


def test_a_rule_gives_its_numbers_by_name():
    assert get_regle("R-4.1").get_entier("jours_francs") == 5
    assert get_regle("R-2.6").get_part("tolerance") == Fraction(1, 5)
    assert get_regle("R-2.8").get_jour("accord", 2031) == date(2031, 8, 31)


@pytest.mark.parametrize("lecture", ["get_entier", "get_part"])
def test_an_unknown_number_is_refused_in_french(lecture):
    with pytest.raises(KeyError, match=r"La règle R-4\.1 n'a pas de paramètre jours_ouvres\."):
        getattr(get_regle("R-4.1"), lecture)("jours_ouvres")


def test_a_share_is_not_a_whole_number():
    with pytest.raises(TypeError, match=r"tolerance de la règle R-2\.6 est une part"):
        get_regle("R-2.6").get_entier("tolerance")
    with pytest.raises(TypeError, match=r"jours_francs de la règle R-4\.1 est un nombre entier"):
        get_regle("R-4.1").get_part("jours_francs")


def test_the_numbers_of_a_rule_cannot_be_changed():
    regle = get_regle("R-4.1")
    with pytest.raises(TypeError):
        regle.parametres["jours_francs"] = 3
    with pytest.raises(FrozenInstanceError):
        regle.parametres = {}
    source = {"jours_francs": 4}
    copie = replace(regle, parametres=source)
    source["jours_francs"] = 3
    assert copie.get_entier("jours_francs") == 4
    assert copie != regle
    assert hash(copie) == hash(regle)


@pytest.mark.parametrize("regle", REGLES.values(), ids=lambda regle: regle.identifiant)
def test_the_numbers_are_exact_and_positive(regle):
    for nom, valeur in regle.parametres.items():
        assert nom.isascii()
        assert nom.isidentifier()
        assert type(valeur) in (int, Fraction)
        assert valeur > 0
        assert nom.replace("mois_", "jour_", 1) in regle.parametres or not nom.startswith("jour_")
    for bareme in regle.baremes:
        populations = [population for population, _ in bareme.paliers]
        assert populations[0] == 0
        assert populations == sorted(set(populations))


def test_each_consultation_takes_its_delay_from_the_rule():
    mois = {nom.removeprefix("mois_"): valeur for nom, valeur in get_regle("R-1.2").parametres.items()}
    delais = {nom: consultation.delai_mois for nom, consultation in CONSULTATIONS.items()}
    assert mois == {nom: delai for nom, delai in delais.items() if delai is not None}
    assert {nom for nom, delai in delais.items() if delai is None} == {"revision_libre_ac", "convention"}
