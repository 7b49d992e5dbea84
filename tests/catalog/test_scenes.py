"""Scenes are a pure function of seed and number, and every planted defect is to be seen where the truth says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from catalog.imports.manifest import Parsed, Rules, parse
from catalog.scenes import grounds
from catalog.scenes.composing import Defect, Product, Setting, compose
from catalog.scenes.dataset import ASPECTS, draw

SETTING = Setting(wall=2, floor=1, light=-1, x=0.5, scale=1.0, props=((1, 4, 0.12, 0.2),))


def pixels(scene_picture: object) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.asarray(scene_picture).astype(np.int64)


def test_a_scene_does_not_depend_on_what_was_drawn_before() -> None:
    first = draw(3, 7, 96)
    for other in range(5):
        draw(3, other, 96)

    again = draw(3, 7, 96)

    assert again.truth == first.truth
    assert all((pixels(again.pictures[slot]) == pixels(first.pictures[slot])).all() for slot in "OABCD")
    assert (pixels(draw(4, 7, 96).pictures["O"]) != pixels(first.pictures["O"])).any()


@pytest.mark.parametrize("kind", ["bottle", "mug", "lamp"])
@pytest.mark.parametrize(
    ("aspect", "variant"),
    [(aspect, variant) for aspect in ASPECTS for variant in range(2 if aspect in (ASPECTS[0], ASPECTS[3]) else 3)],
)
def test_a_defect_changes_the_picture_and_most_of_the_change_lies_in_its_region(
    kind: str, aspect: str, variant: int
) -> None:
    product = Product(kind, 2, 1)
    clean = pixels(compose(product, SETTING, (), 128).image)

    strengths = []
    for severity in ("minor", "major"):
        drawing = compose(product, SETTING, (Defect(aspect, severity, variant, 0.8),), 128)
        change = np.abs(pixels(drawing.image) - clean).sum(axis=2)
        strengths.append(int(change.sum()))
        x, y, width, height = (round(value) for value in drawing.regions[aspect])
        inside = change[max(y - 6, 0) : y + height + 6, max(x - 6, 0) : x + width + 6].sum()
        # A moved product also uncovers what it hid and drags its shadow along, so not all of the change is inside.
        assert inside > 0.15 * change.sum()

    assert strengths[0] > 2000
    assert strengths[1] > strengths[0]


def test_shares_of_clean_and_broken_are_as_meant() -> None:
    cells = [draw(11, index, 32).truth.cells for index in range(150)]

    planted = [severity for sample in cells for slot in sample.values() for severity in slot.values()]
    share = len(planted) / (150 * 4 * 4)
    assert 0.2 < share < 0.28
    assert 0.2 < planted.count("minor") / len(planted) < 0.4


def test_the_studio_behind_an_original_is_seamless() -> None:
    backdrop = pixels(grounds.ground(grounds.STUDIO, 0, 1, 64))

    assert backdrop.std() < 20


def test_the_command_writes_a_manifest_that_the_import_takes(tmp_path: Path) -> None:
    call_command(
        "synthesise_samples", "--count", "3", "--seed", "9", "--out", str(tmp_path), "--size", "64", "--with-answers"
    )

    lines = (tmp_path / "manifest.jsonl").read_bytes().splitlines()
    parsed = [parse(number, line, Rules(aspects=frozenset(ASPECTS))) for number, line in enumerate(lines, start=1)]
    rows = [each.row for each in parsed if isinstance(each, Parsed)]
    assert len(rows) == 3
    truth = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text().splitlines()]
    for row, planted in zip(rows, truth, strict=True):
        assert (tmp_path / row.original).stat().st_size > 500
        assert row.id == planted["id"]
        for aspect, chosen in row.answers.items():
            assert chosen == sorted(slot for slot, cells in planted["cells"].items() if aspect in cells)


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_processes(tmp_path: Path) -> None:
    for name, processes in (("one", "1"), ("two", "2")):
        words = ["--count", "4", "--seed", "2", "--size", "48", "--out", str(tmp_path / name), "--processes", processes]
        call_command("synthesise_samples", *words)

    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 22
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)
