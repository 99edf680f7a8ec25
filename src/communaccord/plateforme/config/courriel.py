"""Where messages leave: one variable, written like the address of the database."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
CONSOLE = "django.core.mail.backends.console.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
DELAI_SECONDES = 20


def parse_courriel_url(url: str) -> dict[str, Any]:
    """Settings of Django for ``smtp+starttls://user:password@host:587``; a dotted module is taken as a backend.

    Nothing given: the console. Errors: ImproperlyConfigured, in one sentence.
    """
    if "://" not in url:
        return {"EMAIL_BACKEND": url or CONSOLE}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "COMMUNACCORD_COURRIEL : écrivez smtp://, smtp+starttls:// ou smtps://, puis utilisateur:secret@hote:port."
        )
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": DELAI_SECONDES,
    }
