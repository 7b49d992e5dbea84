"""Stored codes of the human work, with their labels."""

from django.db import models


class BatchState(models.TextChoices):
    """Only an open batch hands out work. A paused one may go on; a closed one stays closed."""

    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"


class CutKind(models.TextChoices):
    """Kinds whose pieces are samples as a lead chooses them; pieces of other kinds come from what they are about."""

    LABEL = "label", "Label"
    ADJUDICATE = "adjudicate", "Adjudicate"


class BatchOrder(models.TextChoices):
    """In which order pieces are handed out. Drawn once when the batch is made, and stored."""

    DRAWN = "drawn", "Drawn"
    HARDEST = "hardest", "Hardest first"
    GIVEN = "given", "As given"
    BY_ID = "by_id", "By id"


class SkipPolicy(models.TextChoices):
    """Where a piece goes when somebody skips it."""

    TO_OTHERS = "to_others", "Goes to others"
    BACK_TO_ME = "back_to_me", "Comes back at the end"
    OUT = "out", "Out of the batch"


class SkipReason(models.TextChoices):
    """Why somebody skipped; the digits of the skip menu follow this order."""

    BROKEN_PICTURE = "broken_picture", "A picture is broken"
    UNCLEAR_GUIDELINE = "unclear_guideline", "The guideline does not settle it"
    NOT_MY_FIELD = "not_my_field", "I cannot judge this one"
    INAPPROPRIATE = "inappropriate", "The picture should not be here"
    OTHER = "other", "Another reason"


class AssignmentState(models.TextChoices):
    """One person's turn at one piece. `reserved`: sent back, and kept for its author."""

    LEASED = "leased", "Leased"
    SUBMITTED = "submitted", "Submitted"
    SKIPPED = "skipped", "Skipped"
    EXPIRED = "expired", "Expired"
    RETURNED = "returned", "Returned"
    RESERVED = "reserved", "Sent back"


class LeaseKind(models.TextChoices):
    """A peek is prefetched and not yet opened; the first heartbeat makes it work."""

    PEEK = "peek", "Peek"
    WORK = "work", "Work"


class Purpose(models.TextChoices):
    """Why somebody judges this piece. Known to the server only."""

    OPINION = "opinion", "Opinion"
    GOLD = "gold", "Gold"
    TRAINING = "training", "Training"


class PauseReason(models.TextChoices):
    """Why somebody gets nothing more of a batch until a lead lets them go on."""

    GOLD = "gold", "Below the gold floor"
    PRACTICE = "practice", "Practice is below its floor, and none is left"


class AnnotationOrigin(models.TextChoices):
    """Who says so: a person's opinion, an imported one, or the ruling that settles a dispute."""

    OPINION = "opinion", "Opinion"
    IMPORTED = "imported", "Imported"
    RULING = "ruling", "Ruling"


class ConsensusSource(models.TextChoices):
    """How a question got its answer."""

    IMPORTED = "imported", "Imported"
    SINGLE = "single", "Single opinion"
    MAJORITY = "majority", "Majority"
    DAWID_SKENE = "dawid_skene", "Dawid–Skene"
    ADJUDICATED = "adjudicated", "Adjudicated"


class ReviewVerdict(models.TextChoices):
    """What a reviewer says about one annotation. `fixed`: accepted as the reviewer corrected it."""

    ACCEPTED = "accepted", "Accepted"
    FIXED = "fixed", "Fixed"
    SENT_BACK = "sent_back", "Sent back"


class AssistPolicy(models.TextChoices):
    """Whether somebody who labels sees the imported verdicts, and when. Blind unless a lead says otherwise."""

    BLIND = "blind", "Blind"
    AFTER_COMMIT = "after_commit", "Shown after the submit"
    FROM_START = "from_start", "Shown from the start"


class AfterDeadline(models.TextChoices):
    """What a batch does when its deadline has passed."""

    GO_ON = "go_on", "Goes on, marked late"
    PAUSE = "pause", "Hands out nothing more"


class GoldSource(models.TextChoices):
    """Where the expected cells of a gold question come from."""

    ADJUDICATED = "adjudicated", "Adjudicated answer"
    CONSENSUS = "consensus", "Consensus answer"
    IMPORTED = "imported", "Imported answer"
    BY_HAND = "by_hand", "Given by a lead"


class GoldTolerance(models.TextChoices):
    """How far a verdict may lie from the expected one and still be right, for one aspect."""

    SIDE = "side", "Same vote under the rule"
    STEP = "step", "One severity apart at most"
    EXACT = "exact", "Same severity"


class GoldEnd(models.TextChoices):
    """Why a gold question is no longer given out. `wrong` also takes its results out of everybody's figures."""

    BY_LEAD = "by_lead", "Retired by a lead"
    WRONG = "wrong", "Its expected answer was wrong"
    WORN = "worn", "Judged by as many as it may be"
    LEAKED = "leaked", "Its answers became identical and fast"


class AppealState(models.TextChoices):
    """What became of somebody's word that a practice answer is wrong."""

    OPEN = "open", "Open"
    UPHELD = "upheld", "Upheld"
    DECLINED = "declined", "Declined"


class ConsensusMethod(models.TextChoices):
    """Who weighs the opinions: each the same, or by what each person is estimated to see (Dawid–Skene)."""

    MAJORITY = "majority", "Majority"
    DAWID_SKENE = "dawid_skene", "Dawid–Skene"
