"""What we change in django-allauth: French words of our own, an optional password, secrets closed in the database."""

import logging
import time
from base64 import b64decode, b64encode
from hashlib import blake2b
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from communaccord.plateforme.socle.permis import Conflit

logger = logging.getLogger(__name__)
COURRIEL_EN_PANNE = (
    "Le message n'a pas pu partir : l'envoi des courriels est en panne. Réessayez dans quelques minutes ; si cela "
    "dure, prévenez qui administre ce site (mentions légales)."
)
CLE_CHANGEE = (
    "La clé de l'installation (COMMUNACCORD_SECRET_KEY) n'est plus celle qui a fermé vos seconds facteurs : qui "
    "administre ce site doit la remettre, ou retirer votre second facteur pour que vous en installiez un autre."
)
FAUX = "Adresse ou mot de passe inexacts. Laissez le mot de passe vide pour recevoir un code."
CODE_FAUX = "Ce n'est pas le bon code : vérifiez-le, ou demandez-en un autre."
TROP = "Trop d'essais en peu de temps : patientez quelques minutes, puis réessayez."
MESSAGES = {
    "account_inactive": "Ce compte est fermé.",
    "email_password_mismatch": FAUX,
    "email_taken": "Un compte existe déjà à cette adresse.",
    "enter_current_password": "Donnez votre mot de passe actuel.",
    "incorrect_code": CODE_FAUX,
    "incorrect_password": "Ce n'est pas le bon mot de passe.",
    "invalid_login": FAUX,
    "invalid_password_reset": "Cette demande n'est plus valable : recommencez.",
    "rate_limited": TROP,
    "same_as_current": "Le nouveau doit différer de l'actuel.",
    "too_many_login_attempts": TROP,
    "unknown_email": "Aucun compte à cette adresse.",
}
MESSAGES_SECOND_FACTEUR = {
    "cannot_delete_authenticator": "Ce second facteur ne peut pas être retiré.",
    "cannot_generate_recovery_codes": "Installez d'abord un second facteur : les codes de secours viennent ensuite.",
    "incorrect_code": "Ce n'est pas le bon code : attendez le suivant et réessayez.",
    "unverified_email": "Confirmez d'abord votre adresse : demandez un code de connexion et revenez.",
}


class FormulaireConnexion(LoginForm):
    """One form: the address alone asks for a code, a password is used when one is typed."""

    def _setup_password_field(self) -> None:
        """The library drops the field when nobody signs up with a password: one may be chosen later, and typed here."""
        self.fields["password"].required = False


class Adaptateur(DefaultAccountAdapter):
    """Our words; a mail server that does not answer is a sentence, not an error page."""

    error_messages = {**DefaultAccountAdapter.error_messages, **MESSAGES}  # noqa: RUF012 (the library reads a dict)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago, whatever the way, is not asked again to prove who they are."""
        records = get_authentication_records(context.request, context.request.user)
        recent = any(time.time() - record["at"] < account_settings.REAUTHENTICATION_TIMEOUT for record in records)
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix: str, email: str, values: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, values)
        except (SMTPException, OSError) as error:
            logger.warning("Courriel de connexion non remis : %s", type(error).__name__)
            raise Conflit(COURRIEL_EN_PANNE) from error


class AdaptateurSecondFacteur(DefaultMFAAdapter):
    """Seeds of authenticator apps and of recovery codes are closed with the key of the installation."""

    error_messages = {**DefaultMFAAdapter.error_messages, **MESSAGES_SECOND_FACTEUR}  # noqa: RUF012

    def encrypt(self, text: str) -> str:
        return b64encode(build_coffre().encrypt(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return build_coffre().decrypt(b64decode(encrypted_text)).decode()
        except (CryptoError, ValueError) as error:
            raise Conflit(CLE_CHANGEE) from error


def build_coffre() -> SecretBox:
    return SecretBox(blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second-facteur").digest())
