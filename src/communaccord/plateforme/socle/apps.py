from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "communaccord.plateforme.socle"
