"""The pages of the rapport, from the room to the papers."""

from datetime import timedelta

import pytest
from tests.plateforme.fabriques import INSTANT, build_acteur_de, client_for, list_communes
from tests.plateforme.rapports.fabrique import build_matiere, freeze, read_empreinte, settle, write

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.comptes.salles import chemin
from communaccord.plateforme.rapports.actions import validate_version
from communaccord.plateforme.rapports.models import ChoixAction, Fabrication, Partie, VersionRapport

pytestmark = pytest.mark.django_db


def read(acteur, name, *args, status=200, **headers):
    response = client_for(acteur).get(chemin(acteur, f"rapports:{name}", *args), **headers)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode() if response["Content-Type"].startswith("text/html") else response


def post(acteur, name, *args, status=302, **data):
    response = client_for(acteur).post(chemin(acteur, f"rapports:{name}", *args), data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def test_the_room_opens_on_the_sentence_and_the_list_of_what_is_missing():
    _, dossier, equipe, _ = build_matiere()
    page = read(equipe, "accueil")
    assert "sur 9 sont prêtes" in page or "sur 9 est prête" in page
    assert "Le rapport est prêt" not in page
    assert "1\u00a0action n’a pas encore tous les effectifs prévus" in page
    assert "les effectifs de l’intercommunalité, avant et après" in page
    assert "Aucune version n’est figée" in page
    settle(dossier, equipe)
    assert "les effectifs de l’intercommunalité, avant et après" not in read(equipe, "accueil")
    assert "Rapport" in client_for(equipe).get(chemin(equipe, "dossiers:liste")).content.decode()


def test_an_empty_demarche_says_where_to_begin():
    _, dossier, equipe, _ = build_matiere()
    type(dossier).objects.filter(pk=dossier.pk).update(etat="brouillon")
    page = read(equipe, "accueil")
    assert "aucune action n’y est encore" in page
    assert "Aucun dossier n’est encore présenté" in page


def test_every_part_opens():
    _, dossier, equipe, _ = build_matiere()
    settle(dossier, equipe)
    for cle in ("mot", "contexte", "projet", "cadre", "etat_des_lieux", "actions", "impact", "calendrier", "annexes"):
        assert "Le texte écrit" in read(equipe, "partie", cle)
    read(equipe, "partie", "inconnue", status=404)


def test_a_part_is_written_and_never_overwritten_unawares():
    _, _, equipe, _ = build_matiere()
    post(equipe, "partie", "mot", texte="Chères et chers collègues.\r\n\r\nVoici.", version="0")
    partie = Partie.objects.get()
    assert partie.texte == "Chères et chers collègues.\n\nVoici."
    assert "Chères et chers collègues." in read(equipe, "partie", "mot")
    page = post(equipe, "partie", "mot", texte="Autre", version="0", status=409).content.decode()
    assert "Autre" in page
    assert "Chères et chers collègues." in page
    assert Partie.objects.get().texte.startswith("Chères")
    page = post(equipe, "partie", "mot", texte="x" * 20_001, version="1", status=422).content.decode()
    assert "20001 caractères" in page


def test_a_text_is_kept_when_the_figures_move_and_a_notice_says_so():
    _, dossier, equipe, _ = build_matiere()
    write(equipe, "impact", "Les dépenses restent tenues.")
    assert "Les chiffres ont changé" not in read(equipe, "partie", "impact")
    settle(dossier, equipe)
    page = read(equipe, "partie", "impact")
    assert "Les dépenses restent tenues." in page
    assert "Les chiffres ont changé depuis que ce texte a été écrit" in page
    assert "chiffres changés depuis le texte" in read(equipe, "accueil")
    post(equipe, "relue", "impact", empreinte="vieille", version="1", status=409)
    empreinte = read_empreinte(equipe.demarche, "impact")
    post(equipe, "relue", "impact", empreinte=empreinte, version="1")
    assert "Les chiffres ont changé" not in read(equipe, "partie", "impact")


def test_an_action_is_settled_by_its_form():
    _, dossier, equipe, _ = build_matiere(scenarios=2)
    assert "À choisir" in read(equipe, "action", dossier.pk)
    values = {"retenue": "oui", "scenario": "2", "agents_avant": "12", "depense_avant": "12 000,50", "version": "0"}
    post(equipe, "action", dossier.pk, **values)
    row = ChoixAction.objects.get()
    assert (row.scenario.rang, row.agents_avant, row.agents_apres, row.depense_avant) == (2, 12, None, 1_200_050)
    assert 'value="12000,50"' in read(equipe, "action", dossier.pk)
    page = post(equipe, "action", dossier.pk, status=422, retenue="oui", scenario="9", agents_avant="deux", version="1")
    assert "deux" in page.content.decode()
    post(equipe, "action", dossier.pk, status=409, **values)
    post(equipe, "action", dossier.pk, retenue="", version="1")
    assert "pas dans le rapport" in read(equipe, "accueil")


def test_a_version_is_frozen_validated_compared():
    _, dossier, equipe, president = build_matiere()
    post(equipe, "figer", motif="Pour le COPIL")
    version = VersionRapport.objects.get()
    page = read(equipe, "version", version.pk)
    assert "Pour le COPIL" in page
    assert "ne l’a pas encore validée" in page
    post(equipe, "figer", status=409)
    settle(dossier, equipe)
    post(equipe, "figer")
    second = VersionRapport.objects.get(numero=2)
    page = read(equipe, "differences", second.pk)
    assert "non connu" in page
    assert "12\u202f000\u00a0€" in page
    read(equipe, "differences", version.pk, status=404)
    post(equipe, "valider", second.pk, status=403)
    post(president, "valider", version.pk, status=409, sciemment="oui")
    post(president, "valider", second.pk, sciemment="oui")
    assert "Cette version est validée" in read(equipe, "version", second.pk)
    post(president, "valider", second.pk, status=409, sciemment="oui")


def test_what_the_rapport_lacks_is_read_before_it_is_frozen():
    _, _, equipe, president = build_matiere()
    adresse = chemin(equipe, "rapports:figer")
    page = read(equipe, "accueil")
    assert f'href="{adresse}"' in page
    assert f'action="{adresse}"' not in page
    before = read(equipe, "figer")
    assert "1. Le mot de la présidence" in before
    assert "il n’est pas encore écrit" in before
    assert "Figer le rapport tel qu’il est" in before
    assert not VersionRapport.objects.exists()
    read(president, "figer", status=403)


def test_what_the_version_lacks_is_read_again_before_it_is_validated():
    _, _, equipe, president = build_matiere()
    version = freeze(equipe)
    page = read(president, "version", version.pk)
    assert f'href="{chemin(president, "rapports:valider", version.pk)}"' in page
    assert f'action="{chemin(president, "rapports:valider", version.pk)}"' not in page
    before = read(president, "valider", version.pk)
    assert "les effectifs de l’intercommunalité, avant et après" in before
    refused = post(president, "valider", version.pk, status=422).content.decode()
    assert "Cochez la case" in refused
    assert "ne l’a pas encore validée" in read(equipe, "version", version.pk)
    post(president, "valider", version.pk, sciemment="oui")
    assert "validée en le sachant" in read(equipe, "version", version.pk)
    read(equipe, "valider", version.pk, status=403)
    read(president, "valider", version.pk, status=302)


def test_the_president_takes_a_validation_back_and_the_files_say_so():
    demarche, _, equipe, president = build_matiere()
    conseil = build_acteur_de(demarche, Role.CONSEILLER_MUNICIPAL)
    version = freeze(equipe)
    read(president, "retirer", version.pk, status=302)
    post(president, "valider", version.pk, sciemment="oui")
    post(equipe, "fabriquer", genre="rapport_docx", version=version.pk)
    assert "Une validation se retire tant que rien" in read(president, "retirer", version.pk)
    post(equipe, "retirer", version.pk, status=403, motif="Erreur", rien_envoye="oui")
    refused = post(president, "retirer", version.pk, status=422, motif="Erreur de chiffre").content.decode()
    assert "figez une nouvelle version" in refused
    assert 'value="Erreur de chiffre"' in refused
    post(president, "retirer", version.pk, status=422, rien_envoye="oui")
    post(president, "retirer", version.pk, motif="Erreur de chiffre", rien_envoye="oui")
    page = read(equipe, "version", version.pk)
    assert "ne l’a pas encore validée" in page
    assert "Erreur de chiffre" in page
    assert "à refaire : validation retirée" in page.replace("\u202f", " ")
    read(conseil, "version", version.pk, status=404)


def test_a_document_is_asked_followed_and_taken():
    _, _, equipe, _ = build_matiere()
    response = post(equipe, "fabriquer", genre="rapport_pdf")
    row = Fabrication.objects.get()
    assert response["Location"].endswith(f"/fabrications/{row.pk}/")
    assert (row.etat, row.avancement) == ("prete", 100)
    assert "Le document est prêt" in read(equipe, "fabrication", row.pk)
    fragment = read(equipe, "fabrication", row.pk, headers={"HX-Request": "true"})
    assert "<html" not in fragment
    assert fragment.strip().partition("\n")[0] in read(equipe, "fabrication", row.pk)
    answer = read(equipe, "fichier", row.pk)
    assert answer.content.startswith(b"%PDF")
    assert "rapport-mutualisations-brouillon-projet-fictif.pdf" in answer["Content-Disposition"]
    post(equipe, "fabriquer", genre="courriers", status=409)
    post(equipe, "fabriquer", genre="autre", status=404)


@pytest.mark.parametrize("version", ["9" * 5000, "9" * 30, "1x", "²", "-1"])
def test_a_version_that_cannot_be_makes_no_file(version):
    _, _, equipe, _ = build_matiere()
    post(equipe, "fabriquer", genre="rapport_docx", version=version, status=404)
    assert not Fabrication.objects.exists()


def test_a_document_that_waits_shows_how_far_it_is():
    _, _, equipe, _ = build_matiere()
    post(equipe, "fabriquer", genre="rapport_pdf")
    Fabrication.objects.update(etat="en_cours", avancement=45, etape="mise en page")
    page = read(equipe, "fabrication", Fabrication.objects.get().pk)
    assert "Le document est en cours : 45\u202f%".replace(" :", "\u202f:") in page
    assert 'hx-trigger="every 3s"' in page
    assert 'http-equiv="refresh"' in page
    read(equipe, "fichier", Fabrication.objects.get().pk, status=404)


def test_the_papers_of_a_commune_are_its_own():
    demarche, dossier, equipe, president = build_matiere()
    settle(dossier, equipe)
    version = freeze(equipe)
    first, second, _ = list_communes(demarche)
    maire = build_acteur_de(demarche, Role.MAIRE, first)
    assert "Commune 001" in read(maire, "courriers", version.pk)
    assert "Commune 002" not in read(maire, "courriers", version.pk)
    for name in ("lettre_pdf", "modele_pdf"):
        assert read(maire, name, version.pk, first.pk).content.startswith(b"%PDF")
        read(maire, name, version.pk, second.pk, status=403)
    for name in ("lettre_docx", "modele_docx"):
        assert read(maire, name, version.pk, first.pk).content.startswith(b"PK")
    for name in ("approbation_pdf", "approbation_docx"):
        assert read(president, name, version.pk).content[:2] in (b"%P", b"PK")
        read(maire, name, version.pk, status=403)


def test_a_file_made_before_the_validation_says_so_and_is_made_again():
    _, _, equipe, president = build_matiere()
    version = freeze(equipe)
    post(equipe, "fabriquer", genre="rapport_pdf", version=version.pk)
    page = read(equipe, "version", version.pk)
    assert "Prendre ce document" in page
    assert "Refaire ce document" not in page
    validate_version(acteur=president, instant=INSTANT + timedelta(minutes=1), version=version, sciemment=True)
    row = Fabrication.objects.get()
    assert "à refaire" in read(equipe, "version", version.pk)
    assert "v1-projet-fictif.pdf" in read(equipe, "fichier", row.pk)["Content-Disposition"]


@pytest.mark.parametrize("communes", [1, 3])
def test_the_room_is_read_in_a_bounded_number_of_queries(communes, django_assert_num_queries):
    _, dossier, equipe, _ = build_matiere(communes)
    settle(dossier, equipe)
    for cle in ("mot", "contexte", "etat_des_lieux", "actions", "impact", "annexes"):
        write(equipe, cle, "Un texte.")
    freeze(equipe)
    post(equipe, "fabriquer", genre="rapport_docx")
    client = client_for(equipe)
    with django_assert_num_queries(15):
        client.get(chemin(equipe, "rapports:accueil"))


def test_councillors_read_what_is_validated_only():
    demarche, _, equipe, president = build_matiere()
    conseil = build_acteur_de(demarche, Role.CONSEILLER_MUNICIPAL)
    version = freeze(equipe)
    assert "encore en préparation" in read(conseil, "accueil")
    read(conseil, "version", version.pk, status=404)
    read(conseil, "partie", "mot", status=403)
    validate_version(acteur=president, instant=INSTANT, version=version, sciemment=True)
    assert "Lire la version 1" in read(conseil, "accueil")
    assert "Cette version est validée" in read(conseil, "version", version.pk)


@pytest.mark.parametrize("role", [Role.AGENT, Role.REPRESENTANT_PERSONNEL, Role.OBSERVATEUR])
def test_staff_and_their_representatives_read_what_is_validated(role):
    demarche, _, equipe, president = build_matiere()
    reader = build_acteur_de(demarche, role)
    version = freeze(equipe)
    assert "encore en préparation" in read(reader, "accueil")
    read(reader, "version", version.pk, status=404)
    validate_version(acteur=president, instant=INSTANT, version=version, sciemment=True)
    page = read(reader, "accueil")
    assert "Lire la version 1" in page
    assert f'href="{chemin(reader, "rapports:accueil")}"' in page
    assert "Cette version est validée" in read(reader, "version", version.pk)
    read(reader, "courriers", version.pk, status=404)
