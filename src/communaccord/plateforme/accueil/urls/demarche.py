"""Pages of a démarche that compose all its rooms: one's own page, the territory, the journal."""

from django.urls import URLPattern, path

from communaccord.plateforme.accueil.views.demarche import calendrier, chez_moi, journal, territoire

urlpatterns: list[URLPattern] = [
    path("m/<int:mandat>/", chez_moi.show_page, name="chez_moi"),
    path("m/<int:mandat>/vu/", chez_moi.mark_vu, name="vu"),
    path("m/<int:mandat>/calendrier/", calendrier.show_calendrier, name="calendrier"),
    path("m/<int:mandat>/territoire/", territoire.show_territoire, name="territoire"),
    path("m/<int:mandat>/territoire/communes.xlsx", territoire.download_communes, name="territoire_xlsx"),
    path("m/<int:mandat>/journal/", journal.show_journal, name="journal"),
    path("m/<int:mandat>/journal/journal.csv", journal.download_journal, name="journal_csv"),
]
