"""Writes every row of a project's explorer again; safe at any time."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from accounts.selectors import projects
from curation.services import projection


class Command(BaseCommand):
    """For the day someone doubts the lists."""

    help = "Rebuild the explorer's rows of a project."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")

    def handle(self, *args: object, **options: object) -> None:
        project = projects.by_slug(str(options["project"]))
        self.stdout.write(f"{projection.rebuild(project.project_id)} rows.")
