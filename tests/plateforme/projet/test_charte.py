"""The charte through its acts: generated, written, adopted, joined, left."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, build_mandat, list_communes
from tests.plateforme.projet.fabrique_cadre import (
    JOUR,
    adopt,
    build_adoptee,
    build_equipe,
    build_projet,
    propose,
    read_projet,
    validate,
)

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.projet.actions import charte as actes
from communaccord.plateforme.projet.enums.cadre import EtatCharte, Partie
from communaccord.plateforme.projet.lecture.charte import compute_empreinte, read_parties
from communaccord.plateforme.projet.models import Adhesion, Charte, Objectif, PartieCharte
from communaccord.plateforme.projet.queries.charte import find_a_rejoindre, list_parties, read_adhesions
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.socle.permis import ActionRefusee, Conflit

pytestmark = pytest.mark.django_db
AUJOURD_HUI = INSTANT.date()


@pytest.fixture
def equipe():
    return build_equipe()


def write(acteur, charte, cle=Partie.SENS, version=0, texte="Nos mots."):
    return actes.write_partie(acteur=acteur, instant=INSTANT, charte=charte, cle=cle, version=version, texte=texte)


def read(acteur, charte):
    return {p.cle: p for p in read_parties(actes.read_proposees(acteur), list_parties(acteur, charte))}


def test_it_is_generated_from_the_frame_and_the_plan(equipe):
    parties = read(equipe, build_projet(equipe))
    assert list(parties) == list(Partie.values)
    assert "Des agents qui ne sont plus seuls." in parties[Partie.SENS].texte
    assert "– Vivre bien partout (fictif)\n   – Un accueil près de chez soi (fictif)" in parties[Partie.PROJET].texte
    orientations = parties[Partie.ORIENTATIONS].texte
    assert "Services étudiés : Paie ; Informatique et téléphonie." in orientations
    assert "Services qui restent hors de la démarche : Police municipale et garde champêtre." in orientations
    assert "Formes juridiques écartées : transfert de compétence." in orientations
    methode = parties[Partie.METHODE].texte
    assert "Principes financiers : Chacun paie ce qu'il utilise." in methode
    assert "précadrage validé le 12\u00a0mars 2026 (Comité de pilotage)" in methode
    assert not PartieCharte.objects.exists()


def test_nothing_is_invented_without_a_frame_nor_a_plan(equipe):
    charte = actes.start_charte(acteur=equipe, instant=INSTANT)
    assert {partie.texte for partie in read(equipe, charte).values()} == {""}
    with pytest.raises(Conflit, match="écrivez « Le sens de notre démarche », « Le lien"):
        adopt(equipe, charte)


def test_what_people_wrote_is_kept_when_the_frame_moves(equipe):
    charte = build_projet(equipe)
    write(equipe, charte)
    assert not read(equipe, charte)[Partie.SENS].a_bouge
    validate(equipe, propose(equipe, objectifs="Autre chose."), jour=JOUR + timedelta(days=1))
    partie = read(equipe, charte)[Partie.SENS]
    assert (partie.texte, partie.a_bouge) == ("Nos mots.", True)
    assert "Autre chose." in partie.propose
    assert "validé le 13" in read(equipe, charte)[Partie.METHODE].texte
    actes.keep_partie(acteur=equipe, instant=INSTANT, charte=charte, cle=Partie.SENS, version=1)
    partie = read(equipe, charte)[Partie.SENS]
    assert (partie.texte, partie.a_bouge, partie.version) == ("Nos mots.", False, 2)
    actes.take_proposition(acteur=equipe, instant=INSTANT, charte=charte, cle=Partie.SENS, version=2)
    assert "Autre chose." in read(equipe, charte)[Partie.SENS].texte


def test_the_plan_moves_its_part_only(equipe):
    charte = build_projet(equipe)
    write(equipe, charte, Partie.PROJET)
    write(equipe, charte, Partie.SENS)
    Objectif.objects.filter(demarche=equipe.demarche).update(titre="Autre objectif (fictif)")
    moved = {cle for cle, partie in read(equipe, charte).items() if partie.a_bouge}
    assert moved == {Partie.PROJET}


@pytest.mark.parametrize("version", [0, 1])
def test_the_second_of_two_writers_is_told(equipe, version):
    other = build_acteur_de(equipe.demarche, Role.PRESIDENT)
    charte = build_projet(equipe)
    write(equipe, charte)
    if version:
        write(equipe, charte, version=1, texte="Encore nos mots.")
    with pytest.raises(actes.PartiePerimee) as raised:
        write(other, charte, version=version, texte="Les miens.")
    assert raised.value.actuelle.texte == ("Encore nos mots." if version else "Nos mots.")
    assert PartieCharte.objects.get().texte != "Les miens."


def test_the_proposition_is_not_taken_over_what_was_not_read(equipe):
    charte = build_projet(equipe)
    write(equipe, charte)
    write(equipe, charte, version=1, texte="Encore nos mots.")
    for act in (actes.keep_partie, actes.take_proposition):
        with pytest.raises(actes.PartiePerimee):
            act(acteur=equipe, instant=INSTANT, charte=charte, cle=Partie.SENS, version=1)
    assert PartieCharte.objects.get().texte == "Encore nos mots."


def test_an_empty_part_or_an_unknown_one_is_refused(equipe):
    charte = build_projet(equipe)
    with pytest.raises(Conflit, match="n'est pas vide"):
        write(equipe, charte, texte=" \n")
    with pytest.raises(Conflit, match="n'existe pas"):
        write(equipe, charte, cle="annexe")


def test_adopted_it_is_frozen_with_its_hash(equipe):
    charte = build_projet(equipe)
    write(equipe, charte)
    adopt(equipe, charte)
    assert (charte.etat, charte.adoptee_le, charte.instance) == (EtatCharte.ADOPTEE, JOUR, "Conférence des maires")
    assert charte.contenu[Partie.SENS] == "Nos mots."
    assert charte.empreinte == compute_empreinte(charte.contenu)
    assert charte.cadre.numero == 1
    with pytest.raises(Conflit, match="est adoptée"):
        write(equipe, charte, version=1)
    with pytest.raises(EcritureInterdite):
        Charte.objects.filter(pk=charte.pk).update(instance="x")
    with pytest.raises(EcritureInterdite):
        Charte.objects.filter(pk=charte.pk).delete()
    for act in (charte.save, charte.delete):
        with pytest.raises(EcritureInterdite):
            act()
    assert Acte.objects.get(verbe="charte.adoptee").portee == "table"


def test_what_was_read_is_what_is_adopted(equipe):
    charte = build_projet(equipe)
    lu = read_projet(equipe, charte)
    write(equipe, charte)
    with pytest.raises(Conflit, match="a changé depuis"):
        actes.adopt_charte(acteur=equipe, instant=INSTANT, charte=charte, lu=lu, jour=JOUR, instance="COPIL")
    assert not Charte.objects.get().est_adoptee


def test_it_is_not_adopted_in_the_future(equipe):
    with pytest.raises(Conflit, match="pas encore passée"):
        adopt(equipe, build_projet(equipe), jour=AUJOURD_HUI + timedelta(days=1))


def test_versions_are_adopted_in_the_order_of_time(equipe):
    build_adoptee(equipe)
    second = actes.start_charte(acteur=equipe, instant=INSTANT)
    with pytest.raises(Conflit, match="version 1 a été adoptée"):
        adopt(equipe, second, jour=JOUR - timedelta(days=1))


def test_one_project_at_a_time(equipe):
    build_projet(equipe)
    with pytest.raises(Conflit, match="déjà en cours"):
        actes.start_charte(acteur=equipe, instant=INSTANT)


def test_the_next_version_begins_with_the_words_of_the_last(equipe):
    charte = build_projet(equipe)
    write(equipe, charte)
    adopt(equipe, charte)
    second = actes.start_charte(acteur=equipe, instant=INSTANT)
    parties = read(equipe, second)
    assert {cle: p.texte for cle, p in parties.items()} == charte.contenu
    assert PartieCharte.objects.filter(charte=second).count() == 1


def test_joined_then_left(equipe):
    charte = build_adoptee(equipe)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    agent = build_acteur_de(equipe.demarche, Role.AGENT)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    for reader in (maire, agent, equipe):
        adhesions = read_adhesions(reader, charte, AUJOURD_HUI)
        assert (adhesions.noms, adhesions.elus, adhesions.mienne) == ((maire.nom,), 1, reader is maire)
    with pytest.raises(Conflit, match="déjà rejoint"):
        actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    actes.leave_charte(acteur=maire, instant=INSTANT, charte=charte)
    assert read_adhesions(agent, charte, AUJOURD_HUI).noms == ()
    with pytest.raises(Conflit, match="déjà quittée"):
        actes.leave_charte(acteur=maire, instant=INSTANT, charte=charte)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    assert Adhesion.objects.count() == 2


def test_what_was_taken_back_is_known_to_its_author_only(equipe):
    charte = build_adoptee(equipe)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    actes.leave_charte(acteur=maire, instant=INSTANT, charte=charte)
    for role in Role:
        reader = build_acteur_de(equipe.demarche, role, list_communes(equipe.demarche)[1])
        assert not Adhesion.objects.visible_to(reader).exists()
        assert not Acte.objects.visible_to(reader).filter(verbe__in=("charte.rejointe", "charte.quittee")).exists()
    assert Adhesion.objects.visible_to(maire).count() == 1
    assert Acte.objects.visible_to(maire).filter(verbe="charte.quittee").exists()


def test_persons_are_counted_once_and_in_office_only(equipe):
    charte = build_adoptee(equipe)
    mandat = build_mandat(equipe.demarche, Role.MAIRE)
    build_mandat(equipe.demarche, Role.VICE_PRESIDENT, personne=mandat.personne)
    left = build_acteur_de(equipe.demarche, Role.CONSEILLER_COMMUNAUTAIRE)
    for acteur in (build_acteur(mandat), left):
        actes.join_charte(acteur=acteur, instant=INSTANT, charte=charte)
    left.mandat.fin = AUJOURD_HUI - timedelta(days=1)
    left.mandat.save()
    adhesions = read_adhesions(equipe, charte, AUJOURD_HUI)
    assert (adhesions.nombre, adhesions.elus) == (1, 1)


def test_who_may_not_join(equipe):
    charte, other = build_adoptee(equipe), build_acteur_de(build_demarche(), Role.MAIRE)
    with pytest.raises(ActionRefusee, match="autre démarche"):
        actes.join_charte(acteur=other, instant=INSTANT, charte=charte)
    with pytest.raises(ActionRefusee, match="les élus et les élues"):
        actes.join_charte(acteur=equipe, instant=INSTANT, charte=charte)


def test_the_version_in_force_is_the_one_that_is_joined(equipe):
    first = build_adoptee(equipe)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=first)
    second = adopt(equipe, actes.start_charte(acteur=equipe, instant=INSTANT))
    other = build_acteur_de(equipe.demarche, Role.VICE_PRESIDENT)
    with pytest.raises(Conflit, match="plus récente"):
        actes.join_charte(acteur=other, instant=INSTANT, charte=first)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=second)


@pytest.mark.parametrize(
    ("role", "debut", "attendu"),
    [
        (Role.MAIRE, date(2026, 4, 1), True),
        (Role.CONSEILLER_MUNICIPAL, JOUR + timedelta(days=1), True),
        (Role.MAIRE, JOUR, False),
        (Role.MAIRE, date(2020, 6, 1), False),
        (Role.SECRETAIRE, date(2026, 4, 1), False),
        (Role.EQUIPE_PROJET, date(2026, 4, 1), False),
    ],
)
def test_it_awaits_those_who_were_elected_since(django_assert_num_queries, equipe, role, debut, attendu):
    charte = build_adoptee(equipe)
    acteur = build_acteur_de(equipe.demarche, role, debut=debut)
    with django_assert_num_queries(1 if acteur.est_elu else 0):
        assert find_a_rejoindre(acteur) == (charte if attendu else None)


def test_it_awaits_no_more_who_joined_nor_who_was_already_there(equipe):
    charte = build_adoptee(equipe)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    assert find_a_rejoindre(maire) is None
    old = build_mandat(equipe.demarche, Role.CONSEILLER_COMMUNAUTAIRE, debut=date(2020, 6, 1))
    new = build_mandat(equipe.demarche, Role.VICE_PRESIDENT, personne=old.personne)
    assert find_a_rejoindre(build_acteur(new)) is None


def test_nothing_awaits_before_it_is_adopted(equipe):
    build_projet(equipe)
    assert find_a_rejoindre(build_acteur_de(equipe.demarche, Role.MAIRE)) is None


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"etat": "perdue"}, "charte_etat_connu"),
        ({"etat": "adoptee"}, "charte_adoptee_dit_ou_et_quand"),
        ({"adoptee_le": JOUR}, "charte_adoptee_dit_ou_et_quand"),
    ],
)
def test_constraints(equipe, values, name):
    row = {"demarche": equipe.demarche, "numero": 1, "creee_par": "x", "creee_le": INSTANT}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Charte.objects.create(**row | values)


def test_constraints_of_parts_and_of_adhesions(equipe):
    charte = build_projet(equipe)
    row = {"charte": charte, "modifie_par": "x", "modifie_le": INSTANT}
    with pytest.raises(IntegrityError, match="partie_charte_connue"), transaction.atomic():
        PartieCharte.objects.create(cle="annexe", texte="x", **row)
    with pytest.raises(IntegrityError, match="partie_charte_ecrite"), transaction.atomic():
        PartieCharte.objects.create(cle=Partie.SENS, texte="", **row)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    values = {"charte": charte, "personne_id": maire.personne_id, "mandat_id": maire.mandat_id, "qui": "x"}
    with pytest.raises(IntegrityError, match="adhesion_retiree_apres"), transaction.atomic():
        Adhesion.objects.create(declaree_le=INSTANT, retiree_le=INSTANT - timedelta(days=1), **values)
