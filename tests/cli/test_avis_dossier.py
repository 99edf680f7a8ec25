"""Data that decide nothing, or that a request reads and the file lacks: told with the answer, or asked for by key."""

from copy import deepcopy

import pytest
from tests.cli.jeux import DOSSIER, answer, play
from tests.cli.test_accord_commande import VOIE, put
from tests.cli.test_refus import check_phrase, plain

NULS, DOUZE = ["0.00"] * 3, ["1200.00"] * 3
FONDS = {"voie": "fonds_de_concours", "total": "1000.00", "couts": DOUZE, "subventions": NULS}
SANS_DON = "Personne ne peut donner par les voies de « transferts » : aucun euro n'y passe."


def read_avis(capsys, tmp_path, donnees):
    """Return what the answer says to know, in JSON; the text says the same."""
    avis = answer(capsys, tmp_path, "accord", donnees, "--questions", "aucune")["avertissements"]
    texte = plain(play(capsys, tmp_path, "accord", donnees, "--questions", "aucune")[1])
    assert all(f"À savoir : {plain(phrase)}" in texte for phrase in avis)
    return [plain(phrase) for phrase in avis]


def ask(*demandes, **cles):
    """The dossier with other requests, of Val, and other keys at the root."""
    return deepcopy(DOSSIER) | {"demandes": [{"commune": "Val", **demande} for demande in demandes]} | cles


@pytest.mark.parametrize(
    ("voies", "dits"),
    [
        ([FONDS], [SANS_DON]),
        ([VOIE | {"donner": NULS}], [SANS_DON]),
        ([VOIE | {"total": "0.00"}, FONDS], [SANS_DON]),
        ([VOIE | {"recevoir": NULS}], ["Personne ne peut recevoir par les voies de « transferts » : aucun euro"]),
        (
            [VOIE | {"donner": ["1.00", "0.00", "0.00"], "recevoir": ["1.00", "0.00", "0.00"]}],
            ["Bourg seule peut donner et recevoir"],
        ),
        (
            [VOIE, FONDS | {"subventions": DOUZE}],
            ["Personne ne peut donner ni recevoir par la voie « fonds de concours »"],
        ),
        ([VOIE, FONDS], []),
        ([VOIE], []),
    ],
)
def test_a_way_by_which_no_money_can_pass_is_told(capsys, tmp_path, voies, dits):
    avis = read_avis(capsys, tmp_path, DOSSIER | {"transferts": voies})
    assert len(avis) == len(dits)
    assert all(phrase.startswith(dit) for phrase, dit in zip(avis, dits, strict=True))


def test_who_is_member_of_nothing_gives_nothing(capsys, tmp_path):
    voie = VOIE | {"donner": ["0.00", "0.00", "1.00"]}
    donnees = put(DOSSIER | {"transferts": [voie], "demandes": []}, "services", 0, membres=["Bourg", "Val"])
    assert read_avis(capsys, tmp_path, donnees)[0].startswith(SANS_DON)


def test_a_rise_without_years_is_told_and_holds(capsys, tmp_path):
    donnees = ask({"type": "hausse_max", "taux": "0"})
    (avis,) = read_avis(capsys, tmp_path, donnees)
    assert avis.startswith("demandes[0], Val : « hausse_max » compare des années")
    assert answer(capsys, tmp_path, "accord", donnees)["accord"] is True
    montee = put(donnees | {"annee": 2027}, "services", 0, montee=["0.5"])
    assert read_avis(capsys, tmp_path, montee) == []
    assert answer(capsys, tmp_path, "accord", montee)["accord"] is False


def test_an_undertaking_that_nobody_wrote_says_what_to_add(capsys, tmp_path):
    donnees = ask({"type": "engagement", "engagement": "permanence"})
    (avis,) = read_avis(capsys, tmp_path, donnees)
    assert "« engagements », à la racine du dossier, ne promet pas cela" in avis
    assert 'ajoutez-y "permanence"' in avis
    assert answer(capsys, tmp_path, "accord", donnees)["accord"] is False
    promis = donnees | {"engagements": ["permanence"]}
    assert read_avis(capsys, tmp_path, promis) == []
    assert answer(capsys, tmp_path, "accord", promis)["accord"] is True


def test_a_commune_without_inhabitants_is_told(capsys, tmp_path):
    assert read_avis(capsys, tmp_path, DOSSIER | {"populations": [5000, 0, 800]}) == [
        "Aucun habitant, d'après « populations » : Val."
    ]


SOLS = {"service": "Droit des sols"}
MANQUES = {
    "a level": ({"type": "niveau_min", "niveau": 1, **SOLS}, "« niveau »"),
    "a distance": ({"type": "distance_max", "metres": 9000, **SOLS}, "« distances »"),
    "staff": ({"type": "personnel_garanti", "postes": 50, **SOLS}, "« postes »"),
    "the year of a beginning": ({"type": "pas_avant", "annee": 2028}, "le service « Droit des sols » n'en a pas"),
    "the year of an amount": ({"type": "gain_min", "montant": "1.00", "annee": 2028}, "Donnez « annee »"),
}


@pytest.mark.parametrize("genre", MANQUES)
def test_a_figure_that_a_request_reads_is_asked_for_by_its_key(capsys, tmp_path, genre):
    demande, mot = MANQUES[genre]
    reponse = play(capsys, tmp_path, "accord", ask(demande))
    check_phrase(*reponse, mot)
    check_phrase(*reponse, "« demandes[0] » (Val)")


def test_the_year_of_a_rise_is_asked_for(capsys, tmp_path):
    donnees = put(ask({"type": "hausse_max", "taux": "0.02"}), "services", 0, montee=["0.5"])
    check_phrase(*play(capsys, tmp_path, "accord", donnees), "« demandes[0] » (Val)")


@pytest.mark.parametrize("cle", ["niveau", "distances", "postes"])
def test_who_gives_the_figure_is_answered(capsys, tmp_path, cle):
    demande = next(d for d, mot in MANQUES.values() if mot == f"« {cle} »")
    donnees = put(ask(demande), "services", 0, **{cle: 1 if cle == "niveau" else [0, 8000, 0]})
    assert answer(capsys, tmp_path, "accord", donnees)["accord"] is True


@pytest.mark.parametrize(("taux", "passe"), [("5", False), ("1.000001", False), ("1", True), ("0.05", True)])
def test_a_rate_is_at_most_one(capsys, tmp_path, taux, passe):
    reponse = play(capsys, tmp_path, "accord", ask({"type": "hausse_max", "taux": taux}), "--questions", "aucune")
    if passe:
        assert reponse[0] == 0
    else:
        check_phrase(*reponse, 'dépasse 1, c\'est-à-dire 100 %. Écrivez par exemple "0.05" pour 5 %.')
        check_phrase(*reponse, "« demandes[0].taux » (Val)")
