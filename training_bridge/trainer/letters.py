"""Which letter shows which slot. Drawn per question from the run's seed, so that no model learns "B is usually wrong".

Belongs here: the draw, and the way from letters back to slots. Does not: reading an answer (completions.py).
"""

import hashlib
from collections.abc import Mapping, Sequence

ALPHABET = "ABCDEFGH"


def drawn(question: str, slots: Sequence[str], seed: int, turn: int = 0) -> dict[str, str]:
    """Slot → letter shown. The same (question, seed, turn) gives the same letters on every machine."""

    def place(slot: str) -> bytes:
        return hashlib.sha256(f"{seed}/{turn}/{question}/{slot}".encode()).digest()

    order = sorted(slots, key=place)
    return {slot: ALPHABET[position] for position, slot in enumerate(order)}


def rotated(shown: Mapping[str, str], by: int) -> dict[str, str]:
    """The same slots under letters moved on by `by`, cyclically: each slot comes under every letter once."""
    alphabet = sorted(shown.values())
    return {slot: alphabet[(alphabet.index(letter) + by) % len(alphabet)] for slot, letter in shown.items()}


def to_slots(letters: frozenset[str] | None, shown: Mapping[str, str]) -> frozenset[str] | None:
    """What the shown letters stand for; `None` where there was no answer to read."""
    if letters is None:
        return None
    slot_of = {letter: slot for slot, letter in shown.items()}
    return frozenset(slot_of[letter] for letter in letters)
