from django.apps import AppConfig


class ProjetConfig(AppConfig):
    name = "communaccord.plateforme.projet"
