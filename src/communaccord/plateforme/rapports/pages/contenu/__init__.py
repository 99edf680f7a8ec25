"""The matter of the rapport as blocks that a page, a PDF and a text file write each in its way."""

from communaccord.plateforme.rapports.pages.contenu.assemblage import (
    FORMAT,
    PartieCalculee,
    build_contenu,
    compute_empreinte,
    compute_parties,
)

__all__ = ["FORMAT", "PartieCalculee", "build_contenu", "compute_empreinte", "compute_parties"]
