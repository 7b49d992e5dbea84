"""A person's own keys: which chord stands for one that Loupe chose, page by page.

Belongs here: what may be moved where. Does not: what a key does (the pages know their commands).

A chord names a physical key by its code ("KeyQ", "Shift+KeyQ", "Alt+Digit1"): the place counts, not the letter on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from accounts.errors import KeyReserved, KeyTaken
from accounts.models import User
from config.base.errors import InvalidInput

KeyMap = Mapping[str, Mapping[str, str]]  # page -> Loupe's chord -> the person's own

MOST_PAGES, MOST_KEYS = 20, 80
PAGE = re.compile(r"[a-z][a-z0-9-]{0,39}")
CHORD = re.compile(r"(Ctrl\+)?(Alt\+)?(Shift\+)?(Key[A-Z]|Digit[0-9]|[A-Z][A-Za-z0-9]{1,19})")
# Leaving, sending and moving are the same everywhere; the rest belongs to browsers and screen readers.
FIXED = frozenset(
    {"Escape", "Enter", "Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "CapsLock", "Insert", "ContextMenu"}
)
TAKEN_BY_BROWSERS = re.compile(r"(Ctrl\+.*|Alt\+(Arrow.*|Home|F4|KeyD)|F\d{1,2})")


def own(*, user: User, keys: KeyMap) -> None:
    """Replace the person's own keys. Raises InvalidInput, KeyReserved, KeyTaken; then nothing has changed."""
    if len(keys) > MOST_PAGES or any(len(page) > MOST_KEYS for page in keys.values()):
        raise InvalidInput("At most {most} keys on each of {pages} pages.", most=MOST_KEYS, pages=MOST_PAGES)
    kept: dict[str, dict[str, str]] = {}
    for page, moved in keys.items():
        if not PAGE.fullmatch(page):
            raise InvalidInput("{page!r} names no page.", page=page[:60])
        for ours, chord in moved.items():
            _check(ours, chord)
        chords = list(moved.values())
        if twice := sorted({chord for chord in chords if chords.count(chord) > 1}):
            raise KeyTaken("{chord} cannot mean two things on one page.", page=page, chord=twice[0])
        if changed := {ours: chord for ours, chord in moved.items() if ours != chord}:
            kept[page] = changed
    user.keys = kept
    user.save(update_fields=["keys"])


def _check(ours: str, chord: str) -> None:
    for each in (ours, chord):
        if not CHORD.fullmatch(each):
            raise InvalidInput("{key!r} is no key; write its code, such as KeyQ or Shift+Digit1.", key=each[:60])
        if each.rpartition("+")[2] in FIXED or TAKEN_BY_BROWSERS.fullmatch(each):
            raise KeyReserved("{chord} stays what it is everywhere: browsers and screen readers need it.", chord=each)
