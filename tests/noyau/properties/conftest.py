"""Properties of the noyau are judged on their result, not on the load of the machine."""

from hypothesis import settings

settings.register_profile("noyau", deadline=None)
settings.load_profile("noyau")
