"""Registers the app."""

from django.apps import AppConfig


class CotGenerationConfig(AppConfig):
    """See the package for what belongs here."""

    name = "cot_generation"
