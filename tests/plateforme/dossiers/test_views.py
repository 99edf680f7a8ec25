"""The pages as their readers see them: one sentence, their own commune, nothing of what is not theirs."""

import re

import pytest
from tests.plateforme.dossiers.fabrique import (
    build_dossier,
    build_equipe,
    build_fige,
    build_presente,
    build_scenario,
    give_chiffres,
)
from tests.plateforme.fabriques import build_acteur_de, build_demarche, client_for, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.dossiers.actions import Chiffres, open_collecte, record_chiffres
from communaccord.plateforme.dossiers.models import DonneesCommune, Dossier, Scenario

pytestmark = pytest.mark.django_db


def get(acteur, name, *args, **parametres):
    return client_for(acteur).get(chemin(acteur, name, *args), parametres)


def read(response):
    assert response.status_code == 200, response
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"[ \u00a0\u202f\n]+", " ", text).replace("&#39;", "'").replace("’", "'")


@pytest.fixture
def presente():
    return build_presente(scenarios=2)


def test_list_tells_what_each_dossier_is_about(presente):
    dossier, equipe = presente
    build_dossier(dossier.demarche, equipe, titre="Archives (fictif)")
    page = read(get(equipe, "dossiers:liste"))
    assert "1 dossier est présenté et 1 est en préparation." in page
    assert "2 scénarios figés" in page
    assert page.index("Secrétariat") < page.index("Archives")
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    page = read(get(maire, "dossiers:liste"))
    assert "Archives" not in page
    assert "Ouvrir un dossier" not in page


def test_the_empty_list_teaches():
    demarche = build_demarche()
    assert "Ouvrir le premier dossier" in read(get(build_equipe(demarche), "dossiers:liste"))
    page = read(get(build_acteur_de(demarche, Role.MAIRE), "dossiers:liste"))
    assert "Aucun dossier n'est ouvert à votre lecture" in page


def test_a_mayor_reads_their_commune_in_one_sentence(presente):
    dossier, _ = presente
    commune = list_communes(dossier.demarche)[1]
    page = read(get(build_acteur_de(dossier.demarche, Role.MAIRE, commune), "dossiers:dossier", dossier.pk))
    assert "Selon le scénario, Commune 002 paierait de" in page
    assert "(estimation, 2027)." in page
    assert "Pour Commune 002" in page
    assert "Commune 003" in page


def test_each_reader_sees_no_more_than_their_part(presente):
    """Names of the other communes stand for their amounts: where amounts are not open, no commune is named."""
    dossier, _ = presente
    commune = list_communes(dossier.demarche)[0]
    for role in Role:
        page = read(get(build_acteur_de(dossier.demarche, role, commune), "dossiers:dossier", dossier.pk))
        others = role not in {
            Role.CONSEILLER_MUNICIPAL,
            Role.REPRESENTANT_PERSONNEL,
            Role.AGENT,
            Role.OBSERVATEUR,
        }
        assert ("Commune 002" in page) is others
        assert "Un remplacement sous trois jours." in page
        assert ("Conduire ce dossier" in page) is (role in {Role.DGS_EPCI, Role.EQUIPE_PROJET, Role.CONSULTANT})
    page = read(get(build_acteur_de(dossier.demarche, Role.AGENT), "dossiers:dossier", dossier.pk))
    assert "3 communes partageraient un service de 1 ETP, pour 42 000 € par an" in page


def test_scenario_pages_and_files_follow_the_same_rule(presente):
    dossier, _ = presente
    scenario = Scenario.objects.filter(dossier=dossier).first()
    commune, other, _ = list_communes(dossier.demarche)
    municipal = build_acteur_de(dossier.demarche, Role.CONSEILLER_MUNICIPAL, commune)
    agent = build_acteur_de(dossier.demarche, Role.AGENT)
    maire = build_acteur_de(dossier.demarche, Role.MAIRE, commune)
    assert "Commune 002" not in read(get(municipal, "dossiers:scenario", dossier.pk, scenario.pk))
    assert "Commune 001" not in read(get(agent, "dossiers:scenario", dossier.pk, scenario.pk))
    assert "Commune 002" in read(get(maire, "dossiers:scenario", dossier.pk, scenario.pk))
    csv = get(municipal, "dossiers:scenario_csv", dossier.pk, scenario.pk).content.decode()
    assert "Commune 001" in csv
    assert "Commune 002" not in csv
    for name in ("dossiers:scenario_csv", "dossiers:scenario_classeur"):
        assert get(agent, name, dossier.pk, scenario.pk).status_code == 404
        assert get(maire, name, dossier.pk, scenario.pk).status_code == 200
    for name in ("dossiers:fiche", "dossiers:fiche_pdf"):
        assert get(municipal, name, dossier.pk, commune.pk).status_code == 200
        assert get(municipal, name, dossier.pk, other.pk).status_code == 404
        assert get(maire, name, dossier.pk, other.pk).status_code == 200
        assert get(agent, name, dossier.pk, commune.pk).status_code == 404


