"""The real costs of trying a code or a password: those of the libraries for an interactive use, never less."""

from django.conf import global_settings
from nacl import pwhash
from tests.plateforme.vitesse import COUT_REEL

from communaccord.plateforme.config import settings as product


def test_a_code_is_stretched_in_the_product():
    assert COUT_REEL == (pwhash.argon2id.OPSLIMIT_INTERACTIVE, pwhash.argon2id.MEMLIMIT_INTERACTIVE)


def test_the_product_keeps_the_hashers_of_django():
    hashers = getattr(product, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)
    assert hashers[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
