"""What is seen: every table of the context, by every role, before and after the opening."""

import pytest
from tests.plateforme.accords.fabrique import APRES, INSTANT, build_elements, build_table, open_table, prepare
from tests.plateforme.fabriques import build_acteur_de, list_communes

from communaccord.plateforme.accords import actions, models, queries
from communaccord.plateforme.accords.enums import EtatTour, ModeOuverture, Visibilite
from communaccord.plateforme.comptes.acteurs import build_horloge
from communaccord.plateforme.comptes.enums import EQUIPE, EXECUTIF, Role

pytestmark = pytest.mark.django_db

TABLE = EQUIPE | EXECUTIF | {Role.MAIRE, Role.SECRETAIRE, Role.DIRECTION, Role.DRH, Role.CONSULTANT}
ELUS = EXECUTIF | {Role.MAIRE, Role.CONSEILLER_COMMUNAUTAIRE, Role.CONSEILLER_MUNICIPAL}
MAIRIE = {Role.MAIRE, Role.SECRETAIRE}
PUBLIES = ("Tour", "TourDossier", "TourScenario", "HistoriqueTour", "Annonce", "Resultat", "Assesseur")


@pytest.fixture
def table():
    """Five communes answered, an envelope of the sixth, another démarche beside with all the same rows."""
    for built in (open_table(6), open_table(6)):
        for rang in range(5):
            built.answer(rang, build_elements(visibilite=Visibilite.PARTAGE))
        actions.register_enveloppe(
            acteur=built.equipe, instant=INSTANT, tour=built.tour, commune=built.maires[5].commune
        )
        actions.veiller(INSTANT)
    return built


def publish(table):
    enveloppe = models.Enveloppe.objects.get(tour=table.tour)
    actions.discard_enveloppe(acteur=table.equipe, instant=APRES, enveloppe=enveloppe, motif="vide")
    actions.depouiller(acteur=build_horloge(table.demarche), instant=APRES, tour=table.tour)


def build_actor(table, role):
    """Somebody of this role; those of a commune are of the first one, the mayor being the one who answered."""
    if role == Role.MAIRE:
        return table.maires[0]
    return build_acteur_de(table.demarche, role, list_communes(table.demarche)[0] if role in MAIRIE else None)


def count(model, acteur):
    return getattr(models, model).objects.visible_to(acteur).count()


def list_actors(table):
    return [(role, build_actor(table, role)) for role in Role]


def test_before_the_opening(table):
    for role, acteur in list_actors(table):
        sees_table = role in TABLE
        seen = {model: count(model, acteur) for model in models.__all__}
        assert seen == {
            "Tour": int(sees_table),
            "HistoriqueTour": 2 * int(sees_table),
            "TourScenario": int(sees_table),
            "TourDossier": int(sees_table),
            "Annonce": int(sees_table),
            "Assesseur": 0,
            "Reponse": 6 if role in EQUIPE else 1 if role in MAIRIE else 0,
            "Element": 4 if role in MAIRIE else 0,
            "HistoriqueReponse": 10 if role in EQUIPE else 2 if role in MAIRIE else 0,
            "Enveloppe": 1 if role in EQUIPE | EXECUTIF else 0,
            "RegleDuJeu": 1,
            "Resultat": 0,
            "AVousSeule": 0,
            "Partage": 0,
        }, role


def test_after_the_opening(table):
    publish(table)
    for role, acteur in list_actors(table):
        reads = role in TABLE | ELUS
        assert count("Tour", acteur) == count("Resultat", acteur) == int(reads), role
        assert count("AVousSeule", acteur) == (1 if role in MAIRIE else 0), role
        assert count("Partage", acteur) == (10 if role in TABLE else 0), role
        assert count("Element", acteur) == (4 if role in MAIRIE else 0), role


def test_nothing_of_another_demarche_is_ever_seen(table):
    publish(table)
    other = build_table(1)
    for role in Role:
        stranger = other.maires[0] if role == Role.MAIRE else build_acteur_de(other.demarche, role)
        seen = {model: count(model, stranger) for model in models.__all__}
        assert seen == {**dict.fromkeys(models.__all__, 0), "RegleDuJeu": 1}, role


def test_every_table_says_what_is_seen():
    for name in models.__all__:
        assert callable(getattr(models, name).objects.visible_to)


def test_a_rule_being_written_is_for_those_who_write_and_adopt_it():
    table = build_table(1)
    actions.prepare_regle_du_jeu(acteur=table.equipe, instant=INSTANT)
    for role in Role:
        acteur = build_actor(table, role)
        assert count("RegleDuJeu", acteur) == (2 if role in EQUIPE | EXECUTIF else 1)


def test_an_assesseur_sees_the_envelopes_of_the_round_and_the_other_mayors_their_own():
    table = open_table(6, mode=ModeOuverture.ASSESSEURS)
    for maire in table.maires[4:]:
        actions.register_enveloppe(acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=maire.commune)
    called = set(table.tour.assesseurs.values_list("mandat_id", flat=True))
    for rang, maire in enumerate(table.maires):
        expected = 2 if maire.mandat_id in called else int(rang >= 4)
        assert count("Enveloppe", maire) == expected


def test_the_figures_of_every_commune_are_not_loaded_with_the_scenarios_of_a_round():
    table = open_table()
    row = models.TourScenario.objects.visible_to(table.maires[0]).get()
    assert "offre" in row.get_deferred_fields()


def test_what_awaits_each_person_at_the_table(django_assert_num_queries):
    table = open_table(6, mode=ModeOuverture.ASSESSEURS)
    table.answer(0)
    reponse = table.get_reponse(1)
    draft = actions.save_brouillon(
        acteur=table.secretaires[1], instant=INSTANT, reponse=reponse, version=0, elements=build_elements()
    )
    actions.submit_au_maire(acteur=table.secretaires[1], instant=INSTANT, reponse=draft, version=1)
    pk = table.tour.pk
    states = [queries.list_attentes(table.maires[rang], INSTANT) for rang in range(3)]
    assert [(a.a_preparer[pk], a.a_valider[pk]) for a in states] == [(0, 0), (0, 1), (1, 0)]
    called = next(m for m in table.maires if m.mandat_id in set(table.tour.assesseurs.values_list("mandat", flat=True)))
    assert queries.list_attentes(called, INSTANT).parts == ()
    with django_assert_num_queries(2):
        assert [t.pk for t in queries.list_attentes(called, APRES).parts] == [pk]
    other = prepare(table, titre="Autre tour fictif")
    actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=other, graine="dit en séance")
    waiting = sum(len(queries.list_attentes(m, INSTANT).designations) for m in table.maires)
    assert waiting == 3
    assert queries.list_attentes(table.equipe, INSTANT).a_preparer == {}


def test_a_published_round_is_the_only_one_the_other_elus_see(table):
    publish(table)
    conseiller = build_actor(table, Role.CONSEILLER_COMMUNAUTAIRE)
    published = table.tour.pk
    prepare(table, titre="Autre tour fictif")
    assert [t.etat for t in models.Tour.objects.visible_to(conseiller)] == [EtatTour.DEPOUILLE]
    for model in PUBLIES:
        assert all(
            getattr(row, "tour_id", published) == published
            for row in getattr(models, model).objects.visible_to(conseiller)
        )
