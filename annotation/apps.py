"""Registers the app."""

from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    """See the package for what belongs here."""

    name = "annotation"
