"""How a person is named in this room."""

from communaccord.plateforme.comptes.models import Mandat


def write_qui(mandat: Mandat) -> str:
    """Name (or function, when that is all that is known), then the function when it says more."""
    nom, fonction = mandat.personne.nom, mandat.fonction
    return f"{nom}, {fonction}" if fonction and fonction not in nom else nom
