"""Addresses: the campaign, its questionnaire, the sheets."""

from django.urls import path

from communaccord.plateforme.diagnostic.views import campagnes, fiches, questionnaire

SALLE = "m/<int:mandat>/diagnostic/"
UNE = f"{SALLE}campagnes/<int:campagne>/"
LIGNE = f"{UNE}lignes/<int:ligne>/"
FICHE = f"{SALLE}fiches/<int:fiche>/"
urlpatterns = [
    path(SALLE, campagnes.show_accueil, name="accueil"),
    path(f"{SALLE}campagnes/nouvelle/", campagnes.create, name="campagne_creer"),
    path(f"{UNE}modifier/", campagnes.edit, name="campagne_modifier"),
    path(f"{UNE}ouvrir/", campagnes.open_to_communes, name="campagne_ouvrir"),
    path(f"{UNE}clore/", campagnes.close, name="campagne_clore"),
    path(f"{UNE}rouvrir/", campagnes.reopen, name="campagne_rouvrir"),
    path(f"{UNE}rappeler/", campagnes.remind, name="campagne_rappeler"),
    path(f"{UNE}suivi/", campagnes.show_suivi, name="suivi"),
    path(f"{UNE}questions/", campagnes.show_questions, name="questions"),
    path(f"{SALLE}questions/<int:question>/repondre/", campagnes.answer, name="question_repondre"),
    path(f"{UNE}questionnaire/", questionnaire.show_questionnaire, name="questionnaire"),
    path(f"{UNE}services/", questionnaire.add_service, name="service_ajouter"),
    path(f"{UNE}lignes/nouvelle/", questionnaire.add_ligne, name="ligne_ajouter"),
    path(LIGNE, questionnaire.edit_ligne, name="ligne"),
    path(f"{LIGNE}deplacer/", questionnaire.move_ligne, name="ligne_deplacer"),
    path(f"{LIGNE}retirer/", questionnaire.set_retiree, name="ligne_retirer"),
    path(f"{UNE}propositions/", questionnaire.propose, name="proposer"),
    path(f"{SALLE}propositions/<int:proposition>/", questionnaire.decide, name="proposition"),
    path(FICHE, fiches.show_fiche, name="fiche"),
    path(f"{FICHE}parties/<str:volet>/", fiches.edit_volet, name="volet"),
    path(f"{FICHE}valider/", fiches.validate, name="fiche_valider"),
    path(f"{FICHE}rouvrir/", fiches.reopen, name="fiche_rouvrir"),
]
