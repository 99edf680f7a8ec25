"""The pages of the précadrage: what each reader sees, forms, two writers, differences, queries."""

import pytest
from django.urls import reverse
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes, set_horloge
from tests.plateforme.projet.fabrique_cadre import (
    build_contenu,
    build_equipe,
    build_valide,
    propose,
    validate,
    write_brouillon,
)

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.projet.actions import cadre as actes
from communaccord.plateforme.projet.models import Cadre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch)


@pytest.fixture
def equipe():
    return build_equipe()


def page(acteur, name="cadre", *args):
    return reverse(f"projet:{name}", args=(acteur.mandat_id, *args))


def read(acteur, name="cadre", *args, **options):
    return client_for(acteur).get(page(acteur, name, *args), **options)


def build_post(cadre, **champs):
    """What a browser sends of the form."""
    return {
        "version": cadre.version,
        "objectifs": "Un accueil chaque jour.",
        "principes_financiers": "Chacun paie ce qu'il utilise.",
        "regle_decision": "Le consensus.",
        "service-paie": "inclus",
        "service-police": "exclus",
        "communes": "toutes",
        "annee_debut": "2027",
        **champs,
    }


def test_the_first_page_teaches(equipe):
    assert "Écrire le précadrage" in read(equipe).text
    agent = build_acteur_de(equipe.demarche, Role.AGENT)
    answer = read(agent).text
    assert "dès qu’il sera validé" in answer
    assert '<form method="post"' not in answer.split("<main")[1]


def test_from_nothing_to_the_validated_frame(equipe):
    client = client_for(equipe)
    answer = client.post(page(equipe, "cadre_ouvrir"))
    cadre = Cadre.objects.get()
    assert answer.url == page(equipe, "cadre_modifier", cadre.pk) + "?fait=cadre_ouvert"
    assert client.get(answer.url).status_code == 200
    answer = client.post(page(equipe, "cadre_modifier", cadre.pk), build_post(cadre))
    assert answer.status_code == 302
    cadre.refresh_from_db()
    assert (cadre.services_inclus, cadre.services_exclus, cadre.annee_debut) == (["paie"], ["police"], 2027)
    assert client.post(page(equipe, "cadre_proposer", cadre.pk)).status_code == 302
    decision = {"version": 2, "jour": "2026-03-12", "instance": "Comité de pilotage"}
    assert client.post(page(equipe, "cadre_valider", cadre.pk), decision).status_code == 302
    text = client.get(page(equipe, "cadre_version", cadre.pk) + "?fait=cadre_valide").text
    assert (
        "Validé le 12\u00a0mars 2026 (Comité de pilotage)\u202f: 1\u00a0service à l’étude, 1\u00a0service exclu" in text
    )
    assert "Police municipale et garde champêtre" in text
    assert "Validation notée" in text
    assert "Ouvrir la version suivante" in text


def test_what_is_wrong_comes_back_as_it_was_typed(equipe):
    cadre = write_brouillon(equipe)
    champs = build_post(cadre, annee_debut="27", communes="certaines", objectifs="a" * 8001)
    answer = client_for(equipe).post(page(equipe, "cadre_modifier", cadre.pk), champs)
    assert answer.status_code == 422
    assert "«\u202f27\u202f» n’est pas une année" in answer.text
    assert "aucune n’est cochée" in answer.text
    assert "compte 8001 caractères" in answer.text
    assert 'value="27"' in answer.text
    assert Cadre.objects.get(pk=cadre.pk).version == cadre.version


def test_years_in_the_wrong_order(equipe):
    cadre = write_brouillon(equipe)
    champs = build_post(cadre, annee_debut="2030", annee_fin="2027")
    answer = client_for(equipe).post(page(equipe, "cadre_modifier", cadre.pk), champs)
    assert (answer.status_code, "2027 vient avant 2030" in answer.text) == (422, True)


def test_the_second_writer_keeps_its_text_and_reads_the_other(equipe):
    cadre = write_brouillon(equipe)
    stale = build_post(cadre, objectifs="Mon texte à moi.")
    actes.edit_cadre(
        acteur=equipe,
        instant=INSTANT,
        cadre=cadre,
        version=cadre.version,
        contenu=build_contenu(objectifs="Le texte de l'autre."),
    )
    answer = client_for(equipe).post(page(equipe, "cadre_modifier", cadre.pk), stale)
    assert answer.status_code == 409
    assert "Mon texte à moi." in answer.text
    assert "Le texte de l&#39;autre." in answer.text
    assert 'name="version" value="3"' in answer.text
    stale["version"] = 3
    assert client_for(equipe).post(page(equipe, "cadre_modifier", cadre.pk), stale).status_code == 302
    assert Cadre.objects.get(pk=cadre.pk).objectifs == "Mon texte à moi."


def test_what_was_typed_is_kept_when_the_version_was_proposed_meanwhile(equipe):
    cadre = write_brouillon(equipe)
    champs = build_post(cadre, objectifs="Mon texte à moi.")
    actes.propose_cadre(acteur=equipe, instant=INSTANT, cadre=cadre)
    answer = client_for(equipe).post(page(equipe, "cadre_modifier", cadre.pk), champs)
    assert answer.status_code == 409
    assert "Mon texte à moi." in answer.text
    assert "est proposé" in answer.text
    assert "Mon texte" not in Cadre.objects.get(pk=cadre.pk).objectifs


