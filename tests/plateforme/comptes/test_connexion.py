"""Signing in: every page of the library in French and in our dress, codes, second factor, no account told apart."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.plateforme.fabriques import MOT_DE_PASSE, build_compte, client_for_compte

from communaccord.plateforme.comptes.models import Compte

pytestmark = pytest.mark.django_db

ANGLAIS = re.compile(r"\b(sign (in|up|out)|password|email address|submit|your account|authenticator app)\b", re.I)
PUBLIQUES = ("account_login", "account_request_login_code", "account_signup", "account_reset_password")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def read_code(message) -> str:
    return re.search(r"\b(\d{6})\b", message.body).group(1)


def check_dress(answer, statut=200):
    """Our header, one h1, no English, nothing that the security policy refuses."""
    page = answer.content.decode()
    assert answer.status_code == statut, page[:300]
    assert page.count("<h1") == 1
    assert 'class="entete"' in page
    visible = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    visible = re.sub(r"<[^>]+>", " ", visible)
    assert not ANGLAIS.search(visible), ANGLAIS.search(visible)
    assert not re.search(r"\sstyle=|\son[a-z]+=", page)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))
    return page


@pytest.mark.parametrize("name", PUBLIQUES)
def test_public_pages_are_ours(name):
    check_dress(Client().get(reverse(name)))


def sign_in(client, compte):
    client.post(reverse("account_login"), {"login": compte.email})
    return client.post(reverse("account_confirm_login_code"), {"code": read_code(mail.outbox[-1])})


def test_an_address_and_a_code_open_the_account():
    compte = build_compte("mairie@example.fr")
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "Mairie@Example.fr"})
    assert answer["Location"] == reverse("account_confirm_login_code")
    check_dress(client.get(answer["Location"]))
    assert mail.outbox[-1].subject == "Votre code de connexion"
    answer = client.post(reverse("account_confirm_login_code"), {"code": read_code(mail.outbox[-1])})
    assert answer["Location"] == "/mes-demarches/"
    check_dress(client.get("/mes-demarches/"))
    assert EmailAddress.objects.get(user=compte).verified
    assert [m.subject for m in mail.outbox] == ["Votre code de connexion"]


def test_a_wrong_code_is_said_in_french_and_three_end_the_try():
    build_compte("mairie@example.fr")
    client = Client()
    client.post(reverse("account_login"), {"login": "mairie@example.fr"})
    right = read_code(mail.outbox[-1])
    wrong = "000000" if right != "000000" else "111111"
    page = check_dress(client.post(reverse("account_confirm_login_code"), {"code": wrong}))
    assert "Ce n’est pas le bon code" in page
    for _ in range(2):
        answer = client.post(reverse("account_confirm_login_code"), {"code": wrong})
    assert answer.status_code == 302
    answer = client.post(reverse("account_confirm_login_code"), {"code": right})
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_answered_as_a_known_one():
    build_compte("connue@example.fr")
    pages = []
    for adresse in ("connue@example.fr", "inconnue@example.fr"):
        client = Client()
        answer = client.post(reverse("account_login"), {"login": adresse})
        page = client.get(answer["Location"]).content.decode().replace(adresse, "X")
        pages.append(re.sub(r'value="[^"]{60,}"', "", page))
    assert pages[0] == pages[1]
    assert mail.outbox[-1].subject == "Aucun compte à cette adresse"


def test_signing_up_with_a_known_address_tells_nothing():
    build_compte("connue@example.fr")
    pages = []
    for adresse in ("connue@example.fr", "nouvelle@example.fr"):
        client = Client()
        answer = client.post(reverse("account_signup"), {"email": adresse})
        page = client.get(answer["Location"]).content.decode().replace(adresse, "X")
        pages.append(re.sub(r'value="[^"]{60,}"', "", page))
    assert pages[0] == pages[1]
    assert [m.subject for m in mail.outbox] == ["Vous avez déjà un compte", "Votre code pour créer un compte"]


def test_a_new_account_sees_no_demarche():
    client = Client()
    answer = client.post(reverse("account_signup"), {"email": "nouvelle@example.fr"})
    check_dress(client.get(answer["Location"]))
    answer = client.post(reverse("account_email_verification_sent"), {"code": read_code(mail.outbox[-1])})
    assert answer["Location"] == "/mes-demarches/"
    assert "Aucun mandat n’est ouvert" in client.get("/mes-demarches/").content.decode()
    assert not Compte.objects.get(email="nouvelle@example.fr").has_usable_password()


def test_a_password_opens_too_and_a_wrong_one_is_said():
    build_compte("mairie@example.fr", password=MOT_DE_PASSE)
    EmailAddress.objects.update(verified=True)
    client = Client()
    page = check_dress(client.post(reverse("account_login"), {"login": "mairie@example.fr", "password": "non"}))
    assert "Adresse ou mot de passe inexacts" in page
    answer = client.post(reverse("account_login"), {"login": "mairie@example.fr", "password": MOT_DE_PASSE})
    assert answer["Location"] == "/mes-demarches/"


def test_a_forgotten_password_is_replaced_by_a_code():
    build_compte("mairie@example.fr", password=MOT_DE_PASSE)
    client = Client()
    answer = client.post(reverse("account_reset_password"), {"email": "mairie@example.fr"})
    check_dress(client.get(answer["Location"]))
    answer = client.post(answer["Location"], {"code": read_code(mail.outbox[-1])})
    check_dress(client.get(answer["Location"]))
    new = {"password1": "une autre phrase bien longue", "password2": "une autre phrase bien longue"}
    answer = client.post(answer["Location"], new)
    check_dress(client.get(answer["Location"]))
    assert Compte.objects.get().check_password("une autre phrase bien longue")


def totp_code(secret: str) -> str:
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, counter))


def test_an_authenticator_app_is_installed_then_asked_at_each_sign_in():
    compte = build_compte("dgs@example.fr")
    client = Client()
    sign_in(client, compte)
    check_dress(client.get(reverse("mfa_index")))
    page = check_dress(client.get(reverse("mfa_activate_totp")))
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    faulty = check_dress(client.post(reverse("mfa_activate_totp"), {"code": "1"}))
    assert "Ce n’est pas le bon code" in faulty
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    check_dress(client.get(answer["Location"]))
    check_dress(client.get(reverse("mfa_index")))
    assert secret not in str(Authenticator.objects.values_list("data", flat=True)), "la graine est chiffrée au repos"
    other = Client()
    answer = sign_in(other, compte)
    assert answer["Location"] == reverse("mfa_authenticate")
    check_dress(other.get(answer["Location"]))
    assert other.get("/mes-demarches/").status_code == 302
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    answer = other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert answer["Location"] == "/mes-demarches/"


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_list_webauthn", "mfa_deactivate_totp", "account_logout"])
def test_pages_of_an_account_with_a_second_factor_are_ours(name):
    compte = build_compte(password=MOT_DE_PASSE)
    EmailAddress.objects.update(verified=True)
    TOTP.activate(compte, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(compte)
    client = client_for_compte(compte)
    answer = client.get(reverse(name), follow=True)
    page = check_dress(answer)
    if "reauthenticate" in answer.request["PATH_INFO"]:
        assert "Confirmez que c’est vous" in page
        answer = client.post(
            answer.request["PATH_INFO"], {"password": MOT_DE_PASSE, "next": reverse(name)}, follow=True
        )
        check_dress(answer)


def test_pages_of_a_plain_account_are_ours():
    compte = build_compte()
    EmailAddress.objects.update(verified=True)
    client = client_for_compte(compte)
    for name in (
        "mfa_index",
        "mfa_add_webauthn",
        "account_set_password",
        "comptes:mon_compte",
        "comptes:second_facteur",
    ):
        check_dress(client.get(reverse(name)))
    assert client.get("/compte/email/")["Location"] == reverse("comptes:mon_compte")
    assert client.post("/compte/email/", {"email": "x@example.fr", "action_add": ""}).status_code == 405


def test_the_pages_of_a_key_are_ours():
    """Its use itself, in a browser, is in the journeys: here its name, its date, its two pages."""
    compte = build_compte()
    client = Client()
    sign_in(client, compte)
    key = Authenticator.objects.create(user=compte, type="webauthn", data={"name": "Mon téléphone", "credential": {}})
    assert "Mon téléphone" in check_dress(client.get(reverse("mfa_list_webauthn")))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        check_dress(client.get(reverse(name, args=(key.pk,))))
    assert client.post(reverse("mfa_edit_webauthn", args=(key.pk,)), {"name": "Autre"}).status_code == 302
    assert client.post(reverse("mfa_remove_webauthn", args=(key.pk,))).status_code == 302
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_too_many_tries_are_slowed_down():
    build_compte("mairie@example.fr")
    answers = [Client().post(reverse("account_login"), {"login": "mairie@example.fr"}) for _ in range(4)]
    assert [a.status_code for a in answers] == [302, 302, 302, 200]
    assert "Trop d’essais" in answers[3].content.decode()


def test_a_broken_mail_server_is_a_sentence(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    build_compte("mairie@example.fr")
    answer = Client().post(reverse("account_login"), {"login": "mairie@example.fr"})
    assert answer.status_code == 409
    assert "l’envoi des courriels est en panne" in answer.content.decode().replace("'", "’").replace("&#39;", "’")


def test_the_header_leads_to_the_account_without_a_query(django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(0):
        assert "Se connecter" in client.get("/accessibilite/").content.decode()
        client.cookies["sessionid"] = "x"
        assert "Mes démarches" in client.get("/accessibilite/").content.decode()
