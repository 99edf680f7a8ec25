"""Addresses: what comes out: carnets, synthèse."""

from django.urls import path

from communaccord.plateforme.diagnostic.views import synthese

RACINE = "m/<int:mandat>/diagnostic/"

urlpatterns: list = [
    path(f"{RACINE}synthese/", synthese.show_synthese, name="synthese"),
    path(f"{RACINE}synthese/tableau.xlsx", synthese.download_classeur, name="synthese_classeur"),
    path(f"{RACINE}synthese/tableau.csv", synthese.download_csv, name="synthese_csv"),
    path(f"{RACINE}synthese/note.docx", synthese.download_note, name="synthese_note"),
]
