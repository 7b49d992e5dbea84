"""Language and length.

Belongs here: whether the text is in the language asked for, of a length that somebody reads, and not a loop.
Does not: what it says (rules.py).
"""

from __future__ import annotations

from config.base.words import noted
from cot_generation import letters, texts
from cot_generation.checks.facts import Facts
from cot_generation.shapes import CheckOutcome, Finding

# In characters; a Chinese one counts for two. Reconstruction: the paper gives no lengths.
SENTENCE_AT_MOST = 500
TEXT_AT_MOST = 3000


def style(facts: Facts) -> CheckOutcome:
    """The language that was asked for, sentences and text of bearable length, no sentence said twice of one slot."""
    findings = []
    if facts.locale:
        chinese = texts.is_chinese(texts.join(facts.sentences).text)
        if chinese != facts.locale.startswith("zh"):
            findings.append(
                Finding(
                    "other_language",
                    noted("The text is not in the language asked for ({locale}).", locale=facts.locale),
                )
            )
    said: dict[str, int] = {}
    longest = 0
    for place, sentence in enumerate(facts.sentences):
        # A text weighs at most twice its length: only a long one is weighed.
        longest += 2 * len(sentence.text) + 1
        if 2 * len(sentence.text) > SENTENCE_AT_MOST and texts.weight(sentence.text) > SENTENCE_AT_MOST:
            findings.append(
                Finding(
                    "long_sentence", noted("The sentence has more than {most} letters.", most=SENTENCE_AT_MOST), place
                )
            )
        words = letters.plain(sentence.text).strip().lower()
        times = said[words] = said.get(words, 0) + 1
        if times == 2:
            findings.append(Finding("repeated", "The sentence was said before, word for word.", place))
    if longest > TEXT_AT_MOST and texts.weight(texts.join(facts.sentences).text) > TEXT_AT_MOST:
        findings.append(Finding("long_text", noted("The text has more than {most} letters.", most=TEXT_AT_MOST)))
    score = min(1.0, len(findings) / max(1, len(facts.sentences)))
    return CheckOutcome(version=1, passed=not findings, score=round(score, 4), findings=tuple(findings))
