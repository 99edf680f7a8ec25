"""Addresses: flows and the reference picture."""

urlpatterns: list = []
