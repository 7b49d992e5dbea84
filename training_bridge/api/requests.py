"""Request bodies of this app."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from config.base.api.requests import StructRequest
from training_bridge.choices import ExportFormat
from training_bridge.services import returning

Seed = Annotated[int, Meta(ge=0, le=2_000_000_000)]


class TrainingRunCreateRequest(StructRequest):
    """`endpoint_id` names the endpoint that answers the same test questions."""

    release: str
    recipe: str
    seed: Seed = 0
    smoke: bool = False
    endpoint_id: UUID | None = None


class ReturnBatchRequest(StructRequest):
    """`question_ids` null: every question of the named standings that is not with people yet.

    `highest_losses`: instead so many of the highest losses, whatever their standing; of `question_ids`, if given.
    """

    question_ids: list[int] | None = None
    standings: list[str] = []
    highest_losses: Annotated[int, Meta(ge=1, le=returning.MOST)] | None = None
    wanted: Annotated[int, Meta(ge=1, le=20)] = 2
    name: Annotated[str, Meta(max_length=160)] = ""


class ExportCreateRequest(StructRequest):
    """The same release, format and seed is the same export."""

    release: str
    format: ExportFormat
    seed: Seed = 0
