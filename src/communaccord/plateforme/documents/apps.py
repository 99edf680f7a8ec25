from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "communaccord.plateforme.documents"
