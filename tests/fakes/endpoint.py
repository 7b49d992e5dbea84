"""A model endpoint that misbehaves on demand and keeps a journal of what it billed.

Belongs here: every way in which a provider is known to go wrong, over real HTTP on a real port.
Does not: plausible answers (the sandbox has those).

The server runs on a loop of its own in a thread. `behaviours` are used up one a request; after them `usual` holds.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cot_generation.sandbox.wire import Raw, Reply, Request, listen, trouble

Behaviour = Callable[["FaultyEndpoint", Request, dict[str, Any]], Awaitable[Reply | Raw]]


@dataclass(frozen=True)
class Entry:
    """One request as the provider saw it. `billed` tokens in and out; None where it was refused at the door."""

    call: str
    question: str
    model: str
    step: str
    billed: tuple[int, int] | None
    pictures: int


@dataclass
class FaultyEndpoint:
    """`usual` answers what is not covered by `behaviours`."""

    usual: Behaviour
    behaviours: list[Behaviour] = field(default_factory=list)
    journal: list[Entry] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    flying: int = 0
    peak: int = 0
    url: str = ""
    keep_bodies: bool = True
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def __call__(self, request: Request) -> Reply | Raw:
        if request.path == "/v1/models":
            return Reply.json(200, {"data": [{"id": "test-model", "object": "model", "created": 0, "owned_by": "t"}]})
        body = json.loads(request.body)
        with self._lock:
            behaviour = self.behaviours.pop(0) if self.behaviours else self.usual
            self.arrivals.append(request.arrived_at)
            if self.keep_bodies:
                self.bodies.append(body)
                self.headers.append(dict(request.headers))
            self.flying += 1
            self.peak = max(self.peak, self.flying)
        try:
            return await behaviour(self, request, body)
        finally:
            self.flying -= 1

    def write_down(self, request: Request, body: dict[str, Any], billed: tuple[int, int] | None) -> None:
        """What the provider's invoice will say."""
        content = body["messages"][-1]["content"]
        self.journal.append(
            Entry(
                call=request.headers.get("x-client-request-id", ""),
                question=request.headers.get("x-loupe-question", ""),
                model=body["model"],
                step=request.headers.get("x-loupe-step", ""),
                billed=billed,
                pictures=sum(part["type"] == "image_url" for part in content),
            )
        )

    @property
    def billed(self) -> list[Entry]:
        return [entry for entry in self.journal if entry.billed is not None]


def rationale_content(body: dict[str, Any], *, faulty: tuple[str, ...] = ("A",), leak: str = "") -> str:
    """What a well-behaved model says: the shown letters in `faulty` have the defect."""
    letters = "ABCDEFGH"[: sum(part["type"] == "image_url" for part in body["messages"][-1]["content"]) - 1]
    text = str(body["messages"][-1]["content"][-1]["text"])
    if '"observations"' in text:
        noted = [
            {"candidate": letter, "text": f"{{{{{letter}}}}} has an edge that can be followed."} for letter in letters
        ]
        return json.dumps({"observations": noted})
    words = {True: "wrong, it falls to the light", False: "as it was"}
    sentences = [
        {
            "candidate": letter,
            "text": f"{leak}In {{{{{letter}}}}} the shadow is {words[letter in faulty]}.",
            "defect": letter in faulty,
            "regions": [],
        }
        for letter in letters
    ]
    return json.dumps({"sentences": sentences, "answer": [letter for letter in faulty if letter in letters]})


