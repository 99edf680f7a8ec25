"""The cost game: members, and what any group of them would pay; several years, several services."""

from communaccord.noyau.partage.game.allocation import Allocation
from communaccord.noyau.partage.game.modele import CostGame, Group, ServiceGame, TableGame, Term, build_table
from communaccord.noyau.partage.game.plain import to_plain
from communaccord.noyau.partage.game.several import (
    Service,
    Services,
    Year,
    add_games,
    add_years,
    list_factors,
    merge_terms,
    phase_in,
    scale_amounts,
)

__all__ = [
    "Allocation",
    "CostGame",
    "Group",
    "Service",
    "ServiceGame",
    "Services",
    "TableGame",
    "Term",
    "Year",
    "add_games",
    "add_years",
    "build_table",
    "list_factors",
    "merge_terms",
    "phase_in",
    "scale_amounts",
    "to_plain",
]
