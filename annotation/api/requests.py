"""Bodies this app accepts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec

from annotation.choices import (
    BatchOrder,
    BatchState,
    ConsensusMethod,
    CutKind,
    GoldEnd,
    GoldSource,
    Purpose,
    ReviewVerdict,
    SkipPolicy,
    SkipReason,
)
from annotation.services.batches import TermChanges, Terms
from annotation.shapes import Cells, Region, Tolerances
from annotation.signals import Sizes
from config.base.api.requests import StructRequest

Small = Annotated[int, msgspec.Meta(ge=0, le=86_400_000)]  # milliseconds: no beat covers more than a day
Reason = Annotated[str, msgspec.Meta(max_length=2_000)]
Names = Annotated[list[str], msgspec.Meta(max_length=200_000)]
Known = Annotated[list[int], msgspec.Meta(max_length=32)]


class BatchWhat(StructRequest):
    """Which samples: those named (external ids, or questions as `s-17/physical_shadow`), another batch's (all its
    pieces again, or only those that lack an opinion), or all of the project.
    """

    everything: bool = False
    batch: UUID | None = None
    only_unfinished: bool = False
    samples: Names = []
    questions: Names = []
    only_not_judged: bool = False
    only_not_in_batch: bool = False
    most: int | None = None


class BatchPreviewRequest(StructRequest):
    what: BatchWhat
    kind: CutKind = CutKind.LABEL
    wanted: int = 1
    maximum: int | None = None
    order: BatchOrder = BatchOrder.DRAWN
    terms: Terms = Terms()


class BatchCreateRequest(StructRequest):
    """`draft`: the draft it was written as; it is gone when the batch is made. `guideline`: the newest unless named.

    Of the samples an adjudication batch takes only the disputed questions, and one ruling each.
    """

    what: BatchWhat
    name: Annotated[str, msgspec.Meta(max_length=160)]
    kind: CutKind = CutKind.LABEL
    guideline: int | None = None
    wanted: int = 1
    maximum: int | None = None
    order: BatchOrder = BatchOrder.DRAWN
    skip_policy: SkipPolicy = SkipPolicy.TO_OTHERS
    people: list[int] = []
    terms: Terms = Terms()
    draft: UUID | None = None


class BatchDraftRequest(StructRequest):
    """A batch in the making. The body is the page's own; `version` is the one it was loaded with."""

    body: dict[str, object]
    name: Annotated[str, msgspec.Meta(max_length=160)] = ""
    version: int = 0


class BatchChangeRequest(StructRequest):
    """Each only when given."""

    name: str | None = None
    state: BatchState | None = None
    wanted: int | None = None
    maximum: int | None = None
    people: list[int] | None = None
    terms: TermChanges = TermChanges()


class ClaimRequest(StructRequest):
    """Fill up to `count` held pieces. `known`: assignments the page already has; they are only confirmed."""

    count: Annotated[int, msgspec.Meta(ge=1, le=8)] = 4
    known: Known = []


class FencedRequest(StructRequest):
    fence: int


class HeartbeatRequest(StructRequest):
    """`active_ms`: time since the last beat in which the tab was visible and somebody did something."""

    fence: int
    active_ms: Small = 0


class DraftRequest(StructRequest):
    """A version higher than the one stored; the body is the page's own."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    body: dict[str, object]


class SubmitRequest(StructRequest):
    """The whole judgement. Sent with an Idempotency-Key; resending it is harmless."""

    fence: int
    cells: Cells
    regions: Annotated[list[Region], msgspec.Meta(max_length=400)] = []
    active_ms: Small = 0


class SkipRequest(StructRequest):
    fence: int
    reason: SkipReason
    note: Annotated[str, msgspec.Meta(max_length=500)] = ""


class ReviseRequest(StructRequest):
    cells: Cells
    regions: Annotated[list[Region], msgspec.Meta(max_length=400)] = []


class AdjudicationBatchRequest(StructRequest):
    name: str = ""
    people: list[int] = []


class RulingRequest(StructRequest):
    """The ruled cells; what is left out keeps what the opinions agree on."""

    fence: int
    cells: Cells
    reason: Reason
    regions: Annotated[list[Region], msgspec.Meta(max_length=400)] = []
    active_ms: Small = 0


class ReviewBatchRequest(StructRequest):
    batch_id: UUID
    share: float = 0.1
    name: str = ""


class ReviewRequest(StructRequest):
    """`regions` say where the reason looks. `fixed`: `cells` and `fixed_regions` are the whole corrected opinion."""

    fence: int
    verdict: ReviewVerdict
    reason: Reason = ""
    regions: Annotated[list[Region], msgspec.Meta(max_length=50)] = []
    cells: Cells | None = None
    fixed_regions: Annotated[list[Region], msgspec.Meta(max_length=400)] = []
    active_ms: Small = 0


class OutdatedBatchRequest(StructRequest):
    """`aspects` null: all that have outdated questions."""

    aspects: list[str] | None = None
    wanted: int = 1
    name: str = ""


class SignalSizesRequest(StructRequest):
    """All sizes; what is left out is as usual."""

    sizes: Sizes


class SecondOpinionsRequest(StructRequest):
    """`aspects` null: all on which the person's opinion is the only one. `most`: so many pieces, the newest first."""

    aspects: list[str] | None = None
    most: Annotated[int, msgspec.Meta(ge=1)] | None = None
    name: Annotated[str, msgspec.Meta(max_length=160)] = ""


class PrelabelItem(StructRequest):
    """What is said of one sample: answers (slots with the defect by aspect), verdicts by slot and aspect, regions."""

    sample: str
    answers: dict[str, list[str]] = {}
    verdicts: Cells = {}
    regions: list[Region] = []


class PrelabelRequest(StructRequest):
    """At most a thousand a request. `source` names who says so, with its version."""

    source: str
    prelabels: list[PrelabelItem]


class GoldQuestion(StructRequest):
    """One gold question with the cells that are checked: `{"B": {"physical_shadow": "major"}}`."""

    sample: str
    expected: Cells
    note: Reason = ""


class GoldRequest(StructRequest):
    """Gold to be made: `questions` given by hand (or read from a file), or of answers that stand (`source`).

    Of answers: those of the named `samples`, else the most certain ones, `most` of them.
    """

    purpose: Purpose = Purpose.GOLD
    source: GoldSource = GoldSource.BY_HAND
    questions: Annotated[list[GoldQuestion], msgspec.Meta(max_length=10_000)] = []
    samples: Names = []
    most: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 100
    tolerance: Tolerances = {}
    most_judged: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 40


class GoldRetireRequest(StructRequest):
    """`wrong` also takes its results out of everybody's figures."""

    why: GoldEnd = GoldEnd.BY_LEAD


class AppealRequest(StructRequest):
    reason: Reason


class AppealDecisionRequest(StructRequest):
    """`correct`: what was upheld comes back as gold with what the person said in its checked cells."""

    uphold: bool
    correct: bool = False
    reply: Reason = ""


class ConsensusPolicyRequest(StructRequest):
    """`settles_at`: how sure the model must be of every cell before it answers a disputed question, 0.5 to 1."""

    method: ConsensusMethod
    settles_at: float = 0.95
