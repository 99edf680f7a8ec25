"""Addresses of the pages about the site itself."""

from django.urls import path

from communaccord.plateforme.socle import views

app_name = "socle"
urlpatterns = [
    path("composants/", views.composants, name="composants"),
    path("accessibilite/", views.accessibilite, name="accessibilite"),
    path("mentions-legales/", views.mentions_legales, name="mentions_legales"),
    path("donnees/", views.donnees, name="donnees"),
]
