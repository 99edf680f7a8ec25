from django.apps import AppConfig


class CourrierConfig(AppConfig):
    name = "communaccord.plateforme.courrier"
