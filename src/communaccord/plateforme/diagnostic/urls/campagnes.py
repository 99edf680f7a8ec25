"""Addresses: the campaign, its questionnaire, the sheets."""

urlpatterns: list = []
