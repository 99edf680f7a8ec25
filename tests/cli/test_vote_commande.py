"""``communaccord vote``: indices re-derived by enumeration of every group and every order."""

import re
from fractions import Fraction
from functools import partial
from itertools import permutations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.jeux import MAJORITE, VOIX, answer, play

from communaccord.cli.commandes import vote
from communaccord.noyau.pouvoir import bracket_power, indices, majority_power, minimales, sommes

JOUE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def passes_majorite(populations, accord):
    """L5211-5 II by its words, on whole numbers: 2/3 of councils and over half the people, or the reverse; the veto."""
    n, total = len(populations), sum(populations.values())
    habitants = sum(populations[nom] for nom in accord)
    voie_1 = 3 * len(accord) >= 2 * n and 2 * habitants > total
    voie_2 = 2 * len(accord) >= n and 3 * habitants >= 2 * total
    plus = max(populations.values())
    vetos = {nom for nom, nombre in populations.items() if nombre == plus and 4 * nombre > total}
    return (voie_1 or voie_2) and vetos <= set(accord)


def enumerate_power(noms, passes):
    """Banzhaf, Shapley-Shubik, the chance to decide and to pass, by their definitions."""
    groupes = [
        {nom for nom, oui in zip(noms, choix, strict=True) if oui} for choix in product((0, 1), repeat=len(noms))
    ]
    bascules = {nom: sum(passes(g | {nom}) and not passes(g - {nom}) for g in groupes) for nom in noms}
    ordres = list(permutations(noms))
    pivots = dict.fromkeys(noms, 0)
    for ordre in ordres:
        for rang, nom in enumerate(ordre):
            if passes(set(ordre[: rang + 1])) and not passes(set(ordre[:rang])):
                pivots[nom] += 1
    total = sum(bascules.values()) or 1
    return {
        "banzhaf": {nom: str(Fraction(b, total)) for nom, b in bascules.items()},
        "shapley_shubik": {nom: str(Fraction(p, len(ordres))) for nom, p in pivots.items()},
        "decisif": {nom: str(Fraction(b, len(groupes))) for nom, b in bascules.items()},
        "adoption": str(Fraction(sum(map(passes, groupes)), len(groupes))),
    }


@JOUE
@given(voix=st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any), part=st.fractions(0, 1))
def test_votes_from_elsewhere(capsys, tmp_path, voix, part):
    poids = {f"V{rang}": nombre for rang, nombre in enumerate(voix)}
    quota = 1 + int(part * (sum(voix) - 1))
    reponse = answer(capsys, tmp_path, "vote", {"poids": poids, "quota": quota})
    attendu = enumerate_power(list(poids), lambda g: sum(poids[nom] for nom in g) >= quota)
    assert {cle: reponse[cle] for cle in attendu} == attendu
    assert sum(map(Fraction, reponse["deegan_packel"].values())) == 1


@JOUE
@given(habitants=st.lists(st.integers(0, 60), min_size=1, max_size=5).filter(any))
def test_majorities_from_elsewhere(capsys, tmp_path, habitants):
    populations = {f"C{rang}": nombre for rang, nombre in enumerate(habitants)}
    reponse = answer(capsys, tmp_path, "vote", {"regle": "majorite_qualifiee", "populations": populations})
    attendu = enumerate_power(list(populations), lambda g: passes_majorite(populations, g))
    assert {cle: reponse[cle] for cle in attendu} == attendu
    assert set(reponse["non_definies"]) == {"deegan_packel", "holler"}


def test_the_six_of_1958(capsys, tmp_path):
    reponse = answer(capsys, tmp_path, "vote", VOIX)
    assert reponse["banzhaf"] == {"D": "5/21", "F": "5/21", "I": "5/21", "B": "1/7", "N": "1/7", "L": "0"}
    assert reponse["shapley_shubik"]["D"] == "7/30"
    assert reponse["deegan_packel"]["B"] == "3/16"
    code, sortie, _ = play(capsys, tmp_path, "vote", VOIX)
    assert code == 0
    assert "23,81\u202f%" in sortie


def test_opinions_hold_the_true_chances(capsys, tmp_path):
    opinions = {"Bourg": "0.6", "Val": "1/2", "Mont": "0.75", "Pré": "0.2"}
    reponse = answer(capsys, tmp_path, "vote", MAJORITE | {"opinions": opinions})
    populations = MAJORITE["populations"]
    chances = {nom: Fraction(texte) for nom, texte in opinions.items()}

    def weigh(accord, sauf=None):
        poids = Fraction(1)
        for nom, chance in chances.items():
            poids *= 1 if nom == sauf else chance if nom in accord else 1 - chance
        return poids

    groupes = [{nom for nom, oui in zip(populations, c, strict=True) if oui} for c in product((0, 1), repeat=4)]
    vraie = sum(weigh(g) for g in groupes if passes_majorite(populations, g))
    assert Fraction(reponse["adoption"]["bas"]) <= vraie <= Fraction(reponse["adoption"]["haut"])
    for nom in populations:
        decide = sum(
            weigh(g, nom)
            for g in groupes
            if nom in g and passes_majorite(populations, g) and not passes_majorite(populations, g - {nom})
        )
        assert Fraction(reponse["decisif"][nom]["bas"]) <= decide <= Fraction(reponse["decisif"][nom]["haut"])


