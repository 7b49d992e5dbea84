"""What an annotator claims, holds, beats for and drafts."""

from __future__ import annotations

from datetime import datetime

import msgspec

from annotation.services.hot import ClaimProgress
from annotation.services.leases import Beat
from annotation.shapes import Suggestion


class ClaimedPicture(msgspec.Struct):
    """`O` is the original. `url` takes `?fit=320`, `768` or `full`."""

    slot: str
    sha256: str
    width: int
    height: int
    url: str


class ClaimedSample(msgspec.Struct):
    id: int
    external_id: str


class ClaimedDraft(msgspec.Struct):
    version: int
    body: dict[str, object]
    saved_at: datetime


class ClaimedAssignment(msgspec.Struct):
    """One piece to judge. `letters[i]` is the slot shown under letter A + i; `sent_back` says why it came back.

    `practice`: the submit answers with feedback. `suggestion`: imported verdicts, where the batch shows them at once.
    """

    assignment_id: int
    fence: int
    lease_until: datetime
    letters: str
    active_ms: int
    sent_back: str
    subject_id: int | None
    practice: bool
    suggestion: Suggestion | None
    sample: ClaimedSample
    pictures: list[ClaimedPicture]
    aspects: list[str]
    draft: ClaimedDraft | None


class HeldAssignment(msgspec.Struct):
    assignment_id: int
    fence: int
    lease_until: datetime


class ClaimReply(msgspec.Struct):
    """New pieces first to last in working order; `held` confirms known ones (what is missing there is lost).

    `nothing_left`: no piece is open to the caller. `retry_after_ms`: others have the last ones locked; ask again.
    `cap_reached`: `batch` or `day`, when the caller may do no more in all or today; else empty.
    """

    assignments: list[ClaimedAssignment]
    held: list[HeldAssignment]
    batch: ClaimProgress
    nothing_left: bool
    retry_after_ms: int | None
    cap_reached: str


class BeatReply(msgspec.Struct):
    lease_until: datetime
    active_ms: int

    @classmethod
    def of(cls, beat: Beat) -> BeatReply:
        return cls(lease_until=beat.lease_until, active_ms=beat.active_ms)


class DraftReply(msgspec.Struct):
    version: int


class LeaveReply(msgspec.Struct):
    returned: int
