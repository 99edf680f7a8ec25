"""Addresses of the projet de territoire, in the name of a mandate: its plan, its frame, its charte."""

from django.urls import path

from communaccord.plateforme.projet.enums.plan import Niveau
from communaccord.plateforme.projet.views import cadre, charte, plan, plan_fichiers

app_name = "projet"
SALLE = "m/<int:mandat>/projet/"
PLAN = [
    path(SALLE, plan.show_plan, name="accueil"),
    path(f"{SALLE}plan/importer/", plan_fichiers.importer, name="plan_importer"),
    path(f"{SALLE}plan/modele.xlsx", plan_fichiers.download_modele, name="plan_modele"),
    path(f"{SALLE}plan/plan.xlsx", plan_fichiers.download_classeur, name="plan_classeur"),
    path(f"{SALLE}plan/plan.pdf", plan_fichiers.download_pdf, name="plan_pdf"),
]
for niveau in Niveau:
    UN = f"{SALLE}{niveau}/<int:element>/"
    said = {"niveau": niveau}
    PLAN += [
        path(f"{SALLE}{niveau}/ajouter/", plan.create, said, name=f"{niveau}_ajouter"),
        path(f"{UN}modifier/", plan.edit, said, name=f"{niveau}_modifier"),
        path(f"{UN}deplacer/", plan.move, said, name=f"{niveau}_deplacer"),
        path(f"{UN}supprimer/", plan.delete, said, name=f"{niveau}_supprimer"),
    ]
CADRE = f"{SALLE}cadre/<int:cadre>/"
CHARTE = f"{SALLE}charte/<int:charte>/"
PARTIE = f"{CHARTE}parties/<str:cle>/"
PRECADRAGE = [
    path(f"{SALLE}cadre/", cadre.show_dernier, name="cadre"),
    path(f"{SALLE}cadre/ouvrir/", cadre.start, name="cadre_ouvrir"),
    path(CADRE, cadre.show_version, name="cadre_version"),
    path(f"{CADRE}modifier/", cadre.edit, name="cadre_modifier"),
    path(f"{CADRE}differences/", cadre.show_differences, name="cadre_differences"),
    path(f"{CADRE}proposer/", cadre.propose, name="cadre_proposer"),
    path(f"{CADRE}reprendre/", cadre.take_back, name="cadre_reprendre"),
    path(f"{CADRE}valider/", cadre.validate, name="cadre_valider"),
    path(f"{SALLE}charte/", charte.show_derniere, name="charte"),
    path(f"{SALLE}charte/ouvrir/", charte.start, name="charte_ouvrir"),
    path(CHARTE, charte.show_version, name="charte_version"),
    path(PARTIE, charte.edit_partie, name="charte_partie"),
    path(f"{PARTIE}garder/", charte.keep, name="charte_garder"),
    path(f"{PARTIE}reprendre/", charte.take, name="charte_reprendre"),
    path(f"{CHARTE}adopter/", charte.adopt, name="charte_adopter"),
    path(f"{CHARTE}rejoindre/", charte.join, name="charte_rejoindre"),
    path(f"{CHARTE}quitter/", charte.leave, name="charte_quitter"),
    path(f"{CHARTE}charte.pdf", charte.download_pdf, name="charte_pdf"),
    path(f"{CHARTE}charte.docx", charte.download_docx, name="charte_docx"),
]
urlpatterns = [*PLAN, *PRECADRAGE]
