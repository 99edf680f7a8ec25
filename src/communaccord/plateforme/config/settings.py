"""Settings: everything an installation changes is an environment variable (docs/exploitation.md)."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from communaccord.plateforme.config.database import parse_database_url

DOSSIER_DONNEES = Path(os.environ.get("COMMUNACCORD_DONNEES", "var")).resolve()
DEBUG = os.environ.get("COMMUNACCORD_DEBUG", "") == "1"
DEMO = os.environ.get("COMMUNACCORD_DEMO", "") == "1"

SECRET_KEY = os.environ.get("COMMUNACCORD_SECRET_KEY", "")
if not SECRET_KEY:
    if not (DEBUG or DEMO):
        raise ImproperlyConfigured(
            "COMMUNACCORD_SECRET_KEY manque : donnez-lui une longue suite de caractères au hasard, tenue secrète."
        )
    SECRET_KEY = secrets.token_urlsafe(50)


def read_liste(name: str, default: str = "") -> list[str]:
    """Values separated by commas; spaces around them and empty ones do not count."""
    return [value for part in os.environ.get(name, default).split(",") if (value := part.strip())]


ALLOWED_HOSTS = read_liste("COMMUNACCORD_HOTES", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = read_liste("COMMUNACCORD_ORIGINES")
HTTPS = os.environ.get("COMMUNACCORD_HTTPS", "") == "1"

INSTALLED_APPS = [
    "communaccord.plateforme.accueil",
    "communaccord.plateforme.territoires",
    "communaccord.plateforme.documents",
    "communaccord.plateforme.socle",
    "csp",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "communaccord.plateforme.socle.prive.keep_prive",
]

ROOT_URLCONF = "communaccord.plateforme.config.urls"
WSGI_APPLICATION = "communaccord.plateforme.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "communaccord.plateforme.socle.jinja.build_environment",
            "context_processors": [],
        },
    },
]

DATABASES = {"default": parse_database_url(os.environ.get("DATABASE_URL"), DOSSIER_DONNEES / "communaccord.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "statique/"
STATIC_ROOT = DOSSIER_DONNEES / "statique"
WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What a visitor may send: a spreadsheet, never more than it can hold.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["communaccord.plateforme.socle.envois.EnvoiBorne"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "communaccord.plateforme.socle.views.csrf_failure"
if HTTPS:
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
