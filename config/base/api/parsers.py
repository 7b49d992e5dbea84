"""JSON in, by msgspec, with the size limit that DRF's own JSON parser does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import msgspec
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from config.base.words import told

DECODER = msgspec.json.Decoder()


class MsgspecJSONParser(BaseParser):
    """Bodies up to DATA_UPLOAD_MAX_MEMORY_SIZE; UTF-8 only, whatever charset the request claims."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise ParseError(told("The body is larger than {limit} bytes.", {"limit": limit}))
        if not body:
            return {}
        try:
            return DECODER.decode(body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ParseError(told("The body is not valid JSON: {why!t}", {"why": str(error)})) from None
