from django.apps import AppConfig


class InstancesConfig(AppConfig):
    name = "communaccord.plateforme.instances"
