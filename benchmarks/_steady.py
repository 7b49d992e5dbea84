"""The endpoint of the generation benchmarks: a reply exactly one second after its request's head, any number at once.

Belongs here: that server as a process, its faults and its journal, both off until `POST /reset` asks for them.
Does not: plausible answers (the sandbox), other ways to misbehave (tests/fakes).

`python -m benchmarks._steady` prints the port. With faults, one request in a hundred each is turned away (429, come
again in a second), failed (500), dropped after the work was done, or cut off in the middle of its JSON. The journal
knows a question by its pictures and its words, so it can tell what was paid for again. What was in flight when its
asker was killed (`POST /killed`) is billed and reaches nobody.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from cot_generation.sandbox.wire import Raw, Reply, Request, listen, trouble

LATENCY_S = 1.0
FAULTS = ("turned_away", "failed", "dropped", "cut")  # one request in a hundred each
ROOT = Path(__file__).resolve().parents[1]
SENTENCES = [
    {
        "candidate": letter,
        "text": f"In {{{{{letter}}}}} the shadow starts at the foot and falls away from the light.",
        "defect": False,
        "regions": [],
    }
    for letter in "ABCD"
]
CONTENT = json.dumps({"sentences": SENTENCES, "answer": []})


def question_of(body: dict[str, Any]) -> str:
    """The same for the same pictures and words, in whatever order the candidates are shown."""
    parts = body["messages"][-1]["content"]
    pictures = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    words = [part["text"] for part in parts if part["type"] == "text"]
    digests = [hashlib.blake2b(each.encode(), digest_size=16).digest() for each in pictures]
    return hashlib.blake2b(b"".join([digests[0], *sorted(digests[1:]), max(words, key=len).encode()])).hexdigest()


async def _drop(writer: Any) -> None:
    writer.close()


class Steady:
    """`seen` is what `/stat` tells: times on the server's own clock, and how each request ended."""

    def __init__(self) -> None:
        self.reset({})

    def reset(self, wanted: dict[str, Any]) -> None:
        """`faults` (a seed) and `journal` may be asked for; counting starts anew."""
        seed = wanted.get("faults")
        self.draw = None if seed is None else random.Random(seed)
        self.journal = bool(wanted.get("journal"))
        self.generation = 0
        self.answered: set[str] = set()
        self.seen: dict[str, float] = dict.fromkeys(
            ("calls", "first", "last", "waited", "peak", "flying", "billed", "good", "orphaned", "again", *FAULTS), 0
        )

    async def __call__(self, request: Request) -> Reply | Raw:
        if request.path == "/stat":
            return Reply.json(200, {**self.seen, "questions": len(self.answered)})
        if request.path == "/reset":
            self.reset(json.loads(request.body))
            return Reply.json(200, {})
        if request.path == "/killed":
            self.generation += 1
            return Reply.json(200, {})
        if b"data:image" not in request.body:
            return self._completion('{"name": "Jason", "age": 25}')  # a client that tries whether JSON can be asked for
        return await self._asked(request, question_of(json.loads(request.body)) if self.journal else "")

    async def _asked(self, request: Request, question: str) -> Reply | Raw:
        seen, loop, generation = self.seen, asyncio.get_running_loop(), self.generation
        known = question in self.answered
        seen["first"] = seen["first"] or request.arrived_at
        seen["flying"] += 1
        seen["peak"] = max(seen["peak"], seen["flying"])
        place = self.draw.randrange(100) if self.draw else 100
        fault = FAULTS[place] if place < len(FAULTS) else ""
        if fault != "turned_away":
            await asyncio.sleep(max(0.0, request.arrived_at + LATENCY_S - loop.time()))
        seen["flying"] -= 1
        seen["calls"] += 1
        seen["last"] = loop.time()
        seen["waited"] += seen["last"] - request.arrived_at
        if fault:
            seen[fault] += 1
        if fault == "turned_away":
            return trouble(429, "Rate limit reached.", kind="rate_limit_error", retry_after="1")
        if fault == "failed":
            return trouble(500, "The server had an error.", kind="server_error")
        seen["billed"] += 1
        seen["again"] += known
        if generation != self.generation:
            seen["orphaned"] += 1
        elif not fault:
            seen["good"] += 1
            if self.journal:
                self.answered.add(question)
        if fault == "dropped":
            return _drop
        return self._completion(CONTENT[:60], "length") if fault == "cut" else self._completion(CONTENT)

    @staticmethod
    def _completion(content: str, reason: str = "stop") -> Reply:
        choices = [{"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": content}}]
        usage = {"prompt_tokens": 2000, "completion_tokens": 120, "total_tokens": 2120}
        return Reply.json(
            200,
            {
                "id": "c",
                "object": "chat.completion",
                "created": 0,
                "model": "steady",
                "choices": choices,
                "usage": usage,
            },
        )


class Client:
    """The endpoint as the benchmark steers it."""

    def __init__(self, port: str) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.asked = httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False)

    def stat(self) -> dict[str, float]:
        found: dict[str, float] = self.asked.get("/stat").json()
        return found

    def reset(self, *, faults: int | None = None, journal: bool = False) -> None:
        self.asked.post("/reset", json={"faults": faults, "journal": journal})

    def killed(self) -> None:
        self.asked.post("/killed", json={})


@contextmanager
def running() -> Iterator[Client]:
    """The endpoint as a process of its own, until the block ends."""
    argv = [sys.executable, "-m", "benchmarks._steady"]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield Client(server.stdout.readline().strip())
        finally:
            server.terminate()


async def serve() -> None:
    server = await listen(Steady(), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
