"""Where messages leave: one variable, each way of writing it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from communaccord.plateforme.config.courriel import CONSOLE, SMTP, parse_courriel_url


def test_nothing_given_is_the_console():
    assert parse_courriel_url("") == {"EMAIL_BACKEND": CONSOLE}


def test_a_module_of_django_is_taken_as_it_is():
    module = "django.core.mail.backends.filebased.EmailBackend"
    assert parse_courriel_url(module) == {"EMAIL_BACKEND": module}


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://relais.example", 25, False, False),
        ("smtp+starttls://relais.example", 587, True, False),
        ("smtps://relais.example:2465", 2465, False, True),
    ],
)
def test_a_server(url, port, tls, ssl):
    settings = parse_courriel_url(url)
    assert (settings["EMAIL_BACKEND"], settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == (SMTP, "relais.example", port)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)


def test_a_user_and_a_password_with_signs():
    settings = parse_courriel_url("smtp+starttls://envoi%40mairie.example:p%3Ass@relais.example")
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("envoi@mairie.example", "p:ss")


@pytest.mark.parametrize("url", ["http://relais.example", "smtp://", "smtp+starttls:///x"])
def test_anything_else_is_told(url):
    with pytest.raises(ImproperlyConfigured, match="smtp"):
        parse_courriel_url(url)
