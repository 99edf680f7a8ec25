"""Addresses of the rapport and of the papers of the councils, in the name of a mandate."""

from django.urls import path

from communaccord.plateforme.rapports.views import accueil, edition, fabrications, papiers, versions

app_name = "rapports"
SALLE = "m/<int:mandat>/rapport/"
VERSION = f"{SALLE}versions/<int:version>/"
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
    path(f"{VERSION}differences/", versions.show_differences, name="differences"),
    path(f"{VERSION}courriers/", papiers.show, name="courriers"),
    path(f"{VERSION}approbation.pdf", papiers.download_approbation_pdf, name="approbation_pdf"),
    path(f"{VERSION}approbation.docx", papiers.download_approbation_docx, name="approbation_docx"),
    path(f"{VERSION}communes/<int:commune>/lettre.pdf", papiers.download_lettre_pdf, name="lettre_pdf"),
    path(f"{VERSION}communes/<int:commune>/lettre.docx", papiers.download_lettre_docx, name="lettre_docx"),
    path(f"{VERSION}communes/<int:commune>/deliberation.pdf", papiers.download_modele_pdf, name="modele_pdf"),
    path(f"{VERSION}communes/<int:commune>/deliberation.docx", papiers.download_modele_docx, name="modele_docx"),
]
