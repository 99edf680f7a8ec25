"""Who opens what: every page of the table, for every role; and no page writes because it was read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plateforme.accords.fabrique import APRES, INSTANT, build_elements, open_table
from tests.plateforme.accords.outils_vues import chemin
from tests.plateforme.fabriques import build_acteur_de, client_for, set_horloge

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.models import Enveloppe
from communaccord.plateforme.comptes.enums import EQUIPE, MAIRIE, TABLE, Role

pytestmark = pytest.mark.django_db
ECRITURE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.I)
TOUT_LE_MONDE = frozenset(Role)
ELUS = frozenset({Role.CONSEILLER_COMMUNAUTAIRE, Role.CONSEILLER_MUNICIPAL})
# Page: its further arguments, who opens it while the round is open, who opens it once the result is published.
PAGES = {
    "table": ("", TABLE | ELUS, TABLE | ELUS),
    "protection": ("", TOUT_LE_MONDE, TOUT_LE_MONDE),
    "regle": ("regle", TOUT_LE_MONDE, TOUT_LE_MONDE),
    "preparer": ("", EQUIPE, EQUIPE),
    "tour": ("tour", TABLE, TABLE | ELUS),
    "suivi": ("tour", EQUIPE, EQUIPE),
    "prolonger": ("tour", EQUIPE, EQUIPE),
    "abandonner": ("tour", EQUIPE, EQUIPE),
    "enveloppes": ("tour", TABLE, TABLE | ELUS),
    "reponse": ("tour", MAIRIE, MAIRIE),
    "repondre": ("tour rang", MAIRIE, MAIRIE),
    "plis": ("tour rang", MAIRIE, MAIRIE),
    "assesseur": ("tour", frozenset(), frozenset()),
    "resultat": ("tour", frozenset(), TABLE | ELUS),
    "resultat_csv": ("tour", frozenset(), TABLE | ELUS),
    "resultat_xlsx": ("tour", frozenset(), TABLE | ELUS),
}


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


def list_arguments(table, kinds):
    values = {"tour": table.tour.pk, "rang": 1, "regle": table.regle.pk}
    return [values[kind] for kind in kinds.split()]


def walk(table, rang):
    """Statuses by page and role; each read is checked to write nothing."""
    for role in Role:
        acteur = table.maires[0] if role == Role.MAIRE else build_acteur_de(table.demarche, role)
        client = client_for(acteur)
        for name, (kinds, *circles) in PAGES.items():
            with CaptureQueriesContext(connection) as context:
                response = client.get(chemin(acteur, name, *list_arguments(table, kinds)))
                written = [query["sql"] for query in context.captured_queries if ECRITURE.match(query["sql"])]
            assert written == [], f"{name}, {role}"
            opened = response.status_code in (200, 303)
            assert opened == (role in circles[rang]), f"{name}, {role} : {response.status_code}"


def test_while_the_round_is_open():
    table = open_table(3)
    table.answer(0)
    walk(table, 0)


def test_once_the_result_is_published(monkeypatch):
    table = open_table(6)
    for rang in range(6):
        table.answer(rang, build_elements())
    set_horloge(monkeypatch, APRES)
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    walk(table, 1)


def test_acts_are_never_a_get():
    table = open_table(3)
    actions.register_enveloppe(acteur=table.equipe, instant=INSTANT, tour=table.tour, commune=table.maires[0].commune)
    tour, row, commune = table.tour.pk, Enveloppe.objects.get().pk, table.maires[0].commune_id
    client = client_for(table.equipe)
    for name, arguments in (
        ("lancer", (tour,)),
        ("tirage", (tour,)),
        ("relancer", (tour, commune)),
        ("rendre", (tour, row)),
        ("regle_preparer", ()),
        ("regle_adopter", (table.regle.pk,)),
    ):
        assert client.get(chemin(table.equipe, name, *arguments)).status_code == 405
    maire = client_for(table.maires[0])
    for name, arguments in (
        ("valider", (tour,)),
        ("soumettre", (tour,)),
        ("brouillon", (tour, 1)),
        ("texte", (tour, 1)),
    ):
        assert maire.get(chemin(table.maires[0], name, *arguments)).status_code == 405
