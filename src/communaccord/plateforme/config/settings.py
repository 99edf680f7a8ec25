"""Settings: everything an installation changes is an environment variable (docs/exploitation.md)."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from communaccord.plateforme.config.courriel import parse_courriel_url
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
    "communaccord.plateforme.demo",
    "communaccord.plateforme.rapports",
    "communaccord.plateforme.instances",
    "communaccord.plateforme.accords",
    "communaccord.plateforme.dossiers",
    "communaccord.plateforme.diagnostic",
    "communaccord.plateforme.projet",
    "communaccord.plateforme.comptes",
    "communaccord.plateforme.territoires",
    "communaccord.plateforme.courrier",
    "communaccord.plateforme.documents",
    "communaccord.plateforme.journal",
    "communaccord.plateforme.socle",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "communaccord.plateforme.socle.connexion.RequireConnexion",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "communaccord.plateforme.socle.prive.keep_prive",
    "communaccord.plateforme.socle.refus.AnswerRefus",
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
    {
        # The sign-in pages of allauth, restyled on the same sheets (comptes/templates).
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# What contexts above the socle give to the templates.
JINJA_GLOBALES = ["communaccord.plateforme.comptes.jinja.GLOBALES"]

DATABASES = {"default": parse_database_url(os.environ.get("DATABASE_URL"), DOSSIER_DONNEES / "communaccord.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by the processes and the machines: the rate limits of sign-in count there (its table is made by ``migrate``).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_partage",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Sign-in: a code received by e-mail, or a password; a second factor is offered to all (docs/exploitation.md).
AUTH_USER_MODEL = "comptes.Compte"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "comptes:mes_demarches"
ACCOUNT_LOGIN_METHODS = {"email"}
# No password before the address is proved: whoever signs up with the address of another would keep a key to it.
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {"login": "communaccord.plateforme.comptes.connexion.FormulaireConnexion"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "communaccord.plateforme.comptes.connexion.Adaptateur"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# A whole conférence des maires signs in from one room, behind one address: by address wide, by account narrow.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "request_login_code": "120/m/ip,3/m/key", "signup": "30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("COMMUNACCORD_MANDATAIRES", "0"))
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Commun Accord"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "communaccord.plateforme.comptes.connexion.AdaptateurSecondFacteur"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"

globals().update(parse_courriel_url(os.environ.get("COMMUNACCORD_COURRIEL", "")))
# Where messages lie when COMMUNACCORD_COURRIEL names Django's backend of files (to read them without sending any).
EMAIL_FILE_PATH = DOSSIER_DONNEES / "courriels"
DEFAULT_FROM_EMAIL = os.environ.get("COMMUNACCORD_EXPEDITEUR", "ne-pas-repondre@localhost")

# What the clock does, in this order (socle/management/commands/veiller.py): letters are sent once all are asked for.
VEILLES = [
    "communaccord.plateforme.accords.actions.veiller",
    "communaccord.plateforme.instances.actions.veiller",
    "communaccord.plateforme.rapports.actions.veiller",
    "communaccord.plateforme.diagnostic.actions.veiller",
    "communaccord.plateforme.courrier.actions.veiller",
]

# Long work (a report of eighty pages): asked by a page, done by `manage.py db_worker`, on either database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

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
    SESSION_COOKIE_SECURE = True
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
