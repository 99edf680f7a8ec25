"""The ground of the noyau: exact numbers (`nombres`), and refusals that say what to do (`refus`)."""

from communaccord.noyau.exact.nombres import (
    EgaliteReste,
    Exact,
    Priorite,
    RegleArrondi,
    RegleReste,
    Repartition,
    as_fraction,
    round_exact,
    share_entiers,
    share_remainder,
    share_total,
)
from communaccord.noyau.exact.refus import FINE, DonneeInvalide, Impossible

__all__ = [
    "FINE",
    "DonneeInvalide",
    "EgaliteReste",
    "Exact",
    "Impossible",
    "Priorite",
    "RegleArrondi",
    "RegleReste",
    "Repartition",
    "as_fraction",
    "round_exact",
    "share_entiers",
    "share_remainder",
    "share_total",
]
