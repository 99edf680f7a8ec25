from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def static_root():
    """The folder of collected files exists, as in an installation: whitenoise warns when it does not."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
