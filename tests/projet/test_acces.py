"""Every address says who may open it: nothing is open by forgetting."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


def walk(patterns, prefix=""):
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here, pattern.callback


ADDRESSES = list(walk(get_resolver().url_patterns))


def test_there_are_addresses():
    assert len(ADDRESSES) >= 8


@pytest.mark.parametrize(("address", "view"), ADDRESSES, ids=[a or "/" for a, _ in ADDRESSES])
def test_each_address_has_an_access_policy(address, view):
    assert getattr(view, "login_required", None) is False, (
        f"« {address} » ne dit pas qui peut l'ouvrir : @login_not_required pour une page publique"
    )
