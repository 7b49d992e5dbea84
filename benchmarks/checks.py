"""What the checks catch: rationales with a fault planted by rule, and clean twins that should pass.

`--size N` clean rationales (600 unless said) by the sandbox's writer over drawn questions, in English and Chinese.
Every fault is planted in each twin that it fits, and every harmless edit is made to each twin. Recall of a check is
the share of the plants meant for it that it fails; precision is the share of plants among all that it fails. A plant
for another check is no false alarm: one fault often breaks two rules. Twins and harmless edits are.

The labels are by rule, not by people: they say what the checks do with faults we thought of.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks import _giveaways_held_out
from benchmarks._figures import Figures, arguments
from cot_generation import checks, parsing
from cot_generation.checks import giveaways, told
from cot_generation.checks.facts import Facts, MarkedRegion
from cot_generation.checks.wording import PATTERNS
from cot_generation.sandbox import phrases, writer
from cot_generation.sandbox.asked import Asked, Offered
from cot_generation.shapes import Sentence

SLOTS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Plant:
    """A fault: which check should catch it, and how it is planted; None where it does not fit this twin."""

    check: str
    plant: Callable[[Facts, random.Random], Facts | None]


def twin(number: int, draw: random.Random) -> Facts:
    """A clean rationale as the sandbox writes it for a question with marked regions, read as a reply is read."""

    aspect = draw.choice(sorted(phrases.ENGLISH))
    chinese = number % 3 == 2
    answer = frozenset(slot for slot in SLOTS if draw.random() < 0.4)
    centres = {slot: (draw.choice([0.2, 0.8]), draw.choice([0.45, 0.55])) for slot in sorted(answer)}
    ids = {slot: f"r{place}" for place, slot in enumerate(sorted(answer), start=1)}
    asked = Asked(
        model="sandbox", project="bench", sample=f"s-{number}", aspect=aspect, step="explain",
        letters={slot: slot for slot in SLOTS}, given=answer, argued=frozenset(),
        regions={slot: (Offered(ids[slot], *centre),) for slot, centre in centres.items()},
        chinese=chinese, max_tokens=900, seed=number, prompt_tokens=0,
    )  # fmt: skip
    content = writer.reply(asked, answer, skill=1.0, seed=1)
    read = parsing.rationale(content, order="".join(SLOTS), aspect=aspect)
    assert isinstance(read, parsing.Parsed)
    return Facts(
        sentences=read.sentences,
        concluded=frozenset(read.concluded),
        slots=SLOTS,
        aspect=aspect,
        answer=answer,
        answer_visible=True,
        severities={slot: "major" if slot in answer else "none" for slot in SLOTS},
        regions={ids[slot]: MarkedRegion(ids[slot], slot, aspect, centre) for slot, centre in centres.items()},
        regions_offered=True,
        locale="zh-CN" if chinese else "en",
    )


def plants() -> dict[str, Plant]:
    """Every fault by its name."""

    def change(facts: Facts, place: int, **fields: object) -> Facts:
        old = facts.sentences[place]
        values = {name: getattr(old, name) for name in old.__struct_fields__} | fields
        return replace(facts, sentences=(*facts.sentences[:place], Sentence(**values), *facts.sentences[place + 1 :]))

    def faulty(facts: Facts, draw: random.Random) -> int | None:
        found = [place for place, sentence in enumerate(facts.sentences) if sentence.defect]
        return draw.choice(found) if found else None

    def clean(facts: Facts, draw: random.Random) -> int | None:
        found = [place for place, sentence in enumerate(facts.sentences) if sentence.defect is False]
        return draw.choice(found) if found else None

    def at_faulty(
        make: Callable[[Facts, int, random.Random], Facts | None],
    ) -> Callable[[Facts, random.Random], Facts | None]:
        def planted(facts: Facts, draw: random.Random) -> Facts | None:
            place = faulty(facts, draw)
            return None if place is None else make(facts, place, draw)

        return planted

    def stranger(facts: Facts, draw: random.Random) -> Facts:
        place = draw.randrange(len(facts.sentences))
        return change(facts, place, text=facts.sentences[place].text + " {{G}}", slot="G")

    def stub(facts: Facts, draw: random.Random) -> Facts:
        return change(facts, draw.randrange(len(facts.sentences)), text="Bad." if facts.locale == "en" else "差。")

    def conclude(facts: Facts, draw: random.Random, *, flip: str) -> Facts:
        assert facts.concluded is not None
        return replace(facts, concluded=facts.concluded ^ {flip}, answer=facts.answer)

    def missed(facts: Facts, draw: random.Random) -> Facts | None:
        return conclude(facts, draw, flip=draw.choice(sorted(facts.concluded))) if facts.concluded else None

    def invented(facts: Facts, draw: random.Random) -> Facts | None:
        free = sorted(set(SLOTS) - (facts.concluded or frozenset()))
        return conclude(facts, draw, flip=draw.choice(free)) if free else None

    def drop(facts: Facts, place: int, draw: random.Random) -> Facts:
        return replace(facts, sentences=(*facts.sentences[:place], *facts.sentences[place + 1 :]))

    def fault_clean(facts: Facts, draw: random.Random) -> Facts | None:
        place = clean(facts, draw)
        return None if place is None else change(facts, place, defect=True)

    def other_side(facts: Facts, place: int, draw: random.Random) -> Facts | None:
        pairs = [("on the left", "on the right"), ("左侧", "右侧")]
        text = facts.sentences[place].text
        for left, right in pairs:
            for here, there in ((left, right), (right, left)):
                if here in text:
                    return change(facts, place, text=text.replace(here, there))
        return None

    def leak(facts: Facts, draw: random.Random) -> Facts:
        words = phrases.LEAKS_ENGLISH if facts.locale == "en" else phrases.LEAKS_CHINESE
        return change(facts, 0, text=draw.choice(words) + facts.sentences[0].text)

    def reworded_leak(facts: Facts, draw: random.Random) -> Facts:
        words = (
            ("The annotators judged it so: ", "As we were told, ", "In line with the verdict, ", "Ground truth aside, ")
            if facts.locale == "en"
            else ("标注者已经指出,", "既然我们已经知道,", "按照标注,")
        )
        return change(facts, 0, text=draw.choice(words) + facts.sentences[0].text)

    def unlisted_leak(facts: Facts, draw: random.Random) -> Facts:
        words = (
            ("Unsurprisingly, given how this ended up, ", "With the outcome in mind, ", "It was settled beforehand: ")
            if facts.locale == "en"
            else ("不出所料,", "结局早已确定,", "带着结果来看,")
        )
        return change(facts, 0, text=draw.choice(words) + facts.sentences[0].text)

    return {
        "names a candidate that is not there": Plant("schema", stranger),
        "a sentence that says nothing": Plant("schema", stub),
        "a defect left out of the conclusion": Plant("conclusion", missed),
        "a clean one in the conclusion": Plant("conclusion", invented),
        "a concluded one that no sentence argues": Plant("argued", at_faulty(drop)),
        "faults one that it then clears": Plant("argued", fault_clean),
        "judges without saying whom": Plant(
            "grounding",
            at_faulty(lambda f, p, d: change(f, p, slot=None, text="The outline here is bent and wrong, clearly.")),
        ),
        "speaks of another candidate than it names": Plant(
            "grounding",
            lambda f, d: change(f, 0, slot=next(s for s in SLOTS if s != f.sentences[0].slot)),
        ),
        "refers to no region": Plant("grounding", at_faulty(lambda f, p, d: change(f, p, regions=()))),
        "faults what people judged clean": Plant("contradiction", fault_clean),
        "clears a major defect": Plant("contradiction", at_faulty(lambda f, p, d: change(f, p, defect=False))),
        "refers to a region of another": Plant(
            "contradiction",
            lambda f, d: (
                None if not f.regions or (p := clean(f, d)) is None else change(f, p, regions=(next(iter(f.regions)),))
            ),
        ),
        "left for right": Plant("contradiction", at_faulty(other_side)),
        "gives the answer away, as listed": Plant("leak", leak),
        "gives the answer away, reworded": Plant("leak", reworded_leak),
        "gives the answer away, in words nobody listed": Plant("leak", unlisted_leak),
        "in the other language": Plant(
            "style",
            lambda f, d: replace(f, locale="en" if f.locale != "en" else "zh-CN"),
        ),
        "says a sentence twice": Plant("style", lambda f, d: replace(f, sentences=(*f.sentences, f.sentences[0]))),
        "goes on and on": Plant(
            "style",
            lambda f, d: change(f, 0, text=f.sentences[0].text * (1 + 1200 // len(f.sentences[0].text))),
        ),
    }


def harmless() -> dict[str, Callable[[Facts], Facts]]:
    """Edits that change no judgement, in words that a careless check takes for faults."""

    def add(facts: Facts, english: str, chinese: str) -> Facts:
        text = english if facts.locale == "en" else chinese
        return replace(facts, sentences=(*facts.sentences, Sentence(text, None, facts.aspect, None)))

    def said(facts: Facts) -> str:
        return ", ".join("{{" + slot + "}}" for slot in sorted(facts.concluded or ())) or "none"

    return {
        "ends by naming the answer": lambda f: add(f, f"So the answer is {said(f)}.", f"因此答案是 {said(f)}。"),
        "speaks of the original as given": lambda f: add(
            f, "The original was taken by the given light of the scene.", "原图是在给定的光线下拍摄的。"
        ),
        "uses right in its other sense": lambda f: add(
            f, "All the others have the right size and stand in the right place.", "其余的大小合适,位置也正确。"
        ),
        "compares two": lambda f: add(
            f, "Between {{A}} and {{B}} the original serves as the measure.", "{{A}} 与 {{B}} 均以原图为准。"
        ),
        "tells the sentences in another order": lambda f: replace(f, sentences=tuple(reversed(f.sentences))),
        "speaks of experts' taste": lambda f: add(
            f, "An expert eye would look at the foot of the product first.", "有经验的人会先看商品的底部。"
        ),
    }


def tone_figures(figures: Figures, draw: random.Random, *, size: int) -> None:
    """The reader of tone on kinds of give-away that it never saw, and on clean sentences that were left out."""
    kinds, clean = giveaways.TOLD, list(giveaways.CLEAN)
    caught = listed = either = 0
    for kind, phrases_of_kind in kinds.items():
        reader = told.learned([text for other, found in kinds.items() if other != kind for text in found], clean)
        sure = [reader(text) >= told.SURE for text in phrases_of_kind]
        known = [any(pattern.search(text) for _, pattern in PATTERNS) for text in phrases_of_kind]
        caught, listed = caught + sum(sure), listed + sum(known)
        both = sum(a or b for a, b in zip(sure, known, strict=True))
        either += both
        figures.add(
            "checks.tone_recall_of_kind", round(sum(sure) / len(sure), 4), "share",
            kind=kind, planted=len(sure), listed=sum(known), either=both,
        )  # fmt: skip
    planted = sum(map(len, kinds.values()))
    figures.add("checks.tone_recall", round(caught / planted, 4), "share", planted=planted, unseen_kinds=len(kinds))
    figures.add("checks.list_recall", round(listed / planted, 4), "share", planted=planted)
    figures.add("checks.either_recall", round(either / planted, 4), "share", planted=planted)
    draw.shuffle(clean)
    alarms = 0
    for fold in (clean[at::4] for at in range(4)):
        rest = [text for text in clean if text not in fold]
        reader = told.learned([text for found in kinds.values() for text in found], rest)
        alarms += sum(reader(text) >= told.SURE for text in fold)
    figures.add("checks.tone_false_alarms", alarms, "sentences", of=len(clean), text="innocent uses of the same words")
    held_out_figures(figures, draw)
    sentences = [sentence.text for number in range(size) for sentence in twin(number, draw).sentences]
    wrong = sum(told.reader()(text) >= told.SURE for text in sentences)
    figures.add("checks.tone_false_alarms", wrong, "sentences", of=len(sentences), text="the sandbox's writer")
    decided = sum(told.reader()(text) >= told.DECIDES for text in sentences)
    figures.add("checks.leak_false_alarms", decided, "sentences", of=len(sentences), text="the sandbox's writer")


def held_out_figures(figures: Figures, draw: random.Random) -> None:
    """The deciding check on kinds it was not made from: each sentence alone, and in front of an honest observation."""

    def observed(text: str) -> str:
        chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
        words = phrases.CHINESE if chinese else phrases.ENGLISH
        said = draw.choice(draw.choice(sorted(words.items()))[1].clean)
        return text.rstrip(".。") + (",", ", ")[not chinese] + said.format(c="{{A}}")

    telling = [text for kind in _giveaways_held_out.TELLING.values() for text in kind]
    for place, shape in (("alone", str), ("before an observation", observed)):
        for what, texts in (("telling", telling), ("innocent", _giveaways_held_out.INNOCENT)):
            shaped = [shape(text) for text in texts]
            listed = [any(pattern.search(text) for _, pattern in PATTERNS) for text in shaped]
            decided = [known or told.reader()(text) >= told.DECIDES for known, text in zip(listed, shaped, strict=True)]
            about = {"sentences": what, "place": place, "of": len(shaped)}
            figures.add("checks.held_out_failed", sum(decided), "sentences", listed=sum(listed), **about)


def main() -> None:
    given = arguments(__doc__ or "", size=600)
    figures = Figures(f"checks-{given.size}", write=given.write)

    draw = random.Random(20)
    caught: dict[str, Counter[bool]] = defaultdict(Counter)
    rightly: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    alarmed: Counter[str] = Counter()
    planted_count = 0
    known, edits = plants(), harmless()
    for number in range(given.size):
        facts = twin(number, draw)
        for edit, make in {"the twin itself": lambda twin: twin, **edits}.items():
            for name in checks.failed(checks.run_all(make(facts))):
                alarms[name] += 1
                alarmed[edit] += 1
        for fault, each in known.items():
            broken = each.plant(facts, draw)
            if broken is None:
                continue
            planted_count += 1
            said = checks.failed(checks.run_all(broken))
            caught[fault][each.check in said] += 1
            rightly.update(said)
    for name in (name for name in checks.CHECKS if name not in checks.ADVISORY):
        recall = [caught[fault] for fault, each in known.items() if each.check == name]
        total = sum(each.total() for each in recall)
        every = rightly[name] + alarms[name]
        figures.add("checks.precision", round(rightly[name] / max(1, every), 4), "share", check=name, failed=every)
        share = sum(each[True] for each in recall) / total
        figures.add("checks.recall", round(share, 4), "share", check=name, planted=total)
    for edit in ("the twin itself", *edits):
        figures.add("checks.false_alarms", alarmed[edit], "rationales", edit=edit, of=given.size)
    for fault, each in known.items():
        found = caught[fault]
        figures.add(
            "checks.recall_of_fault", round(found[True] / max(1, found.total()), 4), "share",
            check=each.check, fault=fault, planted=found.total(),
        )  # fmt: skip
    tone_figures(figures, draw, size=given.size)
    figures.add("checks.labelled", given.size * (1 + len(edits)) + planted_count, "rationales", size=given.size)
    figures.close()


if __name__ == "__main__":
    main()