def test_the_majority_is_told_with_its_counts_its_veto_its_article_and_its_rule(capsys, tmp_path):
    """Of 4 councils and 7 400 inhabitants: 3 and 3 701, or 2 and 4 934 (two thirds are 4 933.3); Bourg has 67.57 %."""
    reponse = answer(capsys, tmp_path, "vote", MAJORITE)
    assert reponse["seuils"] == [{"conseils": 3, "habitants": 3701}, {"conseils": 2, "habitants": 4934}]
    assert (reponse["indispensables"], reponse["regle"]) == (["Bourg"], "R-6.1")
    code, sortie, _ = play(capsys, tmp_path, "vote", MAJORITE)
    assert code == 0
    assert "R-6.1, CGCT L5211-5 II" in sortie
    assert "vérifié le 23 novembre 2026" in sortie
    assert "au moins 3 conseils et 3\u202f701 habitants, ou 2 conseils et 4\u202f934 habitants" in sortie
    assert "avec l'accord de Bourg (67,57\u202f% des habitants) dans tous les cas." in sortie


def test_a_commune_below_a_quarter_and_the_clect_have_no_veto(capsys, tmp_path):
    pareilles = {"regle": "majorite_accord_local", "populations": dict.fromkeys("ABCDE", 100)}
    assert answer(capsys, tmp_path, "vote", pareilles)["indispensables"] == []
    # Two thirds of 500 are 333.3, and the local agreement asks for more than it; a half is passed from 251 on.
    seuils = answer(capsys, tmp_path, "vote", pareilles)["seuils"]
    assert seuils == [{"conseils": 4, "habitants": 251}, {"conseils": 3, "habitants": 334}]
    assert "aucune commune n'a plus du quart des habitants" in play(capsys, tmp_path, "vote", pareilles)[1]
    clect = MAJORITE | {"regle": "majorite_clect"}
    assert answer(capsys, tmp_path, "vote", clect)["indispensables"] == []
    assert "R-6.3, CGI 1609 nonies C IV" in play(capsys, tmp_path, "vote", clect)[1]


def test_opinions_are_shown_again_with_what_they_suppose(capsys, tmp_path):
    opinions = {"Val": "1/2", "Mont": "0.75", "Pré": "0.2", "Bourg": "0.6"}
    assert answer(capsys, tmp_path, "vote", MAJORITE | {"opinions": opinions})["opinions"] == {
        "Bourg": "3/5",
        "Mont": "3/4",
        "Pré": "1/5",
        "Val": "1/2",
    }
    sortie = play(capsys, tmp_path, "vote", MAJORITE | {"opinions": opinions})[1]
    assert re.search(r"^Mont +800 +10,81\u202f% +75\u202f% ", sortie, re.M)
    assert "ne dépend pas des autres" in sortie
    sans = play(capsys, tmp_path, "vote", MAJORITE)[1]
    assert "ce n'est pas une prévision" in sans
    assert "Opinion" not in sans


@JOUE
@given(oui=st.sets(st.sampled_from(sorted(MAJORITE["populations"]))))
def test_sure_answers_say_whether_the_vote_passes(capsys, tmp_path, oui):
    opinions = {nom: "1" if nom in oui else "0" for nom in MAJORITE["populations"]}
    sortie = play(capsys, tmp_path, "vote", MAJORITE | {"opinions": opinions})[1]
    passe = passes_majorite(MAJORITE["populations"], oui)
    noms = ", ".join(sorted(oui)) or "aucune commune"
    assert f"Avec ces réponses, le vote {'passe' if passe else 'ne passe pas'}. Oui : {noms}.\n" in sortie


def test_banzhaf_is_the_chance_to_decide_over_the_sum_of_all(capsys, tmp_path):
    reponse = answer(capsys, tmp_path, "vote", VOIX)
    decide = {nom: Fraction(texte) for nom, texte in reponse["decisif"].items()}
    assert reponse["banzhaf"] == {nom: str(part / sum(decide.values())) for nom, part in decide.items()}
    sortie = play(capsys, tmp_path, "vote", VOIX)[1]
    assert "Banzhaf la rapporte au total" in sortie
    for nom in ("Banzhaf", "Shapley-Shubik", "Deegan-Packel", "Holler", "décide"):
        assert f"\n« {nom} » : " in sortie


