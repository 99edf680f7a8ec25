"""What the portrait of an EPCI reads: four short queries, whatever its number of communes."""

from communaccord.plateforme.territoires.enums import Nature
from communaccord.plateforme.territoires.models import Carte, Commune, Epci, Provenance


def get_epci(siren: str) -> Epci | None:
    """The EPCI of this SIREN with its département; None for anything else, however strange."""
    if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
        return None
    return Epci.objects.with_departement().filter(pk=siren).first()


def list_communes(siren: str) -> list[Commune]:
    """Members, from the most to the least populated, with the columns that the portrait shows."""
    populations = ("population_municipale_2022", "population_municipale_2023")
    return list(Commune.objects.in_epci(siren).only("code", "nom", "cle_recherche", *populations, "sieges_constates"))


def get_carte(siren: str) -> Carte | None:
    return Carte.objects.filter(pk=siren).first()


def list_provenances(fichier: str, *colonnes: str) -> dict[str, Provenance]:
    """Origin of some columns of one shipped file, by column."""
    return {p.colonne: p for p in Provenance.objects.filter(fichier=fichier, colonne__in=colonnes)}


def count_territoires() -> dict[str, int]:
    """How many EPCI and communes are in place; zero before the reference is loaded."""
    return {
        "nombre_epcis": Epci.objects.exclude(nature=Nature.MET69).count(),
        "nombre_communes": Commune.objects.count(),
    }


def list_sirens() -> list[str]:
    """Every SIREN, for the map of the site."""
    return list(Epci.objects.order_by("siren").values_list("siren", flat=True))
