"""Addresses: public data, workbooks, papers."""

urlpatterns: list = []