def test_a_quota_of_half_the_votes_is_told(capsys, tmp_path):
    demi = {"poids": {"A": 2, "B": 2}, "quota": 2}
    assert "deux camps opposés" in play(capsys, tmp_path, "vote", demi)[1]
    assert "deux camps opposés" not in play(capsys, tmp_path, "vote", demi | {"quota": 3})[1]


def test_a_commune_without_inhabitants_is_told(capsys, tmp_path):
    vide = {"regle": "majorite_qualifiee", "populations": {"A": 0, "B": 100, "C": 30}}
    phrase = "le fichier donne zéro à A (habitants) ; vérifiez ce nombre."
    assert answer(capsys, tmp_path, "vote", vide)["avertissements"] == [phrase]
    assert f"À savoir : {phrase}" in play(capsys, tmp_path, "vote", vide)[1]
    assert answer(capsys, tmp_path, "vote", MAJORITE)["avertissements"] == []


def test_one_council_is_written_in_the_singular(capsys, tmp_path):
    deux = {"regle": "majorite_clect", "populations": {"A": 100, "B": 100}}
    assert "ou 1 conseil et 134 habitants." in play(capsys, tmp_path, "vote", deux)[1]


@JOUE
@given(noms=st.permutations(["Œuilly", "Odos", "Oz", "Écully", "Étampes", "eaubonne"]))
def test_voters_come_in_the_order_of_their_names(capsys, tmp_path, noms):
    """Œ is ordered as Oe, É as E; nothing depends on the order of the file."""
    populations = {nom: 100 * len(nom) for nom in noms}
    reponse = answer(capsys, tmp_path, "vote", {"regle": "majorite_qualifiee", "populations": populations})
    assert list(reponse["banzhaf"]) == ["eaubonne", "Écully", "Étampes", "Odos", "Œuilly", "Oz"]
    droit = {"regle": "majorite_qualifiee", "populations": {nom: 100 * len(nom) for nom in sorted(noms)}}
    assert reponse == answer(capsys, tmp_path, "vote", droit)
    voix = answer(capsys, tmp_path, "vote", {"poids": populations, "quota": 1900})
    assert list(voix["holler"]) == list(reponse["banzhaf"])


def test_populations_too_large_for_an_exact_count_come_between_bounds(capsys, tmp_path, monkeypatch):
    """With the memory of a pocket calculator, the answer is two bounds, which hold the exact answer."""
    proches = MAJORITE | {"populations": {f"C{rang}": 1000 + 37 * rang * rang for rang in range(24)}}
    exact = answer(capsys, tmp_path, "vote", proches)
    monkeypatch.setattr(vote, "majority_power", partial(majority_power, words=6_000))
    monkeypatch.setattr(vote, "bracket_power", partial(bracket_power, words=6_000))
    large = answer(capsys, tmp_path, "vote", proches)
    etroits = 0
    for cle in ("banzhaf", "shapley_shubik", "decisif"):
        for nom, bornes in large[cle].items():
            bas, haut = (bornes["bas"], bornes["haut"]) if isinstance(bornes, dict) else (bornes, bornes)
            assert Fraction(bas) <= Fraction(exact[cle][nom]) <= Fraction(haut)
            etroits += isinstance(bornes, dict)
    assert etroits
    code, sortie, _ = play(capsys, tmp_path, "vote", proches)
    assert code == 0
    assert "% à " in sortie


def test_shapley_shubik_alone_is_refused_where_its_table_would_be_too_large(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(sommes, "MAX_BITS", 1 << 16)
    voix = {"poids": {f"C{rang}": 10 + rang for rang in range(24)}, "quota": 300}
    reponse = answer(capsys, tmp_path, "vote", voix)
    assert "Trop de totaux" in reponse["non_definies"]["shapley_shubik"]
    assert "shapley_shubik" not in reponse
    assert sum(map(Fraction, reponse["banzhaf"].values())) == 1
    assert "Sans réponse, Shapley-Shubik" in play(capsys, tmp_path, "vote", voix)[1]


def test_votes_whose_totals_take_too_many_additions_are_refused_in_one_sentence(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(indices, "MAX_DENSE", 1 << 10)
    monkeypatch.setattr(sommes, "MAX_ADDITIONS", 1 << 10)
    code, _, erreur = play(capsys, tmp_path, "vote", {"poids": {f"C{r}": 10 + r for r in range(24)}, "quota": 300})
    assert code == 2
    assert "trop de totaux de voix différents" in erreur


def test_an_index_that_cannot_be_counted_leaves_the_others_their_answer(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(minimales, "MAX_STEPS", 1)
    voix = {"poids": {f"C{rang}": 10 + rang for rang in range(24)}, "quota": 300}
    reponse = answer(capsys, tmp_path, "vote", voix)
    assert reponse["non_definies"].keys() == {"deegan_packel", "holler"}
    assert sum(map(Fraction, reponse["banzhaf"].values())) == 1
    assert "Sans réponse, Holler" in play(capsys, tmp_path, "vote", voix)[1]
