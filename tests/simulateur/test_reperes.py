"""Markers have a source and a date, or say that they have none; defaults carry no figure."""

import pytest

from communaccord.simulateur import (
    ACTES_URBANISME,
    DOMAINES,
    ORIGINE_ACTES_URBANISME,
    REPERES,
    Domaine,
    parse_simulation,
)

TOUS = [repere for reperes in REPERES.values() for repere in reperes]


@pytest.mark.parametrize("repere", TOUS, ids=lambda repere: repere.texte[:30])
def test_a_marker_has_a_source_and_a_date_or_says_it_has_none(repere):
    if repere.source:
        assert repere.url.startswith("http")
        assert repere.date
    else:
        assert "non sourcé" in repere.precaution
        assert not repere.url


def test_each_kind_of_service_has_its_words_and_no_figure():
    assert set(DOMAINES) == set(Domaine) == set(REPERES)
    for domaine in Domaine:
        anomalies = parse_simulation({"service": {"domaine": domaine}, "cle": {"forfait": 100}})
        assert isinstance(anomalies, list)
        assert not any(caractere.isdigit() for modele in DOMAINES.values() for caractere in modele.nom + modele.unite)


def test_the_usual_weights_are_never_applied_by_themselves():
    assert "non sourcés" in ORIGINE_ACTES_URBANISME
    assert len(ACTES_URBANISME) == 6
    data = {
        "territoire": {"nom": "Territoire fictif"},
        "service": {"domaine": "urbanisme"},
        "communes": [{"nom": "Commune fictive", "population": 10}],
        "couts": {"fixes": [{"montant": 10}]},
        "cle": {"forfait": 100},
    }
    (acte,) = parse_simulation(data).service.actes
    assert acte.poids == 1
