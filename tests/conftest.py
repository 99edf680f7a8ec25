"""Properties are judged on their result, not on the load of the machine; in continuous integration, always the same.

COMMUNACCORD_EXEMPLES=1000 searches longer for a counter-example.
"""

import gc
import os

from hypothesis import settings

EXEMPLES = int(os.environ.get("COMMUNACCORD_EXEMPLES", "40"))
settings.register_profile("maison", deadline=None, max_examples=EXEMPLES)
settings.register_profile("integration", deadline=None, max_examples=EXEMPLES, derandomize=True)
settings.load_profile("integration" if os.environ.get("CI") else "maison")


# Pages, and who sees what on them: the same reads on both databases, played on SQLite only.
PAGES = frozenset(
    {"vues", "views", "entree", "verites", "secrets", "couts", "temps", "recit", "budget", "pages", "barres", "fiche"}
)


def pytest_make_parametrize_id(val, argname):
    """A long value does not name its test: the name travels with each report from one process to another."""
    return f"{argname} de {len(val)}" if isinstance(val, str | bytes) and len(val) > 100 else None


def pytest_collection_modifyitems(items):
    """Whatever writes to the database is played again on PostgreSQL, marked by hand or not."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        if touches and PAGES.isdisjoint(item.path.stem.split("_")):
            item.add_marker("base")


def pytest_collection_finish(session):
    """Thousands of tests live until the end: they are not looked through again each time that memory is swept."""
    gc.collect()
    gc.freeze()
