"""Wording that gives a known answer away.

Belongs here: phrases, in English and Chinese, by which a writer shows that it was told the result rather than saw it.
Does not: subtler leaks (what a text-only reader can tell early, what a wrong answer would have been argued with).

The list follows the first rung of the detector ladder for answer-driven rationales (arXiv 2602.14469 calls it the
wording level). A plain "the original" or "the answer is B" at the end gives nothing away and must not match.
"""

from __future__ import annotations

import re

from cot_generation.checks.facts import Facts
from cot_generation.shapes import CheckOutcome, Finding

_GIVEN = (
    r"(?:given|provided|stated|supplied|known|reference|correct|expected|gold|ground[- ]truth|labell?ed|annotated"
    r"|official|marked|specified|indicated)"
)
_ANSWER = r"(?:answers?|labels?|results?|verdicts?|solutions?|conclusions?|annotations?|judg(?:e)?ments?|ratings?)"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("given_answer", rf"\b(?:the|this|that|an?|our|its)\s+{_GIVEN}\s+{_ANSWER}\b"),
        (
            "given_answer",
            rf"\b{_ANSWER}\s+(?:that\s+(?:was|were|is|are)\s+)?(?:given|provided|supplied|stated|specified)\b",
        ),
        ("ground_truth", r"\bground[- ]truth\b"),
        (
            "annotators",
            r"\b(?:human\s+)?(?:annotators?|reviewers?|labell?ers?|raters?|experts?)\b.{0,30}\b(?:marked|said|say|found|judged|flagged|agreed?|chose|stated?|labell?ed)\b",
        ),
        (
            "as_stated",
            r"\bas\s+(?:(?:was|is|already|we\s+(?:are|were)|i\s+(?:was|am)|you)\s+)*(?:stated|given|told|indicated|noted\s+above|provided|mentioned\s+in\s+the\s+(?:prompt|question|instructions?)|instructed)\b",
        ),
        ("as_known", r"\b(?:as|since|because|given\s+that|now\s+that)\s+(?:we|i|one)\s+(?:already\s+)?knows?\b"),
        ("told", r"\b(?:we|i)\s+(?:are|were|was|am|have\s+been)\s+(?:told|informed|given)\b"),
        (
            "according_to",
            rf"\b(?:according\s+to|based\s+on|consistent\s+with|in\s+line\s+with|matches|matching|agrees?\s+with|confirms?|confirming|supports?|supporting)\s+(?:the|this|that|our)\s+(?:{_GIVEN}\s+)?{_ANSWER}\b",
        ),
        (
            "must_be",
            r"\b(?:must|should|has\s+to)\s+be\s+(?:the\s+)?(?:correct|right|expected)\s+(?:answer|choice|option|candidate)\b",
        ),
        (
            "justify",
            rf"\b(?:to\s+)?(?:justify|explain|support|arrive\s+at|reach)\s+(?:the|this|that)\s+{_GIVEN}\s+{_ANSWER}\b",
        ),
        ("prompt", r"\b(?:in|by|from)\s+the\s+prompt\b"),
        (
            "given_answer_zh",
            r"(?:给定|已给|给出|提供|已知|参考|正确|标准|预期|标注|人工)(?:的|了的)?(?:答案|结果|结论|标签|判断|判定)",
        ),
        (
            "according_to_zh",
            r"(?:根据|按照|依据|基于|符合)(?:上述|该|这个|此|所给|题目|提示)?(?:的)?(?:答案|标签|标注|结论)",
        ),
        (
            "as_stated_zh",
            r"(?:正如|如同|如)(?:题目|提示|上文|答案|标注)?(?:中)?(?:所述|所说|所示|所给|所指出|给出)(?!的?(?:图|画面))",
        ),
        ("as_known_zh", r"(?:既然|因为)(?:我们)?(?:已经|已)?知道|(?:我们)?(?:已被|被)告知|已知(?:正确|最终)"),
        (
            "annotators_zh",
            r"(?:标注者|标注员|标注人员|评审员|审核员|专家)(?:们)?(?:已经|已|都|均)?(?:标记|标注|认为|指出|判断|判定)",
        ),
    )
)


def leak(facts: Facts) -> CheckOutcome:
    """Applies to rationales whose writer saw the answer; the score is the share of sentences that give it away."""
    if not facts.answer_visible:
        return CheckOutcome(version=1, passed=None)
    findings = []
    for place, sentence in enumerate(facts.sentences):
        found = next(((code, match) for code, pattern in PATTERNS if (match := pattern.search(sentence.text))), None)
        if found is not None:
            code, match = found
            findings.append(Finding(code, f"“{match.group()}” gives a known answer away.", place))
    score = len(findings) / max(1, len(facts.sentences))
    return CheckOutcome(version=1, passed=not findings, score=round(score, 4), findings=tuple(findings))
