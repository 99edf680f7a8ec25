"""Addresses of the simulator: public, and nothing behind them is kept."""

from django.urls import path, register_converter

from communaccord.plateforme.accueil.views import fiche_maire
from communaccord.plateforme.accueil.views.simulateur import choix, fichiers, formulaire, resultat


class Siren:
    """Nine digits: the number of an intercommunalité."""

    regex = "[0-9]{9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Code(Siren):
    """Code of a commune: that of Insee, or that of one's own list."""

    regex = "[0-9A-Za-z_]{1,20}"


register_converter(Siren, "siren")
register_converter(Code, "code")

urlpatterns = [
    path("simulateur/", choix.choose_territoire, name="simulateur"),
    path("simulateur/exemple/", choix.show_exemple, name="simulateur_exemple"),
    path("simulateur/ouvrir/", choix.open_simulation, name="simulateur_ouvrir"),
    path("simulateur/resultat/", resultat.show_resultat, name="simulateur_resultat"),
    path("simulateur/classeur.xlsx", fichiers.download_classeur, name="simulateur_classeur"),
    path("simulateur/fichier.json", fichiers.download_json, name="simulateur_json"),
    path("simulateur/tableau.csv", fichiers.download_csv, name="simulateur_csv"),
    path("simulateur/tableau.xlsx", fichiers.download_modele, name="simulateur_modele"),
    path("simulateur/fiche/<code:code>/", fiche_maire.show_fiche, name="fiche_maire"),
    path("simulateur/fiche/<code:code>.pdf", fiche_maire.print_fiche, name="fiche_maire_pdf"),
    path("simulateur/autre-territoire/", formulaire.edit_autre, name="simulateur_autre"),
    path("simulateur/<siren:siren>/", formulaire.edit_simulation, name="simulateur_formulaire"),
]
