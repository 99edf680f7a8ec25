"""What ``communaccord accord`` says of a deal or a conflict: who pays what, what moves, who loses, which conflict."""

import pytest
from tests.cli.jeux import answer, play, read_cents


def build_dossier(demandes, *, cout="30000.00", seul=("28000.00", "4000.00", "4000.00"), **autres):
    """Three communes, one service, one criterion (8, 1, 1), the cost whole whoever leaves."""
    service = {"nom": "S", "cout": cout, "criteres": [{"nom": "p", "valeurs": [8, 1, 1]}], "seul": list(seul)}
    return {"communes": ["A", "B", "C"], "services": [service], "demandes": list(demandes), **autres}


def limit(nom, montant, **cles):
    return {"commune": nom, "type": "contribution_max", "montant": montant, **cles}


def say(capsys, tmp_path, dossier):
    """Return the text of the answer, plain spaces."""
    code, sortie, erreurs = play(capsys, tmp_path, "accord", dossier, "--questions", "aucune")
    assert (code, erreurs) == (0, "")
    return sortie.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_commune_that_asked_nothing_does_not_sign_above_what_it_pays_alone(capsys, tmp_path):
    """A leaves; B and C would pay 15,000 each for what they have alone for 4,000."""
    dossier = build_dossier([limit("A", "20000.00")])
    signatures = answer(capsys, tmp_path, "accord", dossier)["signatures"]
    assert (signatures["signent"], signatures["sans_plafond"]) == ([], ["B", "C"])
    texte = say(capsys, tmp_path, dossier)
    assert "B ne signe pas le paquet : elle paierait 11 000,00 € par an de plus que seule" in texte
    assert "comptée comme acceptant son coût seul" in texte


def test_a_commune_that_accepts_to_lose_signs_and_what_it_pays_is_told(capsys, tmp_path):
    dossier = build_dossier([limit("A", "20000.00"), limit("B", "15000.00"), limit("C", "16000.00", service="S")])
    signatures = answer(capsys, tmp_path, "accord", dossier)["signatures"]
    assert signatures["signent"] == ["B", "C"]
    assert signatures["contributions"] == {"B": "15000.00", "C": "15000.00"}
    assert signatures["gains"] == {"B": "-11000.00", "C": "-11000.00"}
    fin = say(capsys, tmp_path, dossier).split("Ce que paieraient celles qui restent :")[1]
    assert [ligne.split()[0] for ligne in fin.strip().splitlines()] == ["Commune", "B", "C", "Total"]
    assert "30 000,00 €" in fin.splitlines()[-1]


def test_a_deal_names_who_would_pay_more_than_alone(capsys, tmp_path):
    """Every request holds; B, which asked nothing, pays 3,000 for 2,500; C accepted up to 4,000."""
    demandes = [limit("A", "25000.00"), limit("C", "4000.00")]
    texte = say(capsys, tmp_path, build_dossier(demandes, seul=("40000.00", "2500.00", "2500.00")))
    assert "Un accord est possible" in texte
    deal = texte.split("Qui signe")[0]
    assert "À savoir : B paie 500,00 € par an de plus que seule, et rien ne dit qu'elle l'accepte." in deal
    assert "À savoir : C paie 500,00 € par an de plus que seule, ce que ses demandes permettent." in deal


def test_transfers_are_shown_and_the_table_adds_up(capsys, tmp_path):
    voie = {"voie": "revision_libre_ac", "total": "2000.00", "donner": ["0.00", "1500.00", "1500.00"]}
    voie["recevoir"] = ["2000.00", "0.00", "0.00"]
    dossier = build_dossier([limit("A", "23000.00")], seul=("28000.00", "9000.00", "9000.00"), transferts=[voie])
    deal = answer(capsys, tmp_path, "accord", dossier)["propositions"]["leximin"]
    (table,) = deal["transferts"].values()
    recu = read_cents(table["A"])
    assert recu >= 100_000
    assert read_cents(deal["parts"]["S"]["A"]) - recu == read_cents(deal["contributions"]["A"])
    texte = say(capsys, tmp_path, dossier).split("Le plus petit gain")[0]
    assert "reçoit" in texte
    assert "déplacés sur 2 000,00 € permis" in texte
    total = next(ligne for ligne in texte.splitlines() if ligne.startswith("Total"))
    assert total.split("  ")[-2].strip() == "30 000,00 €"


