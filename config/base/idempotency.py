"""The same unsafe request twice is done once.

Belongs here: remembering a request's key, its body's hash and the reply, in the transaction that does the work.
Does not: submits, whose key is a unique column of the annotation they write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from rest_framework.request import Request

from config.base.errors import InvalidInput, KeyReused
from config.base.models import IdempotencyKey

HEADER = "Idempotency-Key"
_sorted_json = msgspec.json.Encoder(order="sorted").encode


def key_of(request: Request) -> UUID | None:
    """The request's key, if it has one. Raises InvalidInput unless it is a UUID."""
    raw = request.headers.get(HEADER)
    if not raw:
        return None
    try:
        return UUID(raw)
    except ValueError:
        raise InvalidInput("{header} must be a UUID.", header=HEADER) from None


@transaction.atomic
def once(*, user_id: int, key: UUID | None, request: object, make: Callable[[], msgspec.Struct]) -> Any:
    """`make()`, or what it gave when this key was first used. Raises KeyReused.

    A request that is refused leaves no trace, so it may be mended and sent again under the same key. Two at once: the
    second waits for the first.
    """
    if key is None:
        return make()
    digest = hashlib.sha256(_sorted_json(msgspec.to_builtins(request))).digest()
    row, fresh = IdempotencyKey.objects.get_or_create(user_id=user_id, key=key, defaults={"body_hash": digest})
    if not fresh:
        if bytes(row.body_hash) != digest:
            raise KeyReused
        return row.reply
    row.reply = msgspec.to_builtins(make())
    row.save(update_fields=["reply"])
    return row.reply
