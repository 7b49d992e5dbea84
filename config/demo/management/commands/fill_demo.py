"""Fills the demo project; killed and started again, it goes on where it stopped."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from config.demo import fill, steps


class Command(BaseCommand):
    """Its progress is on the project's overview."""

    help = "Fill the demo project with samples, opinions, rationales, audits and a release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--samples", type=int, default=fill.SAMPLES)

    def handle(self, *args: object, samples: int, **options: object) -> None:
        steps.run(fill.Filler(samples).parts())
        self.stdout.write("The demo is filled.")
