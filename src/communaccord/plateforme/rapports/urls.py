"""Addresses of the rapport and of the papers of the councils, in the name of a mandate."""

from django.urls import path

from communaccord.plateforme.rapports.views import accueil, edition, fabrications, kit, papiers, versions

app_name = "rapports"
SALLE = "m/<int:mandat>/rapport/"
VERSION = f"{SALLE}versions/<int:version>/"
KITS = f"{SALLE}kit/"
KIT = f"{KITS}tours/<int:tour>/communes/<int:commune>/"
urlpatterns = [
    path(SALLE, accueil.show_accueil, name="accueil"),
    path(f"{SALLE}parties/<str:cle>/", edition.edit_partie, name="partie"),
    path(f"{SALLE}parties/<str:cle>/relue/", edition.mark_relue, name="relue"),
    path(f"{SALLE}actions/<int:dossier>/", edition.edit_action, name="action"),
    path(f"{SALLE}figer/", versions.freeze, name="figer"),
    path(f"{SALLE}fabriquer/", fabrications.ask, name="fabriquer"),
    path(f"{SALLE}fabrications/<int:fabrication>/", fabrications.show, name="fabrication"),
    path(f"{SALLE}fabrications/<int:fabrication>/fichier/", fabrications.download, name="fichier"),
    path(VERSION, versions.show, name="version"),
    path(f"{VERSION}valider/", versions.validate, name="valider"),
    path(f"{VERSION}retirer/", versions.withdraw, name="retirer"),
    path(f"{VERSION}differences/", versions.show_differences, name="differences"),
    path(f"{VERSION}courriers/", papiers.show, name="courriers"),
    path(f"{VERSION}approbation.pdf", papiers.download_approbation_pdf, name="approbation_pdf"),
    path(f"{VERSION}approbation.docx", papiers.download_approbation_docx, name="approbation_docx"),
    path(f"{VERSION}communes/<int:commune>/lettre.pdf", papiers.download_lettre_pdf, name="lettre_pdf"),
    path(f"{VERSION}communes/<int:commune>/lettre.docx", papiers.download_lettre_docx, name="lettre_docx"),
    path(f"{VERSION}communes/<int:commune>/deliberation.pdf", papiers.download_modele_pdf, name="modele_pdf"),
    path(f"{VERSION}communes/<int:commune>/deliberation.docx", papiers.download_modele_docx, name="modele_docx"),
    path(KITS, kit.list_kits, name="kits"),
    path(f"{KITS}tours/<int:tour>/", kit.show_tour, name="kit_tour"),
    path(f"{KITS}tours/<int:tour>/kits.zip", kit.download_tous, name="kit_zip"),
    path(f"{KIT}avant/", kit.show_avant, name="kit_avant"),
    path(f"{KIT}avant.pdf", kit.download_avant, name="kit_avant_pdf"),
    path(f"{KIT}apres/", kit.show_apres, name="kit_apres"),
    path(f"{KIT}apres.pdf", kit.download_apres, name="kit_apres_pdf"),
    path(f"{KIT}voeu.docx", kit.download_voeu, name="kit_voeu"),
]
