"""Addresses: flows, what a commune gives and receives, the reference picture."""

from django.urls import path

from communaccord.plateforme.diagnostic.views import flux, photographies, releves

SALLE = "m/<int:mandat>/diagnostic/"
FLUX = f"{SALLE}flux/"
UN = f"{FLUX}<int:flux>/"
RELEVES = f"{SALLE}donne-recois/"
UN_RELEVE = f"{RELEVES}<int:commune>/"
PHOTO = f"{SALLE}photographie/"
PREPARATION = f"{SALLE}campagnes/<int:campagne>/photographie/"
urlpatterns = [
    path(FLUX, flux.show_flux, name="flux"),
    path(f"{FLUX}nouveau/", flux.declare, name="flux_declarer"),
    path(f"{FLUX}apercu/", flux.preview, name="flux_apercu"),
    path(f"{FLUX}importer/", flux.apply, name="flux_importer"),
    path(f"{FLUX}tableau.xlsx", flux.download_modele, name="flux_modele"),
    path(f"{UN}modifier/", flux.edit, name="flux_modifier"),
    path(f"{UN}ecarter/", flux.set_aside, name="flux_ecarter"),
    path(f"{UN}reprendre/", flux.restore, name="flux_reprendre"),
    path(f"{UN}separer/", flux.separate, name="flux_separer"),
    path(f"{UN}double/<int:autre>/", flux.judge, name="flux_juger"),
    path(RELEVES, releves.show_liste, name="donne_recois_liste"),
    path(UN_RELEVE, releves.show_releve, name="donne_recois"),
    path(f"{UN_RELEVE}releve.pdf", releves.download_releve, name="donne_recois_pdf"),
    path(f"{UN_RELEVE}partager/", releves.share, name="donne_recois_partager"),
    path(f"{UN_RELEVE}reprendre/", releves.withdraw, name="donne_recois_reprendre"),
    path(PHOTO, photographies.show_photographie, name="photographie"),
    path(f"{PHOTO}<int:photographie>/", photographies.show_version, name="photographie_version"),
    path(f"{PHOTO}<int:photographie>/tableau.xlsx", photographies.download_classeur, name="photographie_classeur"),
    path(PREPARATION, photographies.preview, name="photographie_apercu"),
    path(f"{PREPARATION}figer/", photographies.freeze, name="photographie_figer"),
]
