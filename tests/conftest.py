"""Properties are judged on their result, not on the load of the machine; in continuous integration, always the same."""

import os

from hypothesis import settings

settings.register_profile("maison", deadline=None)
settings.register_profile("integration", deadline=None, derandomize=True)
settings.load_profile("integration" if os.environ.get("CI") else "maison")


def pytest_collection_modifyitems(items):
    """Whatever touches the database is played again on PostgreSQL, marked by hand or not."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}:
            item.add_marker("base")
