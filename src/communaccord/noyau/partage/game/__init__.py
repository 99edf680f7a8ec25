"""The cost game: members, and what any group of them would pay."""

from communaccord.noyau.partage.game.modele import CostGame, Group, ServiceGame, TableGame, Term, build_table

__all__ = ["CostGame", "Group", "ServiceGame", "TableGame", "Term", "build_table"]
