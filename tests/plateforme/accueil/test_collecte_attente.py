"""One's own page says what the état des lieux awaits: a sheet of a mairie, questions of the équipe projet."""

import pytest
from tests.plateforme.diagnostic.outils_collecte import build_mairie, build_ouverte, build_preparee, find_ligne, record
from tests.plateforme.fabriques import INSTANT, build_acteur_de

from communaccord.plateforme.accueil.pages.demarche.collecte import list_collecte
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic import actions

pytestmark = pytest.mark.django_db
JOUR = INSTANT.date()


def read(acteur):
    phrases = [attente.phrase for attente in list_collecte(acteur, JOUR)]
    return [phrase.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'") for phrase in phrases]


def test_a_mairie_is_told_how_far_its_sheet_is_until_it_is_validated():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    record(secretaire, fiche, "population", valeur=120_000)
    (attente,) = list_collecte(secretaire, JOUR)
    assert read(secretaire) == ["Votre fiche d'état des lieux : 1 ligne sur 26."]
    assert (attente.echeance.date(), attente.jour_entier) == (campagne.echeance, True)
    actions.validate_fiche(acteur=secretaire, instant=INSTANT, fiche=fiche)
    assert read(secretaire) == []


def test_a_mayor_reads_that_the_secretary_validated_and_may_take_it_up_again():
    campagne, _ = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    maire, _ = build_mairie(campagne, role=Role.MAIRE)
    voisin, _ = build_mairie(campagne, 1, role=Role.MAIRE)
    actions.validate_fiche(acteur=secretaire, instant=INSTANT, fiche=fiche)
    (phrase,) = read(maire)
    assert phrase.startswith("Votre fiche d'état des lieux est validée par le secrétariat de mairie (")
    assert phrase.endswith("Vous pouvez la rouvrir.")
    assert read(voisin) == ["Votre fiche d'état des lieux : 0 ligne sur 26."]
    actions.reopen_fiche(acteur=maire, instant=INSTANT, fiche=fiche)
    actions.validate_fiche(acteur=maire, instant=INSTANT, fiche=fiche)
    assert read(maire) == []


def test_the_equipe_is_told_of_questions_and_proposals():
    campagne, equipe = build_ouverte()
    secretaire, fiche = build_mairie(campagne)
    ligne = find_ligne(campagne, "population")
    for texte in ("Laquelle ?", "De quelle année ?"):
        actions.ask_question(acteur=secretaire, instant=INSTANT, fiche=fiche, ligne=ligne, texte=texte)
    actions.propose_ligne(
        acteur=secretaire, instant=INSTANT, campagne=campagne, volet="avis", libelle="Nos associations"
    )
    assert read(equipe) == [
        "2 questions sur l'état des lieux attendent une réponse.",
        "1 proposition pour le questionnaire est à examiner.",
    ]


def test_nobody_else_is_told_anything_and_nothing_awaits_before_the_opening(django_assert_num_queries):
    campagne, equipe = build_preparee()
    maire, agent = (build_acteur_de(campagne.demarche, role) for role in (Role.MAIRE, Role.AGENT))
    with django_assert_num_queries(0):
        assert read(agent) == []
    with django_assert_num_queries(1):
        assert read(maire) == []
    with django_assert_num_queries(1):
        assert read(equipe) == []
