"""Reads a manifest or another source into a project and waits for its pictures.

Exit status: 0 nothing was refused, 3 some rows or pictures were, 1 nothing landed.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from accounts.selectors import projects as project_selectors
from accounts.services import projects
from catalog.errors import ImportNotWhole
from catalog.imports import sources
from catalog.imports.landing import Landed
from catalog.imports.manifest import Refusal
from catalog.imports.sources.base import Source
from catalog.imports.sources.jsonlines import JsonLines
from catalog.ingestion import run as ingestion
from catalog.selectors import aspects
from catalog.selectors import imports as reports
from catalog.services import imports
from config.base.errors import DomainError, NotFound

SOME_REFUSED = 3
NOTHING_LANDED = 1
HELPING = timedelta(seconds=1)


class Command(BaseCommand):
    """One manifest, one project."""

    help = "Import samples from a manifest or another source; pictures lie relative to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source", help="a .jsonl or .csv manifest, a folder, s3://bucket/prefix, a Label Studio export"
        )
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the project if there is none")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--update", action="store_true", help="take rows that differ from what is stored")
        parser.add_argument(
            "--strict", action="store_true", help="all or nothing: one refused row keeps everything out"
        )
        parser.add_argument("--no-wait", action="store_true", help="do not wait for the pictures")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write every refusal as a JSON line")

    def handle(self, *args: object, **options: object) -> None:
        dry = bool(options["dry_run"])
        try:
            project_id = self._project(str(options["project"]), create=bool(options["create"]), dry=dry)
            how = imports.How(update=bool(options["update"]), strict=bool(options["strict"]))
            keys = {aspect.key for aspect in aspects.of_project(project_id)}
            outcome = self._read(project_id, sources.find(str(options["source"]), aspects=keys), dry=dry, how=how)
        except ImportNotWhole as error:
            refusals = list(reports.row_refusals(UUID(str(error.details["import_id"]))))
            if options["report"]:
                write_report(Path(str(options["report"])), refusals)
            self._list(refusals)
            raise CommandError(error.message, returncode=NOTHING_LANDED) from None
        except DomainError as error:
            raise CommandError(error.message, returncode=NOTHING_LANDED) from None
        refusals = outcome.landed.report
        if outcome.import_id is not None and not options["no_wait"]:
            refusals += self._wait(outcome.import_id)
        if options["report"]:
            write_report(Path(str(options["report"])), refusals)
        self._summarise(outcome, refusals, dry=dry)
        landed = outcome.landed
        if not landed.new and not landed.unchanged and (landed.kept or not landed.changed):
            sys.exit(NOTHING_LANDED)
        if refusals:
            sys.exit(SOME_REFUSED)

    def _project(self, slug: str, *, create: bool, dry: bool) -> UUID:
        try:
            return project_selectors.by_slug(slug).project_id
        except NotFound:
            if not create:
                raise CommandError(
                    f"There is no project {slug!r}. Name one that exists, or add --create.", returncode=NOTHING_LANDED
                ) from None
            if dry:
                raise CommandError(
                    f"There is no project {slug!r} yet, and a dry run makes none.", returncode=NOTHING_LANDED
                ) from None
            return projects.create(slug=slug, name=slug).pk

    def _read(self, project_id: UUID, source: Source, *, dry: bool, how: imports.How) -> imports.Outcome:
        with progress_bar() as bar:
            task = bar.add_task("Rows", total=source.count() if isinstance(source, JsonLines) else None)

            def report(lines: int, landed: Landed) -> None:
                bar.update(task, completed=lines)

            return imports.read_source(
                project_id=project_id,
                source=source,
                actor_id=None,
                now=timezone.now(),
                dry=dry,
                how=how,
                progress=report,
            )

    def _wait(self, import_id: UUID) -> list[Refusal]:
        with progress_bar() as bar:
            progress = reports.picture_progress([import_id])[import_id]
            task = bar.add_task("Pictures of samples", total=progress.total)
            while True:
                progress = reports.picture_progress([import_id])[import_id]
                bar.update(task, completed=progress.ready + progress.failed)
                if not progress.waiting:
                    return reports.picture_refusals(import_id)
                # Where no worker runs this command does their part; where some do, it lends a hand.
                if not ingestion.ingest_due(until=timezone.now() + HELPING, clock=timezone.now):
                    time.sleep(0.2)

    def _summarise(self, outcome: imports.Outcome, refusals: list[Refusal], *, dry: bool) -> None:
        landed = outcome.landed
        pictures = len(refusals) - len(landed.report)
        changed = f"{landed.changed} changed" + (" (kept as stored; --update takes them)" if landed.kept else "")
        says = (
            f"{outcome.lines} rows: {landed.new} new, {landed.unchanged} unchanged, {changed}, {landed.refused} refused"
        )
        if pictures:
            says += f"; {pictures} samples with a bad picture"
        if dry:
            says += ". Dry run: nothing was written"
        elif not landed.new and not landed.changed and not refusals:
            says += ". Nothing has changed"
        self.stdout.write(says + ".")
        self._list(refusals)

    def _list(self, refusals: list[Refusal]) -> None:
        for refusal in refusals[:10]:
            self.stdout.write(f"  line {refusal.line} {refusal.id}: {refusal.field} {refusal.reason}")
        if len(refusals) > 10:
            self.stdout.write(f"  … and {len(refusals) - 10} more; --report FILE writes all of them.")


def progress_bar() -> Progress:
    """On standard error, so that standard output stays the summary; silent where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=False)


def write_report(path: Path, refusals: list[Refusal]) -> None:
    """One JSON object a refusal: `line id field reason`."""
    with path.open("wb") as file:
        for refusal in refusals:
            file.write(msgspec.json.encode(refusal) + b"\n")
