"""A project of a running Label Studio, read through its own SDK.

Belongs here: paging through the tasks. The SDK is imported on first use only, never in a web process.
Does not: what a task means (label_studio.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from catalog.errors import ManifestUnreadable
from catalog.imports.sources.base import Line
from catalog.imports.sources.label_studio import row_of

ADDRESS = re.compile(r"label-studio:(https?://.+?)/projects/(\d+)/?(?:\?.*|data.*)?")
PAGE = 200


class LabelStudioProject:
    """`label-studio:https://host/projects/7`.

    Pictures are named as Label Studio names them: relative ones lie below the folder in which the command runs, http(s)
    ones on hosts of IMPORT_HOSTS.
    """

    def __init__(self, server: str, project: int, aspects: Collection[str]) -> None:
        self.server = server
        self.project = project
        self.aspects = frozenset(aspects)

    @classmethod
    def of(cls, word: str, aspects: Collection[str]) -> LabelStudioProject:
        """Raises ManifestUnreadable for an address without a project."""
        found = ADDRESS.fullmatch(word)
        if found is None:
            raise ManifestUnreadable("Write a live project as label-studio:https://host/projects/7.")
        return cls(found.group(1), int(found.group(2)), aspects)

    @property
    def name(self) -> str:
        return f"{self.server}/projects/{self.project}"

    @property
    def folder(self) -> str:
        return f"file://{Path.cwd()}"

    def lines(self) -> Iterator[Line]:
        if not settings.LABEL_STUDIO_API_KEY:
            raise ManifestUnreadable("Set LABEL_STUDIO_API_KEY to a key of that Label Studio.")
        try:
            import httpx
            from label_studio_sdk.client import LabelStudio
            from label_studio_sdk.core.api_error import ApiError
        except ImportError:
            raise ManifestUnreadable(
                "label-studio-sdk is not installed here; install requirements/dev.txt, or import an export (.json)."
            ) from None
        client: Any = LabelStudio(base_url=self.server, api_key=settings.LABEL_STUDIO_API_KEY)  # type: ignore[no-untyped-call]  # the SDK's
        try:
            tasks = client.tasks.list(project=self.project, fields="all", page_size=PAGE)
            for number, task in enumerate(tasks, start=1):
                yield number, row_of(number, task.dict(), self.aspects)
        except ApiError as error:
            raise ManifestUnreadable(
                "{name} answered with status {status}.", name=self.name, status=error.status_code
            ) from None
        except httpx.HTTPError as error:
            raise ManifestUnreadable(
                "{name} cannot be reached: {why}.", name=self.name, why=type(error).__name__
            ) from None
