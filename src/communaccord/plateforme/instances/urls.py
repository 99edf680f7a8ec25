"""Addresses of the room Instances: the mandate in whose name one acts comes first."""

from django.urls import URLPattern, path

from communaccord.plateforme.instances.views import composition, releves, saisie, seances, suivis

app_name = "instances"
SALLE = "m/<int:mandat>/instances/"
SEANCE = f"{SALLE}seances/<int:pk>/"
POINT = f"{SALLE}points/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(SALLE, composition.show_liste, name="liste"),
    path(f"{SALLE}proposer/", composition.propose, name="proposer"),
    path(f"{SALLE}nouvelle/", composition.create, name="nouvelle"),
    path(f"{SALLE}poles/", composition.show_poles, name="poles"),
    path(f"{SALLE}poles/<int:pk>/defaire/", composition.delete_pole, name="defaire_pole"),
    path(f"{SALLE}organisation/", suivis.show_organisation, name="organisation"),
    path(f"{SALLE}organisation/<int:pk>/", suivis.change, name="suivi"),
    path(f"{SALLE}<int:pk>/", composition.show_instance, name="instance"),
    path(f"{SALLE}<int:pk>/modifier/", composition.change, name="modifier"),
    path(f"{SALLE}<int:pk>/clore/", composition.close, name="clore"),
    path(f"{SALLE}<int:pk>/membres/", composition.add_membre, name="ajouter_membre"),
    path(f"{SALLE}membres/<int:pk>/retirer/", composition.remove_membre, name="retirer_membre"),
    path(f"{SALLE}<int:pk>/seances/nouvelle/", seances.create, name="nouvelle_seance"),
    path(SEANCE, seances.show_seance, name="seance"),
    path(f"{SEANCE}preparer/", seances.prepare, name="preparer"),
    path(f"{SEANCE}modifier/", seances.change, name="modifier_seance"),
    path(f"{SEANCE}convoquer/", seances.convoke, name="convoquer"),
    path(f"{SEANCE}annuler/", seances.cancel, name="annuler"),
    path(f"{SALLE}convocations/<int:pk>/repondre/", seances.answer, name="repondre"),
    path(f"{SEANCE}points/nouveau/", seances.add_point, name="nouveau_point"),
    path(f"{POINT}modifier/", seances.change_point, name="modifier_point"),
    path(f"{POINT}deplacer/", seances.move_point, name="deplacer_point"),
    path(f"{POINT}retirer/", seances.delete_point, name="retirer_point"),
    path(f"{POINT}porter/", seances.carry_point, name="porter_point"),
    path(f"{SEANCE}saisie/", saisie.show_page, name="saisie"),
    path(f"{SEANCE}presences/", saisie.record_presences, name="presences"),
    path(f"{SEANCE}comptes/", saisie.record_comptes, name="comptes"),
    path(f"{POINT}conclusion/", saisie.record_conclusion, name="conclusion"),
    path(f"{POINT}vote/", saisie.vote, name="vote"),
    path(f"{POINT}precadrage/", saisie.validate_precadrage, name="valider_precadrage"),
    path(f"{SEANCE}tenue/", saisie.hold, name="tenue"),
    path(f"{SEANCE}ecran/", saisie.show_ecran, name="ecran"),
    path(f"{SEANCE}releve/", releves.show_releve, name="releve"),
    path(f"{SEANCE}releve/corriger/", releves.reopen, name="corriger"),
    path(f"{SEANCE}fichiers/<str:fichier>", releves.download, name="fichier"),
    path(f"{SALLE}pieces/<int:pk>/", releves.download_piece, name="piece"),
]
