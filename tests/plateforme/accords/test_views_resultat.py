"""Assesseurs, envelopes, result: what is published, what one commune alone reads, what it chooses to show."""

import io

import pytest
from python_calamine import CalamineWorkbook
from tests.plateforme.accords.fabrique import (
    APRES,
    CODE,
    INSTANT,
    MONTANT_SECRET,
    SECRET_NOTES,
    SECRET_PLI,
    build_elements,
    build_table,
    open_table,
    prepare,
)
from tests.plateforme.accords.outils_vues import chemin, get, lire, post, read_champ
from tests.plateforme.fabriques import build_acteur_de, client_for, set_horloge

from communaccord.plateforme.accords import actions
from communaccord.plateforme.accords.enums import EtatAssesseur, EtatEnveloppe, EtatTour, ModeOuverture
from communaccord.plateforme.accords.models import Assesseur, Element, Enveloppe
from communaccord.plateforme.comptes.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch):
    set_horloge(monkeypatch, INSTANT)


def publish(monkeypatch, communes=10, *, scenarios=1, montants=None):
    """A round answered by every commune and opened by the clock; ``montants``: limits by rank, in cents."""
    table = open_table(communes, scenarios=scenarios)
    for rang in range(communes):
        montant = (montants or {}).get(rang, MONTANT_SECRET)
        table.answer(rang, build_elements(montant=montant))
    set_horloge(monkeypatch, APRES)
    actions.veiller(APRES)
    table.tour.refresh_from_db()
    assert table.tour.etat == EtatTour.DEPOUILLE
    return table


class TestResultat:
    def test_one_sentence_and_mine(self, monkeypatch):
        table = publish(monkeypatch, montants={0: 50_000})
        page = lire(get(table.maires[0], "resultat", table.tour.pk))
        assert "Les conditions sont réunies pour" in page
        assert "pour la vôtre, non à ce jour." in page
        assert "Elle serait réunie avec 500 € de moins à payer par an." in page
        other = lire(get(table.maires[1], "resultat", table.tour.pk))
        assert "pour la vôtre, oui." in other
        assert "Elle serait réunie avec" not in other

    def test_scenarios_that_come_to_the_same_are_said_together(self, monkeypatch):
        table = publish(monkeypatch, scenarios=2)
        page = lire(get(table.equipe, "resultat", table.tour.pk))
        assert "À vous seule" not in page
        assert "Scénario A : Scénario fictif 1" in page
        assert "scenario-" not in page

    def test_too_few_answers_publish_nothing_and_say_why(self, monkeypatch):
        table = publish(monkeypatch, 3)
        page = lire(get(table.equipe, "resultat", table.tour.pk))
        assert "Rien n'est publié : moins de 5 communes ont répondu" in page

    def test_what_is_not_published_says_so_in_its_files(self, monkeypatch):
        table = publish(monkeypatch, 3)
        csv = get(table.equipe, "resultat_csv", table.tour.pk).content.decode("utf-8-sig")
        assert ";non publié;non publié;" in csv

    def test_the_number_of_answers_is_told_of_all_the_communes(self, monkeypatch):
        table = publish(monkeypatch)
        page = lire(get(table.equipe, "resultat", table.tour.pk))
        assert "10 réponses comptées, sur 10 communes." in page
        assert "De ce qui est sous pli, on ne publie que des nombres de communes : ni nom, ni montant." in page

    def test_there_is_none_before(self):
        table = open_table(3)
        table.answer(0)
        for acteur in (table.maires[0], table.equipe):
            assert get(acteur, "resultat", table.tour.pk).status_code == 404
            assert get(acteur, "resultat_pdf", table.tour.pk).status_code == 404

    def test_what_was_shared_is_shown_under_the_name_of_the_commune(self, monkeypatch):
        table = publish(monkeypatch)
        page = lire(get(table.equipe, "resultat", table.tour.pk))
        assert page.count("Dossier utile") == 10

    def test_an_elected_councillor_reads_the_counts_alone(self, monkeypatch):
        table = publish(monkeypatch)
        conseiller = build_acteur_de(table.demarche, Role.CONSEILLER_MUNICIPAL)
        page = lire(get(conseiller, "resultat", table.tour.pk))
        assert "Les conditions sont réunies pour" in page
        assert "Dossier utile" not in page
        assert get(build_acteur_de(table.demarche, Role.AGENT), "resultat", table.tour.pk).status_code == 404

    def test_its_files_say_what_the_page_says(self, monkeypatch):
        table = publish(monkeypatch)
        csv = get(table.equipe, "resultat_csv", table.tour.pk).content.decode("utf-8-sig")
        assert csv.splitlines()[0] == "Dossier;Ce qui est compté;Scénario ou position;Au moins;Au plus;Sur"
        assert "Dossier fictif;Conditions réunies;Scénario A" in csv.replace("\u202f", " ")
        contenu = get(table.equipe, "resultat_xlsx", table.tour.pk).content
        lignes = CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0).to_python()
        assert lignes[1][0] == "Territoire fictif."
        assert all(ligne[3] != "" and ligne[4] != "" for ligne in lignes if ligne[0] == "Dossier fictif")
        assert ";;" not in csv
        assert get(table.equipe, "resultat_pdf", table.tour.pk).content.startswith(b"%PDF")

    @pytest.mark.parametrize("communes", [6, 10])
    def test_the_number_of_requests_does_not_grow(self, communes, monkeypatch, django_assert_num_queries):
        table = publish(monkeypatch, communes)
        client, adresse = client_for(table.maires[0]), chemin(table.maires[0], "resultat", table.tour.pk)
        with django_assert_num_queries(11):
            client.get(adresse)


