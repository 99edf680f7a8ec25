"""Addresses of the entrance: the portrait of a territory, then the simulator."""

from communaccord.plateforme.accueil.urls import portrait, simulateur

app_name = "accueil"
urlpatterns = [*portrait.urlpatterns, *simulateur.urlpatterns]
