"""Registers the app and the three kinds of human work that rationales need."""

from django.apps import AppConfig


class CotGenerationConfig(AppConfig):
    """See the package for what belongs here."""

    name = "cot_generation"

    def ready(self) -> None:
        from accounts.choices import Role
        from annotation import kinds

        kinds.register(kinds.Kind("write_rationale", "Write a rationale", Role.ANNOTATOR))
        kinds.register(kinds.Kind("read_rationale", "Read a rationale", Role.ANNOTATOR))
        kinds.register(kinds.Kind("revise_rationale", "Revise a rationale", Role.ANNOTATOR))
