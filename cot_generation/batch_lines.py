"""The lines of a batch's files: one request out, one result back.

Belongs here: a request as a line, a line as a call's ending. Does not: files, tables. Pure functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from cot_generation import endings
from cot_generation.choices import Outcome
from cot_generation.endings import Ending
from cot_generation.providers.answers import Answer

ENDED_BEFORE = {"batch_expired", "batch_cancelled"}


class Response(msgspec.Struct):
    status_code: int = 0
    request_id: str | None = None
    body: msgspec.Raw = msgspec.Raw(b"")


class Trouble(msgspec.Struct):
    code: str | None = None
    message: str | None = None


class Line(msgspec.Struct):
    custom_id: str | None = None
    response: Response | None = None
    error: Trouble | None = None


_decoder = msgspec.json.Decoder(Line)


def name_of(question_id: int, fence: int) -> str:
    """The id under which a request goes out and its result comes back: a question's claim, which has one call."""
    return f"q{question_id}-{fence}"


def named(custom_id: str) -> tuple[int, int] | None:
    """(question, fence); None where the id is none of ours."""
    question, dash, fence = custom_id.removeprefix("q").partition("-")
    digits = question.isascii() and fence.isascii() and question.isdigit() and fence.isdigit()
    if not (custom_id.startswith("q") and dash and digits) or max(len(question), len(fence)) > 18:
        return None
    return int(question), int(fence)


def request(name: str, body: bytes, *, headers: Mapping[str, str]) -> bytes:
    """A line of the input file. Lines have no headers: a sandbox's are put into the body's metadata."""
    if headers:
        body = body.rstrip()[:-1] + b',"metadata":' + msgspec.json.encode(headers) + b"}"
    line = {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": msgspec.Raw(body)}
    return msgspec.json.encode(line) + b"\n"


@dataclass(frozen=True)
class Result:
    """A line of an output or error file."""

    custom_id: str
    ending: Ending


def result(line: bytes) -> Result | None:
    """None where the line cannot be read, or names nothing."""
    try:
        found = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not found.custom_id:
        return None
    return Result(found.custom_id, _ending(found))


def _ending(line: Line) -> Ending:
    if line.response is not None and line.response.status_code:
        body = bytes(line.response.body).decode("utf-8", "replace")
        answer = Answer(
            status=line.response.status_code, body=body, request_id=line.response.request_id or "", latency_ms=None
        )
        return endings.read(answer)
    code = (line.error.code if line.error else None) or ""
    outcome = Outcome.LEFT_OVER if code in ENDED_BEFORE else Outcome.SERVER_ERROR
    detail = (line.error.message if line.error else None) or code
    return Ending(outcome, latency_ms=None, detail=detail[:300])
