"""The pages of the charte: what each reader sees, forms, joining in one POST, files, queries."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from tests.plateforme.documents.lecture import read_pages, says, squeeze
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes, set_horloge
from tests.plateforme.projet.fabrique_cadre import (
    build_adoptee,
    build_equipe,
    build_projet,
    propose,
    read_projet,
    validate,
)

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.projet.actions import charte as actes
from communaccord.plateforme.projet.models import Adhesion, Charte, PartieCharte

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch)


@pytest.fixture
def equipe():
    return build_equipe()


def page(acteur, name="charte", *args):
    return reverse(f"projet:{name}", args=(acteur.mandat_id, *args))


def read(acteur, name="charte", *args):
    return client_for(acteur).get(page(acteur, name, *args))


def test_the_first_page_teaches(equipe):
    assert "Aucun précadrage n’est encore validé" in read(equipe).text
    agent = build_acteur_de(equipe.demarche, Role.AGENT)
    assert "dès qu’elle sera adoptée" in read(agent).text


def test_from_nothing_to_the_adopted_charte(equipe):
    build_projet(equipe)
    charte, client = Charte.objects.get(), client_for(equipe)
    answer = client.get(page(equipe))
    assert "Proposée d’après le précadrage validé" in answer.text
    partie = page(equipe, "charte_partie", charte.pk, "sens")
    assert "Des agents qui ne sont plus seuls." in client.get(partie).text
    answer = client.post(partie, {"version": 0, "texte": "Nos mots."})
    assert answer.url == page(equipe, "charte_version", charte.pk) + "?fait=partie_ecrite#sens"
    text = client.get(page(equipe)).text
    assert "Nos mots." in text
    assert "Reprendre le texte proposé" in text
    decision = {"lu": read_projet(equipe, charte), "jour": "2026-03-12", "instance": "Conférence des maires"}
    assert client.post(page(equipe, "charte_adopter", charte.pk), decision).status_code == 302
    text = client.get(page(equipe)).text
    assert "Adoptée le 12\u00a0mars 2026 (Conférence des maires), version 1" in text
    assert "Écrire cette partie" not in text


def test_the_notice_tells_what_moved(equipe):
    charte = build_projet(equipe)
    client = client_for(equipe)
    client.post(page(equipe, "charte_partie", charte.pk, "sens"), {"version": 0, "texte": "Nos mots."})
    validate(equipe, propose(equipe, objectifs="Un accueil ouvert partout.\nDes agents qui ne sont plus seuls."))
    text = client.get(page(equipe)).text
    assert "a changé depuis que cette partie a été écrite" in text
    assert '<ins><span class="difference-mot">ajouté</span>partout.' in text
    assert client.post(page(equipe, "charte_garder", charte.pk, "sens"), {"version": 1}).status_code == 302
    assert "a changé depuis" not in client.get(page(equipe)).text
    assert client.post(page(equipe, "charte_reprendre", charte.pk, "sens"), {"version": 2}).status_code == 302
    assert "ouvert partout" in client.get(page(equipe)).text


def test_the_second_writer_keeps_its_text_and_reads_the_other(equipe):
    charte = build_projet(equipe)
    client, partie = client_for(equipe), page(equipe, "charte_partie", charte.pk, "sens")
    client.post(partie, {"version": 0, "texte": "Nos mots."})
    answer = client.post(partie, {"version": 0, "texte": "Les miens."})
    assert answer.status_code == 409
    assert "Les miens." in answer.text
    assert "Nos mots." in answer.text
    assert 'name="version" value="1"' in answer.text
    assert client.post(partie, {"version": 1, "texte": "Les miens."}).status_code == 302
    assert PartieCharte.objects.get().texte == "Les miens."


@pytest.mark.parametrize("texte", ["", "  ", "a" * 12_001])
def test_a_part_badly_written_is_told(equipe, texte):
    charte = build_projet(equipe)
    answer = client_for(equipe).post(page(equipe, "charte_partie", charte.pk, "sens"), {"version": 0, "texte": texte})
    assert answer.status_code == 422
    assert not PartieCharte.objects.exists()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"jour": "", "instance": ""}, "elle manque"),
        ({"jour": "2026-03-12", "instance": "COPIL"}, "a changé depuis que vous l’avez lu"),
    ],
)
def test_an_adoption_badly_said_is_told(equipe, champs, phrase):
    charte = build_projet(equipe)
    answer = client_for(equipe).post(page(equipe, "charte_adopter", charte.pk), {"lu": "x", **champs})
    assert answer.status_code == 422
    assert phrase in answer.text


def test_what_was_typed_is_kept_when_the_charte_was_adopted_meanwhile(equipe):
    charte = build_adoptee(equipe)
    adresse = page(equipe, "charte_partie", charte.pk, "sens")
    answer = client_for(equipe).post(adresse, {"version": 0, "texte": "Mon texte à moi."})
    assert answer.status_code == 409
    assert "Mon texte à moi." in answer.text
    assert "son texte ne change plus" in answer.text
    assert client_for(equipe).get(adresse).url == page(equipe, "charte_version", charte.pk) + "#sens"


def test_an_unknown_part_is_not_found(equipe):
    charte = build_projet(equipe)
    assert read(equipe, "charte_partie", charte.pk, "annexe").status_code == 404


def test_joined_and_left_in_one_click(equipe):
    charte = build_adoptee(equipe)
    maires = [build_acteur_de(equipe.demarche, Role.MAIRE, c) for c in list_communes(equipe.demarche)]
    client = client_for(maires[0])
    assert "Personne ne l’a encore rejointe, sur 3 élus et élues." in client.get(page(maires[0])).text
    assert client.post(page(maires[0], "charte_rejoindre", charte.pk)).status_code == 302
    text = client.get(page(maires[0])).text
    assert "1 élu ou élue sur 3 l’a rejointe." in text
    assert "vous l’avez rejointe" in text
    agent = build_acteur_de(equipe.demarche, Role.AGENT)
    seen = read(agent).text
    assert maires[0].mandat.personne.nom in seen
    assert not any(maire.mandat.personne.nom in seen for maire in maires[1:])
    assert "Retirer mon adhésion" not in seen
    assert client.post(page(maires[0], "charte_quitter", charte.pk)).status_code == 302
    assert maires[0].mandat.personne.nom not in read(agent).text


@pytest.mark.parametrize("role", [Role.AGENT, Role.SECRETAIRE, Role.EQUIPE_PROJET])
def test_those_who_are_no_elus_do_not_join(equipe, role):
    charte, acteur = build_adoptee(equipe), build_acteur_de(equipe.demarche, role)
    answer = client_for(acteur).post(page(acteur, "charte_rejoindre", charte.pk))
    assert (answer.status_code, Adhesion.objects.count()) == (403, 0)


def test_a_project_is_read_by_those_who_will_adopt_it(equipe):
    charte = build_projet(equipe)
    for role, status in ((Role.MAIRE, 200), (Role.CONSEILLER_MUNICIPAL, 200), (Role.DRH, 200), (Role.AGENT, 404)):
        acteur = build_acteur_de(equipe.demarche, role)
        assert read(acteur, "charte_version", charte.pk).status_code == status
        assert read(acteur, "charte_pdf", charte.pk).status_code == status


def test_nobody_of_another_demarche_reads_it(equipe):
    charte, other = build_adoptee(equipe), build_equipe()
    for name in ("charte_version", "charte_pdf", "charte_docx"):
        assert read(other, name, charte.pk).status_code == 404


def test_the_files_say_the_same_words_as_the_page(equipe):
    charte = build_adoptee(equipe)
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    pdf = " ".join(read_pages(read(equipe, "charte_pdf", charte.pk).content))
    word = Document(BytesIO(read(equipe, "charte_docx", charte.pk).content))
    words = " ".join(" ".join(p.text.split()) for p in word.paragraphs)
    for phrase in ("Des agents qui ne sont plus seuls.", "l’a rejointe.", "adoptée le 12 mars 2026"):
        assert says(pdf, phrase)
        assert says(squeeze(words), phrase)
    assert maire.mandat.personne.nom in words
    assert "PROJET" not in words
    titles = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert titles[:2] == ["Le sens de notre démarche", "Le lien avec le projet de territoire"]


def test_a_project_says_so_on_its_files(equipe):
    charte = build_projet(equipe)
    assert all("PROJET" in sheet for sheet in read_pages(read(equipe, "charte_pdf", charte.pk).content))
    word = Document(BytesIO(read(equipe, "charte_docx", charte.pk).content))
    assert "PROJET" in word.sections[0].header.paragraphs[0].text


def test_the_same_words_give_the_same_bytes(equipe):
    charte = build_adoptee(equipe)
    for name in ("charte_pdf", "charte_docx"):
        assert read(equipe, name, charte.pk).content == read(equipe, name, charte.pk).content


@pytest.mark.parametrize("elus", [1, 3])
def test_queries_of_the_adopted_charte(django_assert_num_queries, elus):
    equipe = build_equipe(build_demarche(elus))
    charte = build_adoptee(equipe)
    for commune in list_communes(equipe.demarche):
        maire = build_acteur_de(equipe.demarche, Role.MAIRE, commune)
        actes.join_charte(acteur=maire, instant=INSTANT, charte=charte)
    client = client_for(equipe)
    client.get(page(equipe))
    with django_assert_num_queries(6):
        assert client.get(page(equipe)).status_code == 200


@pytest.mark.parametrize("communes", [3, 158])
def test_queries_of_the_project(django_assert_num_queries, communes):
    equipe = build_equipe(build_demarche(communes))
    build_projet(equipe)
    client = client_for(equipe)
    client.get(page(equipe))
    with django_assert_num_queries(10):
        assert client.get(page(equipe)).status_code == 200
