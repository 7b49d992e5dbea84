"""The sandbox's files and batches, as OpenAI has them: upload, ask, look, cancel, fetch.

Belongs here: `/v1/files`, `/v1/batches`, and working a batch off in the background, its results in another order.
Does not: what is answered (server.py hands that in), HTTP (wire.py). Everything is forgotten when the process ends.
"""

import asyncio
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from cot_generation.sandbox.wire import Reply, Request, trouble

REQUESTS_AT_MOST = 50_000
AT_ONCE = 32
LIST_AT_MOST = 100
_BOUNDARY = re.compile(r'multipart/form-data;.*boundary="?([^";]+)"?')
_FINISHED = {"completed", "failed", "expired", "cancelled"}

Answer = Callable[[bytes, dict[str, str]], Awaitable[Reply]]
"""Answers one chat request (its body, and what stands for headers) as it would be answered singly."""


class Asked(msgspec.Struct):
    """A line of an input file."""

    custom_id: str
    url: str
    body: msgspec.Raw
    method: str = "POST"


class BodyMetadata(msgspec.Struct):
    metadata: dict[str, str] = {}


class BatchRequest(msgspec.Struct):
    input_file_id: str
    endpoint: str
    completion_window: str
    metadata: dict[str, str] | None = None


@dataclass
class Batch:
    """A batch; `changed` holds the moments at which it came to a state, by the field that says so."""

    id: str
    wanted: BatchRequest
    status: str = "validating"
    total: int = 0
    done: int = 0
    failed: int = 0
    output_file: str | None = None
    error_file: str | None = None
    errors: list[dict[str, object]] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    work: "asyncio.Task[None] | None" = None

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": self.wanted.endpoint,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "input_file_id": self.wanted.input_file_id,
            "completion_window": self.wanted.completion_window,
            "status": self.status,
            "output_file_id": self.output_file,
            "error_file_id": self.error_file,
            "request_counts": {"total": self.total, "completed": self.done, "failed": self.failed},
            "metadata": self.wanted.metadata,
            **self.changed,
        }


