from django.apps import AppConfig


class TerritoiresConfig(AppConfig):
    name = "communaccord.plateforme.territoires"
