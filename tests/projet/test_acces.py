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


# Pages of an account that acts in no démarche yet.
AVEC_UN_COMPTE = {"mes-demarches/"}
ADDRESSES = list(walk(get_resolver().url_patterns))


def test_there_are_addresses():
    assert len(ADDRESSES) >= 8


def read_politique(view) -> str:
    """Who may open it: everybody, an account, or somebody who acts in a démarche."""
    if getattr(view, "login_required", True) is False:
        return "publique"
    return "acteur" if getattr(view, "acteur_requis", False) else "compte"


@pytest.mark.parametrize(("address", "view"), ADDRESSES, ids=[a or "/" for a, _ in ADDRESSES])
def test_each_address_has_an_access_policy(address, view):
    politique = read_politique(view)
    if address.startswith("m/<int:mandat>/"):
        assert politique == "acteur", f"« {address} » est dans une démarche : elle demande @avec_acteur"
    elif address.startswith("compte/"):
        assert politique in ("publique", "compte")
    elif politique == "compte":
        assert address in AVEC_UN_COMPTE, f"« {address} » : @login_not_required, ou à nommer ici"
    else:
        assert politique == "publique"
