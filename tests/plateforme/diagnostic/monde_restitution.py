"""A fictif territory that has answered: eight communes of one stratum, a larger one, the intercommunalité."""

from tests.plateforme.diagnostic.fabrique import (
    SERVICES,
    build_campagne,
    build_effectifs,
    build_fiche,
    build_flux,
    build_reponse,
    validate_fiche,
)
from tests.plateforme.fabriques import INSTANT, build_acteur_de, build_demarche, list_communes

from communaccord.plateforme.comptes.enums import Role
from communaccord.plateforme.diagnostic.actions.photographies import freeze_photographie
from communaccord.plateforme.diagnostic.enums import NatureFlux, Qualite
from communaccord.plateforme.diagnostic.models import Campagne, Fiche

# Agents by service: many in "urbanisme", a handful in "paie", nobody in "voirie" but in the largest commune.
AGENTS = {"paie": (6, 2, 3, 1, 0, 2, 3, 1, 4), "urbanisme": (12, 5, 6, 7, 8, 9, 6, 5, 5), "voirie": (15,)}
BESOINS = ("indispensable", "indispensable", "utile", "secondaire", "aucun", "indispensable", "utile", "utile")


def build_monde(communes: int = 9, *, figee: bool = True) -> Campagne:
    """An open campaign whose sheets are filled, but for the last commune, which says that it does not know.

    ``figee``: what they say is frozen in a first picture.
    """
    campagne = build_campagne(build_demarche(communes))
    membres = list_communes(campagne.demarche)
    for rang, commune in enumerate(membres):
        fill_fiche(build_fiche(campagne, commune), rang)
    epci = build_fiche(campagne, None)
    build_effectifs(epci, "urbanisme", 10, departs=6)
    build_effectifs(epci, "paie", 8)
    build_reponse(build_fiche(campagne, membres[-1]), "conditions", inconnu=True)
    build_flux(campagne, None, membres[1], service="urbanisme", montant=1_200_000)
    build_flux(campagne, membres[1], membres[2], service="voirie", objet="Balayeuse (fictif)")
    build_flux(campagne, None, membres[1], nature=NatureFlux.AC, objet="Attribution de compensation", montant=5_000_000)
    if figee:
        freeze(campagne)
    return campagne


def freeze(campagne: Campagne) -> None:
    """One more version of the reference picture, of what the sheets say now."""
    equipe = build_acteur_de(campagne.demarche, Role.DGS_EPCI)
    lue = campagne.photographies.count()
    freeze_photographie(
        acteur=equipe, instant=INSTANT, campagne=campagne, jour=INSTANT.date(), motif="Essai (fictif)", lue=lue
    )


def fill_fiche(fiche: Fiche, rang: int) -> None:
    """Staff, levels, needs and figures of the commune of this rank; the first five sheets are validated."""
    for service in SERVICES:
        agents = AGENTS[service]
        if rang < len(agents):
            build_effectifs(fiche, service, agents[rang], departs=min(agents[rang], 2), qualite=Qualite.ETABLI)
        build_reponse(fiche, f"{service}_maturite", texte=str(rang % 6))
    if rang < len(BESOINS):
        build_reponse(fiche, "paie_besoin", texte=BESOINS[rang])
    build_reponse(fiche, "depenses", valeur=100_000 + 10_000 * rang)
    if rang == 1:
        build_reponse(fiche, "voirie_effectifs", agents=1, titulaire_unique="oui")
        build_reponse(fiche, "reserves", texte="Garder notre accueil au bourg (fictif).")
    if rang < 5:
        validate_fiche(fiche)
