"""Addresses: the collegial choice of priorities."""

from django.urls import path

from communaccord.plateforme.diagnostic.views import priorites

SALLE = "m/<int:mandat>/diagnostic/priorites/"
UNE = f"{SALLE}<int:priorisation>/"
urlpatterns = [
    path(SALLE, priorites.show_accueil, name="priorites"),
    path(f"{SALLE}nouvelles/", priorites.create, name="priorisation_creer"),
    path(UNE, priorites.show_priorisation, name="priorisation"),
    path(f"{UNE}modifier/", priorites.edit, name="priorisation_modifier"),
    path(f"{UNE}ouvrir/", priorites.open_to_mairies, name="priorisation_ouvrir"),
    path(f"{UNE}clore/", priorites.close, name="priorisation_clore"),
    path(f"{UNE}bulletin/", priorites.vote, name="priorisation_bulletin"),
    path(f"{UNE}resultat.xlsx", priorites.download_classeur, name="priorisation_classeur"),
]
