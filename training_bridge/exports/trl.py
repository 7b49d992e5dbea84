"""The format that TRL reads: a conversational prompt with structured content, pictures beside it, gold, the rationale.

Belongs here: one line a question, written and read back. Does not: the release's own format (canonical.py).

The number of image parts in the prompt equals the number of `images`; a row where it would not is refused. Letters are
drawn from the seed by the same function as in the trainer, so that no letter is right more often than another.
`<split>.marks` holds, for every completion, where a letter stands for a slot: with it the text is recovered exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from training_bridge.errors import ExportDamaged, RowUnusable
from training_bridge.exports import folder, rows
from training_bridge.trainer import completions, letters

FORMAT = "trl"
IMAGE_PART = {"type": "image"}
NONE_ALLOWED = "Answer with <answer>none</answer> if there is none."
FORMAT_WORDS = "Think first, then answer with the letters: <think>…</think><answer>B, D</answer>."  # the trained format


class Line(msgspec.Struct, frozen=True):
    """One line. `letters` maps each shown letter to its slot; `gold` holds slots."""

    prompt: list[dict[str, Any]]
    images: list[str]
    completion: list[dict[str, Any]] | None
    gold: list[str]
    letters: dict[str, str]
    question: str


class Marks(msgspec.Struct, frozen=True):
    """Where, inside the rationale of this question's completion, letters stand for slots."""

    question: str
    rationale: str
    at: list[int]


_encode = msgspec.json.Encoder().encode
_lines = msgspec.json.Decoder(Line)
_marks = msgspec.json.Decoder(Marks)


def line_of(row: rows.QuestionRow, *, seed: int) -> tuple[Line, Marks | None]:
    """A row as TRL wants it. Raises RowUnusable."""
    letter_of = letters.drawn(row.question, [candidate.slot for candidate in row.candidates], seed)
    slot_of = {letter: slot for slot, letter in sorted(letter_of.items(), key=lambda pair: pair[1])}
    by_slot = {candidate.slot: candidate.path for candidate in row.candidates}
    images = [row.original.path, *(by_slot[slot] for slot in slot_of.values())]
    content: list[dict[str, Any]] = [{"type": "text", "text": "Original:"}, IMAGE_PART]
    for letter in slot_of:
        content += [{"type": "text", "text": f"{letter}:"}, IMAGE_PART]
    request, _ = rows.with_letters(row.instruction, letter_of, question=row.question)
    words = [request, FORMAT_WORDS, NONE_ALLOWED] if row.allows_none else [request, FORMAT_WORDS]
    content.append({"type": "text", "text": " ".join(words)})
    prompt = [{"role": "user", "content": content}]
    refuse_unless_marks_fit(prompt, images, question=row.question)
    rationale = rows.chosen(row)
    completion, marks = None, None
    if rationale is not None:
        text, places = rows.with_letters(rationale.text, letter_of, question=row.question)
        picked = [letter_of[slot] for slot in row.answer]
        completion = [{"role": "assistant", "content": [{"type": "text", "text": completions.written(text, picked)}]}]
        marks = Marks(row.question, rationale.id, places)
    return Line(prompt, images, completion, sorted(row.answer), slot_of, row.question), marks


def refuse_unless_marks_fit(prompt: list[dict[str, Any]], images: list[str], *, question: str) -> None:
    """Raises RowUnusable where the prompt shows another number of pictures than the row has."""
    parts = sum(part["type"] == "image" for turn in prompt for part in turn["content"])
    if parts != len(images) or len(set(images)) < 1:
        raise RowUnusable(
            "{question} has {pictures} pictures but {parts} places for them.",
            pictures=len(images),
            parts=parts,
            question=question,
        )


def write(
    lines: Iterable[bytes],
    *,
    out: Path,
    release: str,
    release_hash: str,
    seed: int,
    copy: folder.CopyPicture,
    said: Callable[[int], None] | None = None,
) -> folder.Manifest:
    """Export canonical rows to `out`. Raises FolderTaken, RowUnusable."""
    questions = dict.fromkeys(rows.SPLITS, 0)
    with_rationale = dict.fromkeys(rows.SPLITS, 0)
    further = 0
    progress = folder.Progress(said)
    with (
        folder.Building(out) as building,
        folder.split_files(building.root, "{}.jsonl".format, rows.SPLITS) as files,
        folder.split_files(building.root, "{}.marks".format, rows.SPLITS) as marked,
    ):
        shelf = folder.PictureShelf(building.root, copy)
        for raw in lines:
            row = rows.decode(raw)
            line, marks = line_of(row, seed=seed)
            for path, sha256 in row.pictures():
                shelf.take(path, sha256)
            files[row.split].write(_encode(line) + b"\n")
            questions[row.split] += 1
            if marks is not None:
                marked[row.split].write(_encode(marks) + b"\n")
                with_rationale[row.split] += 1
                further += len(row.rationales) - 1
            else:
                further += len(row.rationales)
            progress.one_more()
        pictures, listing = shelf.close()
        entries = [*(file.close() for file in files.values()), *(file.close() for file in marked.values()), listing]
        manifest = folder.Manifest(
            schema=1,
            format=FORMAT,
            release=release,
            release_hash=release_hash,
            seed=seed,
            questions=questions,
            with_rationale=with_rationale,
            further_rationales=further,
            pictures=pictures,
            files=tuple(entries),
        )
        building.finish(manifest)
    return manifest


def read(root: Path) -> Iterator[rows.Recovered]:
    """Every row again, in the order written. Raises ExportDamaged."""
    sha_of = _shas(root)
    for split in rows.SPLITS:
        with (root / f"{split}.jsonl").open("rb") as lines, (root / f"{split}.marks").open("rb") as marks:
            for raw in lines:
                line = _decode(raw, split)
                yield rows.Recovered(
                    question=line.question,
                    sample_id=line.question.rsplit("/", 1)[0],
                    split=split,
                    pictures=_ordered(line, sha_of),
                    answer=tuple(line.gold),
                    text=None if line.completion is None else _text(line, _marks.decode(next(marks))),
                )


def _decode(raw: bytes, split: str) -> Line:
    try:
        return _lines.decode(raw)
    except msgspec.DecodeError as error:
        raise ExportDamaged(
            "{split}.jsonl holds a line that is not of this format: {why}", split=split, why=str(error)
        ) from None


def _shas(root: Path) -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in (root / folder.PICTURES).read_text().splitlines())
    return {path: sha256 for sha256, path in pairs}


def _ordered(line: Line, sha_of: dict[str, str]) -> tuple[str, ...]:
    """The original, then the candidates by slot rather than by letter."""
    shown = dict(zip(line.letters.values(), line.images[1:], strict=True))
    return tuple(sha_of[path] for path in [line.images[0], *(shown[slot] for slot in sorted(shown))])


def _text(line: Line, marks: Marks) -> str:
    assert line.completion is not None
    whole = line.completion[0]["content"][0]["text"]
    end = whole.rindex("</think><answer>")
    if marks.question != line.question or not whole.startswith("<think>"):
        raise ExportDamaged("The marks of {question} are out of step; export again.", question=line.question)
    return rows.with_marks(whole[len("<think>") : end], marks.at, line.letters)
