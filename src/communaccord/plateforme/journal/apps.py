from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "communaccord.plateforme.journal"