class TestPartager:
    def test_what_i_alone_was_shown(self, monkeypatch):
        table = publish(monkeypatch, montants={0: 50_000})
        maire, lieu = table.maires[0], (table.tour.pk, table.dossier.pk)
        page = lire(get(maire, "partager", *lieu))
        assert "cela ne se reprend pas" in page
        assert post(maire, "partager", *lieu, choix="seule", code="1111 2222").status_code == 422
        assert post(maire, "partager", *lieu, choix="", code=CODE).status_code == 422
        assert post(maire, "partager", *lieu, choix="seule", code=CODE).url.endswith("?fait=partage")
        other = lire(get(table.maires[1], "resultat", table.tour.pk))
        assert "Elle serait réunie avec 500 € de moins à payer par an." in other
        assert post(maire, "partager", *lieu, choix="seule", code=CODE).status_code == 422

    def test_a_sealed_element(self, monkeypatch):
        table = publish(monkeypatch)
        maire, lieu = table.maires[0], (table.tour.pk, table.dossier.pk)
        position = Element.objects.get(reponse=table.get_reponse(0), nature="position")
        assert post(maire, "partager", *lieu, choix=position.pk, code=CODE).status_code == 303
        assert SECRET_PLI in get(table.maires[1], "resultat", table.tour.pk).content.decode()

    def test_the_secretary_is_told_why_not(self, monkeypatch):
        table = publish(monkeypatch)
        lieu = (table.tour.pk, table.dossier.pk)
        assert "Cet acte revient au ou à la maire" in lire(get(table.secretaires[0], "partager", *lieu))
        assert post(table.secretaires[0], "partager", *lieu, choix="seule", code=CODE).status_code == 403
        assert get(table.equipe, "partager", *lieu).status_code == 404


class TestSecrets:
    PAGES = ("table", "tour", "resultat", "suivi", "enveloppes", "protection", "reponse")

    def test_no_page_nor_file_of_anybody_else_holds_what_is_sealed(self, monkeypatch):
        table = open_table(6)
        for rang in range(6):
            table.answer(rang)
        self.walk(table)
        set_horloge(monkeypatch, APRES)
        actions.veiller(APRES)
        self.walk(table)

    def walk(self, table):
        others = [table.equipe, build_acteur_de(table.demarche, Role.PRESIDENT)]
        others += [build_acteur_de(table.demarche, role) for role in (Role.DRH, Role.CONSULTANT, Role.OBSERVATEUR)]
        for acteur in others:
            client = client_for(acteur)
            for name in self.PAGES:
                lieu = () if name in ("table", "protection") else (table.tour.pk,)
                self.search(client.get(chemin(acteur, name, *lieu)))
            self.search(client.get(chemin(acteur, "resultat_csv", table.tour.pk)))
            self.search(client.get(chemin(acteur, "reponse", table.tour.pk)))

    def search(self, response):
        content = response.content.decode(errors="replace")
        for secret in (SECRET_PLI, SECRET_NOTES, "9876543", "9\u202f876\u202f543"):
            assert secret not in content


