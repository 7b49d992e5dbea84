"""What goes to a provider and what comes back, as plain values.

Belongs here: types that services and providers share. Does not: any SDK.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from cot_generation.choices import Outcome


@dataclass(frozen=True)
class Target:
    """Where to ask. The key is a secret: never logged, not in `repr`."""

    base_url: str
    key: str = field(repr=False)
    deadline_s: float = 120.0


@dataclass(frozen=True)
class Room:
    """What the server says is left of its own limits (`x-ratelimit-…`); None where it does not say."""

    requests: int | None = None
    tokens: int | None = None
    reset_s: float | None = None

    @property
    def spent(self) -> bool:
        """Whether nothing more should be sent before the reset."""
        return self.requests == 0 or self.tokens == 0


NO_WORD = Room()


@dataclass(frozen=True)
class Answer:
    """How a request ended. `fault` is set where no reply came; `body` is as it came over the wire."""

    status: int | None = None
    body: str = ""
    request_id: str = ""
    retry_after_s: float | None = None
    room: Room = NO_WORD
    latency_ms: int | None = 0  # None: it came in a batch
    fault: Outcome | None = None


Ask = Callable[[Target, bytes, Mapping[str, str]], Awaitable[Answer]]
"""Sends a JSON body with further headers. Never raises for what a provider or the network does."""
