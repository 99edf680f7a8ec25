"""What the templates of the rooms may call; given to the one environment by socle.jinja (settings.JINJA_GLOBALES)."""

from communaccord.plateforme.comptes.salles import build_salles, chemin

GLOBALES = {"salles": build_salles, "chemin": chemin}
