"""Freezes what is answered and audited under a name.

Exit status 0 and one JSON line about the release, or 1 and one JSON line a reason.
"""

from __future__ import annotations

import json
import sys
import time
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from accounts.selectors import projects
from catalog.management.commands.import_samples import progress_bar
from config.base.errors import DomainError
from curation.errors import GatesClosed
from curation.releases.splits import Shares
from curation.services import releases


class Command(BaseCommand):
    """Waits while the project is still being filled."""

    help = "Freeze a release of a project."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--name", required=True)
        parser.add_argument("--seed", type=int, default=1, help="draws the splits")
        parser.add_argument("--splits", default="80/10/10", help="percent of families: train/validation/test")
        parser.add_argument("--locale", default="en", help="language of the instructions")
        parser.add_argument("--allow-sandbox", action="store_true", help="let sandbox rationales through, marked")
        parser.add_argument("--patience", type=int, default=900, metavar="SECONDS", help="how long to wait for others")

    def handle(self, *args: object, **options: object) -> None:
        try:
            project = projects.by_slug(str(options["project"]))
            self._wait(project.project_id, int(str(options["patience"])))
            with progress_bar() as bar:
                task = bar.add_task("Samples", total=None)
                release = releases.cut(
                    project_id=project.project_id,
                    name=str(options["name"]),
                    seed=int(str(options["seed"])),
                    shares=Shares.parse(str(options["splits"])),
                    allow_sandbox=bool(options["allow_sandbox"]),
                    locale=str(options["locale"]),
                    progress=lambda done, total: bar.update(task, completed=done, total=total),
                )
        except GatesClosed as closed:
            reasons = closed.details["reasons"]
            for reason in reasons if isinstance(reasons, list) else []:
                self.stdout.write(json.dumps(reason))
            sys.exit(1)
        except DomainError as error:
            self.stdout.write(json.dumps({"gate": error.code, "reason": error.message}))
            sys.exit(1)
        self.stdout.write(
            json.dumps(
                {
                    "release": release.name,
                    "hash": release.hash,
                    "questions": release.split_counts,
                    "samples": release.counts.samples,
                    "families": release.counts.families,
                    "rationales": release.counts.rationales,
                    "left_out": release.counts.left_out,
                    "sandbox": release.sandbox,
                }
            )
        )

    def _wait(self, project_id: UUID, patience: int) -> None:
        until, said = time.monotonic() + patience, ""
        while reason := releases.waits_for(project_id):
            if time.monotonic() > until:
                self.stdout.write(json.dumps({"gate": "still_filling", "reason": reason}))
                sys.exit(1)
            if reason != said:
                self.stderr.write(f"Waiting: {reason}")
                said = reason
            time.sleep(0.5)
