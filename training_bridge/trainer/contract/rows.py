"""The rows that come in: release questions, pool scenes, endpoint completions, and `run.json` itself.

Belongs here: their shape and what makes one unusable. Does not: reading pictures (pictures.py), wording (prompts.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from training_bridge.trainer.contract.reading import Reader, read_lines, read_object
from training_bridge.trainer.errors import BadInput

SCHEMA = 1
SPLITS = ("train", "validation", "test")
SEVERITIES = ("none", "minor", "major", "unsure")
MOST_CANDIDATES = 8
# The union of all aspects: a question of its own in releases, derived in the pool.
OVERALL = "overall"


@dataclass(frozen=True)
class RunRequest:
    """`run.json`: what the platform asked for. Frozen; the trainer only reads it."""

    run: str
    recipe: str
    seed: int
    smoke: bool
    release_name: str
    release_hash: str
    overrides: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """One generated picture of a question. Width and height in pixels, 0 where the row does not say."""

    slot: str
    path: str
    generator: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class RationaleRow:
    """One accepted rationale: its text with slot marks, and the slots it concludes to be defective, if it concludes."""

    id: str
    way: str
    stage: str
    text: str
    concluded: tuple[str, ...] | None
    sandbox: bool
    usd: Decimal = Decimal(0)
    active_ms: int = 0


@dataclass(frozen=True)
class RegionRow:
    """A marked defect of the question's aspect: slot and box (x, y, width, height) as shares of the picture."""

    slot: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class QuestionRow:
    """One canonical release row: a sample under one aspect, with its answer as slots.

    `unsure` holds the slots whose cell people left open; `opinions` counts the people behind the answer.
    """

    question: str
    sample_id: str
    family_id: str
    split: str
    aspect: str
    instruction: str
    original: str
    candidates: tuple[Candidate, ...]
    answer: tuple[str, ...]
    allows_none: bool
    agreement: float | None
    rationales: tuple[RationaleRow, ...]
    unsure: frozenset[str] = frozenset()
    regions: tuple[RegionRow, ...] = ()
    opinions: int | None = None

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(candidate.slot for candidate in self.candidates)

    @property
    def gold(self) -> frozenset[str]:
        return frozenset(self.answer)


@dataclass(frozen=True)
class PoolRow:
    """One drawn scene of the pretraining pool: pictures and what was planted where."""

    id: str
    original: str
    candidates: Mapping[str, str]
    truth: Mapping[str, Mapping[str, str]]

    def severity(self, slot: str, aspect: str) -> str:
        """What the scene's drawer planted; a cell that is not named holds no defect."""
        if aspect == OVERALL:
            cells = self.truth.get(slot, {}).values()
            return max(cells, key=SEVERITIES.index, default="none")
        return self.truth.get(slot, {}).get(aspect, "none")


@dataclass(frozen=True)
class CompletionRow:
    """One answer of an endpoint, written by the platform."""

    question: str
    model: str
    text: str
    letters: Mapping[str, str] | None
    answer: tuple[str, ...] | None
    answer_given: bool


def run_request(path: Path) -> RunRequest:
    row = read_object(path)
    row.schema(SCHEMA)
    release = Reader(row.mapping("release"), f"{row.where} release")
    overrides = row.mapping("overrides", optional=True)
    for part, values in overrides.items():
        if part != "stages":
            Reader(values, f"{row.where} overrides.{part}")
    return RunRequest(
        run=row.text("run"),
        recipe=row.text("recipe"),
        seed=row.integer("seed", 0),
        smoke=row.flag("smoke", default=False),
        release_name=release.text("name"),
        release_hash=release.text("hash", ""),
        overrides=overrides,
        versions={key: str(value) for key, value in row.mapping("versions", optional=True).items()},
    )


def question_row(row: Reader) -> QuestionRow:
    row.schema(SCHEMA)
    question, split = row.text("question"), row.text("split")
    if split not in SPLITS:
        raise BadInput(f"{row.where}: split {split!r} of {question} is none of {', '.join(SPLITS)}.")
    candidates = tuple(_candidate(Reader(value, f"{row.where} candidates")) for value in row.sequence("candidates"))
    slots = [candidate.slot for candidate in candidates]
    if not 1 <= len(slots) <= MOST_CANDIDATES or len(set(slots)) != len(slots):
        raise BadInput(f"{row.where}: {question} needs 1 to {MOST_CANDIDATES} candidates with different slots.")
    answer = tuple(sorted(_texts(row.sequence("answer"), f"{row.where} answer")))
    strange = sorted(set(answer) - set(slots))
    if strange:
        raise BadInput(f"{row.where}: the answer of {question} names {', '.join(strange)}, which it has no picture of.")
    quality = Reader(row.mapping("quality", optional=True), f"{row.where} quality").value
    agreement, opinions = quality.get("agreement"), quality.get("opinions")
    aspect = row.text("aspect")
    return QuestionRow(
        question=question,
        sample_id=row.text("sample_id"),
        family_id=row.text("family_id", row.value.get("sample_id")),
        split=split,
        aspect=aspect,
        instruction=row.text("instruction", ""),
        original=Reader(row.mapping("original"), f"{row.where} original").text("path"),
        candidates=tuple(sorted(candidates, key=lambda candidate: candidate.slot)),
        answer=answer,
        allows_none=row.flag("allows_none", default=True),
        agreement=float(agreement) if isinstance(agreement, int | float) else None,
        rationales=tuple(
            _rationale(Reader(value, f"{row.where} rationales"), slots)
            for value in row.sequence("rationales", optional=True)
        ),
        unsure=_unsure(row, aspect),
        regions=_regions(row, aspect, candidates),
        opinions=opinions if isinstance(opinions, int) else None,
    )


