"""What several views of annotation say alike.

Belongs here: parameters and parts of replies that more than one file of views needs. Does not: views.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from annotation.api import responses
from annotation.selectors import golds as gold_selectors
from catalog.selectors import samples as catalog_samples
from config.base.errors import InvalidInput

AFTER = [
    OpenApiParameter("after", OpenApiTypes.STR, description="The last page's `after`."),
    OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 200."),
]


def gold_scores(scores: Mapping[int, gold_selectors.Accuracy], keys: Mapping[int, str]) -> list[responses.GoldScore]:
    """By the project's aspects, in their order."""
    return [responses.GoldScore(keys[each], scores[each].right, scores[each].judged) for each in keys if each in scores]


def external_ids(sample_ids: Sequence[int]) -> dict[int, str]:
    """The names people know."""
    return {sample_id: info.external_id for sample_id, info in catalog_samples.infos(sample_ids).items()}


def uuid_of(request: Request, name: str) -> UUID | None:
    """A UUID from the query. Raises InvalidInput."""
    raw = request.query_params.get(name)
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise InvalidInput("{name} must be a UUID.", name=name) from None
