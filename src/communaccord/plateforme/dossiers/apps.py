from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "communaccord.plateforme.dossiers"
