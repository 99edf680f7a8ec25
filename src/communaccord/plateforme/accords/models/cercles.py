"""Circles of readers, as pure functions of an actor: the whole visibility of this context is written with them."""

from typing import Any


def reads_tour(acteur: Any) -> bool:
    """Sits at the table: sees rounds at every phase, who the assesseurs are, what is shared."""
    return acteur.est_de_la_table or acteur.est_horloge


def reads_resultat(acteur: Any) -> bool:
    """Sits at the table, or is an élu: reads what a round published."""
    return reads_tour(acteur) or acteur.est_elu


def reads_regle(acteur: Any) -> bool:
    """Rules still being written are for those who write them and those who will adopt them."""
    return acteur.est_equipe or acteur.est_executif


def reads_commune(acteur: Any) -> bool:
    """Acts for a commune: reads that commune's answers, and no other's."""
    return acteur.est_mairie and acteur.commune_id is not None
