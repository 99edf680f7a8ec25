"""A form that cannot be taken gives its text back, and never a secret."""

import pytest
from django.test import Client

from communaccord.plateforme.socle.rendus import write_rendu

SAISIE = {
    "csrfmiddlewaretoken": "jeton-secret",
    "motif": "Notre équipe <suffit>",
    "c1-montant": "1 500",
    "version": "3",
    "code": "2718 2818",
    "ancien-code": "3141 5926",
    "password1": "mot-de-passe-fictif",
    "priorite": "",
}


def test_what_was_typed_is_given_back_without_any_secret():
    assert write_rendu(SAISIE) == "motif : Notre équipe <suffit>\n\nc1-montant : 1 500"
    assert write_rendu({"article": "gardé", "cercle_2": "aussi"}) == "article : gardé\n\ncercle_2 : aussi"


def check_rendu(response, titre):
    page = response.content.decode()
    assert response.status_code == 403
    assert titre in page
    assert "Notre équipe &lt;suffit&gt;" in page
    assert "no-store" in response.headers["Cache-Control"]
    for secret in ("jeton-secret", "2718 2818", "3141 5926", "mot-de-passe-fictif"):
        assert secret not in page


def test_an_expired_form_gives_its_text_back(settings):
    settings.ROOT_URLCONF = "communaccord.plateforme.config.urls"
    response = Client(enforce_csrf_checks=True).post("/accessibilite/", SAISIE)
    check_rendu(response, "Le formulaire a expiré, rien n’a été enregistré")


@pytest.fixture
def connexion_requise(settings):
    """The door, wherever the settings put it."""
    django, door = "django.contrib.auth.middleware.LoginRequiredMiddleware", "communaccord.plateforme.socle.connexion"
    settings.MIDDLEWARE = [f"{door}.RequireConnexion" if name == django else name for name in settings.MIDDLEWARE]
    settings.ROOT_URLCONF = "communaccord.plateforme.config.urls"


@pytest.mark.django_db
@pytest.mark.usefixtures("connexion_requise")
class TestConnexionPerdue:
    ADRESSE = "/m/1/table/tours/1/reponse/1/"

    def test_a_form_sent_after_signing_out_gives_its_text_back(self, client):
        response = client.post(self.ADRESSE, SAISIE, headers={"Sec-Fetch-Dest": "document"})
        check_rendu(response, "Vous n’êtes plus connecté ou connectée")
        assert f"?next={self.ADRESSE}" in response.content.decode()
        check_rendu(client.post(self.ADRESSE, SAISIE), "Vous n’êtes plus connecté ou connectée")

    def test_a_page_or_a_script_is_led_to_the_sign_in(self, client):
        for response in (
            client.get(self.ADRESSE),
            client.post(self.ADRESSE + "brouillon/", SAISIE, headers={"Sec-Fetch-Dest": "empty"}),
        ):
            assert response.status_code == 302
            assert "next=" in response.url
