"""OpenAI's Batch API, as other servers have it too: a file up, a batch asked for, looked at, its files down.

Belongs here: one client for as long as batches are moved, and how its errors become values.
Does not: what a batch's lines mean (batch_lines.py), when to do what (services/batches.py).

Retries, redirects and environment proxies are off, as for single calls. A trouble is raised as `Refused` with the
`Answer` that single calls have, so that both are read by the same table. Ids come from the server and go into paths:
only plain ones are taken.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cot_generation.choices import Outcome
from cot_generation.providers.answers import Answer, Target
from cot_generation.providers.openai_compatible import answer_of

if TYPE_CHECKING:
    from openai import AsyncOpenAI

SHORT_S = 60.0
LONG_S = 900.0  # for a file, up or down
PAGES_AT_MOST = 50
PAGE = 100
NAMED = "loupe_batch"  # under this key of its metadata a batch carries our own name for it
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,159}")


class Refused(Exception):
    """The server refused, failed or was not reached; `answer` says how, as for a single call."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status or (answer.fault.value if answer.fault else ""))
        self.answer = answer


@dataclass(frozen=True)
class Standing:
    """How a batch stands at the server. Counts are the server's own; files are "" where there are none."""

    id: str
    status: str
    done: int
    failed: int
    output_file: str
    error_file: str
    trouble: str  # why it was not accepted
    trouble_code: str


def _plain(value: object) -> str:
    text = str(value or "")
    if text and not _ID.fullmatch(text):
        raise Refused(Answer(status=200, body=f"an id that is none: {text[:80]!r}", fault=Outcome.UNREADABLE))
    return text


def _standing(batch: Any) -> Standing:
    counts, errors = batch.request_counts, (batch.errors.data if batch.errors else None) or []
    return Standing(
        id=_plain(batch.id),
        status=str(batch.status or ""),
        done=max(0, int((counts.completed if counts else 0) or 0)),
        failed=max(0, int((counts.failed if counts else 0) or 0)),
        output_file=_plain(batch.output_file_id),
        error_file=_plain(batch.error_file_id),
        trouble=str(errors[0].message or "")[:400] if errors else "",
        trouble_code=str(errors[0].code or "") if errors else "",
    )


class Batches:
    """The server's files and batches."""

    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client

    async def upload(self, path: Path, *, name: str) -> str:
        """The file's id. Costs nothing until a batch is asked for with it."""
        with path.open("rb") as file:
            async with _told(LONG_S):
                made = await self._client.files.create(file=(name, file, "application/jsonl"), purpose="batch")
        return _needed(made.id)

    async def ask(self, file_id: str, *, name: str) -> Standing:
        """Ask for a batch over this file, to be done within a day."""
        async with _told(SHORT_S):
            batch = await self._client.batches.create(
                input_file_id=file_id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={NAMED: name},
            )
        _needed(batch.id)
        return _standing(batch)

    async def find(self, file_id: str) -> list[Standing]:
        """The batches over this file, the oldest first: an earlier request for one may have been heard."""
        found, after = [], ""
        for _ in range(PAGES_AT_MOST):
            async with _told(SHORT_S):
                page = await (
                    self._client.batches.list(limit=PAGE, after=after)
                    if after
                    else self._client.batches.list(limit=PAGE)
                )
            found += [_standing(batch) for batch in page.data if batch.input_file_id == file_id]
            if not page.has_more or not page.data:
                break
            after = _needed(page.data[-1].id)
        return found[::-1]

    async def look(self, batch_id: str) -> Standing:
        async with _told(SHORT_S):
            return _standing(await self._client.batches.retrieve(batch_id))

    async def cancel(self, batch_id: str) -> Standing:
        async with _told(SHORT_S):
            return _standing(await self._client.batches.cancel(batch_id))

    async def download(self, file_id: str, into: IO[bytes], *, limit: int) -> None:
        """The file's content, of `limit` bytes at most: more than that nobody means well."""
        async with _told(LONG_S), self._client.files.with_streaming_response.content(file_id) as response:
            async for chunk in response.iter_bytes(256 * 1024):
                if into.tell() + len(chunk) > limit:
                    raise Refused(Answer(fault=Outcome.OVERSIZED))
                into.write(chunk)

    async def uploads(self) -> list[tuple[str, str]]:
        """(id, name) of the files that were uploaded for batches, also those of others who use the key."""
        found: list[tuple[str, str]] = []
        listed = self._client.files.list
        for _ in range(PAGES_AT_MOST):
            async with _told(SHORT_S):
                page = await (
                    listed(purpose="batch", limit=PAGE, after=found[-1][0])
                    if found
                    else listed(purpose="batch", limit=PAGE)
                )
            found += [(_needed(file.id), str(file.filename or "")) for file in page.data]
            if not page.has_more or not page.data:
                break
        return found

    async def delete(self, file_id: str) -> None:
        async with _told(SHORT_S):
            await self._client.files.delete(file_id)


def _needed(value: object) -> str:
    text = _plain(value)
    if not text:
        raise Refused(Answer(status=200, fault=Outcome.UNREADABLE))
    return text


@asynccontextmanager
async def _told(deadline_s: float) -> AsyncIterator[None]:
    """Turns what the SDK raises into `Refused`. The deadline is over the whole, so that trickling bytes end too."""
    import httpx2
    from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

    started = time.perf_counter()
    try:
        async with asyncio.timeout(deadline_s):
            yield
    except APIStatusError as error:
        took = int((time.perf_counter() - started) * 1000)
        if not error.response.is_stream_consumed:
            await error.response.aread()
        raise Refused(answer_of(error.response, took)) from None
    except (TimeoutError, APITimeoutError) as error:
        never = isinstance(error.__cause__, httpx2.ConnectTimeout | httpx2.PoolTimeout)
        raise Refused(Answer(fault=Outcome.UNREACHABLE if never else Outcome.TIMED_OUT)) from None
    except APIConnectionError as error:
        unreached = isinstance(error.__cause__, httpx2.ConnectError)
        raise Refused(Answer(fault=Outcome.UNREACHABLE if unreached else Outcome.DROPPED)) from None
    except httpx2.HTTPError:
        raise Refused(Answer(fault=Outcome.DROPPED)) from None
    except (APIError, ValueError, AttributeError, TypeError):
        # The SDK builds its objects from whatever came; what is no batch shows here.
        raise Refused(Answer(status=200, fault=Outcome.UNREADABLE)) from None


@asynccontextmanager
async def opened(target: Target) -> AsyncIterator[Batches]:
    """A client of this server for as long as a batch is moved."""
    import httpx2
    from openai import AsyncOpenAI

    timeout = httpx2.Timeout(connect=5, read=120, write=120, pool=30)
    async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=timeout) as http:
        yield Batches(
            AsyncOpenAI(base_url=target.base_url, api_key=target.key, http_client=http, max_retries=0, timeout=timeout)
        )
