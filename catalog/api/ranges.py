"""Parts of a stored picture, as RFC 9110 §14 has them: one range a request.

Belongs here: reading `Range` and `If-Range`, the replies 200, 206 and 416.
Does not: where the bytes come from (catalog.services.assets).
"""

from __future__ import annotations

import re

from django.http import HttpResponse
from rest_framework.request import Request

ONE = re.compile(r"bytes=(\d*)-(\d*)")


def reply(request: Request, content: bytes, *, media_type: str, etag: str) -> HttpResponse:
    """The whole, or the part that was asked for. Several ranges at once, or other units, get the whole."""
    asked = ONE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    size = len(content)
    if asked is None or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        whole = HttpResponse(content, content_type=media_type)
        whole["Accept-Ranges"] = "bytes"
        return whole
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or start > end:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    part = HttpResponse(content[start : end + 1], status=206, content_type=media_type)
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Accept-Ranges"] = "bytes"
    return part
