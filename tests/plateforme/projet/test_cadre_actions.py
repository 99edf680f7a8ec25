"""The précadrage through its acts: versions, freezing, two people at once, what is journaled."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche
from tests.plateforme.projet.fabrique_cadre import (
    COPIL,
    JOUR,
    build_contenu,
    build_equipe,
    build_valide,
    propose,
    validate,
    write_brouillon,
)

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.projet.actions import cadre as actes
from communaccord.plateforme.projet.enums.cadre import TRANSITIONS_CADRE, EtatCadre
from communaccord.plateforme.projet.lecture.cadre import build_contenu as read_contenu
from communaccord.plateforme.projet.lecture.cadre import compute_empreinte
from communaccord.plateforme.projet.models import Cadre, HistoriqueCadre
from communaccord.plateforme.projet.queries import find_cadre
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipe():
    return build_equipe()


def test_from_the_draft_to_the_validated_version(equipe):
    cadre = build_valide(equipe)
    assert (cadre.etat, cadre.numero, cadre.valide_le, cadre.instance) == (EtatCadre.VALIDE, 1, JOUR, COPIL)
    assert cadre.empreinte == compute_empreinte(read_contenu(cadre))
    assert find_cadre(equipe.demarche) == cadre
    moves = list(HistoriqueCadre.objects.filter(cadre=cadre).values_list("etat_avant", "etat_apres"))
    assert moves == [("", "brouillon"), ("brouillon", "propose"), ("propose", "valide")]
    said = list(Acte.objects.filter(demarche=equipe.demarche).order_by("pk").values_list("verbe", "portee"))
    assert said == [
        ("cadre.ouvert", "equipe"),
        ("cadre.modifie", "equipe"),
        ("cadre.propose", "elus"),
        ("cadre.valide", "table"),
    ]
    phrase = Acte.objects.get(verbe="cadre.valide").phrase
    assert phrase.startswith("a noté la validation du précadrage politique, version 1 : Comité de pilotage, le 12")


def test_there_is_no_frame_before_it_is_validated(equipe):
    propose(equipe)
    assert find_cadre(equipe.demarche) is None
    assert find_cadre(build_demarche()) is None


def test_a_validated_version_is_frozen(equipe):
    cadre = build_valide(equipe)
    cadre.objectifs = "Autre chose"
    with pytest.raises(EcritureInterdite):
        cadre.save()
    with pytest.raises(EcritureInterdite):
        Cadre.objects.filter(pk=cadre.pk).update(objectifs="Autre chose")
    with pytest.raises(EcritureInterdite):
        Cadre.objects.filter(demarche=equipe.demarche).delete()
    with pytest.raises(EcritureInterdite):
        cadre.delete()
    with pytest.raises(Conflit, match="est validé"):
        actes.edit_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, version=cadre.version, contenu=build_contenu())


def test_the_next_version_begins_with_the_words_of_the_last(equipe):
    first = build_valide(equipe)
    second = actes.start_cadre(acteur=equipe, instant=INSTANT)
    assert (second.numero, second.etat) == (2, EtatCadre.BROUILLON)
    assert read_contenu(second) == read_contenu(first)
    assert find_cadre(equipe.demarche) == first


def test_only_one_version_at_a_time(equipe):
    actes.start_cadre(acteur=equipe, instant=INSTANT)
    with pytest.raises(Conflit, match="déjà en cours"):
        actes.start_cadre(acteur=equipe, instant=INSTANT)
    assert Cadre.objects.count() == 1


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(equipe):
    other = build_acteur_de(equipe.demarche, Role.PRESIDENT)
    cadre = actes.start_cadre(acteur=equipe, instant=INSTANT)
    kept = build_contenu(objectifs="Le premier texte.")
    actes.edit_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, version=1, contenu=kept)
    with pytest.raises(actes.CadrePerime) as raised:
        actes.edit_cadre(acteur=other, instant=INSTANT, cadre=cadre, version=1, contenu=build_contenu())
    assert raised.value.actuel.objectifs == "Le premier texte."
    assert equipe.nom in raised.value.message
    cadre.refresh_from_db()
    assert (cadre.objectifs, cadre.version) == ("Le premier texte.", 2)


@pytest.mark.parametrize("champ", ["objectifs", "principes_financiers", "regle_decision"])
def test_what_is_essential_is_written_before_it_is_proposed(equipe, champ):
    cadre = write_brouillon(equipe, **{champ: " "})
    with pytest.raises(Conflit, match=r"Avant de proposer"):
        actes.propose_cadre(acteur=equipe, instant=INSTANT, cadre=cadre)
    assert Cadre.objects.get(pk=cadre.pk).etat == EtatCadre.BROUILLON


def test_a_proposed_version_is_taken_back_with_a_reason(equipe):
    cadre = propose(equipe)
    with pytest.raises(Conflit, match="Dites pourquoi"):
        actes.take_back_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, motif="  ")
    actes.take_back_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, motif="Le bureau a une question.")
    assert cadre.etat == EtatCadre.BROUILLON
    assert HistoriqueCadre.objects.filter(cadre=cadre).last().motif == "Le bureau a une question."


def test_what_was_read_is_what_is_validated(equipe):
    """Taken back, written again and proposed again between the reading and the click."""
    cadre = propose(equipe)
    lue = cadre.version
    actes.take_back_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, motif="Une faute.")
    actes.edit_cadre(
        acteur=equipe, instant=INSTANT, cadre=cadre, version=cadre.version, contenu=build_contenu(exclus="Rien.")
    )
    cadre.refresh_from_db()
    actes.propose_cadre(acteur=equipe, instant=INSTANT, cadre=cadre)
    with pytest.raises(Conflit, match="vient de changer"):
        actes.validate_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, version=lue, jour=JOUR, instance=COPIL)
    assert Cadre.objects.get(pk=cadre.pk).etat == EtatCadre.PROPOSE


def test_a_draft_is_not_validated(equipe):
    with pytest.raises(Conflit, match="ne peut pas devenir"):
        validate(equipe, write_brouillon(equipe))


def test_a_decision_has_a_day_that_is_past_and_an_instance(equipe):
    cadre = propose(equipe)
    with pytest.raises(Conflit, match="pas encore passée"):
        validate(equipe, cadre, jour=INSTANT.date() + timedelta(days=1))
    with pytest.raises(Conflit, match="quelle instance"):
        validate(equipe, cadre, instance="   ")
    assert validate(equipe, cadre, jour=INSTANT.date()).est_valide


def test_versions_are_validated_in_the_order_of_time(equipe):
    build_valide(equipe)
    second = propose(equipe)
    with pytest.raises(Conflit, match="version 1 a été validée"):
        validate(equipe, second, jour=date(2026, 3, 11))


def test_a_service_is_not_on_both_sides(equipe):
    cadre = actes.start_cadre(acteur=equipe, instant=INSTANT)
    contenu = build_contenu(services_inclus=("paie",), services_exclus=("paie",))
    with pytest.raises(Conflit, match="choisissez pour « Paie »"):
        actes.edit_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, version=1, contenu=contenu)


def test_years_are_in_order(equipe):
    cadre = actes.start_cadre(acteur=equipe, instant=INSTANT)
    contenu = build_contenu(annee_debut=2030, annee_fin=2027)
    with pytest.raises(Conflit, match="dernière année"):
        actes.edit_cadre(acteur=equipe, instant=INSTANT, cadre=cadre, version=1, contenu=contenu)


def test_communes_are_those_of_the_demarche(equipe):
    cadre = write_brouillon(equipe, toutes_communes=False, codes_communes=("F002", "F001", "99999"))
    assert cadre.codes_communes == ["F001", "F002"]
    with pytest.raises(Conflit, match="Cochez les communes"):
        actes.edit_cadre(
            acteur=equipe,
            instant=INSTANT,
            cadre=cadre,
            version=cadre.version,
            contenu=build_contenu(toutes_communes=False, codes_communes=("99999",)),
        )


def test_nobody_writes_that_of_another_demarche(equipe):
    cadre, other = propose(equipe), build_equipe()
    for act in (
        lambda: actes.edit_cadre(acteur=other, instant=INSTANT, cadre=cadre, version=1, contenu=build_contenu()),
        lambda: actes.propose_cadre(acteur=other, instant=INSTANT, cadre=cadre),
        lambda: actes.take_back_cadre(acteur=other, instant=INSTANT, cadre=cadre, motif="x"),
        lambda: validate(other, cadre),
    ):
        with pytest.raises(ActionRefusee, match="autre démarche"):
            act()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"numero": 0}, "cadre_numero_positif"),
        ({"etat": "perdu"}, "cadre_etat_connu"),
        ({"annee_debut": 2030, "annee_fin": 2029}, "cadre_annees_dans_l_ordre"),
        ({"annee_debut": 27}, "cadre_annees_possibles"),
        ({"etat": "valide"}, "cadre_valide_dit_ou_et_quand"),
        ({"valide_le": JOUR}, "cadre_valide_dit_ou_et_quand"),
    ],
)
def test_constraints(equipe, values, name):
    row = {
        "demarche": equipe.demarche,
        "numero": 1,
        "cree_par": "x",
        "cree_le": INSTANT,
        "modifie_par": "x",
        "modifie_le": INSTANT,
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Cadre.objects.create(**row | values)


def test_every_state_has_its_moves():
    assert set(TRANSITIONS_CADRE) == set(EtatCadre)
