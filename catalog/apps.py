"""Registers the app."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """See the package for what belongs here."""

    name = "catalog"
