"""Addresses of people: one's own démarches, then the persons of a démarche."""

from django.urls import path

from communaccord.plateforme.comptes import views

app_name = "comptes"
urlpatterns = [
    path("mes-demarches/", views.mes_demarches, name="mes_demarches"),
]
