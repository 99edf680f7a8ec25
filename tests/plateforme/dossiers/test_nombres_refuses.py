"""A number that cannot be kept says which fault it has, once."""

import pytest

from communaccord.plateforme.dossiers.forms.champs import read_entier
from communaccord.plateforme.dossiers.forms.formes import parse_base
from communaccord.plateforme.dossiers.forms.profondeur.chiffres import read_centiemes
from communaccord.plateforme.rapports.forms.champs import read_agents, read_euros
from communaccord.plateforme.socle.saisie import Saisie


def tell(read, texte):
    anomalies = []
    assert read(Saisie({"champ": texte}), "champ", "Champ", anomalies) is None
    (anomalie,) = anomalies
    return anomalie.message, anomalie.que_faire


@pytest.mark.parametrize("read", [read_centiemes, read_euros])
@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("20 000 000 000 000", "ce nombre est trop grand."),
        ("-100", "ce nombre est négatif."),
        ("1,234", "ce nombre a trop de décimales."),
    ],
)
def test_each_fault_has_its_sentence(read, texte, message):
    said, que_faire = tell(read, texte)
    assert said == message
    assert que_faire.endswith(".")
    assert ("décimales" in said) is (texte == "1,234")


def test_euros_beyond_what_the_rapport_keeps():
    assert tell(read_euros, "999999999999")[0] == "ce nombre est trop grand."
    assert tell(read_agents, "2,5") == ("ce n'est pas un nombre entier.", "Arrondissez-le.")


@pytest.mark.parametrize("read", [read_entier, read_centiemes, read_euros, read_agents])
def test_what_to_do_is_said_once(read):
    message, que_faire = tell(read, "beaucoup")
    assert f"{message} {que_faire}".count("ou laissez vide") == 1


def test_attributions_may_be_negative_and_nothing_else():
    champs = {"recettes": "100", "recettes_ensemble": "300", "ac": "-20", "dsc": "0", "annee": "2025", "source": "x"}
    assert parse_base(Saisie(champs)).ac == -2000
    (anomalie,) = parse_base(Saisie({**champs, "dsc": "-1"}))
    assert (anomalie.ou, anomalie.message) == ("dsc", "ce nombre est négatif.")
