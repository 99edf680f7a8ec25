"""Entrance, search, portrait of a territory and its files."""

from django.urls import URLPattern, path

from communaccord.plateforme.accueil.views import entree, portrait

urlpatterns: list[URLPattern] = [
    path("", entree.entree, name="entree"),
    path("recherche/", entree.recherche, name="recherche"),
    path("robots.txt", entree.robots, name="robots"),
    path("sitemap.xml", entree.plan_du_site, name="plan_du_site"),
    path("territoires/<str:siren>/", portrait.portrait, name="portrait"),
    path("territoires/<str:siren>/sieges.csv", portrait.sieges_csv, name="sieges_csv"),
    path("territoires/<str:siren>/sieges.xlsx", portrait.sieges_xlsx, name="sieges_xlsx"),
    path("territoires/<str:siren>/calendrier.ics", portrait.calendrier_ics, name="calendrier_ics"),
]
