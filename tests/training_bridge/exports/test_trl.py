"""The TRL format: every row comes back, letters are drawn, nothing half right is written."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.builders import training_bridge as build
from training_bridge.errors import ExportDamaged, FolderTaken, RowUnusable
from training_bridge.exports import canonical, folder, rows, trl


def many_rows(count: int = 240) -> list[dict[str, Any]]:
    """Rows of every kind: each answer set, two to eight candidates, none to three rationales, awkward texts."""
    draw = random.Random(5)
    texts = [
        "{{A}} and {{B}}: A shadow, then {{A}} again.",
        "{{B}}",
        "Chinese 阴影 {{A}}, braces {B} and {{ B }} stay, a tag <answer>B</answer> too.",
        "No slot at all. A B C D.",
        "{{A}}{{B}}{{A}}\nsecond line “{{B}}”",
    ]
    found = []
    for number in range(count):
        slots = "ABCDEFGH"[: draw.randint(2, 8)]
        found.append(
            build.release_row(
                f"shop/{number}" if number % 7 == 0 else f"s-{number}",
                slots=slots,
                answer=draw.sample(slots, draw.randint(0, len(slots))),
                split=("train", "validation", "test")[number % 3],
                texts=draw.sample(texts, draw.randint(0, 3)),
            )
        )
    return found


def export(rows_given: list[dict[str, Any]], out: Path, *, seed: int = 7) -> folder.Manifest:
    return trl.write(
        build.lines(*rows_given),
        out=out,
        release="v1",
        release_hash="ab",
        seed=seed,
        copy=build.copy_from(rows_given),
    )


def first_line(out: Path, split: str = "train") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / f"{split}.jsonl").read_text().splitlines()[0])
    return found


def test_every_row_comes_back(tmp_path: Path) -> None:
    given = many_rows()

    export(given, tmp_path / "out")

    decoded = [rows.decode(line) for line in build.lines(*given)]
    wanted = {}
    for row in decoded:
        rationale = rows.chosen(row)
        wanted[row.question] = canonical.recovered(row, rationale.text if rationale else None)
    found = {row.question: row for row in trl.read(tmp_path / "out")}
    assert found == wanted
    assert sum(row.text is not None for row in found.values()) > 100


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_letters(tmp_path: Path) -> None:
    given = many_rows(40)

    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        export(given, tmp_path / name, seed=seed)

    def content(name: str) -> dict[str, bytes]:
        root = tmp_path / name
        return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}

    assert content("one") == content("two")
    assert content("one")["train.jsonl"] != content("other")["train.jsonl"]
    assert [row.answer for row in trl.read(tmp_path / "one")] == [row.answer for row in trl.read(tmp_path / "other")]


def test_a_line_has_the_columns_that_trl_reads(tmp_path: Path) -> None:
    row = build.release_row("s-1", answer=["B"], texts=["{{B}} has no shadow, unlike {{A}}."])

    export([row], tmp_path / "out")

    line = first_line(tmp_path / "out")
    assert set(line) == {"prompt", "images", "completion", "gold", "letters", "question"}
    parts = line["prompt"][0]["content"]
    assert sum(part["type"] == "image" for part in parts) == len(line["images"]) == 5
    assert line["gold"] == ["B"]
    letter_of = {slot: letter for letter, slot in line["letters"].items()}
    text = line["completion"][0]["content"][0]["text"]
    assert text == (
        f"<think>{letter_of['B']} has no shadow, unlike {letter_of['A']}.</think><answer>{letter_of['B']}</answer>"
    )
    shown = {slot: build.picture(f"s-1/{slot}")[0] for slot in "OABCD"}
    assert line["images"] == [f"images/{shown[slot]}.jpg" for slot in ["O", *line["letters"].values()]]
    assert all((tmp_path / "out" / path).is_file() for path in line["images"])


def test_every_letter_shows_every_slot_about_equally_often() -> None:
    drawn = [trl.line_of(rows.decode(build.lines(build.release_row(f"s-{n}"))[0]), seed=3)[0] for n in range(800)]

    for letter, slot in itertools.product("ABCD", repeat=2):
        share = sum(line.letters[letter] == slot for line in drawn) / len(drawn)
        assert 0.19 < share < 0.31, (letter, slot, share)


def test_a_rationale_that_concludes_something_else_is_not_taken(tmp_path: Path) -> None:
    wrong = build.release_row("s-1", answer=["B"], texts=["{{A}} is wrong."], concluded=["A"])

    manifest = export([wrong], tmp_path / "out")

    assert first_line(tmp_path / "out")["completion"] is None
    assert (manifest.with_rationale["train"], manifest.further_rationales) == (0, 1)


def test_a_mark_of_a_slot_without_a_picture_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    good, bad = build.release_row("s-1"), build.release_row("s-2", texts=["{{E}} is wrong."])

    with pytest.raises(RowUnusable, match=r"s-2/physical_shadow names \{\{E\}\}"):
        export([good, bad], tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_a_prompt_that_shows_another_number_of_pictures_is_refused() -> None:
    prompt = [{"role": "user", "content": [{"type": "text", "text": "Original:"}, {"type": "image"}]}]

    trl.refuse_unless_marks_fit(prompt, ["images/a.jpg"], question="s-1/place")
    with pytest.raises(RowUnusable, match="2 pictures but 1 places"):
        trl.refuse_unless_marks_fit(prompt, ["images/a.jpg", "images/b.jpg"], question="s-1/place")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"answer": ["Z"]}, "names a slot without a picture"),
        ({"split": "holdout"}, "no known split"),
        ({"original": None}, "cannot be read"),
        ({"candidates": []}, "needs candidates"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(RowUnusable, match=reason):
        export([build.release_row("s-1") | change], tmp_path / "out")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")

    with pytest.raises(FolderTaken, match="name another folder"):
        export([build.release_row()], tmp_path / "out")

    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    export(many_rows(12), tmp_path / "out")
    assert folder.check(tmp_path / "out").questions == {"train": 4, "validation": 4, "test": 4}

    picture = sorted((tmp_path / "out" / "images").iterdir())[3]
    picture.write_bytes(picture.read_bytes().replace(b"picture", b"Picture"))

    with pytest.raises(ExportDamaged, match=picture.name):
        folder.check(tmp_path / "out")


def test_a_picture_path_may_not_lead_outside(tmp_path: Path) -> None:
    row = build.release_row("s-1")
    row["original"]["path"] = "../outside.jpg"

    with pytest.raises(RowUnusable, match="outside its folder"):
        export([row], tmp_path / "out")
    assert not (tmp_path / "outside.jpg").exists()
