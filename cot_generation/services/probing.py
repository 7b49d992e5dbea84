"""Looking at rationales by further calls: what they are asked, and what a reply says of the rationale.

Belongs here: making such a run, the wrong answer of a swap, the text that is read back, outcomes.
Does not: sending (calls.py), storing outcomes (examining.py).

Reading back and the judge may fail a rationale: the one finds texts that do not lead to their conclusion, the other may
veto and never accepts, since off-the-shelf judges call most steps right (VisualPRM, arXiv 2503.10291). Swap and the
control without pictures measure the writer: an obedient one argues for anything it is told, and one that needs no
pictures describes none. What they find is advisory.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from config.base.words import noted
from cot_generation import checks, texts
from cot_generation.models import Rationale, RunQuestion
from cot_generation.parsing import Judgement, Parsed
from cot_generation.shapes import CheckOutcome, Finding

if TYPE_CHECKING:
    from cot_generation.services.facts import QuestionFacts

VERSION = 1


def text_of(rationale: Rationale) -> str:
    """What is read back: the sentences without a last one that only concludes."""
    sentences = list(rationale.sentences)
    if len(sentences) > 1 and sentences[-1].slot is None and sentences[-1].defect is None:
        sentences.pop()
    return texts.join(sentences).text


def wrong_answer(answer: tuple[str, ...], slots: tuple[str, ...], question: RunQuestion) -> tuple[str, ...]:
    """One candidate more or less than the settled answer has; the same for the same question."""
    flipped = random.Random(f"swap {question.sample_id} {question.aspect_id}").choice(slots)
    return tuple(sorted(set(answer) ^ {flipped}))


def swapped(facts: QuestionFacts, question: RunQuestion) -> QuestionFacts:
    """The question with the wrong answer: verdicts that fit it, and the regions of candidates that kept theirs."""
    if facts.answer is None:
        return facts
    wrong = wrong_answer(facts.answer, facts.slots, question)
    flipped = set(wrong) ^ set(facts.answer)
    severities = {
        slot: ("major" if slot in wrong else "none") if slot in flipped else severity
        for slot, severity in facts.severities.items()
    }
    regions = tuple(region for region in facts.regions if region.slot not in flipped)
    return replace(facts, answer=wrong, severities=severities, regions=regions)


def _outcome(code: str, detail: str, *, found: bool) -> CheckOutcome:
    if not found:
        return CheckOutcome(VERSION, passed=True)
    return CheckOutcome(VERSION, passed=False, score=1.0, findings=(Finding(code, detail),))


def read_back(subject: Rationale, orders: tuple[tuple[str, ...], ...]) -> CheckOutcome:
    """The sets that a reader of text and pictures arrived at, one a letter order, against the rationale's own."""
    own = tuple(sorted(subject.concluded or ()))
    findings = tuple(
        Finding("other_set", _read_as(each, turned=place > 0)) for place, each in enumerate(orders) if each != own
    )
    return CheckOutcome(VERSION, passed=not findings, score=len(findings) / max(1, len(orders)), findings=findings)


def _read_as(found: tuple[str, ...], *, turned: bool) -> str:
    slots = found or noted("none")
    if turned:
        return noted("Read back under another letter order: {slots}.", slots=slots)
    return noted("Read back: {slots}.", slots=slots)


def swap(content: Parsed, facts: QuestionFacts, question: RunQuestion) -> CheckOutcome:
    """Whether the writer argues for a wrong answer as well, when it is told that one."""
    wrong = wrong_answer(facts.answer or (), facts.slots, question)
    argues = tuple(sorted(content.concluded)) == wrong
    told = wrong or noted("none")
    detail = noted("Told {slots}, which is wrong, the writer argues for it as well.", slots=told)
    return _outcome("argues_for_anything", detail, found=argues)


def no_picture(content: Parsed, facts: QuestionFacts, *, locale: str) -> CheckOutcome:
    """Whether a text written without any picture passes every check."""
    looked = facts.for_checks(content.sentences, content.concluded, answer_visible=True, locale=locale)
    passes = checks.passed(checks.run_all(looked))
    return _outcome(
        "needs_no_picture", noted("Written without pictures, the text passes every check as well."), found=passes
    )


def judged(content: Judgement) -> CheckOutcome:
    """A judge may veto; what it finds sound is no better for it."""
    if content.sound:
        return CheckOutcome(VERSION, passed=None)
    return CheckOutcome(VERSION, passed=False, score=1.0, findings=(Finding("vetoed", content.reason[:400]),))
