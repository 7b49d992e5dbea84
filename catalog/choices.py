"""Stored codes and what they mean to a person."""

from django.db import models


class Severity(models.TextChoices):
    """How grave a defect is. `unsure` counts as unjudged."""

    NONE = "none", "None"
    MINOR = "minor", "Minor"
    MAJOR = "major", "Major"
    UNSURE = "unsure", "Unsure"


class SampleState(models.TextChoices):
    """Whether a sample's pictures are in. Only `ready` samples can be put into a batch."""

    WAITING = "waiting", "Pictures on their way"
    READY = "ready", "Ready"
    FAILED = "failed", "A picture is missing"


class ImportState(models.TextChoices):
    """Where an import stands. Pictures follow by themselves after `done`."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Reading rows"
    DONE = "done", "Rows are in"
    FAILED = "failed", "Failed"


ORIGINAL = "O"
SLOTS = "ABCDEFGH"
MAX_CANDIDATES = len(SLOTS)
OVERALL = "overall"  # the sample as a whole; no aspect may have this key
