"""One import from its first line to its last: chunks, processes, counts.

Belongs here: cutting the source into chunks, handing them to processes, keeping the Import row's counts.
Does not: what happens to a chunk (landing.py), waiting for pictures (catalog.services.imports).
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait

import msgspec
from django.db import connections

from catalog.imports.landing import Context, Landed, land
from catalog.imports.manifest import Refusal
from catalog.imports.sources import Source
from config.base.words import noted

CHUNK = 4000
Progress = Callable[[int, Landed], None]
Chunk = list[tuple[int, bytes]]


class OnlyId(msgspec.Struct):
    """Enough of a row to see that its id came before."""

    id: str


def read(
    source: Source, context: Context, *, processes: int = 2, progress: Progress | None = None
) -> tuple[int, Landed]:
    """Land every line of the source. Returns the number of lines and what became of them.

    A kill leaves complete chunks only, and the next run finishes: what is there already counts as unchanged.
    """
    total, lines = Landed(), 0
    doubled: list[Refusal] = []
    chunks = _chunks(source, doubled)
    first = list(itertools.islice(chunks, 2))
    everything = itertools.chain(first, chunks)
    landing = _many(everything, context, processes) if len(first) > 1 and processes > 1 else _one(everything, context)
    for count, landed in landing:
        lines += count
        total.add(landed)
        if progress is not None:
            progress(lines, total)
    total.refusals += doubled
    lines += len(doubled)
    total.refusals.sort(key=lambda refusal: (refusal.line, refusal.field))
    total.kept.sort(key=lambda refusal: refusal.line)
    return lines, total


def _chunks(source: Source, doubled: list[Refusal]) -> Iterator[Chunk]:
    """Lines in chunks; a second line with the same id is refused here, where all lines pass by."""
    seen: dict[str, int] = {}
    chunk: Chunk = []
    for number, raw in source.lines():
        if isinstance(raw, Refusal):
            doubled.append(raw)
            continue
        try:
            name = msgspec.json.decode(raw, type=OnlyId).id
        except (msgspec.DecodeError, RecursionError):
            name = ""  # refused with its reason when it is parsed
        if name and name in seen:
            doubled.append(Refusal(number, name[:200], "id", noted("is the same as on line {line}", line=seen[name])))
            continue
        if name:
            seen[name] = number
        chunk.append((number, raw))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _one(chunks: Iterator[Chunk], context: Context) -> Iterator[tuple[int, Landed]]:
    for chunk in chunks:
        yield len(chunk), land(context, chunk)


def _many(chunks: Iterator[Chunk], context: Context, processes: int) -> Iterator[tuple[int, Landed]]:
    """Two chunks in hand per process, no more: memory stays flat however long the manifest is."""
    connections.close_all()  # a forked child must not inherit this process's connection
    forking = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=forking, initializer=_settle) as pool:
        waiting: dict[Future[Landed], int] = {}
        for chunk in chunks:
            waiting[pool.submit(land, context, chunk)] = len(chunk)
            if len(waiting) >= 2 * processes:
                yield from _finished(waiting)
        while waiting:
            yield from _finished(waiting)


def _settle() -> None:
    """A chunk is millions of small values and no cycles: looking for some again and again costs a tenth of the time."""
    gc.freeze()
    gc.set_threshold(200_000)


def _finished(waiting: dict[Future[Landed], int]) -> Iterator[tuple[int, Landed]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()
