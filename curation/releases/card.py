"""The data card: what a release holds, where it came from and what one may not conclude from it. Pure.

Belongs here: counting over canonical rows, the card as JSON and as Markdown.
Does not: where it is stored (writing.py), which rows there are (services.releases).
Source of the sections: Pushkarna et al., Data Cards (2022); ours holds only what the rows themselves can prove.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from curation.choices import Split

SCHEMA = 1
SPLITS = tuple(split.value for split in Split)
UNKNOWN = ""
LICENCE_KEYS = ("licence", "license")


class AspectCount(msgspec.Struct, frozen=True):
    """One aspect: questions, and those with a defect, by split; `agreement` is the mean over its questions."""

    aspect: str
    questions: dict[str, int]
    with_defect: dict[str, int]
    agreement: float | None


class WayCount(msgspec.Struct, frozen=True):
    """Rationales of one way and stage."""

    way: str
    stage: str
    rationales: int
    sandbox: int


class CardGate(msgspec.Struct, frozen=True):
    """What was asked of the release: `passed` or `waived`; `count` rows are concerned."""

    gate: str
    state: str
    count: int


class CardLimit(msgspec.Struct, frozen=True):
    """What one may not conclude: a code, and `count` of `total` that it concerns."""

    limit: str
    count: int
    total: int


class Card(msgspec.Struct, frozen=True):
    """The data card. Counts by split have all three splits; an empty key means that nothing was recorded."""

    schema: int
    release: str
    locale: str
    guideline: int
    seed: int
    sandbox: bool
    questions: dict[str, int]
    samples: dict[str, int]
    families: dict[str, int]
    aspects: list[AspectCount]
    sources: dict[str, int]
    opinions: dict[str, int]
    ways: list[WayCount]
    generators: dict[str, int]
    origins: dict[str, int]
    licences: dict[str, int]
    left_out: dict[str, int]
    gates: list[CardGate]
    limits: list[CardLimit]


class _Quality(msgspec.Struct):
    source: str
    opinions: int
    agreement: float | None


class _Rationale(msgspec.Struct):
    way: str
    stage: str
    sandbox: bool


class _Candidate(msgspec.Struct):
    generator: str | None


class _Row(msgspec.Struct):
    split: str
    sample_id: str
    family_id: str
    aspect: str
    answer: list[str]
    quality: _Quality
    rationales: list[_Rationale]
    candidates: list[_Candidate]
    metadata: dict[str, Any]


_DECODER = msgspec.json.Decoder(_Row)


def _none() -> dict[str, Counter[str]]:
    return defaultdict(Counter)


@dataclass
class CardTally:
    """Counts rows as they pass; holds names of samples and families, no rows."""

    questions: Counter[str] = field(default_factory=Counter)
    samples: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    families: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: dict[str, Counter[str]] = field(default_factory=_none)
    defective: dict[str, Counter[str]] = field(default_factory=_none)
    agreement: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    sources: Counter[str] = field(default_factory=Counter)
    opinions: Counter[str] = field(default_factory=Counter)
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    sandbox: Counter[tuple[str, str]] = field(default_factory=Counter)
    generators: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)

    def add(self, line: bytes) -> None:
        """One canonical row without its newline."""
        row = _DECODER.decode(line)
        if row.sample_id not in self.samples[row.split]:
            self.samples[row.split].add(row.sample_id)
            self.generators.update(each.generator or UNKNOWN for each in row.candidates)
            self.origins[_text(row.metadata.get("source"))] += 1
            self.licences[next(filter(None, (_text(row.metadata.get(key)) for key in LICENCE_KEYS)), UNKNOWN)] += 1
        self.families[row.split].add(row.family_id)
        self.questions[row.split] += 1
        self.asked[row.aspect][row.split] += 1
        self.defective[row.aspect][row.split] += bool(row.answer)
        if row.quality.agreement is not None:
            total = self.agreement[row.aspect]
            total[0] += row.quality.agreement
            total[1] += 1
        self.sources[row.quality.source] += 1
        if row.quality.source != "derived":
            self.opinions[str(row.quality.opinions)] += 1
        for each in row.rationales:
            self.ways[each.way, each.stage] += 1
            self.sandbox[each.way, each.stage] += each.sandbox

    def card(self, *, release: str, locale: str, guideline: int, seed: int, left_out: Mapping[str, int]) -> Card:
        """What was counted, with what follows from it."""
        sandbox = self.sandbox.total()
        return Card(
            schema=SCHEMA,
            release=release,
            locale=locale,
            guideline=guideline,
            seed=seed,
            sandbox=sandbox > 0,
            questions=_by_split(self.questions),
            samples={split: len(self.samples[split]) for split in SPLITS},
            families={split: len(self.families[split]) for split in SPLITS},
            aspects=[self._aspect(key) for key in self.asked],
            sources=_counted(self.sources),
            opinions=_counted(self.opinions),
            ways=[WayCount(*key, count, self.sandbox[key]) for key, count in sorted(self.ways.items())],
            generators=_counted(self.generators),
            origins=_counted(self.origins),
            licences=_counted(self.licences),
            left_out=dict(sorted(left_out.items())),
            gates=self._gates(sandbox),
            limits=self._limits(sandbox),
        )

    def _aspect(self, key: str) -> AspectCount:
        total, count = self.agreement[key]
        mean = round(total / count, 4) if count else None
        return AspectCount(key, _by_split(self.asked[key]), _by_split(self.defective[key]), mean)

    def _gates(self, sandbox: int) -> list[CardGate]:
        split = sum(len(found) for found in self.families.values()) - len(set().union(*self.families.values()))
        return [
            CardGate("no_answers", "passed" if self.questions.total() else "failed", self.questions.total()),
            CardGate("empty_train", "passed" if self.questions["train"] else "failed", self.questions["train"]),
            CardGate("family_split", "failed" if split else "passed", split),
            CardGate("sandbox", "waived" if sandbox else "passed", sandbox),
        ]

    def _limits(self, sandbox: int) -> list[CardLimit]:
        judged, samples = self.opinions.total(), sum(len(found) for found in self.samples.values())
        candidates = self.generators.total()
        found = [
            CardLimit("sandbox_rationales", sandbox, self.ways.total()),
            CardLimit("single_opinion", self.opinions["1"], judged),
            CardLimit("imported_answers", self.sources["imported"], judged),
            CardLimit("licence_unknown", self.licences[UNKNOWN], samples),
            CardLimit("generator_unknown", self.generators[UNKNOWN], candidates),
        ]
        return [each for each in found if each.count]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else UNKNOWN


def _by_split(counts: Mapping[str, int]) -> dict[str, int]:
    return {split: counts.get(split, 0) for split in SPLITS}


def _counted(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts) if counts[name]}


GATES = {
    "no_answers": "There are answered questions",
    "empty_train": "The train split has questions",
    "family_split": "No family lies in two splits",
    "sandbox": "No rationale comes from a sandbox endpoint",
}
LIMITS = {
    "sandbox_rationales": "rationales were made by a sandbox endpoint; nothing may be concluded from their text",
    "single_opinion": "judged questions rest on one opinion",
    "imported_answers": "judged questions carry an answer that was imported, not given here",
    "licence_unknown": "samples came without a licence; ask whoever supplied them before you publish",
    "generator_unknown": "candidates came without the name of their generator",
}


def markdown(card: Card) -> str:
    """The card for people, in English; the same card gives the same text."""
    header = [f"# Release {card.release}", ""]
    if card.sandbox:
        header += ["**Sandbox: holds rationales made by a stand-in model. Not for training that counts.**", ""]
    header += [f"Guideline {card.guideline}, language {card.locale}, splits drawn from seed {card.seed}.", ""]
    return "\n".join(
        [
            *header,
            *_table(
                "Size",
                ("", *SPLITS),
                [
                    ("questions", *(card.questions[split] for split in SPLITS)),
                    ("samples", *(card.samples[split] for split in SPLITS)),
                    ("families", *(card.families[split] for split in SPLITS)),
                ],
            ),
            *_table(
                "Questions with a defect",
                ("aspect", *SPLITS, "agreement"),
                [
                    (
                        each.aspect,
                        *(f"{each.with_defect[split]} of {each.questions[split]}" for split in SPLITS),
                        "–" if each.agreement is None else f"{each.agreement:.2f}",
                    )
                    for each in card.aspects
                ],
            ),
            *_table("Where the answers come from", ("source", "questions"), _ranked(card.sources)),
            *_table(
                "Opinions behind an answer",
                ("opinions", "questions"),
                sorted(card.opinions.items(), key=lambda each: int(each[0])),
            ),
            *_table(
                "Rationales",
                ("way", "stage", "rationales", "sandbox"),
                [(each.way, each.stage, each.rationales, each.sandbox) for each in card.ways],
            ),
            *_table("Generators of the candidates", ("generator", "candidates"), _ranked(card.generators)),
            *_table("Origins of the samples", ("source", "samples"), _ranked(card.origins)),
            *_table("Licences", ("licence", "samples"), _ranked(card.licences)),
            *_table("Gates", ("gate", "state"), [(GATES[each.gate], each.state) for each in card.gates]),
            *_table("Left out", ("what", "count"), list(card.left_out.items())),
            "## Limits",
            "",
            *(f"- {each.count} of {each.total} {LIMITS[each.limit]}." for each in card.limits),
            "- `overall` is the union of the aspects: derived, never judged by itself.",
            "",
        ]
    )


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Most first, equal ones by name: the stored card sorts its keys, so order is made here."""
    return [(name or "not recorded", counts[name]) for name in sorted(counts, key=lambda each: (-counts[each], each))]


def _table(title: str, head: tuple[str, ...], found: list[Any]) -> list[str]:
    if not found:
        return [f"## {title}", "", "None.", ""]
    lines = [f"| {' | '.join(_cell(value) for value in row)} |" for row in (head, *found)]
    return [f"## {title}", "", lines[0], "|---" * len(head) + "|", *lines[1:], ""]


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
