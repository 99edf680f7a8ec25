"""Addresses: what comes out: carnets, synthèse."""

urlpatterns: list = []
