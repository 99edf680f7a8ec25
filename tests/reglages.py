"""Settings of the test suite: those of the product, with a key of its own and no trace left on the disk."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("COMMUNACCORD_SECRET_KEY", "seulement-pour-les-essais-" + "0123456789" * 4)
if "COMMUNACCORD_DONNEES" not in os.environ:
    os.environ["COMMUNACCORD_DONNEES"] = tempfile.mkdtemp(prefix="communaccord-essais-")
    atexit.register(shutil.rmtree, os.environ["COMMUNACCORD_DONNEES"], ignore_errors=True)
# Playwright keeps an event loop in the main thread; no test runs Django inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from communaccord.plateforme.config.settings import *  # noqa: F403
from communaccord.plateforme.config.settings import DATABASES, STATIC_ROOT

# Pages are tested as they are served, without collecting the static files first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Slow on purpose in the product; test_vitesse.py holds the real ones.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test database is dropped at the end: a pool would keep it busy.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Each browser of the tests is a new chain of middleware: a file is looked for when it is asked, not all at each start.
WHITENOISE_AUTOREFRESH = True
