"""Registers the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See the package for what belongs here."""

    name = "config.demo"
    label = "demo"
