"""Properties are judged on their result, not on the load of the machine; in continuous integration, always the same."""

import os

from hypothesis import settings

settings.register_profile("maison", deadline=None)
settings.register_profile("integration", deadline=None, derandomize=True)
settings.load_profile("integration" if os.environ.get("CI") else "maison")
