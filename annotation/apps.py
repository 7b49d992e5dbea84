"""Registers the app and its three kinds of work."""

from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    """See the package for what belongs here."""

    name = "annotation"

    def ready(self) -> None:
        from accounts.choices import Role
        from annotation import kinds

        kinds.register(kinds.Kind("label", "Label", Role.ANNOTATOR))
        kinds.register(kinds.Kind("adjudicate", "Adjudicate", Role.REVIEWER, independent=True))
        kinds.register(kinds.Kind("review", "Review", Role.REVIEWER, independent=True))
