"""Addresses of the entrance: the portrait of a territory, the simulator, the pages of a démarche."""

from communaccord.plateforme.accueil.urls import demarche, portrait, simulateur

app_name = "accueil"
urlpatterns = [*portrait.urlpatterns, *simulateur.urlpatterns, *demarche.urlpatterns]
