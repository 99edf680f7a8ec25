"""The sentences and the amounts, case by case, without any page."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communaccord.plateforme.dossiers.documents.fiche import shorten
from communaccord.plateforme.dossiers.enums import EtatDossier
from communaccord.plateforme.dossiers.pages.exports import to_euros
from communaccord.plateforme.dossiers.pages.liste import write_phrase
from communaccord.plateforme.dossiers.pages.montants import Plume
from communaccord.plateforme.dossiers.pages.phrases import write_commune, write_ensemble, write_totaux


def scenario(rang, annee=2027, **gel):
    values = {"annee_reference": annee, "participantes": 26, "moins": 18, "cout": 4_200_000, "etp": "1,5"}
    return SimpleNamespace(
        pk=rang, rang=rang, lettre="ABC"[rang - 1], gel=SimpleNamespace(**{**values, "phrase": "En 2027, tout.", **gel})
    )


def effet(contribution, depense=None, participe=True):
    return SimpleNamespace(contribution=contribution, depense=depense, participe=participe, population=100)


def say(*effets, exacts=False, annees=(2027, 2027, 2027)):
    scenarios = [scenario(rang, annees[rang - 1]) for rang in range(1, len(effets) + 1)]
    found = {s.pk: e for s, e in zip(scenarios, effets, strict=True) if e is not None}
    phrase = write_commune("Val-Inventé", scenarios, found, Plume(exacts))
    return phrase.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("effets", "phrase"),
    [
        ((), "Aucun scénario n'est encore figé : les chiffres viendront avec le premier."),
        (
            (effet(124_000, 155_000),),
            "Dans le scénario A, Val-Inventé paierait 1 200 € par an, "
            "310 € de moins qu'aujourd'hui (estimation, 2027).",
        ),
        (
            (effet(24_000, 20_000),),
            "Dans le scénario A, Val-Inventé paierait 240 € par an, 40 € de plus qu'aujourd'hui (estimation, 2027).",
        ),
        (
            (effet(20_000, 20_000),),
            "Dans le scénario A, Val-Inventé paierait 200 € par an, autant qu'aujourd'hui (estimation, 2027).",
        ),
        (
            (effet(20_000),),
            "Dans le scénario A, Val-Inventé paierait 200 € par an ; "
            "sa dépense d'aujourd'hui n'est pas connue (estimation, 2027).",
        ),
        (
            (effet(0, 20_000),),
            "Dans le scénario A, Val-Inventé ne paierait rien, 200 € de moins qu'aujourd'hui (estimation, 2027).",
        ),
        ((effet(None, participe=False),), "Val-Inventé ne participe pas à ce scénario : elle n'y paierait rien."),
        (
            (effet(None, participe=False), effet(None, participe=False)),
            "Val-Inventé ne participe à aucun des 2 scénarios : elle n'y paierait rien.",
        ),
        (
            (effet(190_000, 155_000), effet(124_000, 155_000)),
            "Selon le scénario, Val-Inventé paierait de 1 200 € (scénario B) à 1 900 € (scénario A) par an, "
            "de 310 € de moins à 350 € de plus qu'aujourd'hui (estimation, 2027).",
        ),
        (
            (effet(124_000), effet(190_000)),
            "Selon le scénario, Val-Inventé paierait de 1 200 € (scénario A) à 1 900 € (scénario B) par an ; "
            "sa dépense d'aujourd'hui n'est pas connue (estimation, 2027).",
        ),
        (
            (effet(124_000, 155_000), effet(124_100, 155_000)),
            "Dans les 2 scénarios, Val-Inventé paierait 1 200 € par an, "
            "310 € de moins qu'aujourd'hui (estimation, 2027).",
        ),
        (
            (effet(124_000, 155_000), effet(None, participe=False)),
            "Dans le scénario A, Val-Inventé paierait 1 200 € par an, 310 € de moins qu'aujourd'hui ; "
            "elle ne participe pas au scénario B (estimation, 2027).",
        ),
    ],
)
def test_sentence_of_a_commune(effets, phrase):
    assert say(*effets) == phrase


def test_exact_amounts_and_years_that_differ():
    assert "1 240,00 € par an, 310,00 € de moins" in say(effet(124_000, 155_000), exacts=True)
    assert "(estimation, première année pleine de chaque scénario)" in say(
        effet(124_000), effet(190_000), annees=(2027, 2028)
    )


@pytest.mark.parametrize(
    ("scenarios", "mot"),
    [
        ((scenario(1),), "Scénario A : en 2027, tout."),
        ((scenario(1), scenario(2, moins=20)), "de 18 à 20 communes sur 26 paieraient moins"),
        ((scenario(1), scenario(2)), "18 communes sur 26 paieraient moins"),
        ((scenario(1), scenario(2, moins=None)), "Scénario A : en 2027, tout."),
        ((scenario(1), scenario(2, participantes=12)), "Scénario A : en 2027, tout."),
    ],
)
def test_sentence_of_all(scenarios, mot):
    assert mot in write_ensemble(scenarios, Plume()).replace("\u202f", " ")


def test_a_total_is_not_told_when_it_would_tell_an_amount():
    told = write_totaux([scenario(1)], Plume())
    assert "26" in told
    assert "42\u202f000" in told
    hidden = write_totaux([scenario(1, participantes=2)], Plume())
    assert "42" not in hidden
    assert "1 commune aurait" in write_totaux([scenario(1, participantes=1)], Plume()).replace("\u00a0", " ")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_a_difference_is_exact_and_rounded_once(contribution, depense, exacts):
    plume = Plume(exacts)
    assert plume.compute_ecart(effet(contribution, depense)) == plume.round(contribution - depense)


def test_a_small_difference_between_two_large_amounts_is_not_lost():
    assert Plume().compute_ecart(effet(1_120_000, 1_122_324)) == -2000
    assert Plume().compute_ecart(effet(1_120_000, 1_173_200)) == -53_000


@pytest.mark.parametrize(("centimes", "euros"), [(None, None), (149, 1), (150, 2), (-150, -2), (0, 0)])
def test_whole_euros(centimes, euros):
    assert to_euros(centimes) == euros


@given(st.text(), st.integers(40, 400))
def test_a_text_cut_for_paper_says_so(texte, maximum):
    court = shorten(texte, maximum)
    plat = " ".join(texte.split())
    assert len(court) <= maximum
    assert court == plat if len(plat) <= maximum else court.endswith("(la suite est en ligne)")


@pytest.mark.parametrize(
    ("etats", "phrase"),
    [
        ((EtatDossier.BROUILLON,), "1 dossier est en préparation."),
        ((EtatDossier.PRESENTE,) * 2, "2 dossiers sont présentés."),
        (
            (EtatDossier.PRESENTE,) * 2 + (EtatDossier.BROUILLON, EtatDossier.RETIRE),
            "2 dossiers sont présentés, 1 est en préparation et 1 est retiré.",
        ),
    ],
)
def test_sentence_of_the_list(etats, phrase):
    assert write_phrase([SimpleNamespace(etat=etat) for etat in etats]) == phrase


RANGE = st.tuples(*[st.integers(0, 10**9) | st.integers(0, 3_000) | st.integers(95_000, 120_000)] * 3)


@given(RANGE, st.booleans())
def test_a_range_as_it_is_shown_holds_its_amount_and_its_ends(amounts, exacts):
    bas, montant, haut = sorted(amounts)
    plume = Plume(exacts)
    shown_bas, shown_haut = plume.round_outwards(bas, haut)
    assert shown_bas <= bas
    assert shown_haut >= haut
    assert shown_bas <= plume.round(montant) <= shown_haut
    assert bas - shown_bas < (1 if exacts else 10_000)
    assert shown_haut - haut < (1 if exacts else 10_000)
    assert plume.round(shown_bas) == shown_bas


def test_the_range_of_a_small_amount_holds_it():
    """From 1 040 € to 1 440 € is not told « entre 1 000 € et 1 400 € »: 1 440 € would be outside."""
    assert Plume().write_fourchette(104_000, 144_000).replace("\u00a0", " ").replace("\u202f", " ") == (
        "entre 1 000 € et 1 500 €"
    )
    assert Plume().write_fourchette(38_900, 38_900) == ""
    assert Plume().write_fourchette(None, 1) == ""
