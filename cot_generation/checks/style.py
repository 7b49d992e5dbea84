"""Language and length.

Belongs here: whether the text is in the language asked for, of a length that somebody reads, and not a loop.
Does not: what it says (rules.py).
"""

from __future__ import annotations

from collections import Counter

from cot_generation import letters, texts
from cot_generation.checks.facts import Facts
from cot_generation.shapes import CheckOutcome, Finding

# In characters; a Chinese one counts for two. Reconstruction: the paper gives no lengths.
SENTENCE_AT_MOST = 500
TEXT_AT_MOST = 3000


def style(facts: Facts) -> CheckOutcome:
    """The language that was asked for, sentences and text of bearable length, no sentence said twice of one slot."""
    findings = []
    joined = texts.join(facts.sentences).text
    if facts.locale and texts.is_chinese(joined) != facts.locale.startswith("zh"):
        findings.append(Finding("other_language", f"The text is not in the language asked for ({facts.locale})."))
    said: Counter[str] = Counter()
    for place, sentence in enumerate(facts.sentences):
        if texts.weight(sentence.text) > SENTENCE_AT_MOST:
            findings.append(Finding("long_sentence", f"The sentence has more than {SENTENCE_AT_MOST} letters.", place))
        words = letters.plain(sentence.text).strip().lower()
        said[words] += 1
        if said[words] == 2:
            findings.append(Finding("repeated", "The sentence was said before, word for word.", place))
    if texts.weight(joined) > TEXT_AT_MOST:
        findings.append(Finding("long_text", f"The text has more than {TEXT_AT_MOST} letters."))
    score = min(1.0, len(findings) / max(1, len(facts.sentences)))
    return CheckOutcome(version=1, passed=not findings, score=round(score, 4), findings=tuple(findings))
