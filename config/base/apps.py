"""Registers `config.base` as the Django app `base`."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The app that owns outbox, idempotency keys and worker pulses."""

    name = "config.base"
    label = "base"
