"""Addresses of the rapport and of the papers of the councils, in the name of a mandate."""

app_name = "rapports"
SALLE = "m/<int:mandat>/rapport/"
urlpatterns: list = []
