"""Addresses of the dossiers, in the name of a mandate."""

from django.urls import path

from communaccord.plateforme.dossiers.views import (
    budget,
    chiffres,
    dossier,
    edition,
    fichiers,
    formes,
    profondeur,
    scenarios,
    tracabilite,
)

app_name = "dossiers"
SALLE = "m/<int:mandat>/dossiers/"
UN = f"{SALLE}<int:dossier>/"
SCENARIO = f"{UN}scenarios/<int:scenario>/"
urlpatterns = [
    path(SALLE, dossier.show_liste, name="liste"),
    path(f"{SALLE}nouveau/", edition.create, name="creer"),
    path(f"{SALLE}simulation/", edition.start, name="partir_d_une_simulation"),
    path(f"{SALLE}tracabilite/", tracabilite.show_tracabilite, name="tracabilite"),
    path(UN, dossier.show_dossier, name="dossier"),
    path(f"{UN}modifier/", edition.edit, name="modifier"),
    path(f"{UN}presenter/", dossier.present, name="presenter"),
    path(f"{UN}conclure/", dossier.conclude, name="conclure"),
    path(f"{UN}retirer/", dossier.withdraw, name="retirer"),
    path(f"{UN}rouvrir/", dossier.reopen, name="rouvrir"),
    path(f"{UN}collecte/ouvrir/", dossier.open_collecte, name="ouvrir_collecte"),
    path(f"{UN}collecte/fermer/", dossier.close_collecte, name="fermer_collecte"),
    path(f"{UN}chiffres/", chiffres.show_chiffres, name="chiffres"),
    path(f"{UN}chiffres/apercu/", chiffres.preview, name="chiffres_apercu"),
    path(f"{UN}chiffres/importer/", chiffres.apply, name="chiffres_importer"),
    path(f"{UN}chiffres/tableau.xlsx", chiffres.download_modele, name="chiffres_modele"),
    path(f"{UN}chiffres/<int:commune>/", chiffres.edit_commune, name="chiffres_commune"),
    path(f"{UN}fiches/<int:commune>/", fichiers.show_fiche, name="fiche"),
    path(f"{UN}fiches/<int:commune>/fiche.pdf", fichiers.download_fiche, name="fiche_pdf"),
    path(f"{UN}formes/", formes.show_formes, name="formes"),
    path(f"{UN}formes/<str:code>/actes/", formes.show_actes, name="actes"),
    path(f"{UN}formes/<str:code>/actes/<str:cle>/", formes.edit_acte, name="acte"),
    path(f"{UN}scenarios/nouveau/", scenarios.create, name="scenario_creer"),
    path(f"{UN}scenarios/simulation/", scenarios.import_simulation, name="scenario_importer"),
    path(SCENARIO, scenarios.show_scenario, name="scenario"),
    path(f"{SCENARIO}modifier/", scenarios.edit, name="scenario_modifier"),
    path(f"{SCENARIO}figer/", scenarios.freeze, name="scenario_figer"),
    path(f"{SCENARIO}version/", scenarios.open_version, name="scenario_version"),
    path(f"{SCENARIO}forme/", formes.choose, name="scenario_forme"),
    path(f"{SCENARIO}compensation/", formes.show_compensation, name="compensation"),
    path(f"{UN}comparaison/", budget.show_comparaison, name="comparaison"),
    path(f"{UN}comparaison.xlsx", budget.download_comparaison, name="comparaison_classeur"),
    path(f"{SCENARIO}budget/", budget.show_budget, name="budget"),
    path(f"{SCENARIO}profondeur/", profondeur.show_profondeur, name="profondeur"),
    path(f"{SCENARIO}profondeur/service/", profondeur.edit_service, name="profondeur_service"),
    path(f"{SCENARIO}profondeur/maire/", profondeur.edit_maire, name="profondeur_maire"),
    path(f"{SCENARIO}profondeur/couts/", profondeur.edit_couts, name="profondeur_couts"),
    path(f"{SCENARIO}profondeur/clauses/", profondeur.edit_clauses, name="profondeur_clauses"),
    path(f"{SCENARIO}profondeur/effectifs/", profondeur.list_employeurs, name="employeurs"),
    path(f"{SCENARIO}profondeur/effectifs/reprendre/", profondeur.resume_effectifs, name="effectifs_reprendre"),
    path(f"{SCENARIO}profondeur/effectifs/<int:commune>/", profondeur.edit_effectif, name="effectif"),
    path(f"{SCENARIO}profondeur/reprendre/", profondeur.resume, name="profondeur_reprendre"),
    path(f"{SCENARIO}supprimer/", scenarios.delete, name="scenario_supprimer"),
    path(f"{SCENARIO}classeur.xlsx", fichiers.download_classeur, name="scenario_classeur"),
    path(f"{SCENARIO}tableau.csv", fichiers.download_csv, name="scenario_csv"),
]