def test_small_staff_figures_are_masked_on_pages_and_files(presente):
    dossier, equipe = presente
    communes = list_communes(dossier.demarche)
    DonneesCommune.objects.filter(commune=communes[1]).update(agents=4, agents_concernes=3)
    scenario = build_fige(dossier, equipe, "Avec agents")
    for acteur, told in (
        (build_acteur_de(dossier.demarche, Role.MAIRE, communes[0]), False),
        (build_acteur_de(dossier.demarche, Role.PRESIDENT), False),
        (build_acteur_de(dossier.demarche, Role.DIRECTION), False),
        (build_acteur_de(dossier.demarche, Role.CONSEILLER_MUNICIPAL, communes[1]), False),
        (build_acteur_de(dossier.demarche, Role.MAIRE, communes[1]), True),
        (build_acteur_de(dossier.demarche, Role.DRH), True),
        (equipe, True),
    ):
        csv = get(acteur, "dossiers:scenario_csv", dossier.pk, scenario.pk).content.decode("utf-8-sig")
        row = next(line for line in csv.splitlines() if "Commune 002" in line)
        assert row.endswith(";4;3;1" if told else ";moins de 5;moins de 5;moins de 5")
        page = read(get(acteur, "dossiers:scenario", dossier.pk, scenario.pk))
        assert ("4 3 1" in page) is told
        fiche = read(get(acteur, "dossiers:fiche", dossier.pk, communes[1].pk))
        assert ("4 aujourd'hui, 3 rejoindraient le service, 1 ensuite" in fiche) is told


def test_a_draft_is_told_to_nobody_else(presente):
    dossier, equipe = presente
    brouillon = build_scenario(dossier, equipe, "Secret de travail")
    page = read(get(equipe, "dossiers:scenario", dossier.pk, brouillon.pk))
    assert "Aperçu, pas encore figé" in page
    for role in (Role.MAIRE, Role.PRESIDENT, Role.AGENT):
        acteur = build_acteur_de(dossier.demarche, role)
        assert get(acteur, "dossiers:scenario", dossier.pk, brouillon.pk).status_code == 404
        assert "Secret de travail" not in read(get(acteur, "dossiers:dossier", dossier.pk))


def test_a_dossier_in_preparation_does_not_exist_for_the_others():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    names = ("dossier", "modifier", "chiffres", "scenario_creer", "scenario_importer")
    for role in (Role.MAIRE, Role.PRESIDENT, Role.AGENT, Role.CONSEILLER_MUNICIPAL):
        acteur = build_acteur_de(dossier.demarche, role)
        for name in names:
            assert get(acteur, f"dossiers:{name}", dossier.pk).status_code == 404
    for name in names:
        assert get(equipe, f"dossiers:{name}", dossier.pk).status_code == 200
    stranger = build_equipe(build_demarche())
    assert get(stranger, "dossiers:dossier", dossier.pk).status_code == 404


