"""Addresses: what comes out: carnets, synthèse."""

from django.urls import path

from communaccord.plateforme.diagnostic.views import carnet, synthese

RACINE = "m/<int:mandat>/diagnostic/"

urlpatterns: list = [
    path(f"{RACINE}carnets/", carnet.list_all, name="carnets"),
    path(f"{RACINE}carnets/<int:commune>/", carnet.show_carnet, name="carnet"),
    path(f"{RACINE}carnets/<int:commune>/carnet.pdf", carnet.download_carnet, name="carnet_pdf"),
    path(f"{RACINE}synthese/", synthese.show_synthese, name="synthese"),
    path(f"{RACINE}synthese/tableau.xlsx", synthese.download_classeur, name="synthese_classeur"),
    path(f"{RACINE}synthese/tableau.csv", synthese.download_csv, name="synthese_csv"),
    path(f"{RACINE}synthese/note.docx", synthese.download_note, name="synthese_note"),
]
