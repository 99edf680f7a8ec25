"""What a newcomer stumbled on: past and nightly séances, counts of a council, answers awaited, what is open to whom."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, set_horloge
from tests.plateforme.instances.outils import build_table

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.instances import actions
from communaccord.plateforme.instances.documents.papiers import build_releve
from communaccord.plateforme.instances.enums import TypeInstance
from communaccord.plateforme.instances.models import Seance

pytestmark = pytest.mark.django_db
SAISIE = {"heure": "18:30", "duree_minutes": "90", "lieu": "Salle fictive"}


@pytest.fixture(autouse=True)
def _horloge(monkeypatch):
    set_horloge(monkeypatch)


def at(acteur, suffix=""):
    return f"/m/{acteur.mandat_id}/instances/{suffix}"


def get(acteur, suffix=""):
    response = client_for(acteur).get(at(acteur, suffix))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def create(table, instance, **saisie):
    return client_for(table.equipe).post(at(table.equipe, f"{instance.pk}/seances/nouvelle/"), SAISIE | saisie)


@pytest.mark.parametrize(
    ("saisie", "sentence"),
    [
        ({"jour": "2026-10-02"}, "Ce moment est passé"),
        ({"jour": "2026-12-03", "heure": "03:00"}, "Une séance à 3"),
        ({"jour": "2026-12-03", "deja_tenue": "oui"}, "Une séance déjà tenue a une date passée"),
    ],
)
def test_a_seance_at_an_unlikely_moment_is_questioned(saisie, sentence):
    table = build_table(1)
    refused = create(table, table.open_instance(), **saisie)
    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    assert not Seance.objects.exists()


def test_a_seance_already_held_is_recorded_as_such():
    table = build_table(1)
    made = create(table, table.open_instance(), jour="2026-10-02", deja_tenue="oui")
    assert made["Location"].endswith("?fait=seance_passee")
    seance = Seance.objects.get()
    assert seance.debut < INSTANT
    form = client_for(table.equipe).get(at(table.equipe, f"seances/{seance.pk}/modifier/")).content.decode()
    assert re.search(r'name="deja_tenue"[^>]* checked', form)
    assert "pas encore commencé" not in get(table.equipe, f"seances/{seance.pk}/saisie/")
    preparation = client_for(table.equipe).get(at(table.equipe, f"seances/{seance.pk}/preparer/")).content.decode()
    assert "Séance passée" in preparation
    assert "/convoquer/" not in preparation


def test_what_is_noted_before_the_hour_is_said_to_be_so():
    table = build_table(1)
    seance = table.convoke(table.open_seance())
    page = get(table.equipe, f"seances/{seance.pk}/saisie/")
    assert "pas encore commencé" in page
    assert "avait pas répondu" in page
    assert (
        f"seances/{seance.pk}/tenue/"
        not in client_for(table.equipe).get(at(table.equipe, f"seances/{seance.pk}/saisie/")).content.decode()
    )
    assert "avait répondu : réponse attendue" not in page.replace("\u202f", " ")


def test_a_council_says_its_seats_and_its_pouvoirs():
    table = build_table(2)
    instance = table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE)
    table.demarche.sieges_total = 55
    table.demarche.save()
    assert re.search(r"55\s+sièges", get(table.equipe))
    assert re.search(r"55\s+sièges", get(table.equipe, f"{instance.pk}/"))
    seance = table.open_seance(instance)
    after = seance.debut + timedelta(hours=1)
    actions.record_comptes(acteur=table.equipe, instant=after, seance=seance, en_exercice=55, presents=41, pouvoirs=3)
    table.hold(seance)
    assert re.search(r"Pouvoirs\s+3", get(table.equipe, f"seances/{seance.pk}/"))
    words = build_releve(actions.build_projet(seance, after))
    assert {"libelle": "Membres", "valeur": "55 en exercice, 41\u00a0présents, 3\u00a0pouvoirs"} in words["faits"]


def test_the_papers_have_no_empty_section_when_members_are_only_counted():
    table = build_table(1)
    instance = table.open_instance(TypeInstance.CONSEIL_COMMUNAUTAIRE, membres=[])
    seance = table.open_seance(instance)
    values = {"en_exercice": 26, "presents": 20, "pouvoirs": 0}
    actions.record_comptes(acteur=table.equipe, instant=seance.debut, seance=seance, **values)
    table.hold(seance)
    assert build_releve(actions.build_projet(seance, seance.debut))["communes"] == []
    files = f"seances/{seance.pk}/fichiers/projet-de-releve"
    client = client_for(table.equipe)
    assert client.get(at(table.equipe, f"{files}.pdf")).status_code == 200
    with zipfile.ZipFile(io.BytesIO(client.get(at(table.equipe, f"{files}.docx")).content)) as texte:
        words = texte.read("word/document.xml").decode()
    assert "personnes présentes" not in words
    assert "26 en exercice" in words


def test_nothing_open_is_not_nothing_at_all():
    table = build_table(1)
    table.convoke(table.open_seance())
    conseiller = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL, table.communes[0])
    assert "Aucune séance à venir qui vous soit ouverte" in get(conseiller)


def test_the_code_of_a_releve_is_typed_as_every_code():
    table = build_table(1)
    seance = table.hold(table.convoke(table.open_seance()))
    page = client_for(table.president).get(at(table.president, f"seances/{seance.pk}/releve/")).content.decode()
    field = re.search(r'<input[^>]*name="code"[^>]*>', page)[0]
    assert 'type="password"' in field
    assert 'inputmode="numeric"' in field
