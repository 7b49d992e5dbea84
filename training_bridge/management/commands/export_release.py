"""Writes a release into a folder, in a format that trainers read."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.selectors import projects
from catalog.management.commands.import_samples import progress_bar
from config.base.errors import DomainError
from training_bridge.choices import ExportFormat
from training_bridge.services import exports, frozen


class Command(BaseCommand):
    """The folder appears whole or not at all; the same release, format and seed give the same bytes."""

    help = "Export a release into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--release", required=True, metavar="NAME")
        parser.add_argument("--format", required=True, choices=ExportFormat.values)
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--seed", type=int, default=0, help="which letter shows which candidate is drawn from it")

    def handle(self, *args: object, **options: object) -> None:
        out = Path(str(options["out"])).absolute()
        try:
            project = projects.by_slug(str(options["project"]))
            release = frozen.by_name(project.project_id, str(options["release"]))
            with progress_bar() as bar:
                task = bar.add_task("Questions", total=frozen.question_count(release))
                manifest = exports.to_folder(
                    release,
                    fmt=ExportFormat(str(options["format"])),
                    out=out,
                    seed=int(str(options["seed"])),
                    said=lambda count: bar.update(task, completed=count),
                )
                bar.update(task, completed=sum(manifest.questions.values()))
        except DomainError as error:
            raise CommandError(error.message) from None
        counts = ", ".join(f"{count} {split}" for split, count in manifest.questions.items())
        self.stdout.write(f"{counts} and {manifest.pictures.count} pictures in {out}.")
