"""What the demo itself writes: its map. All the rest is written by the actions of the people of the story."""

from communaccord.plateforme.demo.models import CarteFictive
from communaccord.plateforme.demo.territoire import TerritoireFictif
from communaccord.plateforme.socle.cartes import project_contours
from communaccord.plateforme.territoires.models import Demarche


def draw_carte(demarche: Demarche, territoire: TerritoireFictif) -> CarteFictive:
    """Draw the map of the territory once, for all the pages that show it."""
    fond = project_contours({commune.code: commune.contour for commune in territoire.communes})
    return CarteFictive.objects.create(
        demarche=demarche,
        largeur=fond.largeur,
        hauteur=fond.hauteur,
        formes={code: [forme.chemin, forme.x, forme.y] for code, forme in fond.formes.items()},
        voisins=territoire.voisins,
    )