def pool_row(row: Reader) -> PoolRow:
    row.schema(SCHEMA)
    candidates, truth = row.mapping("candidates"), row.mapping("truth")
    strange = sorted(set(truth) - set(candidates))
    if strange or not candidates:
        named = ", ".join(strange) or "no candidate at all"
        raise BadInput(f"{row.where}: the truth names {named}; every slot of it needs a picture.")
    for slot, cells in truth.items():
        for aspect, severity in Reader(cells, f"{row.where} truth.{slot}").value.items():
            if severity not in SEVERITIES:
                raise BadInput(f"{row.where}: severity {severity!r} of {slot}/{aspect} is none of {SEVERITIES}.")
    return PoolRow(id=row.text("id"), original=row.text("original"), candidates=candidates, truth=truth)


def completion_row(row: Reader) -> CompletionRow:
    letters = row.mapping("letters", optional=True) or None
    given = "answer" in row.value
    answer = row.value.get("answer")
    if answer is not None:
        answer = tuple(_texts(row.sequence("answer"), f"{row.where} answer"))
    return CompletionRow(
        question=row.text("question"),
        model=row.text("model"),
        text=row.text("text", ""),
        letters=letters,
        answer=answer,
        answer_given=given,
    )


def release_rows(folder: Path, split: str) -> list[QuestionRow]:
    """Every question of a split, from `test.jsonl` or `test-00001.jsonl` and its followers, in file order."""
    shards = sorted({*folder.glob(f"{split}.jsonl"), *folder.glob(f"{split}-*.jsonl")})
    rows = [question_row(line) for shard in shards for line in read_lines(shard)]
    for row in rows:
        if row.split != split:
            raise BadInput(f"{row.question} says split {row.split!r} but lies in a shard of {split!r}.")
    return rows


def check_families(splits: Mapping[str, Iterable[QuestionRow]]) -> None:
    """A family in two splits would let the test be learnt by heart; refuse to start."""
    home: dict[str, str] = {}
    for split, rows in splits.items():
        for row in rows:
            if home.setdefault(row.family_id, split) != split:
                raise BadInput(
                    f"Family {row.family_id} lies in {home[row.family_id]} and in {split}; "
                    "cut the release again so that a family stays in one split."
                )


def _candidate(row: Reader) -> Candidate:
    return Candidate(
        slot=row.text("slot"),
        path=row.text("path"),
        generator=str(row.value.get("generator") or ""),
        width=row.integer("width", 0),
        height=row.integer("height", 0),
    )


def _unsure(row: Reader, aspect: str) -> frozenset[str]:
    cells = Reader(row.mapping("cells", optional=True), f"{row.where} cells")
    return frozenset(
        slot
        for slot, of_slot in cells.value.items()
        if Reader(of_slot, f"{cells.where}.{slot}").value.get(aspect) == "unsure"
    )


def _regions(row: Reader, aspect: str, candidates: Iterable[Candidate]) -> tuple[RegionRow, ...]:
    """Boxes of this aspect on candidates whose size is known; points and polygons are no boxes."""
    sizes = {candidate.slot: (candidate.width, candidate.height) for candidate in candidates}
    found = []
    for value in row.sequence("regions", optional=True):
        region = Reader(value, f"{row.where} regions")
        box, (width, height) = region.value.get("box"), sizes.get(region.text("slot"), (0, 0))
        if region.value.get("aspect") != aspect or not width or not height or box is None:
            continue
        if not isinstance(box, list) or len(box) != 4 or not all(isinstance(each, int | float) for each in box):
            raise BadInput(f"{region.where}: a box is four numbers (x, y, width, height), found {box!r}.")
        x, y, wide, high = box
        found.append(RegionRow(region.text("slot"), (x / width, y / height, wide / width, high / height)))
    return tuple(found)


def _rationale(row: Reader, slots: list[str]) -> RationaleRow:
    concluded = None
    if row.value.get("concluded") is not None:
        concluded = tuple(sorted(_texts(row.sequence("concluded"), f"{row.where} concluded")))
    if set(concluded or ()) - set(slots):
        raise BadInput(f"{row.where}: the rationale concludes {concluded}, but the candidates are {slots}.")
    cost = Reader(row.mapping("cost", optional=True), f"{row.where} cost")
    usd = str(cost.value.get("usd") or 0)
    try:
        price = Decimal(usd)
    except InvalidOperation:
        raise BadInput(f"{cost.where}: `usd` should be an amount of money, found {usd!r}.") from None
    return RationaleRow(
        id=row.text("id"),
        way=row.text("way"),
        stage=row.text("stage", "plain"),
        text=row.text("text"),
        concluded=concluded,
        sandbox=row.flag("sandbox", default=False),
        usd=price,
        active_ms=cost.integer("active_ms", 0),
    )


def _texts(values: list[Any], where: str) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise BadInput(f"{where}: a list of slots was expected, found {values!r}.")
    return [str(value) for value in values]
