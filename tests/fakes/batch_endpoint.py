"""A server with OpenAI's files and batches that ends a batch as the test says, and answers well until told otherwise.

Belongs here: the troubles of batches over real HTTP. Does not: plausible answers (the sandbox has those).

A batch is worked on when the test calls `finish`. What it does to results is a function over the output's lines.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cot_generation.sandbox.wire import Raw, Reply, Request, listen, trouble
from tests.fakes import endpoint as fakes

Line = dict[str, Any]
Change = Callable[[list[Line]], list[Line]]


@dataclass
class BatchEndpoint:
    """`refusals`: replies given instead, by (method, path), each once; `heard_but_dropped`: batches made in silence.

    `unlisted`: so many of the newest batches that its list does not show yet; `names`: what uploads were called.
    """

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    inputs: list[list[Line]] = field(default_factory=list)
    refusals: dict[tuple[str, str], list[Reply]] = field(default_factory=dict)
    heard_but_dropped: int = 0
    unlisted: int = 0
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def __call__(self, request: Request) -> Reply | Raw:
        self.asked.append((request.method, request.path))
        if waiting := self.refusals.get((request.method, request.path)):
            return waiting.pop(0)
        if request.headers.get("authorization") != "Bearer a key for tests":
            return trouble(401, "The key is wrong.")
        parts = request.path.split("/")[2:]
        match request.method, parts:
            case "POST", ["files"]:
                content = request.body.split(b"\r\n\r\n")
                body = next(each for each in content if each.startswith(b'{"custom_id"')).split(b"\r\n--")[0]
                name = f"file-{len(self.inputs) + 1}"
                self.files[name] = body
                self.names[name] = re.findall(rb'filename="([^"]*)"', request.body)[0].decode()
                self.inputs.append([json.loads(line) for line in body.splitlines()])
                return Reply.json(200, {"id": name, "object": "file"})
            case "POST", ["batches"]:
                wanted = json.loads(request.body)
                name = f"batch-{len(self.batches) + 1}"
                self.batches[name] = {"id": name, "object": "batch", "status": "in_progress", **wanted}
                if self.heard_but_dropped:
                    self.heard_but_dropped -= 1
                    return _drop
                return Reply.json(200, self.batches[name])
            case "GET", ["batches"]:
                listed = list(self.batches.values())[: len(self.batches) - self.unlisted]
                return Reply.json(200, {"object": "list", "data": listed[::-1], "has_more": False})
            case "GET", ["files"]:
                uploads = [
                    {"id": name, "object": "file", "filename": self.names[name], "purpose": "batch"}
                    for name in self.files
                    if name in self.names
                ]
                return Reply.json(200, {"object": "list", "data": uploads, "has_more": False})
            case "GET", ["batches", name]:
                return Reply.json(200, self.batches[name])
            case "POST", ["batches", name, "cancel"]:
                self.batches[name]["status"] = "cancelling"
                return Reply.json(200, self.batches[name])
            case "GET", ["files", name, "content"] if name in self.files:
                return Reply(200, self.files[name], media_type="application/jsonl")
            case "DELETE", ["files", name] if name in self.files:
                del self.files[name]
                return Reply.json(200, {"id": name, "object": "file", "deleted": True})
        return trouble(404, f"There is no {request.method} {request.path} here.")

    def finish(
        self,
        name: str = "",
        *,
        status: str = "completed",
        results: Change = lambda lines: lines,
        errors: Change = lambda lines: [],
        completed: int | None = None,
    ) -> None:
        """End a batch (the last one): `results` and `errors` make the two files out of one good line a request.

        A batch whose file was deleted has been collected already, and stays as it ended.
        """
        name = name or list(self.batches)[-1]
        batch = self.batches[name]
        if batch["input_file_id"] not in self.files:
            return
        good = [answered(line) for line in map(json.loads, self.files[batch["input_file_id"]].splitlines())]
        for kind, lines in (("output", results(good)), ("error", errors(good))):
            if lines:
                self.files[f"file-{kind}-{name}"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
                batch[f"{kind}_file_id"] = f"file-{kind}-{name}"
        done = len(results(good)) if completed is None else completed
        batch["status"] = status
        batch["request_counts"] = {"total": len(good), "completed": done, "failed": len(good) - done}


async def _drop(writer: asyncio.StreamWriter) -> None:
    writer.close()


def answered(line: Line) -> Line:
    """The result of a request that went well."""
    body = line["body"]
    reply = fakes.completion(body, fakes.rationale_content(body))
    response = {"status_code": 200, "request_id": "req", "body": reply}
    return {"id": "r", "custom_id": line["custom_id"], "response": response, "error": None}


def expired(line: Line) -> Line:
    """The line of a request whose batch ended before its turn."""
    return {**line, "response": None, "error": {"code": "batch_expired", "message": "It could not be done in time."}}


@contextmanager
def running() -> Iterator[BatchEndpoint]:
    """The endpoint on a free port, until the block ends."""
    endpoint = BatchEndpoint()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(listen(endpoint, "127.0.0.1", 0))
    endpoint.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        asyncio.run_coroutine_threadsafe(fakes.close(server), loop).result(timeout=5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)
        loop.close()
