"""Stored codes of this app with their labels."""

from django.db.models import TextChoices


class RunState(TextChoices):
    """Where a training run stands. A failed or cancelled one may be resumable."""

    QUEUED = "queued", "Queued"
    PREPARING = "preparing", "Preparing"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


LIVE = (RunState.QUEUED, RunState.PREPARING, RunState.RUNNING)


class QuestionStanding(TextChoices):
    """What the ledger says about a question; first match wins (the thresholds are ours)."""

    UNSEEN = "unseen", "Not seen"
    STALE = "stale", "Stale"
    MASTERED = "mastered", "Mastered"
    SUSPECT = "suspect", "Suspect"
    BLOCKED = "blocked", "Blocked"
    HARD = "hard", "Hard"
    LEARNABLE = "learnable", "Learnable"


# In the order in which they deserve a person's time.
RETURNABLE = (QuestionStanding.SUSPECT, QuestionStanding.BLOCKED, QuestionStanding.HARD)


class ModelKind(TextChoices):
    """What an evaluated answerer is."""

    TRAINED = "trained", "Trained here"
    STAGE = "stage", "An earlier stage of the run"
    TRIVIAL = "trivial", "Trivial policy"
    ENDPOINT = "endpoint", "Endpoint"


class Metric(TextChoices):
    """What was measured; `reward` is the run's own, a reconstruction."""

    EXACT = "exact", "Exact match"
    JACCARD = "jaccard", "Jaccard"
    REWARD = "reward", "Reward"
    PER_OPTION = "per_option", "Per-option accuracy"
    UNPARSABLE = "unparsable", "Unreadable answers"


class ExportFormat(TextChoices):
    """Formats a release can be exported in."""

    CANONICAL = "canonical", "Canonical"
    TRL = "trl", "TRL"
