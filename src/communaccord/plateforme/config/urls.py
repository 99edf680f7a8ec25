"""Addresses of the site: each context owns its own, none is repeated."""

from django.urls import include, path

handler404 = "communaccord.plateforme.socle.views.not_found"
handler500 = "communaccord.plateforme.socle.views.server_error"
handler403 = "communaccord.plateforme.socle.views.forbidden"
handler400 = "communaccord.plateforme.socle.views.bad_request"

urlpatterns = [
    path("", include("communaccord.plateforme.accueil.urls")),
    path("", include("communaccord.plateforme.demo.urls")),
    path("", include("communaccord.plateforme.rapports.urls")),
    path("", include("communaccord.plateforme.instances.urls")),
    path("", include("communaccord.plateforme.accords.urls")),
    path("", include("communaccord.plateforme.dossiers.urls")),
    path("", include("communaccord.plateforme.diagnostic.urls")),
    path("", include("communaccord.plateforme.projet.urls")),
    path("", include("communaccord.plateforme.comptes.urls")),
    path("compte/", include("allauth.urls")),
    path("", include("communaccord.plateforme.socle.urls")),
]
