"""Wording that gives a known answer away.

Belongs here: phrases, in English and Chinese, by which a writer shows that it was told the result rather than saw it,
and sentences of which the reader of tone (told.py) is so sure that they decide.
Does not: subtler leaks (what a text-only reader can tell early, what a wrong answer would have been argued with).

The list follows the first rung of the detector ladder for answer-driven rationales (arXiv 2602.14469 calls it the
wording level). A plain "the original" or "the answer is B" at the end gives nothing away and must not match. Version 2
added the kinds of `giveaways` that have a form of their own; on other kinds only the reader of tone finds anything
(docs/experiments/checks.md).
"""

from __future__ import annotations

import re

from config.base.words import noted
from cot_generation.checks import told
from cot_generation.checks.facts import Facts
from cot_generation.shapes import CheckOutcome, Finding

VERSION = 2
_GIVEN = (
    r"(?:given|provided|stated|supplied|known|reference|correct|expected|gold|ground[- ]truth|labell?ed|annotated"
    r"|official|marked|specified|indicated)"
)
_ANSWER = r"(?:answers?|labels?|results?|verdicts?|solutions?|conclusions?|annotations?|judg(?:e)?ments?|ratings?)"
_FAULTY = r"(?:faulty|defective|clean|wrong|broken|none|minor|major)"
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
            "hindsight",
            rf"\bin\s+hindsight\b|\bwith\s+(?:the|this|that)\s+(?:outcome|{_ANSWER})\s+in\s+mind\b"
            rf"|\b(?:back|seen)\s+from\s+the\s+(?:outcome|{_ANSWER})\b"
            r"|\bhow\s+(?:this|it)\s+(?:ends|ended|turned\s+out)\b",
        ),
        (
            "settled_beforehand",
            r"\b(?:settled|decided|determined|fixed|ruled\s+out)\s+(?:\w+\s+)?"
            r"(?:beforehand|in\s+advance|before\s+looking|from\s+the\s+(?:start|outset)\b(?!\s+of))",
        ),
        (
            "no_surprise",
            r"\b(?:unsurprisingly|predictably|no\s+surprise|sure\s+enough|to\s+be\s+expected)\b"
            rf".*\b(?:verdict|{_FAULTY}\s+one|one\s+in\s+question)\b",
        ),
        (
            "must_reach",
            rf"\b(?:required|wanted|demanded)\s+{_ANSWER}\b|\bneed\s+a\s+reason\s+for\s+(?:this|it)\b"
            rf"|\b(?:justify|explain|support)\s+(?:the|this|that)\s+(?:verdict|choice|judg(?:e)?ment)\b"
            rf"|\breasoning\s+(?:has\s+to|must)\s+(?:end|arrive)\b"
            rf"|\bto\s+(?:explain|argue|support|say)\s+(?:why|that)\s+(?:this|it|the)\b.*\b(?:fails|{_FAULTY})\b",
        ),
        (
            "known",
            r"\bknowing\s+(?:which|that|what)\b|\bwe\s+already\s+know\b|\bknown\s+in\s+advance\b"
            rf"|\b{_ANSWER}\s+(?:is|was)\s+(?:already\s+)?known\b",
        ),
        (
            "asked_to_explain",
            r"\b(?:i|we)\s+(?:was|were|am|are)\s+(?:asked|supposed|instructed|required)\s+to\b"
            r"|\bmy\s+task\s+is\b|\bthe\s+(?:request|assignment|prompt|instructions?)\s+"
            r"(?:is|are|wants?|says?|asks?|names?|tells?)\b",
        ),
        (
            "label_data",
            rf"\bmetadata\b|\blabel\s+(?:is|says|reads)\s+{_FAULTY}\b"
            rf"|\b(?:field|tag|record|entry)\b.{{0,40}}\b(?:reads?|says?|stands\s+as)\s+{_FAULTY}\b",
        ),
        (
            "answer_key",
            r"\bthe\s+(?:answer\s+)?key\s+(?:lists|says|names)\b|\bper\s+the\s+(?:reference|key|solution)\b"
            r"|\bsolution\s+(?:sheet\s+)?(?:has|lists|counts)\b",
        ),
        (
            "confirms",
            r"\bverdict\s+was\s+right\b|\bjudg(?:e)?ment\s+made\s+(?:earlier|before)\b"
            r"|\b(?:stated|claimed)\s+defect\b|\bjust\s+as\s+(?:claimed|stated)\b|\bhad\s+been\s+said\s+of\s+it\b",
        ),
        (
            "somebody_judged",
            rf"\b(?:people|somebody|someone|whoever)\b.{{0,20}}\b(?:judged|labell?ed|already\s+decided)\b"
            rf".*\b(?:defect|{_FAULTY})\b",
        ),
        (
            "told_zh",
            r"带着(?:结果|答案|结论)来?看|事后看来|从(?:结论|结果|答案)倒推|(?:早已|从一开始就)(?:确定|决定|定下)"
            r"|在看图之前.{0,4}(?:判断|结论).{0,3}定下|不出所料|意料之中|果然.{0,3}有问题|所要求的(?:结论|答案)"
            r"|需要为它找.{0,3}理由|推理必须|(?:证实了|支持了?之前的)(?:判断|判定)|所说的那样|参考答案|标准解答|按真值"
            r"|被要求解释|任务是(?:论证|解释)|要求支持这|标签是(?:严重|轻微)|元数据|记录里它|评审人员已经|有人判断过"
            r"|提示中说|按照所给的信息|早就知道|结果是已知",
        ),
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
        return CheckOutcome(VERSION, passed=None)
    findings = []
    for place, sentence in enumerate(facts.sentences):
        found = next(((code, match) for code, pattern in PATTERNS if (match := pattern.search(sentence.text))), None)
        if found is not None:
            code, match = found
            findings.append(Finding(code, noted("“{words}” gives a known answer away.", words=match.group()), place))
        elif told.heard(sentence.text) >= told.DECIDES:
            findings.append(Finding("sounds_told", "Sounds as if the answer were known.", place))
    score = len(findings) / max(1, len(facts.sentences))
    return CheckOutcome(VERSION, passed=not findings, score=round(score, 4), findings=tuple(findings))
