"""Addresses: public data, workbooks, papers."""

from django.urls import path

from communaccord.plateforme.diagnostic.views import classeurs, publiques

SALLE = "m/<int:mandat>/diagnostic/"
PUBLIQUES = f"{SALLE}donnees-publiques/"
CLASSEURS = f"{SALLE}campagnes/<int:campagne>/classeurs/"
FICHE = f"{SALLE}fiches/<int:fiche>/fichiers/"
urlpatterns = [
    path(PUBLIQUES, publiques.show_publiques, name="publiques"),
    path(f"{PUBLIQUES}apercu/", publiques.preview_publiques, name="publiques_apercu"),
    path(f"{PUBLIQUES}reprendre/", publiques.apply_publiques, name="publiques_reprendre"),
    path(CLASSEURS, classeurs.show_classeurs, name="classeurs"),
    path(f"{CLASSEURS}classeurs.zip", classeurs.download_liasse, name="classeurs_zip"),
    path(f"{CLASSEURS}apercu/", classeurs.preview_classeurs, name="classeurs_apercu"),
    path(f"{CLASSEURS}reprendre/", classeurs.apply_classeurs, name="classeurs_reprendre"),
    path(FICHE, classeurs.show_fichiers, name="fiche_fichiers"),
    path(f"{FICHE}fiche.xlsx", classeurs.download_classeur, name="fiche_xlsx"),
    path(f"{FICHE}fiche.pdf", classeurs.download_papier, name="fiche_pdf"),
    path(f"{FICHE}lettre.pdf", classeurs.download_lettre, name="fiche_lettre"),
    path(f"{FICHE}apercu/", classeurs.preview_fichier, name="fiche_apercu"),
    path(f"{FICHE}reprendre/", classeurs.apply_fichier, name="fiche_reprendre"),
]
