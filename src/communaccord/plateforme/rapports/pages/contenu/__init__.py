"""The matter of the rapport as blocks that a page, a PDF and a text file write each in its way."""

from communaccord.plateforme.rapports.pages.contenu.assemblage import (
    FORMAT,
    build_blocs,
    build_contenu,
    compute_empreinte,
)
from communaccord.plateforme.rapports.pages.contenu.manques import list_manques_partie

__all__ = ["FORMAT", "build_blocs", "build_contenu", "compute_empreinte", "list_manques_partie"]
