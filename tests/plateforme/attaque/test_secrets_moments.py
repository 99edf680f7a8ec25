"""The same search at each moment of a round: closed, opened, followed by another one, abandoned."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from tests.plateforme.attaque.gens import PROCHES, SALLES, build_acteur, explore, find_fuites, list_admis
from tests.plateforme.attaque.monde import (
    Monde,
    copy_enveloppe,
    list_assesseurs,
    open_second_tour,
    plant_seules,
    release_partages,
)
from tests.plateforme.attaque.robot import Visite, visit
from tests.plateforme.fabriques import client_for, set_horloge

from communaccord.plateforme.accords.actions import (
    abandon_tour,
    confirm_enveloppe,
    open_tour,
    prepare_tour,
    reject_saisie,
    resume_precedente,
    share_a_vous_seule,
)
from communaccord.plateforme.accords.enums import ModeOuverture
from communaccord.plateforme.accords.models import AVousSeule, Reponse, TourScenario
from communaccord.plateforme.comptes.acteurs import Acteur
from communaccord.plateforme.demo.reglages import CODE

pytestmark = pytest.mark.django_db


def assert_silence(monde: Monde, *, relecteurs: Iterable[Acteur] = ()) -> None:
    """Nobody reads anything of the others; those who read again an envelope beside its paper read that one."""
    readers = {acteur.mandat_id for acteur in relecteurs}
    for qui in PROCHES:
        acteur = build_acteur(monde, qui)
        visites = [v for v in explore(acteur, SALLES) if not (acteur.mandat_id in readers and is_relecture(v))]
        assert find_fuites(monde, acteur, visites) == {}, qui


def is_relecture(visite: Visite) -> bool:
    return visite.adresse.endswith("/relire/") and "/enveloppes/" in visite.adresse


def test_after_the_closing_and_before_the_opening(monde, monkeypatch):
    cloture = monde.get_tour(2).cloture_le
    set_horloge(monkeypatch, cloture.replace(minute=30))
    copy_enveloppe(monde, cloture.replace(minute=20))
    assesseurs = list_assesseurs(monde)
    presidence = build_acteur(monde, "présidence, maire par ailleurs")
    assert_silence(monde, relecteurs=assesseurs)
    tour = monde.get_tour(2)
    enveloppe = tour.enveloppes.get()
    adresse = f"table/tours/{tour.pk}/enveloppes/{enveloppe.pk}/relire/"
    seen = visit(client_for(assesseurs[0]), f"/m/{assesseurs[0].mandat_id}/{adresse}")
    assert "zx2motiff005" in monde.plantes.find(seen.textes)
    assert monde.plantes.find(seen.textes) <= monde.list_secrets("F005") | list_admis(monde, assesseurs[0])
    for reader in (presidence, monde.gens.equipe):
        refused = visit(client_for(reader), f"/m/{reader.mandat_id}/{adresse}")
        assert monde.plantes.find(refused.textes) == set()
    reject_saisie(acteur=assesseurs[0], instant=cloture.replace(minute=25), enveloppe=enveloppe)
    assert_silence(monde)


def publish_second(monde: Monde) -> None:
    """The envelope copied and read again, two assesseurs bring their part; what was marked so is shared."""
    cloture = monde.get_tour(2).cloture_le
    enveloppe = copy_enveloppe(monde, cloture.replace(minute=20))
    confirm_enveloppe(acteur=list_assesseurs(monde)[0], instant=cloture.replace(minute=25), enveloppe=enveloppe)
    open_second_tour(monde, cloture.replace(minute=30))
    plant_seules(monde, 2)
    release_partages(monde, 2)


def test_after_the_opening_and_all_along_the_next_round(monde, monkeypatch):
    publish_second(monde)
    second = monde.get_tour(2)
    set_horloge(monkeypatch, second.cloture_le.replace(minute=50))
    assert_silence(monde)
    jour = second.cloture_le + timedelta(days=2)
    frozen = TourScenario.objects.filter(lien__tour=second).select_related("scenario__dossier")
    values = {"acteur": monde.gens.equipe, "instant": jour - timedelta(hours=2)}
    third = prepare_tour(
        **values,
        titre="Troisième tour (fictif)",
        regle=second.regle,
        scenarios=[row.scenario for row in frozen],
        ouvre_le=jour,
        cloture_le=jour + timedelta(days=10),
        mode=ModeOuverture.HORLOGE,
        precedent=second,
    )
    open_tour(**values, tour=third)
    maire = monde.gens.maire("F001")
    for reponse in Reponse.objects.with_tour().filter(tour=third, commune=maire.commune):
        resume_precedente(acteur=maire, instant=jour, reponse=reponse, version=0, code=CODE)
    set_horloge(monkeypatch, jour + timedelta(minutes=5))
    seen = {mot for visite in explore(maire, SALLES) for mot in monde.plantes.find(visite.textes)}
    assert "zx2motiff001" in seen
    assert_silence(monde)
    abandon_tour(acteur=monde.gens.equipe, instant=jour + timedelta(hours=1), tour=third, motif="essai")
    set_horloge(monkeypatch, jour + timedelta(hours=2))
    assert_silence(monde)


def test_what_a_commune_shows_of_its_own_will_is_all_that_the_table_learns(monde):
    """The mayor of F002 puts on the table what the engine showed to it alone: that, and nothing more of it."""
    maire, tour = monde.gens.maire("F002"), monde.get_tour(1)
    seule = AVousSeule.objects.select_related("tour").get(tour=tour, commune=maire.commune)
    instant = tour.cloture_le + timedelta(days=3)
    share_a_vous_seule(acteur=maire, instant=instant, a_vous_seule=seule, code=CODE)
    reader = build_acteur(monde, "équipe projet")
    visites = list(explore(reader, SALLES))
    assert find_fuites(monde, reader, visites) == {}, "le montant d'une limite n'est jamais partagé avec le reste"
    assert any(maire.commune.nom in texte for visite in visites for texte in visite.textes)
