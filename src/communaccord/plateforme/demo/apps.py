from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "communaccord.plateforme.demo"
