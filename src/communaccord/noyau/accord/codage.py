"""Canonical data (then JSON) of answers, offers and publications: exact round trip, cents as integers, rates "p/q"."""

from typing import Any

from communaccord.noyau.accord.publication import Publication
from communaccord.noyau.accord.types import Offre, Reponse

VERSION = "accord-1"
Donnees = dict[str, Any]


def write_reponse(reponse: Reponse) -> Donnees:
    """Return `reponse` as data that `json.dumps` writes."""
    raise NotImplementedError


def read_reponse(donnees: Donnees) -> Reponse:
    """Return the answer that `write_reponse` wrote."""
    raise NotImplementedError


def write_offre(offre: Offre) -> Donnees:
    """Return `offre` as data that `json.dumps` writes."""
    raise NotImplementedError


def read_offre(donnees: Donnees) -> Offre:
    """Return the offer that `write_offre` wrote."""
    raise NotImplementedError


def write_publication(publication: Publication) -> Donnees:
    """Return `publication` as data that `json.dumps` writes."""
    raise NotImplementedError


def read_publication(donnees: Donnees) -> Publication:
    """Return the publication that `write_publication` wrote."""
    raise NotImplementedError


def dump_canonique(donnees: Donnees) -> str:
    """Return the one canonical JSON text of `donnees` (sorted keys, no space), fit to be hashed and frozen."""
    raise NotImplementedError
