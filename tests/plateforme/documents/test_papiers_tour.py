"""Papers of a round: what is asked, what is promised, what is published; one page a dossier whatever the texts."""

from dataclasses import replace
from datetime import date

import pytest
from tests.plateforme.documents.fabriques import DOSSIER, EMPREINTE, ENTETE, PHRASE, REGLE, REPONSE, RESULTAT
from tests.plateforme.documents.lecture import read_pages, says

from communaccord.noyau.accord.types import Degre, Position, Priorite, TypeClause
from communaccord.plateforme.accords.documents.papiers import (
    MOT_PROJET,
    PORTEE,
    build_scenario,
    render_regle_du_jeu,
    render_reponse,
    render_resultat,
    shorten,
)
from communaccord.plateforme.accords.documents.types import Article, ScenarioCommune, Vocabulaire
from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.textes import build_articles

LONG = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson-sur-la-Tres-Longue-Riviere-Fictive"


def read(pdf):
    return "".join(read_pages(pdf))


def test_the_answer_has_a_page_that_says_how_then_one_page_a_dossier():
    pages = read_pages(render_reponse(REPONSE))
    assert len(pages) == 1 + len(REPONSE.dossiers)
    for attendu in (
        "À rendre sous enveloppe fermée avant le lundi 30 novembre 2026 à 18 h.",
        "La règle du jeu en cinq lignes",
        "rien sur un groupe de moins de 5 communes",
        "Sans case cochée, c'est sous pli.",
        "une seconde personne, élue, relit la copie : toutes deux lisent votre réponse",
        "Les autres plis sont ouverts par l'horloge.",
        "1 place Fictive 00000 Fictive",
        "« Commune fictive 3, Premier tour, réf. T1-003 »",
    ):
        assert says(pages[0], attendu), attendu
    for page in pages:
        assert says(page, "réf. T1-003")
        assert says(page, PORTEE)


def test_a_dossier_shows_the_figures_of_the_commune_and_the_words_of_an_answer():
    page = read_pages(render_reponse(REPONSE))[1]
    for attendu in (
        "Scénario 1 environ 1 200 € en 2027 1 000 € environ +200 €",
        "Scénario 2 988 € en 2028 1 000 € −12 €",
        "Scénario 3 non connu non connu non connu",
        "Scénario 4 sans votre commune",
        "Objectif : Instruire les permis au même endroit.",
        "favorable sous conditions",
        "A contribution annuelle maximale, B avec une commune nommée",
        "Mes souhaits et conditions, 3 au plus",
        "je présente ce dossier favorablement à mon conseil",
        "Signature du ou de la maire",
    ):
        assert says(page, attendu), attendu
    assert page.count("conditionindispensable") == REPONSE.max_clauses
    assert page.count("souspli") == REPONSE.max_clauses + 2


def test_the_words_of_the_engine_hold_on_the_page():
    enums = (Position, TypeClause, Degre, Priorite)
    mots = Vocabulaire(*(tuple(member.label for member in enum) for enum in enums))
    pages = read_pages(render_reponse(replace(REPONSE, vocabulaire=mots)))
    assert len(pages) == 3
    for enum in enums:
        assert all(says(pages[1], member.label) for member in enum)


def test_long_texts_and_names_still_hold_on_one_page_a_dossier():
    scenarios = tuple(ScenarioCommune(f"{LONG[:78]} {rang}", 2027, 123_456, 1) for rang in range(1, 5))
    dossier = replace(DOSSIER, titre=f"{LONG} {LONG}"[:150], objectif="mot " * 500, effet_service="mot " * 500)
    reponse = replace(REPONSE, commune=LONG, dossiers=(replace(dossier, scenarios=scenarios),))
    assert len(read_pages(render_reponse(reponse))) == 2


def test_a_long_text_is_cut_between_two_words():
    cut = shorten("abc " * 200)
    assert cut.endswith("abc…")
    assert len(cut) <= 241
    assert shorten("court\n texte") == "court texte"


@pytest.mark.parametrize(
    ("contribution", "depense", "estimation", "ecart"),
    [
        (100_000, 100_100, True, "à peu près le même montant"),
        (100_000, 100_000, False, "0\u00a0€"),
        (100_000, 250_000, True, "environ −1\u202f500\u00a0€"),
        (None, 250_000, True, "non connu"),
        (100_000, None, False, "non connu"),
        (250_000, 0, False, "+2\u202f500\u00a0€"),
    ],
)
def test_the_difference_is_said_only_when_both_are_known(contribution, depense, estimation, ecart):
    assert build_scenario(ScenarioCommune("s", 2027, contribution, depense, estimation))["ecart"] == ecart


def test_the_rule_says_its_articles_and_who_adopted_it():
    (page,) = read_pages(render_regle_du_jeu(REGLE))
    for attendu in (
        "version 2",
        "Qui voit quoi Les notes",
        "Adoptée par la conférence des maires le 1er octobre 2026.",
    ):
        assert says(page, attendu), attendu
    assert not says(page, MOT_PROJET)


def test_a_rule_that_is_not_adopted_says_so():
    (page,) = read_pages(render_regle_du_jeu(replace(REGLE, adoptee_le=None)))
    assert says(page, MOT_PROJET)
    assert not says(page, "Adoptée")


@pytest.mark.parametrize("mode", list(ModeOuverture))
def test_the_rule_proposed_holds_on_one_page(mode):
    articles = tuple(Article(a["titre"], a["texte"]) for a in build_articles(mode, 5, 24))
    (page,) = read_pages(render_regle_du_jeu(replace(REGLE, articles=articles)))
    assert all(says(page, article.texte) for article in articles)


def test_the_result_says_what_may_be_said_and_how_to_check_it():
    text = read(render_resultat(RESULTAT))
    for attendu in (
        PHRASE,
        "lundi 30 novembre 2026 à 18 h 05, par l'horloge",
        "24 communes sur 26 ont répondu.",
        "Non publié : trop près d'un scénario déjà compté.",
        "conditions réunies au moins 22",
        "favorable 12 autres positions moins de 5",
        "Rien sur un groupe de moins de 5 communes.",
        EMPREINTE,
        "la version 1 du calcul",
        "elles n'engagent pas les conseils municipaux",
    ):
        assert says(text, attendu), attendu


def test_a_result_on_several_dossiers_opens_on_the_answers():
    text = read(render_resultat(replace(RESULTAT, dossiers=RESULTAT.dossiers * 2)))
    assert text.count("24communessur26ontrépondu.") == 2
    assert text.count("aumoins22communessur26") == 2


@pytest.mark.parametrize(
    ("render", "papier"), [(render_reponse, REPONSE), (render_regle_du_jeu, REGLE), (render_resultat, RESULTAT)]
)
class TestTous:
    """What all of them must hold."""

    def test_each_page_says_fictif_only_when_it_is(self, render, papier):
        assert all(page.count("FICTIF") == 2 for page in read_pages(render(papier)))
        reel = replace(papier, entete=replace(ENTETE, fictif=False))
        assert "FICTIF" not in read(render(reel))

    def test_it_is_archivable_accessible_and_stable(self, render, papier):
        pdf = render(papier)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
        assert pdf == render(papier)

    def test_typed_text_is_shown_as_typed(self, render, papier):
        entete = replace(ENTETE, demarche="#panic() *a* $x [y] <z>")
        assert says(read(render(replace(papier, entete=entete))), "#panic() *a* $x [y] <z>")


def test_dates_are_french():
    (page,) = read_pages(render_regle_du_jeu(replace(REGLE, adoptee_le=date(2026, 8, 1))))
    assert says(page, "le 1er août 2026")
