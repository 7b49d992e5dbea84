"""Writes a project, a batch or a release for Label Studio, or sends it to a running one."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.selectors import projects
from catalog.management.commands.import_samples import progress_bar
from config.base.errors import DomainError
from training_bridge.services import frozen, label_studio

SERVER = re.compile(r"label-studio:(https?://.+)")


class Command(BaseCommand):
    """Tasks with answers, verdicts, regions and rationales, their labelling configuration, and the pictures."""

    help = "Export to Label Studio: a folder, or a new project on a running server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--batch", type=int, metavar="NUMBER", help="the samples of one batch only")
        what.add_argument("--release", metavar="NAME", help="a release as it was frozen")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--out", type=Path, metavar="DIR", help="a new folder")
        where.add_argument("--to", metavar="label-studio:URL", help="a running server; needs --pictures")
        parser.add_argument(
            "--root", default="", help="the folder's name below Label Studio's local files (with --out)"
        )
        parser.add_argument(
            "--pictures", default="", metavar="URL", help="where that server finds images/… (with --to)"
        )

    def handle(self, *args: object, **options: object) -> None:
        try:
            project = projects.by_slug(str(options["project"]))
            aspects = label_studio.severities(project.project_id, retired=bool(options["release"]))
            if options["release"]:
                judged = label_studio.of_release(frozen.by_name(project.project_id, str(options["release"])))
            else:
                number = options["batch"]
                judged = label_studio.of_project(project.project_id, batch=None if number is None else int(str(number)))
            with progress_bar() as bar:
                task = bar.add_task("Tasks", total=None)
                said = lambda count: bar.update(task, completed=count)  # noqa: E731  (handed on)
                if options["out"]:
                    out = Path(str(options["out"])).absolute()
                    found = label_studio.to_folder(
                        judged, aspects=aspects, out=out, root=str(options["root"]), said=said
                    )
                    says = (
                        f"{found.tasks} tasks, {found.judged} of them judged, and {found.pictures} pictures in {out}."
                    )
                else:
                    address = SERVER.fullmatch(str(options["to"]))
                    if address is None or not options["pictures"]:
                        raise CommandError("Write --to label-studio:https://host and --pictures https://….")
                    made, sent = label_studio.send(
                        judged,
                        aspects=aspects,
                        server=address[1],
                        title=project.name,
                        pictures=str(options["pictures"]),
                        said=said,
                    )
                    says = f"{sent} tasks in project {made} of {address[1]}."
        except DomainError as error:
            raise CommandError(error.message) from None
        self.stdout.write(says)
