"""Addresses of people: one's own account and démarches, then the persons of a démarche."""

from django.urls import path

from communaccord.plateforme.comptes.views import codes, compte, demarches, imports, personnes

app_name = "comptes"
urlpatterns = [
    path("mes-demarches/", compte.mes_demarches, name="mes_demarches"),
    path("compte/", compte.mon_compte, name="mon_compte"),
    path("compte/email/", compte.adresses),
    path("compte/second-facteur/", compte.second_facteur, name="second_facteur"),
    path("compte/ouvrir/<str:siren>/", demarches.ouvrir, name="ouvrir"),
    path("compte/administration/", demarches.administration, name="administration"),
    path("compte/administration/<int:demarche>/", demarches.trancher, name="trancher"),
    path("compte/administration/<int:demarche>/lettre/", demarches.lettre_confirmation, name="lettre_confirmation"),
    path("m/<int:mandat>/confirmer/", demarches.confirmer, name="confirmer"),
    path("m/<int:mandat>/mon-code/", codes.mon_code, name="mon_code"),
    path("m/<int:mandat>/personnes/", personnes.personnes, name="personnes"),
    path("m/<int:mandat>/personnes/ajouter/", personnes.ajouter, name="ajouter"),
    path("m/<int:mandat>/personnes/importer/", imports.importer, name="importer"),
    path("m/<int:mandat>/personnes/modele.xlsx", imports.modele, name="modele"),
    path("m/<int:mandat>/personnes/inviter/", personnes.inviter_toutes, name="inviter_toutes"),
    path("m/<int:mandat>/personnes/<int:personne>/", personnes.personne, name="personne"),
    path("m/<int:mandat>/personnes/<int:personne>/mandat/", personnes.donner_mandat, name="donner_mandat"),
    path("m/<int:mandat>/personnes/<int:personne>/inviter/", personnes.inviter, name="inviter"),
    path("m/<int:mandat>/personnes/<int:personne>/code/", codes.remettre_code, name="remettre_code"),
    path("m/<int:mandat>/personnes/<int:personne>/lettre/", codes.lettre_invitation, name="lettre_invitation"),
    path("m/<int:mandat>/personnes/mandats/<int:pk>/finir/", personnes.finir, name="finir"),
    path("m/<int:mandat>/personnes/communes/<int:pk>/renouveler/", personnes.renouveler, name="renouveler"),
]
