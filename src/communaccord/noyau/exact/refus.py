"""Refusals of the noyau: always a reason and what to do, two French sentences meant to be printed as they are."""

import re

FINE = "\u202f"


def _set_espaces(texte: str) -> str:
    """Put the narrow no-break spaces of French typography where the source has plain ones."""
    return re.sub(r" (?=[:;!?%»])|(?<=«) ", FINE, texte)


class Impossible(ValueError):
    """What was asked for has no answer. `motif` says what is wrong and where, `remede` what to do."""

    def __init__(self, motif: str, remede: str) -> None:
        self.motif = _set_espaces(motif)
        self.remede = _set_espaces(remede)
        super().__init__(f"{self.motif} {self.remede}")


class DonneeInvalide(Impossible):
    """A figure given cannot be what it claims to be, or asks for more than memory holds."""
