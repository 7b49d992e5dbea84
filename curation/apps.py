"""Registers the app."""

from django.apps import AppConfig


class CurationConfig(AppConfig):
    """See the package for what belongs here."""

    name = "curation"
