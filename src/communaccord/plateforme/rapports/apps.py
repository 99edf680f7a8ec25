from django.apps import AppConfig


class RapportsConfig(AppConfig):
    name = "communaccord.plateforme.rapports"
