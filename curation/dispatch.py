"""What this app follows and tells."""

from __future__ import annotations

from config.base import outbox

TOPIC = "sample_changed"


def pending() -> int:
    """How many changes the projection has not followed yet."""
    return outbox.pending(TOPIC)
