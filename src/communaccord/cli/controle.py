"""The one door to jsonschema, which says nothing of its types: what a published schema refuses, as typed data."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Faute:
    """A value refused: `mot`, the keyword of the schema; `attendu`, what it asks; `valeur`; `schema`, the part of the
    schema that holds the keyword; `place`: where the value is, from the root."""

    mot: str
    attendu: Any
    valeur: Any
    schema: Mapping[str, Any]
    place: tuple[str | int, ...]


def check_motif(_: Any, motif: str, texte: Any, __: Any) -> Iterator[ValidationError]:
    """Refuse a text that has not the form, a line break at its end included: for Python, « $ » lets it pass."""
    if isinstance(texte, str) and not re.fullmatch(motif, texte):
        yield ValidationError(motif)


VALIDATEUR = validators.extend(Draft202012Validator, {"pattern": check_motif})


def read_schema(nom: str) -> str:
    """Return the text of a schema ("jeu", "regle", "dossier", "proposition")."""
    return (files("communaccord.cli") / "schemas" / f"{nom}.schema.json").read_text(encoding="utf-8")


@cache
def load_schema(nom: str) -> Draft202012Validator:
    """Read a published schema; the files of docs/moteur are the same, byte for byte."""
    return VALIDATEUR(json.loads(read_schema(nom)))


def find_fautes(nom: str, donnees: Any) -> list[Faute]:
    """Return all that a schema refuses."""
    return [
        Faute(str(e.validator), e.validator_value, e.instance, e.schema, tuple(e.absolute_path))
        for e in load_schema(nom).iter_errors(donnees)
    ]