def test_the_form_is_only_that_of_a_draft(equipe):
    cadre = build_valide(equipe)
    answer = read(equipe, "cadre_modifier", cadre.pk)
    assert (answer.status_code, answer.url) == (302, page(equipe, "cadre_version", cadre.pk))


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"jour": "", "instance": "COPIL"}, "elle manque"),
        ({"jour": "demain", "instance": "COPIL"}, "n’est pas une date"),
        ({"jour": "12/03/2026", "instance": " "}, "Écrivez son nom"),
        ({"jour": "2027-01-01", "instance": "COPIL"}, "pas encore passée"),
    ],
)
def test_a_decision_badly_said_is_told(equipe, champs, phrase):
    cadre = propose(equipe)
    answer = client_for(equipe).post(page(equipe, "cadre_valider", cadre.pk), {"version": cadre.version, **champs})
    assert answer.status_code == 422
    assert phrase in answer.text
    assert not Cadre.objects.get(pk=cadre.pk).est_valide


def test_a_day_typed_the_french_way_is_read(equipe):
    cadre = propose(equipe)
    champs = {"version": cadre.version, "jour": "12/03/2026", "instance": "COPIL"}
    assert client_for(equipe).post(page(equipe, "cadre_valider", cadre.pk), champs).status_code == 302


LECTURES = {
    Role.DGS_EPCI: (200, 200, 200),
    Role.CONSULTANT: (200, 200, 200),
    Role.PRESIDENT: (200, 200, 200),
    Role.VICE_PRESIDENT: (200, 200, 200),
    Role.MAIRE: (404, 200, 200),
    Role.SECRETAIRE: (404, 200, 200),
    Role.DIRECTION: (404, 200, 200),
    Role.DRH: (404, 200, 200),
    Role.CONSEILLER_COMMUNAUTAIRE: (404, 200, 200),
    Role.CONSEILLER_MUNICIPAL: (404, 200, 200),
    Role.REPRESENTANT_PERSONNEL: (404, 404, 200),
    Role.AGENT: (404, 404, 200),
    Role.OBSERVATEUR: (404, 404, 200),
}


@pytest.mark.parametrize("role", LECTURES)
def test_who_reads_what(equipe, role):
    acteur = build_acteur_de(equipe.demarche, role)
    cadre = write_brouillon(equipe)
    seen = [read(acteur, "cadre_version", cadre.pk).status_code]
    actes.propose_cadre(acteur=equipe, instant=INSTANT, cadre=cadre)
    seen.append(read(acteur, "cadre_version", cadre.pk).status_code)
    validate(equipe, cadre)
    seen.append(read(acteur, "cadre_version", cadre.pk).status_code)
    assert tuple(seen) == LECTURES[role]


def test_nobody_of_another_demarche_reads_it(equipe):
    cadre = build_valide(equipe)
    other = build_equipe()
    assert read(other, "cadre_version", cadre.pk).status_code == 404


def test_who_may_not_write_is_told_why(equipe):
    maire = build_acteur_de(equipe.demarche, Role.MAIRE)
    cadre = propose(equipe)
    client = client_for(maire)
    assert client.get(page(maire, "cadre_modifier", cadre.pk)).status_code == 403
    answer = client.post(page(maire, "cadre_valider", cadre.pk), {"jour": "2026-03-12", "instance": "x"})
    assert answer.status_code == 403
    assert "L’équipe projet ou la présidence note" in answer.text


def test_differences_are_told_by_words(equipe):
    build_valide(equipe)
    second = write_brouillon(equipe, objectifs="Un accueil ouvert partout.\nDes agents qui ne sont plus seuls.")
    answer = read(equipe, "cadre_differences", second.pk).text
    assert "1\u00a0partie change\u202f: objectifs." in answer
    assert '<del><span class="difference-mot">retiré</span>chaque' in answer
    assert '<ins><span class="difference-mot">ajouté</span>partout.' in answer


def test_the_first_version_has_nothing_to_be_compared_with(equipe):
    assert read(equipe, "cadre_differences", build_valide(equipe).pk).status_code == 404


def count(django_assert_num_queries, acteur, number, name="cadre", *args):
    client = client_for(acteur)
    client.get(page(acteur, name, *args))
    with django_assert_num_queries(number):
        assert client.get(page(acteur, name, *args)).status_code == 200


@pytest.mark.parametrize("versions", [1, 3])
def test_queries_of_the_page(django_assert_num_queries, equipe, versions):
    for _ in range(versions):
        cadre = build_valide(equipe)
    count(django_assert_num_queries, equipe, 6)
    count(django_assert_num_queries, equipe, 7, "cadre_version", cadre.pk)


@pytest.mark.parametrize("communes", [3, 158])
def test_queries_of_the_form(django_assert_num_queries, communes):
    equipe = build_equipe(build_demarche(communes))
    cadre = write_brouillon(
        equipe, toutes_communes=False, codes_communes=[c.code for c in list_communes(equipe.demarche)]
    )
    count(django_assert_num_queries, equipe, 5, "cadre_modifier", cadre.pk)
