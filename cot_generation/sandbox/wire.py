"""HTTP/1.1 on asyncio streams, as much of it as a model endpoint needs.

Belongs here: reading a request with a length, writing a reply, keeping the connection, saying no to what is malformed.
Does not: routes and answers (server.py). A handler may take the raw socket: the tests' faulty endpoint does.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

import msgspec

BODY_LIMIT = 32 * 1024 * 1024
FILE_LIMIT = 208 * 1024 * 1024  # a batch's file may have 200 MB
HEAD_LIMIT = 64 * 1024


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    arrived_at: float  # the loop's clock, when the last byte of the head was read
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"

    @classmethod
    def json(cls, status: int, content: object, **headers: str) -> "Reply":
        return cls(
            status, msgspec.json.encode(content), {name.replace("_", "-"): value for name, value in headers.items()}
        )

    def encoded(self, *, keep: bool) -> bytes:
        head = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            f"content-type: {self.media_type}",
            f"content-length: {len(self.body)}",
            f"connection: {'keep-alive' if keep else 'close'}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + self.body


Raw = Callable[[asyncio.StreamWriter], Awaitable[None]]
"""Writes whatever it likes, then the connection is closed: how the tests' endpoint breaks off in the middle."""

Handler = Callable[[Request], Awaitable[Reply | Raw]]


class Malformed(Exception):
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def trouble(
    status: int, message: str, *, kind: str = "invalid_request_error", code: str | None = None, **headers: str
) -> Reply:
    """An error in the shape that OpenAI-compatible servers use."""
    return Reply.json(status, {"error": {"message": message, "type": kind, "param": None, "code": code}}, **headers)


async def read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of the connection, None when the client has left."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError:
        raise Malformed(trouble(431, "The head of the request is too long.")) from None
    arrived_at = asyncio.get_running_loop().time()
    first, *lines = head.decode("latin-1").split("\r\n")
    try:
        method, target, _ = first.split(" ", 2)
    except ValueError:
        raise Malformed(trouble(400, "This is not HTTP.")) from None
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
    }
    body = b""
    if method in {"POST", "PUT", "PATCH"}:
        if not headers.get("content-length", "").isdigit():
            raise Malformed(trouble(411, "A body needs a content-length."))
        length = int(headers["content-length"])
        limit = FILE_LIMIT if target.endswith("/files") else BODY_LIMIT
        if length > limit:
            raise Malformed(trouble(413, f"A body may have {limit} bytes at most."))
        try:
            body = await reader.readexactly(length)
        except asyncio.IncompleteReadError:
            return None
    path, _, query = target.partition("?")
    return Request(method, path, headers, body, arrived_at, dict(parse_qsl(query)))


async def _converse(handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    keep = True
    while keep:
        try:
            request = await read(reader)
            if request is None:
                return
            keep = request.headers.get("connection", "").lower() != "close"
            reply = await handler(request)
        except Malformed as malformed:
            reply, keep = malformed.reply, False
        if not isinstance(reply, Reply):
            await reply(writer)
            return
        writer.write(reply.encoded(keep=keep))
        await writer.drain()


async def listen(handler: Handler, host: str, port: int) -> asyncio.Server:
    """Start serving; port 0 takes a free one, which `server.sockets` tells."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _converse(handler, reader, writer)
        except ConnectionError:
            pass  # the client left; there is nobody to tell
        finally:
            writer.close()

    return await asyncio.start_server(connected, host, port, limit=HEAD_LIMIT, backlog=512)