class TestAssesseur:
    def prepare_assesseurs(self):
        table = build_table(6, mode=ModeOuverture.ASSESSEURS)
        prepare(table)
        actions.draw_assesseurs(acteur=table.equipe, instant=INSTANT, tour=table.tour, graine="dit en séance")
        called = {row.mandat_id for row in Assesseur.objects.all()}
        return table, [maire for maire in table.maires if maire.mandat_id in called]

    def test_accept_with_the_code_then_bring_ones_part(self, monkeypatch):
        table, called = self.prepare_assesseurs()
        lieu = (table.tour.pk,)
        assert "Accepter ou décliner d'être assesseur" in lire(get(called[0], "table"))
        assert "Répondez avant l'ouverture du tour, le lundi 23 novembre" in lire(get(called[0], "assesseur", *lieu))
        assert "répondez avant l'ouverture, le lundi 23 novembre" in lire(get(called[0], "tour", *lieu))
        assert post(called[0], "assesseur", *lieu, geste="accepter", code="1111 2222").status_code == 422
        for maire in called:
            assert post(maire, "assesseur", *lieu, geste="accepter", code=CODE).url.endswith("?fait=accepte")
        accepted = "votre part de la clé vous sera demandée le vendredi 4 décembre à 18 h"
        assert accepted in lire(get(called[0], "tour", *lieu))
        assert "assesseur : votre part" not in lire(get(table.equipe, "tour", *lieu))
        post(table.equipe, "lancer", *lieu)
        page = lire(get(called[0], "assesseur", *lieu))
        assert "Vous avez accepté : vous tenez une part de la clé." in page
        assert "Personne n'ouvre les plis avant la clôture du tour." in page
        for rang in range(6):
            table.tour.refresh_from_db()
            table.answer(rang)
        set_horloge(monkeypatch, APRES)
        assert "Apporter ma part de la clé" in lire(get(called[0], "table"))
        assert post(called[0], "assesseur", *lieu, geste="apporter", code="1111 2222").status_code == 422
        assert post(called[0], "assesseur", *lieu, geste="apporter", code=CODE).url.endswith("?fait=apporte")
        assert "Votre part est apportée : 1 sur 2." in lire(get(called[0], "assesseur", *lieu))
        last = post(called[1], "assesseur", *lieu, geste="apporter", code=CODE)
        assert last.url == chemin(called[1], "resultat", *lieu)
        assert get(called[1], "resultat", *lieu).status_code == 200
        assert "Les plis sont ouverts" in lire(get(called[0], "assesseur", *lieu))

    def test_decline_and_the_next_is_called(self):
        table, called = self.prepare_assesseurs()
        response = post(called[0], "assesseur", table.tour.pk, geste="decliner")
        assert response.url == chemin(called[0], "tour", table.tour.pk)
        assert Assesseur.objects.filter(etat=EtatAssesseur.TIRE).count() == 3

    def test_nobody_else_has_this_page(self):
        table, called = self.prepare_assesseurs()
        other = next(maire for maire in table.maires if maire not in called)
        for acteur in (other, table.equipe, table.secretaires[0]):
            assert get(acteur, "assesseur", table.tour.pk).status_code == 404


