"""Stored codes of this app with their labels."""

from django.db.models import TextChoices


class Way(TextChoices):
    """Who wrote the rationale, and whether a model was told the answer."""

    MANUAL = "manual", "Manual"
    AUTOMATED = "automated", "Automated"
    ANSWER_DRIVEN = "answer_driven", "Answer-driven"


class Stage(TextChoices):
    """How a model is led to it."""

    PLAIN = "plain", "Plain"
    SKELETON_FIRST = "skeleton_first", "Skeleton first"
    BLIND_FIRST = "blind_first", "Blind first"
    REGION_GROUNDED = "region_grounded", "Region grounded"
    READ_BACK = "read_back", "Read back"
    JUDGE = "judge", "Judge"


class Origin(TextChoices):
    """By which door a rationale came in."""

    RUN = "run", "Run"
    PERSON = "person", "Person"
    IMPORTED = "imported", "Imported"


class RunPurpose(TextChoices):
    """What a run's replies become: rationales, or texts that the trainer's scorer reads."""

    RATIONALE = "rationale", "Rationales"
    EVALUATION = "evaluation", "Evaluation"
    CHECK = "check", "Check of rationales"


class Probe(TextChoices):
    """How a run of purpose `check` looks at rationales by further calls; each writes a check of its own."""

    NONE = "", "None"
    READ_BACK = "read_back", "Read back blind, under two letter orders"
    SWAP = "swap", "Write it again, told a wrong answer"
    NO_PICTURE = "no_picture", "Write it again without pictures"
    JUDGE = "judge", "Let a model judge veto"


class RunState(TextChoices):
    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class PauseReason(TextChoices):
    """Why a run stands still, and so what makes it go on."""

    NONE = "", "Not paused"
    PERSON = "person", "Paused by a person"
    CAP = "cap", "The cap on money is reached"
    PROJECT_CAP = "project_cap", "The project's cap on money is reached"
    DAILY_CAP = "daily_cap", "The project's daily cap is reached"
    KEY_REFUSED = "key_refused", "The endpoint refuses the key"
    REQUEST_REFUSED = "request_refused", "The endpoint refuses the requests"
    QUOTA = "quota", "The endpoint's quota is spent"
    MODEL_CHANGED = "model_changed", "Another model answers than at the start"
    PILOT = "pilot", "The pilot is done; look at it and go on"
    ENDPOINT_RETIRED = "endpoint_retired", "The endpoint was retired"

    @property
    def passes(self) -> bool:
        """Whether the run goes on by itself once there is room for its next call."""
        return self in (PauseReason.PROJECT_CAP, PauseReason.DAILY_CAP)


class CascadeState(TextChoices):
    """A cascade runs until its last rung has ended; a person may end it before."""

    RUNNING = "running", "Running"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class EndpointState(TextChoices):
    ACTIVE = "active", "Active"
    RETIRED = "retired", "Retired"


class ReplyFormat(TextChoices):
    """How the endpoint is asked for JSON."""

    JSON_SCHEMA = "json_schema", "JSON schema"
    JSON_OBJECT = "json_object", "JSON object"
    TEXT = "text", "Text only"


class CallState(TextChoices):
    """`sent` is the intent: written, with money reserved, before anything leaves this machine."""

    SENT = "sent", "Sent"
    SETTLED = "settled", "Settled"
    UNKNOWN = "unknown", "Outcome unknown"


class BatchPhase(TextChoices):
    """Where a call batch stands on its way to the endpoint and back."""

    FORMING = "forming", "Being put together"
    SUBMITTING = "submitting", "Being submitted"
    SUBMITTED = "submitted", "At the endpoint"
    COLLECTING = "collecting", "Being collected"
    COLLECTED = "collected", "Collected"
    DISSOLVED = "dissolved", "Never accepted"


class Outcome(TextChoices):
    """How a call ended; the same codes say why a question failed."""

    PENDING = "", "Not known yet"
    ANSWERED = "answered", "Answered"
    RATE_LIMITED = "rate_limited", "Rate limit of the endpoint (429)"
    OVERLOADED = "overloaded", "Endpoint overloaded (503)"
    UNREACHABLE = "unreachable", "Endpoint not reached"
    SERVER_ERROR = "server_error", "Error in the endpoint (5xx)"
    TIMED_OUT = "timed_out", "Timed out"
    DROPPED = "dropped", "Connection dropped"
    WORKER_LOST = "worker_lost", "Worker lost in mid-call"
    OVERSIZED = "oversized", "Reply too large"
    UNREADABLE = "unreadable", "Reply is no chat completion"
    KEY_REFUSED = "key_refused", "Key refused (401, 403)"
    REQUEST_REFUSED = "request_refused", "Request refused (4xx)"
    REDIRECTED = "redirected", "Redirect refused"
    QUOTA = "quota", "Quota spent"
    REFUSED = "refused", "Model refused"
    FILTERED = "filtered", "Filtered by the endpoint"
    TRUNCATED = "truncated", "Cut off at the token limit"
    BLANKS = "blanks", "White space up to the token limit"
    EMPTY = "empty", "Empty reply"
    MALFORMED = "malformed", "Reply does not fit the schema"
    MODEL_CHANGED = "model_changed", "Another model answered"
    NO_PICTURES = "no_pictures", "Pictures are missing"
    NO_ANSWER = "no_answer", "The answer is missing or disputed"
    DISAGREED = "disagreed", "Differs from the settled answer"
    ATTEMPTS_SPENT = "attempts_spent", "Attempts spent"
    LEFT_OVER = "left_over", "Its batch ended before its turn"
    MISSING = "missing", "Missing from the results of its batch"


class PriceBasis(TextChoices):
    """What a call's cost rests on."""

    NONE = "none", "Nothing billed"
    USAGE = "usage", "Usage reported by the endpoint"
    CEILING = "ceiling", "Ceiling: usage is not known"
