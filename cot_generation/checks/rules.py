"""Form, conclusion, argument, grounding and contradiction.

Belongs here: checks that compare the rationale with its own form and with what people settled.
Does not: wording (wording.py). A model's `defect` mark says whether a sentence faults its slot; where there is none
(free text, imported), only what the text names is compared.
"""

from __future__ import annotations

import re

from config.base.words import noted
from cot_generation import letters, texts
from cot_generation.checks.facts import Facts
from cot_generation.shapes import CheckOutcome, Finding

SHORTEST = 12  # characters of a sentence that says something; a Chinese character counts twice
_LEFT = re.compile(r"\bleft\b|左", re.IGNORECASE)
_RIGHT = re.compile(r"\bright\b(?!\s+(?:size|place|length|way|direction|colou?r))|右", re.IGNORECASE)
_TOP = re.compile(r"\b(?:top|upper)\b|上方|顶部", re.IGNORECASE)
_BOTTOM = re.compile(r"\b(?:bottom|lower)\b|下方|底部", re.IGNORECASE)
MIDDLE = 0.12  # a centre this near the middle is on neither side


def _outcome(version: int, findings: list[Finding], of: int) -> CheckOutcome:
    score = min(1.0, len(findings) / max(1, of))
    return CheckOutcome(version=version, passed=not findings, score=round(score, 4), findings=tuple(findings))


def schema(facts: Facts) -> CheckOutcome:
    """Sentences that say something, about slots and aspects that exist."""
    findings = []
    for place, sentence in enumerate(facts.sentences):
        # A text weighs at least its length: only a short one is weighed.
        if len(sentence.text) < SHORTEST and texts.weight(sentence.text) < SHORTEST:
            findings.append(Finding("too_short", "The sentence says too little.", place))
        if names := letters.named(sentence.text):
            strangers = [name for name in names if name not in facts.slots]
            findings.extend(
                Finding("unknown_slot", noted("There is no candidate {slot}.", slot=name), place) for name in strangers
            )
        if sentence.slot is not None and sentence.slot not in facts.slots:
            findings.append(Finding("unknown_slot", noted("There is no candidate {slot}.", slot=sentence.slot), place))
        if sentence.aspect not in (None, facts.aspect):
            findings.append(
                Finding("other_aspect", noted("The sentence is about {aspect}.", aspect=sentence.aspect), place)
            )
    if not facts.sentences:
        findings.append(Finding("no_sentence", "There is no sentence."))
    if facts.concluded is not None and not facts.concluded <= set(facts.slots):
        findings.append(Finding("unknown_slot", "The conclusion names a candidate that is not there."))
    return _outcome(1, findings, len(facts.sentences))


def conclusion(facts: Facts) -> CheckOutcome:
    """The concluded set against the settled answer."""
    if facts.answer is None or facts.concluded is None:
        return CheckOutcome(version=1, passed=None)
    findings = [
        *(
            Finding("missed", noted("{slot} has the defect by the answer, not by the rationale.", slot=slot))
            for slot in sorted(facts.answer - facts.concluded)
        ),
        *(
            Finding("invented", noted("{slot} is clean by the answer, not by the rationale.", slot=slot))
            for slot in sorted(facts.concluded - facts.answer)
        ),
    ]
    return _outcome(1, findings, len(facts.slots))


def _side_findings(facts: Facts, place: int, text: str, names: tuple[str, ...]) -> list[Finding]:
    found = []
    for name in names:
        region = facts.regions[name]
        for here, there, share, word in (
            (_LEFT, _RIGHT, region.centre[0], noted("left")),
            (_RIGHT, _LEFT, 1 - region.centre[0], noted("right")),
            (_TOP, _BOTTOM, region.centre[1], noted("top")),
            (_BOTTOM, _TOP, 1 - region.centre[1], noted("bottom")),
        ):
            if here.search(text) and not there.search(text) and share > 0.5 + MIDDLE:
                found.append(
                    Finding(
                        "other_side",
                        noted("The text says {word}, region {name} lies on the other side.", word=word, name=name),
                        place,
                    )
                )
    return found


def argued(facts: Facts) -> CheckOutcome:
    """Every concluded slot is faulted by a sentence, and no other slot is. Nothing to say where nothing is concluded.

    Free text marks no sentence as a fault: there a concluded slot only has to be mentioned.
    """
    if facts.concluded is None:
        return CheckOutcome(version=1, passed=None)
    faulted: set[str] = set()
    mentioned: set[str] = set()
    findings: list[Finding] = []
    for place, sentence in enumerate(facts.sentences):
        mentioned.update(letters.named(sentence.text), filter(None, [sentence.slot]))
        if sentence.slot is not None and sentence.defect:
            faulted.add(sentence.slot)
            if sentence.slot not in facts.concluded:
                findings.append(
                    Finding(
                        "faults_but_clears",
                        noted("Faults {slot}, which it then leaves out.", slot=sentence.slot),
                        place,
                    )
                )
    marks = any(sentence.defect is not None for sentence in facts.sentences)
    findings.extend(
        Finding("unargued", noted("{slot} is in the conclusion, but no sentence argues it.", slot=slot))
        for slot in sorted(facts.concluded - (faulted if marks else mentioned))
    )
    return _outcome(1, findings, len(facts.sentences))


def grounding(facts: Facts) -> CheckOutcome:
    """A sentence that judges says of which slot, and names no other alone; faults link to a region where offered."""
    findings: list[Finding] = []
    linked: set[str] = set()
    for place, sentence in enumerate(facts.sentences):
        names = letters.named(sentence.text)
        if sentence.defect is not None and sentence.slot is None and not names:
            findings.append(Finding("no_slot", "The sentence judges, and does not say which candidate.", place))
        if sentence.slot is not None and names and sentence.slot not in names:
            findings.append(
                Finding(
                    "names_other", noted("Is about {slot} and names {names}.", slot=sentence.slot, names=names), place
                )
            )
        if sentence.slot is not None and sentence.defect is not False and sentence.regions:
            linked.add(sentence.slot)
    if facts.regions_offered:
        marked = {region.slot for region in facts.regions.values()}
        findings.extend(
            Finding("no_region", noted("{slot} has marked regions, and no sentence refers to one.", slot=slot))
            for slot in sorted((facts.concluded or frozenset()) & marked - linked)
        )
    return _outcome(1, findings, len(facts.sentences))


def contradiction(facts: Facts) -> CheckOutcome:
    """Sentences against the verdicts and the regions that people marked."""
    findings: list[Finding] = []
    for place, sentence in enumerate(facts.sentences):
        judged = facts.severities.get(sentence.slot) if sentence.slot is not None else None
        if sentence.defect and judged == "none":
            findings.append(Finding("faults_clean", noted("{slot} was judged clean.", slot=sentence.slot), place))
        if sentence.defect is False and judged == "major":
            findings.append(
                Finding("clears_faulty", noted("{slot} was judged to have a major defect.", slot=sentence.slot), place)
            )
        for name in sentence.regions:
            region = facts.regions.get(name)
            if region is None:
                findings.append(Finding("unknown_region", noted("There is no region {name}.", name=name), place))
            elif sentence.slot is not None and region.slot != sentence.slot:
                findings.append(
                    Finding("other_slot", noted("Region {name} lies in {slot}.", name=name, slot=region.slot), place)
                )
        if sentence.regions:
            known = tuple(name for name in sentence.regions if name in facts.regions)
            findings.extend(_side_findings(facts, place, sentence.text, known))
    return _outcome(2, findings, len(facts.sentences))
