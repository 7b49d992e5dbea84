"""Registers the app."""

from django.apps import AppConfig


class TrainingBridgeConfig(AppConfig):
    """See the package for what belongs here."""

    name = "training_bridge"