def completion(body: dict[str, Any], content: str | None, **changes: Any) -> dict[str, Any]:
    """A chat completion that uses 1,000 tokens in and 100 out."""
    reply: dict[str, Any] = {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": 0,
        "model": body["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    }
    return {**reply, **changes}


def answers(
    *,
    faulty: tuple[str, ...] = ("A",),
    after_s: float = 0.0,
    content: str | None = None,
    leak: str = "",
    headers: dict[str, str] | None = None,
    **changes: Any,
) -> Behaviour:
    """Answers well, after a while; `changes` replace parts of the reply (`usage=None`, `model="other"`)."""

    async def behave(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Reply:
        await asyncio.sleep(after_s)
        said = rationale_content(body, faulty=faulty, leak=leak) if content is None else content
        endpoint.write_down(request, body, (1000, 100))
        reply = completion(body, said, **changes)
        return Reply.json(200, {name: value for name, value in reply.items() if value is not None}, **(headers or {}))

    return behave


async def names_a_stranger(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Reply:
    """Answers about a picture that it was not shown, as a model does that lost count of them."""
    said = rationale_content(body, faulty=()).replace('"answer": []', '"answer": ["E"]')
    return await _reply(endpoint, request, body, said)


async def _reply(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any], content: str) -> Reply:
    endpoint.write_down(request, body, (1000, 100))
    return Reply.json(200, completion(body, content))


def takes_pictures(*, at_most: int) -> Behaviour:
    """Refuses a request with more pictures, as a server does that was started with such a limit."""

    async def behave(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Reply:
        pictures = sum(part["type"] == "image_url" for part in body["messages"][-1]["content"])
        if pictures <= at_most:
            return await _reply(endpoint, request, body, rationale_content(body))
        endpoint.write_down(request, body, None)
        return trouble(400, f"At most {at_most} image(s) may be provided in one prompt.")

    return behave


def says(content: str | None, *, finish: str = "stop", refusal: str | None = None) -> Behaviour:
    """A reply of any content and finish reason: truncated, refused, filtered, empty."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return answers(content="", choices=[{"index": 0, "finish_reason": finish, "message": message}])


def fails(status: int, *, code: str | None = None, body: str | None = None, **headers: str) -> Behaviour:
    """An error at the door: nothing is billed."""

    async def behave(endpoint: FaultyEndpoint, request: Request, sent: dict[str, Any]) -> Reply:
        endpoint.write_down(request, sent, None)
        if body is not None:
            return Reply(status, body.encode(), {name.replace("_", "-"): value for name, value in headers.items()})
        return trouble(status, "This did not work.", code=code, **headers)

    return behave


async def hangs(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Reply:
    """Takes the request and says nothing, for longer than anyone waits; it bills all the same."""
    endpoint.write_down(request, body, (1000, 100))
    await asyncio.sleep(3600)
    raise AssertionError("nobody waits for an hour")


async def stalls_in_the_head(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Raw:
    """Begins the head of its reply and never ends it; it bills all the same."""
    endpoint.write_down(request, body, (1000, 100))

    async def stall(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: appl")
        await writer.drain()
        await asyncio.sleep(3600)

    return stall


async def drops(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Raw:
    """Does the work, bills it, and loses the connection before the reply."""
    endpoint.write_down(request, body, (1000, 100))

    async def cut(writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"id":')
        await writer.drain()

    return cut


async def trickles(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Raw:
    """Sends the head at once and then a byte every tenth of a second: no phase of the client ever times out."""
    endpoint.write_down(request, body, (1000, 100))

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n")
        for _ in range(100_000):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.1)

    return drip


async def floods_with_blanks(endpoint: FaultyEndpoint, request: Request, body: dict[str, Any]) -> Raw:
    """White space without end, as fast as it goes."""
    endpoint.write_down(request, body, (1000, 100))

    async def flood(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4000000000\r\n\r\n")
        while True:
            writer.write(b" " * 65536)
            await writer.drain()

    return flood


@contextmanager
def running(usual: Behaviour | None = None) -> Iterator[FaultyEndpoint]:
    """The endpoint on a free port, until the block ends."""
    endpoint = FaultyEndpoint(usual=usual or answers())
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(listen(endpoint, "127.0.0.1", 0))
    endpoint.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        asyncio.run_coroutine_threadsafe(close(server), loop).result(timeout=5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)
        loop.close()


async def close(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
