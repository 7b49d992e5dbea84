"""Stored codes of this app with their labels."""

from django.db.models import TextChoices


class LotState(TextChoices):
    """Where an audit lot stands. Only a decided lot says anything about rationales outside its sample."""

    OPEN = "open", "Being judged"
    ACCEPTED = "accepted", "Accepted"
    BOUNCED = "bounced", "Bounced"
    COUNTED = "counted", "Counted by its trial"


class RejectReason(TextChoices):
    """Why an auditor rejects a rationale; the digits of the audit page follow this order."""

    WRONG_CONCLUSION = "wrong_conclusion", "The conclusion is wrong"
    NOT_IN_PICTURE = "not_in_picture", "Says what the picture does not show"
    MISSES_DEFECT = "misses_defect", "Misses a defect"
    CONTRADICTS_ITSELF = "contradicts_itself", "Contradicts itself"
    GIVES_ANSWER_AWAY = "gives_answer_away", "Talks as if the answer were given"
    UNREADABLE = "unreadable", "Hard to read"


class Work(TextChoices):
    """What people's time is spent on; each has its own rate."""

    WRITING = "writing", "Writing by hand"
    REWORK = "rework", "Revising"
    AUDIT = "audit", "Auditing"
    JUDGING = "judging", "Judging pictures"


class Spending(TextChoices):
    """What money went into."""

    CALLS = "calls", "Model calls"
    EVALUATION = "evaluation", "Calls of evaluations"
    WRITING = "writing", "Writing by hand"
    REWORK = "rework", "Revising"
    AUDIT = "audit", "Auditing"
    JUDGING = "judging", "Judging pictures"


class ReleaseState(TextChoices):
    """A frozen release never changes; a superseded one is still there."""

    FROZEN = "frozen", "Frozen"
    SUPERSEDED = "superseded", "Superseded"


class Split(TextChoices):
    """Which part of a release a family lies in."""

    TRAIN = "train", "Train"
    VALIDATION = "validation", "Validation"
    TEST = "test", "Test"


class TrialState(TextChoices):
    """A decided trial is never reopened; a further question is a further trial."""

    RUNNING = "running", "Running"
    DECIDED = "decided", "Decided"
    CANCELLED = "cancelled", "Cancelled"


class StoppingRule(TextChoices):
    """When a trial may end before all of it is judged."""

    FIXED = "fixed", "Never: all questions, one look"
    OBRIEN_FLEMING = "obrien_fleming", "Early only on strong evidence (O'Brien-Fleming spending)"
    POCOCK = "pocock", "Early as easily as late (Pocock spending)"
