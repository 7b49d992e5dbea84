"""JSON out, by msgspec: faster than the standard library, strict about NaN."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.db.models import QuerySet
from rest_framework.renderers import BaseRenderer


def _other(value: object) -> object:
    if isinstance(value, QuerySet):
        return list(value)
    return str(value)


ENCODER = msgspec.json.Encoder(enc_hook=_other, decimal_format="string")


class MsgspecJSONRenderer(BaseRenderer):
    """The only renderer: no browsable API, no HTML."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else ENCODER.encode(data)
