"""Pages that compose the rooms: one's own page, the territory, the journal."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, client_for, list_communes, set_horloge

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.journal.actions import mark_vu, record_acte
from communaccord.plateforme.journal.enums import Portee
from communaccord.plateforme.journal.models import Acte
from communaccord.plateforme.socle.figes import EcritureInterdite
from communaccord.plateforme.territoires.models import Carte, Departement, Epci

pytestmark = pytest.mark.django_db


def write_acte(acteur, phrase, portee=Portee.TABLE, instant=INSTANT):
    return record_acte(acteur=acteur, instant=instant, verbe="essai", phrase=phrase, portee=portee)


def get(acteur, name, **data):
    return client_for(acteur).get(reverse(name, args=[acteur.mandat_id]), data)


def test_own_page_says_that_nothing_awaits():
    maire = build_acteur_de(build_demarche(), Role.CONSEILLER_MUNICIPAL)
    page = get(maire, "accueil:chez_moi").content.decode()
    assert "Rien ne vous attend aujourd’hui." in page
    assert "Où en est la démarche" in page
    assert page.count('aria-current="step"') == 1


def test_changes_are_told_until_one_has_taken_note(monkeypatch):
    set_horloge(monkeypatch, INSTANT + timedelta(minutes=1))
    demarche = build_demarche()
    equipe, maire = build_acteur_de(demarche, Role.EQUIPE_PROJET), build_acteur_de(demarche, Role.MAIRE)
    write_acte(equipe, "a convoqué une séance")
    write_acte(maire, "a écrit à la table")
    assert "a convoqué une séance" in get(maire, "accueil:chez_moi").content.decode()
    assert "a écrit à la table" not in get(maire, "accueil:chez_moi").content.decode()
    answer = client_for(maire).post(reverse("accueil:vu", args=[maire.mandat_id]))
    assert answer.status_code == 302
    assert "a convoqué une séance" not in get(maire, "accueil:chez_moi").content.decode()


def test_taking_note_is_one_row_a_mandate():
    maire = build_acteur_de(build_demarche(), Role.MAIRE)
    mark_vu(acteur=maire, instant=INSTANT)
    mark_vu(acteur=maire, instant=INSTANT + timedelta(days=1))
    assert maire.mandat.lecture.vu_jusque == INSTANT + timedelta(days=1)


@pytest.mark.parametrize("acts", [1, 3])
def test_own_page_costs_the_same_queries(acts, django_assert_num_queries):
    demarche = build_demarche()
    equipe, maire = build_acteur_de(demarche, Role.EQUIPE_PROJET), build_acteur_de(demarche, Role.MAIRE)
    for number in range(acts):
        write_acte(equipe, f"Acte {number}")
    client = client_for(maire)
    with django_assert_num_queries(13):
        client.get(reverse("accueil:chez_moi", args=[maire.mandat_id]))


READERS = {
    Portee.TABLE: set(Role),
    Portee.ELUS: {
        Role.DGS_EPCI,
        Role.EQUIPE_PROJET,
        Role.PRESIDENT,
        Role.VICE_PRESIDENT,
        Role.MAIRE,
        Role.SECRETAIRE,
        Role.CONSEILLER_COMMUNAUTAIRE,
        Role.CONSEILLER_MUNICIPAL,
    },
    Portee.EQUIPE: {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.PRESIDENT, Role.VICE_PRESIDENT},
    Portee.COMMUNE: {Role.MAIRE, Role.SECRETAIRE},
    Portee.PERSONNE: set(),
}


@pytest.mark.parametrize("portee", Portee)
def test_each_circle_of_readers(portee):
    demarche = build_demarche()
    first = list_communes(demarche)[0]
    author = build_acteur_de(demarche, Role.SECRETAIRE, first)
    write_acte(author, "Un acte", portee)
    readers = {role for role in Role if Acte.objects.visible_to(build_acteur_de(demarche, role)).exists()}
    assert readers == READERS[portee]
    assert Acte.objects.visible_to(author).exists()
    elsewhere = build_demarche()
    assert not any(Acte.objects.visible_to(build_acteur_de(elsewhere, role)).exists() for role in Role)


def test_an_act_of_a_commune_is_closed_to_the_others():
    demarche = build_demarche()
    first, second, _ = list_communes(demarche)
    write_acte(build_acteur_de(demarche, Role.SECRETAIRE, first), "a préparé une réponse", Portee.COMMUNE)
    assert (
        "a préparé une réponse" in get(build_acteur_de(demarche, Role.MAIRE, first), "accueil:journal").content.decode()
    )
    for role in (Role.MAIRE, Role.SECRETAIRE):
        other = build_acteur_de(demarche, role, second)
        assert "a préparé une réponse" not in get(other, "accueil:journal").content.decode()
        assert b"pr\xc3\xa9par\xc3\xa9" not in get(other, "accueil:journal_csv").content


def test_the_journal_is_never_rewritten():
    acteur = build_acteur_de(build_demarche(), Role.DGS_EPCI)
    acte = write_acte(acteur, "a écrit une fois")
    acte.phrase = "a fait autre chose"
    with pytest.raises(EcritureInterdite):
        acte.save()
    with pytest.raises(EcritureInterdite):
        acte.delete()
    with pytest.raises(EcritureInterdite):
        Acte.objects.filter(pk=acte.pk).update(phrase="a fait autre chose")
    with pytest.raises(EcritureInterdite):
        Acte.objects.all().delete()


@pytest.mark.parametrize("acts", [1, 3, 41])
def test_journal_pages(acts, django_assert_num_queries):
    acteur = build_acteur_de(build_demarche(), Role.DGS_EPCI)
    for number in range(acts):
        write_acte(acteur, f"a fait l'acte {number:02}", instant=INSTANT + timedelta(minutes=number))
    client = client_for(acteur)
    address = reverse("accueil:journal", args=[acteur.mandat_id])
    with django_assert_num_queries(4):
        page = client.get(address).content.decode()
    assert f"acte {acts - 1:02}" in page
    assert ("acte 00" in page) is (acts <= 40)
    assert ("Plus anciens" in page) is (acts > 40)
    if acts > 40:
        assert "acte 00" in client.get(address, {"page": 2}).content.decode()


@pytest.mark.parametrize("asked", ["x", "-1", "99999999", "٣", ""])
def test_any_page_asked_is_answered(asked):
    assert get(build_acteur_de(build_demarche(), Role.AGENT), "accueil:journal", page=asked).status_code == 200


def test_journal_file_holds_no_formula():
    acteur = build_acteur_de(build_demarche(), Role.DGS_EPCI)
    write_acte(acteur, "=1+1")
    text = get(acteur, "accueil:journal_csv").content.decode("utf-8-sig")
    assert "23/11/2026;10:00" in text
    assert "\n=" not in text
    assert ";=" not in text


def build_formes(communes):
    return {commune.code: [f"M{10 * rang} 0h8v8h-8z", 10 * rang + 4, 4] for rang, commune in enumerate(communes)}


def draw_fictive(demarche, formes):
    return CarteFictive.objects.create(demarche=demarche, largeur=1000, hauteur=600, formes=formes, voisins={})


@pytest.mark.parametrize("communes", [1, 3, 158])
def test_territory(communes, django_assert_num_queries):
    demarche = build_demarche(communes)
    draw_fictive(demarche, build_formes(list_communes(demarche)))
    maire = build_acteur_de(demarche, Role.MAIRE, list_communes(demarche)[-1])
    client = client_for(maire)
    # Session, account, mandate; the communes, their mayors, the map.
    with django_assert_num_queries(6):
        page = client.get(reverse("accueil:territoire", args=[maire.mandat_id])).content.decode()
    assert page.count("data-filtre=") == communes
    table = page.index("<tbody")
    assert page.index(f"Commune {communes:03}", table) <= page.index("Commune 001", table)
    assert page.count('<path class="commune') == communes
    assert page.count("commune-mienne") == 1
    with django_assert_num_queries(5):
        file = client.get(reverse("accueil:territoire_xlsx", args=[maire.mandat_id]))
    assert file.content[:2] == b"PK"


def test_the_map_tells_the_seats_of_each_commune_and_marks_mine():
    demarche = build_demarche()
    draw_fictive(demarche, build_formes(list_communes(demarche)))
    page = get(build_acteur_de(demarche, Role.MAIRE, list_communes(demarche)[1]), "accueil:territoire").content.decode()
    page = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert 'aria-label="Commune 001 : 10 sièges, 6 000 habitants"' in page
    assert 'aria-label="Commune 002 (ma commune) : 2 sièges, 137 habitants"' in page
    assert "2 sièges</li>" in page
    assert "6 à 15 sièges</li>" in page
    assert "16 sièges et plus" not in page
    assert "Contours inventés" in page


@pytest.mark.parametrize("case", ["none", "elsewhere", "one missing", "one more"])
def test_no_map_that_is_not_of_these_communes(case):
    demarche = build_demarche()
    formes = build_formes(list_communes(demarche))
    if case == "elsewhere":
        draw_fictive(build_demarche(), formes)
    elif case == "one missing":
        draw_fictive(demarche, {code: forme for code, forme in formes.items() if code != "F003"})
    elif case == "one more":
        draw_fictive(demarche, formes | {"F999": ["M0 0h1z", 0, 0]})
    page = get(build_acteur_de(demarche, Role.AGENT), "accueil:territoire").content.decode()
    assert "carte-svg" not in page
    assert "Commune 003" in page


def test_a_real_territory_has_its_public_map(django_assert_num_queries):
    demarche = build_demarche(fictive=False, siren="200000001")
    departement = Departement.objects.create(code="01", nom="Essai", code_region="01", nom_region="Essai")
    epci = Epci.objects.create(
        siren="200000001",
        nom="Essai",
        nom_complet="CC Essai",
        nature="CC",
        financement="FPU",
        departement=departement,
        nombre_communes=3,
        population_municipale_2022=1,
        population_totale_2022=1,
        population_municipale_2023=1,
        sieges_constates=1,
        constat_complet=True,
        cle_recherche="essai",
        texte_recherche="essai",
    )
    Carte.objects.create(
        epci=epci, largeur=1000, hauteur=600, formes=build_formes(list_communes(demarche)), voisins={"F001": ["F002"]}
    )
    acteur = build_acteur_de(demarche, Role.AGENT)
    client = client_for(acteur)
    with django_assert_num_queries(6):
        page = client.get(reverse("accueil:territoire", args=[acteur.mandat_id])).content.decode()
    assert page.count('<path class="commune') == 3
    assert 'data-voisins="F002"' in page
    assert "ADMIN EXPRESS" in page
