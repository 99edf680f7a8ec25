"""Addresses: the collegial choice of priorities."""

urlpatterns: list = []
