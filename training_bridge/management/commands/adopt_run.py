"""Takes in a run that was made elsewhere, from its folder alone.

Exit status: 0 adopted, 1 refused; a refusal changes nothing.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.selectors import projects
from config.base.errors import DomainError
from training_bridge.selectors import evaluations
from training_bridge.services import adopting


class Command(BaseCommand):
    """The files are copied to RUNS_DIR; the folder that was given is left as it is."""

    help = "Take in a run that ended on another machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="RUN_FOLDER")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--gone", action="store_true", help="its process was killed before it could say that it ended"
        )

    def handle(self, *args: object, **options: object) -> None:
        try:
            project = projects.by_slug(str(options["project"]))
            run = adopting.adopt(
                project_id=project.project_id,
                folder=Path(str(options["folder"])),
                actor_id=None,
                now=timezone.now(),
                gone=bool(options["gone"]),
            )
        except DomainError as error:
            raise CommandError(error.message) from None
        exact = evaluations.exact_of([run.pk]).get(run.pk)
        measured = "not measured" if exact is None else f"exact match {exact:.1%}"
        self.stdout.write(f"Run {run.number} is adopted: {run.state}, {measured}.")