def test_two_services_have_a_column_each_and_the_same_deal_is_said_once(capsys, tmp_path):
    dossier = build_dossier([])
    (service,) = dossier["services"]
    dossier["services"] = [service, service | {"nom": "T", "cout": "10000.00", "seul": ["9000.00"] * 3}]
    texte = say(capsys, tmp_path, dossier)
    entetes = [ligne.split() for ligne in texte.splitlines() if ligne.startswith("Commune")]
    assert entetes == [["Commune", "S", "T", "paie", "gagne"]]
    assert texte.count("Le même accord, au centime près, que") == 3
    assert texte.count("toutes ses communes") == 2


def test_a_request_that_cannot_hold_alone_is_not_told_as_several(capsys, tmp_path):
    texte = say(capsys, tmp_path, build_dossier([limit("A", "20000.00")]))
    assert "Celle-ci ne peut pas tenir, même seule :" in texte
    assert "il manque à cette demande au moins 4 000,00 € par an" in texte
    assert "Ce conflit n'est pas le seul" not in texte
    assert "clé de « S » : p 100 %" in texte.split("Ce que chacune paierait alors")[1]


def test_another_conflict_is_told(capsys, tmp_path):
    texte = say(capsys, tmp_path, build_dossier([limit("A", "20000.00"), limit("B", "2000.00")]))
    assert "Ce conflit n'est pas le seul : il faudrait retirer 2 demandes au moins en tout." in texte
    assert "Ou bien retirer 2 demandes" in texte


@pytest.mark.parametrize("faible", ["A", "B"])
def test_of_as_few_requests_the_least_strong_are_withdrawn(capsys, tmp_path, faible):
    """Two criteria: A wants the first one, B the other; either may go."""
    dossier = build_dossier([], seul=("20000.00",) * 3)
    dossier["services"][0]["criteres"] = [
        {"nom": "p", "valeurs": [2, 3, 1]},
        {"nom": "q", "valeurs": [3, 2, 1]},
    ]
    dossier["demandes"] = [
        limit(nom, "12000.00", degre="secondaire" if nom == faible else "indispensable") for nom in "AB"
    ]
    retrait = answer(capsys, tmp_path, "accord", dossier)["retrait"]
    assert [une["commune"] for une in retrait["demandes"]] == [faible]
    assert (retrait["au_moins"], retrait["prouve_sans_solveur"]) == (1, 1)
    assert f"  {faible} : ne pas payer plus de 12 000,00 € par an (secondaire)" in say(capsys, tmp_path, dossier)


def test_the_same_request_twice_is_told(capsys, tmp_path):
    dossier = build_dossier([limit("A", "25000.00"), limit("A", "25000.00", degre="utile")])
    (texte,) = answer(capsys, tmp_path, "accord", dossier)["avertissements"]
    assert texte.replace("\u202f", " ").startswith("A demande 2 fois la même chose : ne pas payer plus de 25 000,00")


def test_the_refusals_of_a_round_are_counted_when_they_are_many(capsys, tmp_path):
    """A leaves, then fourteen communes that asked nothing would pay more than alone."""
    noms = [f"C{rang:02d}" for rang in range(15)]
    service = {"nom": "S", "cout": "30000.00", "criteres": [{"nom": "p", "valeurs": [16] + [1] * 14}]}
    service["seul"] = ["28000.00"] + ["1500.00"] * 14
    dossier = {"communes": noms, "services": [service], "demandes": [limit("C00", "10000.00")]}
    texte = say(capsys, tmp_path, dossier)
    assert texte.count("tour 2 : C") == 12
    assert "tour 2 : et 2 autres refus (--json)." in texte
    assert "tour 2 : Le service « S » ne tient plus" in texte
    (_, second) = answer(capsys, tmp_path, "accord", dossier)["signatures"]["etapes"]
    assert len(second) == 15


def test_who_loses_against_its_own_request_is_not_said_to_accept_it(capsys, tmp_path):
    """Together costs 3,000 more than apart: A refuses, B accepts its loss, C says nothing."""
    dossier = build_dossier([limit("A", "23000.00"), limit("B", "9000.00")], seul=("23000.00", "2000.00", "2000.00"))
    texte = say(capsys, tmp_path, dossier)
    assert "À savoir : ensemble coûte 3 000,00 € par an de plus que chacune seule." in texte
    assert "À savoir : A paie 1 000,00 € par an de plus que seule, et une de ses demandes n'y tient pas." in texte
    assert "À savoir : B paie 1 000,00 € par an de plus que seule, ce que ses demandes permettent." in texte
    assert "À savoir : C paie 1 000,00 € par an de plus que seule, et rien ne dit qu'elle l'accepte." in texte
