"""Keeps a judge's measurement in a project, so that it is shown beside the judge's verdicts."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.selectors import projects
from config.base.errors import DomainError
from cot_generation.services import judging


class Command(BaseCommand):
    """One file of `bench judge --out`, one project."""

    help = "Record what a model judge was measured to see and to miss."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="as bench judge --out wrote it")
        parser.add_argument("--project", required=True, metavar="SLUG")

    def handle(self, *args: object, **options: object) -> None:
        try:
            project = projects.by_slug(str(options["project"]))
            row = judging.record(project_id=project.project_id, content=Path(str(options["file"])).read_bytes())
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from None
        recall = row.figures.recall
        self.stdout.write(
            f"{row.model} finds {recall.value:.0%} of planted faults ({recall.low:.0%}-{recall.high:.0%})."
        )
