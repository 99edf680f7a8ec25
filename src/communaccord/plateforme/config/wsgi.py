"""WSGI entry point (granian)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communaccord.plateforme.config.settings")
application = get_wsgi_application()

# What is loaded by now lives as long as the process: leave it out of each collection, and collect less often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
