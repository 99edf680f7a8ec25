"""Sentences made in Python, set as the templates set theirs: French spaces and apostrophes."""

from communaccord.plateforme.socle.typographie import insecables, set_apostrophes


def set_mots(texte: str) -> str:
    """French spaces before ; : ! ? %, typographic apostrophes."""
    return set_apostrophes(insecables(texte))
