"""The journal: each act has its circle of readers, and nothing rewrites it."""

from itertools import product

import pytest
from django.db import IntegrityError
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, build_mandat, list_communes

from communaccord.plateforme.comptes.acteurs import build_acteur, build_horloge
from communaccord.plateforme.comptes.enums import ELUS, EQUIPE, EXECUTIF, MAIRIE, Role
from communaccord.plateforme.journal.actions import record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.figes import EcritureInterdite

pytestmark = pytest.mark.django_db
READERS = {
    Portee.TABLE: frozenset(Role),
    Portee.ELUS: ELUS | MAIRIE | EQUIPE,
    Portee.EQUIPE: EQUIPE | EXECUTIF,
    Portee.COMMUNE: MAIRIE,
    Portee.PERSONNE: frozenset(),
}


def record(acteur, portee, **values):
    values = {"instant": INSTANT, "verbe": "essai", "phrase": "a fait un essai", **values}
    return record_acte(acteur=acteur, portee=portee, **values)


@pytest.mark.parametrize(("portee", "role"), list(product(Portee, Role)))
def test_who_reads_each_act(portee, role):
    demarche = build_demarche()
    commune = list_communes(demarche)[0]
    author = build_acteur_de(demarche, Role.EQUIPE_PROJET)
    record(author, portee, commune_id=commune.pk)
    reader = build_acteur(build_mandat(demarche, role, commune))
    assert Acte.objects.visible_to(reader).exists() is (role in READERS[portee])
    assert Acte.objects.visible_to(author).exists(), "qui a fait un acte le relit toujours"


def test_another_commune_and_another_demarche_read_nothing():
    demarche = build_demarche()
    first, second, _ = list_communes(demarche)
    record(build_acteur_de(demarche, Role.MAIRE, first), Portee.COMMUNE)
    assert not Acte.objects.visible_to(build_acteur_de(demarche, Role.MAIRE, second)).exists()
    record(build_acteur_de(demarche, Role.SECRETAIRE, second), Portee.TABLE)
    assert not Acte.objects.visible_to(build_acteur_de(build_demarche(), Role.EQUIPE_PROJET)).exists()


def test_an_act_is_written_once():
    acte = record(build_horloge(build_demarche()), Portee.TABLE)
    assert acte.qui == "L'horloge"
    for attempt in (acte.save, acte.delete, Acte.objects.all().delete, lambda: Acte.objects.update(phrase="autre")):
        with pytest.raises(EcritureInterdite):
            attempt()


def test_an_act_of_a_commune_says_which():
    with pytest.raises(IntegrityError, match="acte_commune_si_portee_commune"):
        record(build_acteur_de(build_demarche(), Role.EQUIPE_PROJET), Portee.COMMUNE)
