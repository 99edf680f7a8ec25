"""Addresses of the projet de territoire, in the name of a mandate."""

app_name = "projet"
SALLE = "m/<int:mandat>/projet/"
urlpatterns: list = []
