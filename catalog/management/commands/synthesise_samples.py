"""Draws product scenes with planted defects: pictures, a manifest, and the truth in a file of its own."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.management.commands.import_samples import progress_bar
from catalog.scenes import dataset


class Command(BaseCommand):
    """Deterministic by seed: sample I of seed S is the same wherever it is drawn."""

    help = "Draw product scenes with planted defects: pictures, manifest.jsonl and truth.jsonl."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--with-answers", action="store_true", help="put the true answers into the manifest")
        parser.add_argument("--size", type=int, default=512, metavar="PIXELS")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)

    def handle(self, *args: object, **options: object) -> None:
        count, size, folder = int(str(options["count"])), int(str(options["size"])), Path(str(options["out"]))
        if count < 1 or not 32 <= size <= 2048:
            raise CommandError("--count is at least 1, --size from 32 to 2048.")
        if folder.exists() and any(folder.iterdir()) and not (folder / "truth.jsonl").exists():
            raise CommandError(f"{folder} holds other files. Name an empty folder, or one this command wrote.")
        begun = time.monotonic()
        with progress_bar() as bar:
            task = bar.add_task("Scenes", total=count)
            for done in dataset.write(
                count=count,
                seed=int(str(options["seed"])),
                folder=folder,
                side=size,
                with_answers=bool(options["with_answers"]),
                processes=int(str(options["processes"])),
            ):
                bar.update(task, completed=done)
        seconds = time.monotonic() - begun
        self.stdout.write(f"{count} samples in {folder} ({count / seconds:.1f} a second).")
