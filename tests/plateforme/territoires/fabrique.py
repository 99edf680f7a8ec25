"""A small true France for the tests of the database: a few real territories, read from the shipped data."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from communaccord import reference
from communaccord.plateforme.territoires.actions import load_reference

PAYS_BASQUE = "200067106"
LYON = "200046977"
GRAND_PARIS = "200054781"
AGEN = "200096956"
HORS_EPCI = ("22016", "29155", "98818")
EMPREINTE = "a" * 64


def select_france(sirens: Iterable[str] = (PAYS_BASQUE,), hors_epci: Iterable[str] = HORS_EPCI) -> reference.France:
    """The whole of some EPCI, and some communes outside any EPCI."""
    france = reference.load_france()
    epcis = {siren: france.epcis[siren] for siren in sirens}
    codes = sorted({*hors_epci, *(code for epci in epcis.values() for code in epci.codes_communes)})
    return replace(
        france, epcis=MappingProxyType(epcis), communes=MappingProxyType({c: france.communes[c] for c in codes})
    )


def load_petite_france(*sirens: str) -> None:
    """As the command does: another content has another fingerprint."""
    sirens = sirens or (PAYS_BASQUE,)
    empreinte = hashlib.sha256(" ".join(sirens).encode()).hexdigest()
    load_reference(select_france(sirens), reference.sources(), empreinte=empreinte, progres=lambda *_: None)
