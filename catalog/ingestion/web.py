"""Pictures from web hosts that an administrator listed (IMPORT_HOSTS).

Belongs here: one GET under caps on time and size. Does not: deciding whether the bytes are a picture.

No redirect is followed, no proxy or credential of this machine is used: a listed host cannot send us to another one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx2
from django.conf import settings

from catalog.errors import PictureRefused

SECONDS = 20
HEADERS = {"Accept": "image/*", "User-Agent": "loupe"}


def read(address: str, *, cap: int) -> bytes:
    """The reply's body, at most `cap` bytes. Raises PictureRefused."""
    host = urlsplit(address).hostname or ""
    if host not in settings.IMPORT_HOSTS:
        raise PictureRefused(
            "lies on host {host!r}, which is not among those an administrator listed (IMPORT_HOSTS)", host=host
        )
    content = bytearray()
    try:
        with (
            httpx2.Client(follow_redirects=False, trust_env=False, timeout=SECONDS, headers=HEADERS) as client,
            client.stream("GET", address) as reply,
        ):
            if reply.is_redirect:
                raise PictureRefused("leads to another address; name the picture's own")
            if reply.status_code != 200:
                raise PictureRefused("cannot be fetched (status {status})", status=reply.status_code)
            for block in reply.iter_bytes(1 << 16):
                content += block
                if len(content) > cap:
                    raise PictureRefused("is larger than {megabytes} MB", megabytes=cap // 1_000_000)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise PictureRefused("cannot be fetched ({why})", why=type(error).__name__) from None
    return bytes(content)
