"""A person's own phrases: short words they typed once and insert with a key while they write.

Belongs here: how many, how long. Does not: inserting them and noting it (the writing desk).
"""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from config.base.errors import InvalidInput

MOST_PHRASES, MOST_CHARACTERS = 9, 120


def own(*, user: User, phrases: Sequence[str]) -> None:
    """Replace the person's phrases; the place of each is its key, "" leaves one free. Raises InvalidInput."""
    kept = [" ".join(each.split()) for each in phrases]
    while kept and not kept[-1]:
        kept.pop()
    if len(kept) > MOST_PHRASES:
        raise InvalidInput("At most {most} phrases, one for each key.", most=MOST_PHRASES)
    if any(len(each) > MOST_CHARACTERS for each in kept):
        raise InvalidInput("A phrase has at most {most} characters.", most=MOST_CHARACTERS)
    user.phrases = kept
    user.save(update_fields=["phrases"])
