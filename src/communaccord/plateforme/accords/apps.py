from django.apps import AppConfig


class AccordsConfig(AppConfig):
    name = "communaccord.plateforme.accords"
