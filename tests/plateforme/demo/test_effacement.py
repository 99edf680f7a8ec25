"""An invented démarche is erased whole, a real one never; what is beside it stays."""

import pytest
from django.apps import apps
from django.db import connection
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_compte, build_demarche, build_mandat

from communaccord.plateforme.comptes.acteurs import build_acteur
from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.models import Compte, Mandat
from communaccord.plateforme.demo.actions import draw_carte
from communaccord.plateforme.demo.effacement import erase_demarche
from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.demo.territoire import build_territoire
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.territoires.models import Demarche

pytestmark = pytest.mark.django_db


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def fill(demarche: Demarche, email: str) -> None:
    mandat = build_mandat(demarche, Role.MAIRE, compte=build_compte(email))
    acteur = build_acteur(Mandat.objects.with_personne().get(pk=mandat.pk))
    record_acte(acteur=acteur, instant=INSTANT, verbe="essai", phrase="Un acte.", portee=Portee.TABLE)


def test_everything_of_it_goes_and_nothing_else():
    fill(build_demarche(), "voisin@une-autre.example")
    before = count_rows()
    demarche = build_demarche()
    fill(demarche, "maire@demo.example")
    draw_carte(demarche, build_territoire())
    assert count_rows() != before
    removed = erase_demarche(demarche)
    connection.check_constraints()
    assert count_rows() == before
    assert removed >= 8
    assert Acte.objects.count() == 1
    assert CarteFictive.objects.count() == 0


def test_an_account_of_another_demarche_stays_and_so_does_a_real_address():
    autre, demarche = build_demarche(), build_demarche()
    partage = build_compte("partage@demo.example")
    build_mandat(autre, Role.DRH, compte=partage)
    build_mandat(demarche, Role.DRH, compte=partage)
    build_mandat(demarche, Role.AGENT, compte=build_compte("quelqu.un@example.fr"))
    erase_demarche(demarche)
    assert set(Compte.objects.values_list("email", flat=True)) == {"partage@demo.example", "quelqu.un@example.fr"}


def test_a_real_demarche_is_never_erased():
    demarche = build_demarche(fictive=False, siren="200000001")
    build_acteur_de(demarche, Role.MAIRE)
    with pytest.raises(ValueError, match="fictive"):
        erase_demarche(demarche)
    assert Demarche.objects.filter(pk=demarche.pk).exists()


def test_the_map_is_drawn_once_for_all():
    carte = draw_carte(build_demarche(), build_territoire())
    carte.refresh_from_db()
    assert set(carte.formes) == {commune.code for commune in build_territoire().communes}
    assert carte.largeur == 1000
    assert set(carte.voisins["F001"]) <= set(carte.formes)
