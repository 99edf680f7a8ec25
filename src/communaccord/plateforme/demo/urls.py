"""Addresses of the demo: its entrance, and its doors."""

from django.urls import path

from communaccord.plateforme.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.entree, name="entree"),
    path("demo/entrer/<int:mandat>/", views.enter, name="enter"),
]
