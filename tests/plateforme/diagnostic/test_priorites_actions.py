"""The acts of the choice of priorities: who may, when, one ballot a commune, a result frozen once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.plateforme.diagnostic.outils_priorites import (
    A_POINTS,
    CONTENU,
    OPTIONS,
    build_preparee,
    build_priorisation,
    close,
    list_options,
    vote,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.courrier.models import Courriel
from communaccord.plateforme.diagnostic import actions
from communaccord.plateforme.diagnostic.actions import EditionConcurrente, SaisieRefusee
from communaccord.plateforme.diagnostic.enums import EtatPriorisation
from communaccord.plateforme.diagnostic.models import BulletinPriorites, OptionPriorite, Priorisation, ResultatPriorites
from communaccord.plateforme.diagnostic.rules import can_conduct, can_read_priorites, can_vote
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
APRES = INSTANT + timedelta(days=60)


@pytest.mark.parametrize("role", Role.values)
def test_rights(role):
    demarche = build_demarche()
    acteur = build_acteur_de(demarche, role, list_communes(demarche)[0])
    lisent = {
        *("dgs_epci", "equipe_projet", "president", "vice_president", "maire", "secretaire", "direction", "drh"),
        *("consultant", "conseiller_communautaire", "conseiller_municipal"),
    }
    assert bool(can_conduct(acteur, demarche.pk)) == (role in {"dgs_epci", "equipe_projet"})
    assert bool(can_vote(acteur, demarche.pk)) == (role in {"maire", "secretaire"})
    assert bool(can_read_priorites(acteur)) == (role in lisent)
    assert not can_vote(acteur, demarche.pk + 1)


def test_from_the_options_to_a_frozen_result():
    priorisation, equipe, mairies = build_priorisation()
    for mairie, notes in zip(mairies, [(2, 1, 0), (2, 1, 0), (2, 0, 1), (1, 2, 0), (2, 1, 1), (0, 2, 1)], strict=True):
        vote(mairie, priorisation, notes)
    resultat = close(equipe, priorisation)
    voirie, urbanisme, archives = list_options(priorisation)
    assert (resultat.bulletins, resultat.communes) == (6, 6)
    dit = resultat.contenu["options"]
    assert dit[str(voirie)]["repartition"] == [1, 1, 4]
    assert (dit[str(voirie)]["mediane"], dit[str(voirie)]["ont_la_mediane"]) == (2, 4)
    assert [dit[str(o)]["rang_majoritaire"] for o in (voirie, urbanisme, archives)] == [1, 2, 3]
    with pytest.raises(EcritureInterdite):
        resultat.save()


def test_below_five_ballots_nothing_is_computed():
    priorisation, equipe, mairies = build_priorisation()
    for mairie in mairies[:4]:
        vote(mairie, priorisation, (2, 1, 0))
    resultat = close(equipe, priorisation)
    assert (resultat.bulletins, resultat.contenu) == (4, {})


def test_a_draft_does_not_count_and_does_not_take_back_what_was_deposited():
    priorisation, equipe, mairies = build_priorisation()
    vote(mairies[0], priorisation, (2, None, None), depose=False)
    kept = vote(mairies[1], priorisation, (2, 1, 0))
    again = vote(mairies[1], priorisation, (0, None, 0), kept.version, depose=False)
    assert (again.version, list(again.choix.values()), list(again.brouillon.values())) == (2, [2, 1, 0], [0, 0])
    assert close(equipe, priorisation).bulletins == 1


def test_a_second_click_writes_nothing_and_an_older_page_is_told():
    priorisation, _, mairies = build_priorisation()
    first = vote(mairies[0], priorisation, (2, 1, 0))
    assert vote(mairies[0], priorisation, (2, 1, 0)).version == first.version == 1
    assert Acte.objects.filter(verbe="priorites.deposees").count() == 1
    with pytest.raises(EditionConcurrente):
        vote(mairies[0], priorisation, (0, 0, 0))
    assert vote(mairies[0], priorisation, (0, 0, 0), 1).version == 2
    assert BulletinPriorites.objects.count() == 1


@pytest.mark.parametrize(
    ("contenu", "notes", "mot"),
    [
        (CONTENU, (2, None, 0), "Il manque une mention à 1 option : « Urbanisme »."),
        (CONTENU, (3, 1, 0), "n'est pas celui de cette liste"),
        (A_POINTS, (6, 5, 0), "1 point de trop"),
        (A_POINTS, (6, 2, 0), "Il vous reste 2 points à placer sur 10."),
        (A_POINTS, (-1, 11, 0), "n'est pas celui de cette liste"),
    ],
)
def test_a_ballot_that_cannot_be_deposited_says_why(contenu, notes, mot):
    priorisation, _, mairies = build_priorisation(contenu=contenu)
    with pytest.raises(SaisieRefusee) as refus:
        vote(mairies[0], priorisation, notes)
    assert mot in refus.value.message.replace("\u202f", " ").replace("\u00a0", " ")
    assert not BulletinPriorites.objects.exists()


def test_points_left_out_are_no_point():
    priorisation, _, mairies = build_priorisation(contenu=A_POINTS)
    assert list(vote(mairies[0], priorisation, (7, None, 3)).choix.values()) == [7, 0, 3]


def test_who_may_act_and_when():
    priorisation, equipe = build_preparee()
    demarche = priorisation.campagne.demarche
    mairie = build_acteur_de(demarche, Role.MAIRE, list_communes(demarche)[0])
    with pytest.raises(Conflit, match="en préparation"):
        vote(mairie, priorisation, (2, 1, 0))
    for act in (actions.open_priorisation, actions.close_priorisation):
        with pytest.raises(ActionRefusee):
            act(acteur=mairie, instant=INSTANT, priorisation=priorisation)
    with pytest.raises(ActionRefusee):
        actions.create_priorisation(acteur=mairie, instant=INSTANT, campagne=priorisation.campagne, contenu=CONTENU)
    with pytest.raises(Conflit):
        close(equipe, priorisation)
    actions.open_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation)
    with pytest.raises(ActionRefusee):
        vote(equipe, priorisation, (2, 1, 0))
    with pytest.raises(Conflit):
        actions.open_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation)
    with pytest.raises(Conflit, match="ne changent plus"):
        actions.edit_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation, version=2, contenu=CONTENU)
    with pytest.raises(Conflit, match="ne changent plus"):
        vote(mairie, priorisation, (2, 1, 0), instant=APRES)
    close(equipe, priorisation)
    with pytest.raises(Conflit, match="ne changent plus"):
        vote(mairie, priorisation, (2, 1, 0))
    with pytest.raises(Conflit):
        close(equipe, priorisation)
    assert ResultatPriorites.objects.count() == 1


def test_a_mairie_of_elsewhere_and_one_choice_at_a_time():
    priorisation, equipe, _ = build_priorisation()
    autre = build_demarche(2)
    with pytest.raises(ActionRefusee):
        vote(build_acteur_de(autre, Role.MAIRE, list_communes(autre)[0]), priorisation, (2, 1, 0))
    with pytest.raises(Conflit, match="déjà en cours"):
        actions.create_priorisation(acteur=equipe, instant=INSTANT, campagne=priorisation.campagne, contenu=CONTENU)
    with pytest.raises(ActionRefusee):
        close(build_acteur_de(autre, Role.DGS_EPCI), priorisation)


def test_the_list_is_rewritten_over_the_version_that_was_read():
    priorisation, equipe = build_preparee()
    other = replace(CONTENU, options=(*OPTIONS[:2], ("Marchés publics", "marches")))
    edited = actions.edit_priorisation(
        acteur=equipe, instant=INSTANT, priorisation=priorisation, version=1, contenu=other
    )
    assert edited.version == 2
    assert list(OptionPriorite.objects.values_list("libelle", "service")) == list(other.options)
    with pytest.raises(EditionConcurrente):
        actions.edit_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation, version=1, contenu=CONTENU)


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"titre": " "}, "titre"),
        ({"question": "x" * 301}, "question"),
        ({"mode": "dames"}, "mode"),
        ({"points": 0}, "points"),
        ({"options": OPTIONS[:1]}, "options"),
        ({"options": (*OPTIONS, ("voirie ", ""))}, "options"),
        ({"options": (("x" * 201, ""), *OPTIONS)}, "options"),
    ],
)
def test_what_cannot_be_asked_is_said_by_field(change, champ):
    priorisation, equipe = build_preparee()
    with pytest.raises(SaisieRefusee) as refus:
        actions.edit_priorisation(
            acteur=equipe,
            instant=INSTANT,
            priorisation=priorisation,
            version=1,
            contenu=replace(CONTENU, **change),
        )
    assert list(refus.value.fautes) == [champ]


def test_a_choice_whose_last_day_is_past_does_not_open():
    priorisation, equipe = build_preparee(contenu=replace(CONTENU, fin=date(2020, 1, 1)))
    with pytest.raises(Conflit, match="dernier jour"):
        actions.open_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation)


def test_the_clock_closes_after_the_last_day_and_once():
    priorisation, _, mairies = build_priorisation()
    vote(mairies[0], priorisation, (2, 1, 0))
    actions.veiller(INSTANT)
    priorisation.refresh_from_db()
    assert priorisation.etat == EtatPriorisation.OUVERTE
    actions.veiller(APRES)
    actions.veiller(APRES)
    priorisation.refresh_from_db()
    assert (priorisation.etat, priorisation.close_par) == (EtatPriorisation.CLOSE, "L'horloge")
    assert ResultatPriorites.objects.count() == 1


def test_mairies_are_written_to_once_and_no_word_tells_a_choice():
    campagne_courriels = Courriel.objects.filter(cle__contains="priorites")
    priorisation, equipe = build_preparee()
    demarche = priorisation.campagne.demarche
    build_acteur_de(demarche, Role.MAIRE, list_communes(demarche)[0])
    actions.open_priorisation(acteur=equipe, instant=INSTANT, priorisation=priorisation)
    assert campagne_courriels.count() == 1


def test_a_ballot_is_read_by_its_mairie_alone():
    priorisation, equipe, mairies = build_priorisation()
    demarche = priorisation.campagne.demarche
    vote(mairies[0], priorisation, (2, 1, 0))
    commune = list_communes(demarche)[0]
    readers = [equipe, mairies[1]]
    readers += [build_acteur_de(demarche, role) for role in (Role.DRH, Role.PRESIDENT, Role.CONSULTANT)]
    readers += [build_acteur_de(demarche, Role.CONSEILLER_MUNICIPAL, commune)]
    for reader in readers:
        assert not BulletinPriorites.objects.visible_to(reader).exists()
    assert BulletinPriorites.objects.visible_to(mairies[0]).count() == 1
    assert BulletinPriorites.objects.visible_to(build_acteur_de(demarche, Role.MAIRE, commune)).count() == 1


def test_what_is_prepared_is_seen_by_who_prepares_it():
    priorisation, equipe = build_preparee()
    mairie = build_acteur_de(priorisation.campagne.demarche, Role.MAIRE)
    assert Priorisation.objects.visible_to(equipe).exists()
    assert not Priorisation.objects.visible_to(mairie).exists()
    assert not OptionPriorite.objects.visible_to(mairie).exists()
