"""Registers the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package for what belongs here."""

    name = "accounts"
