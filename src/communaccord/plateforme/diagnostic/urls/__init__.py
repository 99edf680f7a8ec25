"""Addresses of the état des lieux, one module per subject, all under ``m/<mandat>/diagnostic/``."""

from communaccord.plateforme.diagnostic.urls import campagnes, fichiers, flux, priorites, restitution

app_name = "diagnostic"
urlpatterns = [
    *campagnes.urlpatterns,
    *fichiers.urlpatterns,
    *flux.urlpatterns,
    *restitution.urlpatterns,
    *priorites.urlpatterns,
]