class TestEnveloppes:
    def test_received_copied_read_again_and_counted(self, monkeypatch):
        table = open_table(6)
        for rang in range(1, 6):
            table.answer(rang)
        equipe, maire = table.equipe, table.maires[1]
        assert post(equipe, "enveloppes", table.tour.pk, commune=table.maires[0].commune_id).status_code == 303
        row = Enveloppe.objects.get()
        lieu = (table.tour.pk, row.pk)
        again = post(equipe, "enveloppes", table.tour.pk, commune=table.maires[0].commune_id)
        assert again.status_code == 422
        set_horloge(monkeypatch, APRES)
        page = get(equipe, "copier", *lieu)
        assert 'name="d1-position"' in page.content.decode()
        copie = {"d1_position": "favorable", "d1_c1_type": "annee_min", "d1_c1_annee": "bientôt", "geste": "copier"}
        wrong = post(equipe, "copier", *lieu, **copie)
        assert wrong.status_code == 422
        assert 'href="#d1-c1-annee"' in wrong.content.decode()
        assert post(equipe, "copier", *lieu, geste="copier").status_code == 422
        done = post(equipe, "copier", *lieu, **copie | {"d1_c1_annee": "2029"})
        assert done.url.endswith("?fait=copiee")
        assert "Une enveloppe est relue par une autre personne" in lire(get(equipe, "enveloppes", table.tour.pk))
        assert get(maire, "relire_enveloppe", *lieu).status_code == 404
        president = build_acteur_de(table.demarche, Role.PRESIDENT)
        assert "Pas avant l'année 2029" in lire(get(president, "relire_enveloppe", *lieu))
        assert post(president, "relire_enveloppe", *lieu, geste="confirmer").url.endswith("?fait=confirmee")
        actions.veiller(APRES)
        table.tour.refresh_from_db()
        assert table.tour.etat == EtatTour.DEPOUILLE

    def test_a_copy_that_is_not_the_paper_is_made_again_or_set_aside(self, monkeypatch):
        table = open_table(3)
        post(table.equipe, "enveloppes", table.tour.pk, commune=table.maires[0].commune_id)
        row = Enveloppe.objects.get()
        lieu = (table.tour.pk, row.pk)
        set_horloge(monkeypatch, APRES)
        post(table.equipe, "copier", *lieu, geste="copier", d1_position="favorable")
        president = build_acteur_de(table.demarche, Role.PRESIDENT)
        assert post(president, "relire_enveloppe", *lieu, geste="recopier").url.endswith("?fait=a_recopier")
        assert post(table.equipe, "copier", *lieu, geste="ecarter", motif="").status_code == 422
        assert post(table.equipe, "copier", *lieu, geste="ecarter", motif="vide").url.endswith("?fait=ecartee")
        row.refresh_from_db()
        assert row.etat == EtatEnveloppe.ECARTEE
        assert "vide" in lire(get(table.maires[0], "enveloppes", table.tour.pk))

    def test_it_is_given_back_before_the_closing(self):
        table = open_table(3)
        post(table.equipe, "enveloppes", table.tour.pk, commune=table.maires[0].commune_id)
        row = Enveloppe.objects.get()
        assert post(table.equipe, "rendre", table.tour.pk, row.pk).url.endswith("?fait=rendue")
        assert post(table.maires[0], "rendre", table.tour.pk, row.pk).status_code == 403
        assert post(table.maires[0], "enveloppes", table.tour.pk, commune=1).status_code in (403, 404)


class TestProtection:
    def test_it_tells_what_is_promised_and_what_is_not(self):
        table = build_table(3)
        page = lire(get(build_acteur_de(table.demarche, Role.AGENT), "protection"))
        assert "Aucun autre utilisateur de ce site ne lit une réponse sous pli" in page
        assert "24 mois" in page
        assert "De mémoire, à vérifier (code du patrimoine, livre II)" in page
        assert "CRPA, art. L311-1, L311-2 et L311-6" in page


def test_the_shared_code_field_is_never_kept_by_the_browser():
    table = open_table(1)
    post(table.maires[0], "repondre", table.tour.pk, 1, version=0, action="continuer", position="favorable")
    page = get(table.maires[0], "reponse", table.tour.pk)
    assert 'autocomplete="one-time-code"' in page.content.decode()
    assert read_champ(page, "version-1") == "1"
