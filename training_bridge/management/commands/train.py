"""Starts a training run on a release, and with --wait shows it to its end.

Exit status: 0 started (with --wait: done), 1 refused, failed or cancelled.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.selectors import projects
from catalog.management.commands.import_samples import progress_bar
from config.base.errors import DomainError
from cot_generation.selectors import evaluations as endpoint_selectors
from training_bridge import recipes
from training_bridge.choices import LIVE, RunState
from training_bridge.models import TrainingRun
from training_bridge.selectors import evaluations, runs
from training_bridge.services import following
from training_bridge.services import runs as run_services

EVERY = 2.0


class Command(BaseCommand):
    """The run is a process of its own: interrupting this command leaves it running."""

    help = "Train a model on a release by a recipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--release", required=True, metavar="NAME")
        parser.add_argument("--recipe", required=True, help=f"one of {', '.join(recipes.names())}")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--smoke", action="store_true", help="a few steps of everything: shows that it runs")
        parser.add_argument(
            "--endpoint", metavar="NAME", help="let this endpoint answer the test questions too (default: the sandbox)"
        )
        parser.add_argument("--wait", action="store_true", help="show progress until it ends")

    def handle(self, *args: object, **options: object) -> None:
        try:
            project = projects.by_slug(str(options["project"]))
            run = run_services.start(
                project_id=project.project_id,
                release_name=str(options["release"]),
                recipe=str(options["recipe"]),
                seed=int(str(options["seed"])),
                smoke=bool(options["smoke"]),
                endpoint_id=self._endpoint(project.project_id, options["endpoint"]),
                actor_id=None,
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"Run {run.number} is queued: {run.pk}")
        if options["wait"]:
            self._wait(project.project_id, run.pk)

    def _endpoint(self, project_id: UUID, name: object) -> UUID | None:
        known = endpoint_selectors.endpoints(project_id)
        if name is None:
            return next((each.id for each in known if each.sandbox), None)
        for each in known:
            if each.name == name:
                return each.id
        raise CommandError(
            f"There is no endpoint {name!r}; there is {', '.join(each.name for each in known) or 'none'}."
        )

    def _wait(self, project_id: UUID, run_id: UUID) -> None:
        told = ""
        with progress_bar() as bar:
            task = bar.add_task("Waits", total=1000)
            try:
                while (run := runs.one(project_id, run_id)).state in LIVE:
                    # Also where no worker runs: what is claimed once is done once.
                    following.step(clock=timezone.now)
                    where = f"{run.stage} {run.step}/{run.steps}" if run.state == RunState.RUNNING and run.stage else ""
                    bar.update(task, completed=int(run.progress * 1000), description=(where or run.message)[:70])
                    if run.stage != told and not bar.console.is_terminal:
                        # A log keeps lines, not a bar that is drawn over itself.
                        self.stdout.write(f"{run.stage} ({run.progress:.0%} done)")
                        self.stdout.flush()
                        told = run.stage
                    time.sleep(EVERY)
            except KeyboardInterrupt:
                raise CommandError(
                    f"Run {run.number} goes on by itself; its page shows it, and can cancel it."
                ) from None
        self._report(run)

    def _report(self, run: TrainingRun) -> None:
        if run.state != RunState.DONE:
            raise CommandError(f"Run {run.number} {run.state}. {run.failure}".strip())
        for row in evaluations.of_run(run):
            exact = row.figures.get("exact")
            if exact is not None:
                bounds = "" if exact.low is None or exact.high is None else f"  [{exact.low:.3f}, {exact.high:.3f}]"
                mark = " (sandbox)" if row.sandbox else ""
                self.stdout.write(f"{exact.value:.3f}{bounds}  {row.name}{mark}")
        self.stdout.write(f"Run {run.number} is done; its files are in {run_services.folder_of(run)}.")