class Batches:
    """`seconds` is how long a batch waits before it is worked on."""

    def __init__(self, answer: Answer, *, seed: int, seconds: float) -> None:
        self._answer = answer
        self._draw = random.Random(f"batches {seed}")
        self._seconds = seconds
        self._folder = tempfile.TemporaryDirectory(prefix="loupe-sandbox-")
        self._files: dict[str, dict[str, Any]] = {}
        self._batches: dict[str, Batch] = {}
        self._count = 0

    async def handle(self, request: Request) -> Reply | None:
        """None where the path is none of these."""
        parts = request.path.strip("/").split("/")[1:]
        match request.method, parts:
            case "POST", ["files"]:
                return self._upload(request)
            case "GET", ["files"]:
                return self._list_files(request)
            case "GET", ["files", name, "content"] if name in self._files:
                return Reply(200, self._path(name).read_bytes(), media_type="application/jsonl")
            case "GET", ["files", name] if name in self._files:
                return Reply.json(200, self._files[name])
            case "DELETE", ["files", name] if name in self._files:
                del self._files[name]
                self._path(name).unlink()
                return Reply.json(200, {"id": name, "object": "file", "deleted": True})
            case "POST", ["batches"]:
                return self._ask(request)
            case "GET", ["batches"]:
                return self._list(request)
            case "GET", ["batches", name] if name in self._batches:
                return Reply.json(200, self._batches[name].shown())
            case "POST", ["batches", name, "cancel"] if name in self._batches:
                return self._cancel(self._batches[name])
        return None

    def _path(self, name: str) -> Path:
        return Path(self._folder.name, name)

    def _keep(self, content: bytes, *, filename: str, purpose: str) -> dict[str, Any]:
        self._count += 1
        name = f"file-sandbox-{self._count}"
        self._path(name).write_bytes(content)
        self._files[name] = {
            "id": name,
            "object": "file",
            "bytes": len(content),
            "created_at": int(time.time()),
            "filename": filename,
            "purpose": purpose,
            "status": "processed",
        }
        return self._files[name]

    def _upload(self, request: Request) -> Reply:
        found = _BOUNDARY.match(request.headers.get("content-type", ""))
        if not found:
            return trouble(400, "A file comes as multipart/form-data.")
        purpose, filename, content = "", "", None
        for part in request.body.split(b"--" + found[1].encode())[1:-1]:
            head, _, body = part.partition(b"\r\n\r\n")
            named = dict(re.findall(r'(\w+)="([^"]*)"', head.decode("latin-1")))
            if named.get("name") == "purpose":
                purpose = body.removesuffix(b"\r\n").decode("latin-1")
            elif named.get("name") == "file":
                filename, content = named.get("filename", ""), body.removesuffix(b"\r\n")
        if content is None or purpose != "batch":
            return trouble(400, "A file with the purpose 'batch' is expected.")
        return Reply.json(200, self._keep(content, filename=filename, purpose="batch"))

    def _ask(self, request: Request) -> Reply:
        try:
            wanted = msgspec.json.decode(request.body, type=BatchRequest)
        except msgspec.DecodeError as error:
            return trouble(400, f"The request does not fit: {error}")
        if wanted.input_file_id not in self._files:
            return trouble(404, f"There is no file {wanted.input_file_id!r}.")
        if wanted.endpoint != "/v1/chat/completions" or wanted.completion_window != "24h":
            return trouble(400, "Batches are for /v1/chat/completions, within 24h.")
        self._count += 1
        batch = Batch(f"batch_sandbox_{self._count}", wanted)
        batch.changed = {"created_at": int(time.time()), "expires_at": int(time.time()) + 24 * 3600}
        self._batches[batch.id] = batch
        batch.work = asyncio.get_running_loop().create_task(self._work(batch))
        return Reply.json(200, batch.shown())

    def _list(self, request: Request) -> Reply:
        return _page([batch.shown() for batch in self._batches.values()], request)

    def _list_files(self, request: Request) -> Reply:
        purpose = request.query.get("purpose")
        return _page([each for each in self._files.values() if purpose in (None, each["purpose"])], request)

    def _cancel(self, batch: Batch) -> Reply:
        if batch.status not in _FINISHED:
            self._move(batch, "cancelling")
        return Reply.json(200, batch.shown())

    def _move(self, batch: Batch, status: str) -> None:
        batch.status = status
        batch.changed[f"{status}_at"] = int(time.time())

    def _lines(self, batch: Batch) -> list[Asked] | None:
        """The file's requests; None, and the batch has failed, where one of them cannot be taken."""
        lines, seen = [], set()
        for number, raw in enumerate(self._path(batch.wanted.input_file_id).read_bytes().splitlines(), start=1):
            try:
                line = msgspec.json.decode(raw, type=Asked)
            except msgspec.DecodeError as error:
                code, message = "invalid_json_line", str(error)
            else:
                if line.custom_id not in seen and (line.method, line.url) == ("POST", batch.wanted.endpoint):
                    seen.add(line.custom_id)
                    lines.append(line)
                    continue
                code, message = "invalid_request", "A custom_id comes twice, or the line is for another URL."
            batch.errors.append({"code": code, "message": message, "line": number, "param": None})
            break
        if not batch.errors and not 0 < len(lines) <= REQUESTS_AT_MOST:
            message = f"A batch has 1 to {REQUESTS_AT_MOST} requests."
            batch.errors.append({"code": "invalid_size", "message": message, "line": None, "param": None})
        return None if batch.errors else lines

    async def _work(self, batch: Batch) -> None:
        lines = self._lines(batch)
        if lines is None:
            self._move(batch, "failed")
            return
        batch.total = len(lines)
        self._move(batch, "in_progress")
        await asyncio.sleep(self._seconds)
        good: list[dict[str, object]] = []
        bad: list[dict[str, object]] = []
        for start in range(0, len(lines), AT_ONCE):
            some = lines[start : start + AT_ONCE]
            if batch.status == "cancelling":
                told = {"code": "batch_cancelled", "message": "This request was not made: the batch was cancelled."}
                bad += [self._line(line, error=told) for line in lines[start:]]
                break
            replies = await asyncio.gather(*(self._one(line) for line in some))
            for line, reply in zip(some, replies, strict=True):
                fine = 200 <= reply.status < 300
                batch.done += fine
                batch.failed += not fine
                (good if fine else bad).append(self._line(line, reply=reply))
        if batch.status != "cancelling":
            self._move(batch, "finalizing")
        # Results come in no order that anybody promised.
        self._draw.shuffle(good)
        batch.output_file = self._results(good, "output")
        batch.error_file = self._results(bad, "error")
        self._move(batch, "cancelled" if batch.status == "cancelling" else "completed")

    async def _one(self, line: Asked) -> Reply:
        try:
            metadata = msgspec.json.decode(line.body, type=BodyMetadata).metadata
        except msgspec.DecodeError:
            metadata = {}
        return await self._answer(bytes(line.body), metadata)

    def _line(
        self, line: Asked, *, reply: Reply | None = None, error: dict[str, str] | None = None
    ) -> dict[str, object]:
        self._count += 1
        response = reply and {
            "status_code": reply.status,
            "request_id": f"req-batch-{self._count}",
            "body": msgspec.Raw(reply.body),
        }
        return {"id": f"batch_req_{self._count}", "custom_id": line.custom_id, "response": response, "error": error}

    def _results(self, lines: list[dict[str, object]], kind: str) -> str | None:
        if not lines:
            return None
        content = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        return str(self._keep(content, filename=f"{kind}.jsonl", purpose="batch_output")["id"])


def _page(every: Sequence[dict[str, Any]], request: Request) -> Reply:
    """A part of these, the newest first, from behind `after`."""
    limit, newest = int(request.query.get("limit", "20")), every[::-1]
    after = request.query.get("after")
    start = next((place + 1 for place, each in enumerate(newest) if each["id"] == after), 0)
    some = newest[start : start + min(limit, LIST_AT_MOST)]
    return Reply.json(
        200,
        {
            "object": "list",
            "data": some,
            "has_more": start + len(some) < len(newest),
            "first_id": some[0]["id"] if some else None,
            "last_id": some[-1]["id"] if some else None,
        },
    )
