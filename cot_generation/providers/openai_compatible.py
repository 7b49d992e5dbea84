"""Servers that speak OpenAI's chat completions, through OpenAI's SDK.

Belongs here: the client and how its errors become an `Answer`.
Does not: retries (the SDK's are off: only the ledger knows what may be sent again).

Redirects and environment proxies are off, since a key must reach no host but the one it was entered for. Timeouts of
the HTTP client are per phase, and bytes that trickle in never trip them: a deadline over the whole call stands above.
"""

from __future__ import annotations

import asyncio
import email.utils
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from cot_generation.choices import Outcome
from cot_generation.providers.answers import Answer, Ask, Room, Target

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

REPLY_LIMIT = 2 * 1024 * 1024  # bytes; the longest honest reply is far below
# Each HTTP client looks at all its connections for every request, so many small ones cost less than one large.
CLIENTS = 16
CONNECTIONS = 64  # of one client


class _TooLarge(Exception):
    """The reply has passed REPLY_LIMIT."""


def _capped(transport: httpx2.AsyncBaseTransport) -> httpx2.AsyncBaseTransport:
    """The transport, with replies cut off at REPLY_LIMIT by an exception."""
    import httpx2

    class Capped(httpx2.AsyncByteStream):
        def __init__(self, inner: Any) -> None:
            self._inner = inner

        async def __aiter__(self) -> AsyncIterator[bytes]:
            seen = 0
            async for chunk in self._inner:
                seen += len(chunk)
                if seen > REPLY_LIMIT:
                    raise _TooLarge
                yield chunk

        async def aclose(self) -> None:
            await self._inner.aclose()

    class CappedTransport(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            response = await transport.handle_async_request(request)
            response.stream = Capped(response.stream)
            return response

        async def aclose(self) -> None:
            await transport.aclose()

    return CappedTransport()


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """Seconds to wait as the server asks, from a number of seconds or a date; None where it does not say."""
    raw = headers.get("retry-after", "").strip()
    if not raw:
        return None
    try:
        return max(0.0, float(raw))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(raw).timestamp() - now)
    except ValueError:
        return None


_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def room(headers: Mapping[str, str]) -> Room:
    """What is left of the server's limits, as OpenAI and those that follow it write it (`6m0s`, `20ms`, `17`)."""

    def count(name: str) -> int | None:
        raw = headers.get(f"x-ratelimit-remaining-{name}", "").strip()
        return int(raw) if raw.isdigit() else None

    def seconds(name: str) -> float:
        raw = headers.get(f"x-ratelimit-reset-{name}", "").strip()
        if raw.replace(".", "", 1).isdigit():
            return float(raw)
        return sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(raw))

    requests, tokens = count("requests"), count("tokens")
    resets = [seconds(name) for name, left in (("requests", requests), ("tokens", tokens)) if left == 0]
    return Room(requests, tokens, max(resets, default=0.0) or None)


@asynccontextmanager
async def opened() -> AsyncIterator[Ask]:
    """HTTP clients for as long as calls are made; connections are kept and shared by all endpoints."""
    import httpx2
    from openai import APIConnectionError, APIStatusError, APITimeoutError, AsyncOpenAI

    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    https = [
        httpx2.AsyncClient(
            transport=_capped(httpx2.AsyncHTTPTransport(limits=limits, trust_env=False)),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(connect=5, read=600, write=30, pool=30),
        )
        for _ in range(CLIENTS)
    ]
    flying = [0] * CLIENTS
    clients: dict[tuple[int, str, str], AsyncOpenAI] = {}

    def client_of(place: int, target: Target) -> AsyncOpenAI:
        known = (place, target.base_url, target.key)
        if known not in clients:
            http = https[place]
            clients[known] = AsyncOpenAI(
                base_url=target.base_url, api_key=target.key, http_client=http, max_retries=0, timeout=http.timeout
            )
        return clients[known]

    async def ask(target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        started = time.perf_counter()
        place = flying.index(min(flying))

        def took() -> int:
            return int((time.perf_counter() - started) * 1000)

        flying[place] += 1
        try:
            async with asyncio.timeout(target.deadline_s):
                response = await client_of(place, target).post(
                    "/chat/completions",
                    cast_to=httpx2.Response,
                    content=body,
                    options={"headers": {"content-type": "application/json", "accept-encoding": "identity", **headers}},
                )
        except APIStatusError as error:
            return answer_of(error.response, took())
        except (TimeoutError, APITimeoutError) as error:
            never_sent = isinstance(error.__cause__, httpx2.ConnectTimeout | httpx2.PoolTimeout)
            return Answer(latency_ms=took(), fault=Outcome.UNREACHABLE if never_sent else Outcome.TIMED_OUT)
        except APIConnectionError as error:
            return Answer(latency_ms=took(), fault=_fault(error.__cause__))
        except _TooLarge:
            return Answer(latency_ms=took(), fault=Outcome.OVERSIZED)
        finally:
            flying[place] -= 1
        return answer_of(response, took())

    def _fault(cause: BaseException | None) -> Outcome:
        if isinstance(cause, _TooLarge):
            return Outcome.OVERSIZED
        return Outcome.UNREACHABLE if isinstance(cause, httpx2.ConnectError) else Outcome.DROPPED

    try:
        yield ask
    finally:
        for http in https:
            await http.aclose()


def answer_of(response: httpx2.Response, latency_ms: int) -> Answer:
    return Answer(
        status=response.status_code,
        body=response.text,
        request_id=response.headers.get("x-request-id", ""),
        retry_after_s=retry_after(response.headers, now=time.time()),
        room=room(response.headers),
        latency_ms=latency_ms,
    )


async def models(target: Target) -> list[str] | Answer:
    """The models that the server lists, or how the request ended."""
    import httpx2
    from openai import APIConnectionError, APIStatusError, AsyncOpenAI

    started = time.perf_counter()
    async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=target.deadline_s) as http:
        client = AsyncOpenAI(base_url=target.base_url, api_key=target.key, http_client=http, max_retries=0)
        try:
            async with asyncio.timeout(target.deadline_s):
                listed = await client.models.list()
        except APIStatusError as error:
            return answer_of(error.response, int((time.perf_counter() - started) * 1000))
        except (APIConnectionError, TimeoutError):
            return Answer(fault=Outcome.UNREACHABLE)
    return [model.id for model in listed.data]
