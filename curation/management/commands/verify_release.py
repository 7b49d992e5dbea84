"""Reads a release's files again and compares every byte with what was frozen. Exit status 1 when one differs."""

from __future__ import annotations

import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from accounts.selectors import projects
from catalog.management.commands.import_samples import progress_bar
from config.base.errors import DomainError
from curation.errors import ReleaseDamaged
from curation.services import verifying


class Command(BaseCommand):
    """One JSON line: what was checked, or one a fault."""

    help = "Check that a release is still what was frozen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--release", required=True, metavar="NAME")

    def handle(self, *args: object, **options: object) -> None:
        name = str(options["release"])
        try:
            project = projects.by_slug(str(options["project"]))
            with progress_bar() as bar:
                task = bar.add_task("Shards", total=None)
                count = verifying.verify(
                    project_id=project.project_id,
                    name=name,
                    progress=lambda done, total: bar.update(task, completed=done, total=total),
                )
        except ReleaseDamaged as damaged:
            faults = damaged.details["faults"]
            for fault in faults if isinstance(faults, list) else []:
                self.stdout.write(json.dumps({"release": name, "fault": fault}))
            sys.exit(1)
        except DomainError as error:
            self.stdout.write(json.dumps({"release": name, "fault": error.message}))
            sys.exit(1)
        self.stdout.write(json.dumps({"release": name, "rows": count, "intact": True}))
