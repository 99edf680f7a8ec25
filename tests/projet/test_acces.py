"""Every address says who may open it: nothing is open by forgetting."""

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


def tell_faute(address: str, politique: str) -> str:
    """What is wrong with this policy at this address, or nothing."""
    if address.startswith("m/<int:mandat>/"):
        return "" if politique == "acteur" else "dans une démarche, elle demande @avec_acteur"
    if address.startswith("compte/"):
        return "" if politique in ("publique", "compte") else "elle ne peut demander qu'un compte"
    if politique == "compte":
        return "" if address in AVEC_UN_COMPTE else "@login_not_required, ou à nommer ici"
    return "" if politique == "publique" else "hors d'une démarche, elle ne peut demander un mandat"


def test_each_address_has_an_access_policy():
    told = {address: tell_faute(address, read_politique(view)) for address, view in ADDRESSES}
    assert not {address: faute for address, faute in told.items() if faute}
