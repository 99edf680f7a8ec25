"""The measures of the engine say what is missed, what is not proved, and which peer gives another answer."""

from bench.moteur.page import build_page, list_failures
from bench.moteur.taches import Lecture, Mesure, Tache, compare, play
from bench.pairs import dehors
from bench.pairs.dehors import Demande, Reponse, ask

from communaccord.noyau.partage import DonneeInvalide

DEMANDE = Demande("coopgame", "shapley", {}, (100.0, 200.0), 1.0, "centime", ecrit=True)


def build_mesure(ms, cible=10.0, pairs=(), **faits):
    return Mesure(24, "nucléole", ms, cible, faits, "", pairs)


def build_texte(*mesures):
    return build_page(mesures, {24: "CC"}, {"jour": "1er", "machine": "2 cœurs", "secondes": 60})


def test_a_difference_of_more_than_a_cent_is_a_failure():
    near = compare(DEMANDE, Reponse("coopgame", 5.0, (100.9, 200.0)))
    far = compare(DEMANDE, Reponse("coopgame", 5.0, (101.1, 200.0)))
    assert list_failures(build_mesure(1.0, pairs=(near,))) == []
    (failure,) = list_failures(build_mesure(1.0, pairs=(far,)))
    assert failure.startswith("ÉCHEC n = 24, nucléole")
    assert "1,1e+00 centime" in failure
    assert failure in build_texte(build_mesure(1.0, pairs=(far,)))


def test_a_peer_without_an_answer_is_told_and_compared_with_nothing():
    pair = compare(DEMANDE, Reponse("coopgame", None, (), "sans réponse en 60 s"))
    assert pair.ecart is None
    assert not pair.echoue
    assert "sans réponse en 60 s" in build_texte(build_mesure(1.0, pairs=(pair,)))


def test_missed_targets_and_missing_proofs_are_said_first():
    text = build_texte(build_mesure(25.0, somme=True), build_mesure(1.0, borne=False, somme=True))
    head = text.split("## 24 communes")[0]
    assert "cible manquée, n = 24, nucléole" in head
    assert "(× 2,5)" in head
    assert head.count("cible manquée") == 1
    assert head.count("preuve non relue") == 1
    assert "**non** (borne)" in head


def test_a_refusal_of_the_engine_is_a_missed_target():
    def refuse():
        raise DonneeInvalide("Non.", "Oui.")

    mesure = play(Tache("tau", refuse, lambda _: Lecture({}), {24: 1.0}), 24, seconds=0)
    assert mesure.ms is None
    assert mesure.manquee
    assert "Non." in mesure.detail


def test_peers_that_are_not_installed_or_cannot_hold_the_costs_are_not_called(monkeypatch, tmp_path):
    monkeypatch.setattr(dehors, "PYTHON", tmp_path / "absent")
    assert ask(DEMANDE, 24).motif == "non installé"
    monkeypatch.setattr(dehors, "PYTHON", tmp_path)
    assert ask(DEMANDE, 40).motif == "demande les 2^40 coûts"