def test_collecte_shows_a_mairie_its_form_and_nothing_more():
    dossier = build_dossier()
    equipe = build_equipe(dossier.demarche)
    open_collecte(acteur=equipe, instant=dossier.cree_le, dossier=dossier)
    mine, other, _ = list_communes(dossier.demarche)
    secretaire = build_acteur_de(dossier.demarche, Role.SECRETAIRE, mine)
    page = read(get(secretaire, "dossiers:dossier", dossier.pk))
    assert "demande à Commune 001 ses chiffres" in page
    assert "Préavis" not in page
    response = get(secretaire, "dossiers:chiffres", dossier.pk)
    assert response["Location"] == chemin(secretaire, "dossiers:chiffres_commune", dossier.pk, mine.pk)
    assert get(secretaire, "dossiers:chiffres_commune", dossier.pk, other.pk).status_code == 403
    client = client_for(secretaire)
    adresse = chemin(secretaire, "dossiers:chiffres_commune", dossier.pk, mine.pk)
    saisie = {"version": "0", "volume": "12", "depense_actuelle": "beaucoup", "qualite": "etabli"}
    response = client.post(adresse, saisie)
    assert response.status_code == 422
    assert 'value="beaucoup"' in response.content.decode()
    response = client.post(adresse, saisie | {"depense_actuelle": "1 200 €", "agents": "2"})
    assert response.status_code == 302
    row = DonneesCommune.objects.get()
    assert (row.valeurs, row.par_la_commune) == ({"volume": "12", "depense_actuelle": "1200"}, True)
    assert 'value="1200"' in client.get(adresse).content.decode()


def test_two_people_on_the_same_figures_keep_what_they_typed(presente):
    dossier, equipe = presente
    commune = list_communes(dossier.demarche)[0]
    maire = build_acteur_de(dossier.demarche, Role.MAIRE, commune)
    donnees = DonneesCommune.objects.get(commune=commune)
    record_chiffres(
        acteur=maire,
        instant=dossier.cree_le,
        dossier=dossier,
        commune=commune,
        version=donnees.version,
        chiffres=Chiffres({"volume": "77"}),
    )
    adresse = chemin(equipe, "dossiers:chiffres_commune", dossier.pk, commune.pk)
    saisie = {"version": str(donnees.version), "volume": "33", "qualite": "estime"}
    response = client_for(equipe).post(adresse, saisie)
    text = response.content.decode()
    assert response.status_code == 409
    assert 'value="33"' in text
    assert "77" in text
    assert maire.nom in text
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    assert client_for(equipe).post(adresse, saisie | {"version": version}).status_code == 302
    assert DonneesCommune.objects.get(commune=commune).valeurs == {"volume": "33"}


def test_pages_say_what_was_done_and_offer_the_exact_amounts(presente):
    dossier, _ = presente
    maire = build_acteur_de(dossier.demarche, Role.MAIRE)
    page = read(get(maire, "dossiers:dossier", dossier.pk, fait="presente"))
    assert "Dossier présenté" in page
    page = read(get(maire, "dossiers:dossier", dossier.pk, montants="exacts"))
    assert "(au centime, 2027)" in page
    assert "Comment est-ce calculé ?" in page


def test_scenario_unfolds_the_formula_and_the_hash(presente):
    dossier, _ = presente
    scenario = Scenario.objects.with_gel().filter(dossier=dossier).first()
    page = read(get(build_acteur_de(dossier.demarche, Role.MAIRE), "dossiers:scenario", dossier.pk, scenario.pk))
    assert scenario.gel.empreinte in page
    assert "Contribution, au centime" in page
    assert "À répartir entre les communes" in page


def test_the_formula_of_any_commune_is_unfolded_for_who_reads_it(presente):
    dossier, equipe = presente
    scenario = Scenario.objects.filter(dossier=dossier).first()
    _, other, _ = list_communes(dossier.demarche)
    args = ("dossiers:scenario", dossier.pk, scenario.pk)
    assert "La contribution de Commune 001 en 2027" in read(get(equipe, *args))
    assert "La contribution de Commune 002 en 2027" in read(get(equipe, *args, commune=other.pk))
    municipal = build_acteur_de(dossier.demarche, Role.CONSEILLER_MUNICIPAL)
    assert "La contribution de Commune 001 en 2027" in read(get(municipal, *args, commune=other.pk))


def test_what_people_type_is_escaped():
    demarche = build_demarche()
    equipe = build_equipe(demarche)
    dossier = build_dossier(demarche, equipe, titre="<script>alert(1)</script>", objectif="<b>gras</b>")
    give_chiffres(dossier, equipe)
    for name in ("dossiers:dossier", "dossiers:modifier", "dossiers:chiffres", "dossiers:scenario_creer"):
        text = get(equipe, name, dossier.pk).content.decode()
        assert "<script>alert" not in text
        assert "<b>gras" not in text
    assert "<script>alert" not in get(equipe, "dossiers:liste").content.decode()
    assert Dossier.objects.count() == 1
