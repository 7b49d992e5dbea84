"""The canonical format: the release's files, byte by byte."""

from __future__ import annotations

from pathlib import Path

from tests.builders import training_bridge as build
from training_bridge.exports import canonical, folder


def test_files_are_copied_byte_by_byte_with_their_pictures(tmp_path: Path) -> None:
    rows = [build.release_row(f"s-{number}", split="test" if number == 2 else "train") for number in range(4)]
    shards = {
        "train-00001.jsonl": build.lines(*(row for row in rows if row["split"] == "train")),
        "test-00001.jsonl": build.lines(rows[2]),
        "release.json": [b'{"release": "v1",\n', b' "seed": 3}\n'],
    }

    manifest = canonical.write(
        shards.items(), out=tmp_path / "out", release="v1", release_hash="ab", seed=0, copy=build.copy_from(rows)
    )

    for name, lines in shards.items():
        assert (tmp_path / "out" / name).read_bytes() == b"".join(lines)
    assert sorted(canonical.lines(tmp_path / "out")) == sorted(build.lines(*rows))
    assert manifest.questions == {"train": 3, "validation": 0, "test": 1}
    assert manifest.pictures.count == 20
    assert folder.check(tmp_path / "out") == manifest


def test_every_row_comes_back(tmp_path: Path) -> None:
    rows = [build.release_row(f"s-{number}", answer=["A", "C"]) for number in range(3)]

    canonical.write(
        [("train-00001.jsonl", build.lines(*rows))],
        out=tmp_path / "out",
        release="v1",
        release_hash="ab",
        seed=0,
        copy=build.copy_from(rows),
    )

    found = list(canonical.read(tmp_path / "out"))
    assert [row.sample_id for row in found] == ["s-0", "s-1", "s-2"]
    assert {row.answer for row in found} == {("A", "C")}
    assert found[0].pictures == tuple(build.picture(f"s-0/{slot}")[0] for slot in "OABCD")
    assert found[0].text == "{{B}} has no shadow, unlike {{A}}."
