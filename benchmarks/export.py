"""Exporting a release: seconds, first byte, peak memory, for rows alone and with their pictures.

`--size N` samples of five questions and five pictures each. Rows are of the size that a judged sample with a rationale
has; pictures are small files, so that the number of files counts and not the disk. Each format is measured in a process
of its own, since peak memory is a process's.
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from benchmarks._figures import Figures, arguments
from training_bridge.exports import canonical, folder, trl

ASPECTS = (
    "appearance_deformation",
    "physical_shadow",
    "placement_layout",
    "extension_rationality",
    "overall",
)
PICTURE = b"\xff\xd8" + bytes(2048)


def rows(samples: int) -> Iterator[tuple[str, bytes]]:
    """(split, line) of every question."""
    draw = random.Random(1)
    for number in range(samples):
        sample = f"s-{number:06d}"
        split = ("train",) * 8 + ("validation", "test")
        shown = {
            slot: {
                "path": f"images/{(sha256 := hashlib.sha256(f'{sample}{slot}'.encode()).hexdigest())}.jpg",
                "sha256": sha256,
                "width": 1024,
                "height": 1024,
                "phash": f"d1:{sha256[:16]}",
            }
            for slot in "OABCD"
        }
        for aspect in ASPECTS:
            answer = [slot for slot in "ABCD" if draw.random() < 0.24]
            row = {
                "schema": 1,
                "question": f"{sample}/{aspect}",
                "sample_id": sample,
                "family_id": f"f-{sample}",
                "split": split[number % 10],
                "locale": "en",
                "instruction": f"Which candidates show a fault of {aspect.replace('_', ' ')}?",
                "guideline": 1,
                "original": shown["O"],
                "candidates": [{"slot": slot, "generator": "scenes", **shown[slot]} for slot in "ABCD"],
                "aspect": aspect,
                "answer": answer,
                "allows_none": True,
                "cells": {slot: {aspect: "major" if slot in answer else "none"} for slot in "ABCD"},
                "regions": [
                    {"id": f"r{place}", "slot": slot, "aspect": aspect, "box": [312, 540, 220, 60]}
                    for place, slot in enumerate(answer)
                ],
                "quality": {
                    "opinions": 2,
                    "agreement": 1.0,
                    "adjudicated": False,
                    "confidence": 0.9,
                    "source": "majority",
                },
                "rationales": [
                    {
                        "id": f"c-{number}",
                        "way": "manual",
                        "stage": "plain",
                        "answer_visible": False,
                        "text": "{{A}} stands on its own shadow. {{B}} floats above the table. {{C}} is well set.",
                        "sentences": [{"span": [0, 32], "slot": "A", "aspect": aspect, "regions": []}],
                        "concluded": answer,
                        "checks": {"leak": 0.02},
                        "cost": {"usd": "0.0031", "active_ms": 0},
                        "sandbox": False,
                    }
                ],
                "difficulty": None,
                "metadata": {},
            }
            yield split[number % 10], json.dumps(row, sort_keys=True).encode() + b"\n"


def write_shards(root: Path, samples: int) -> None:
    """The release's own files."""
    files = {split: (root / f"{split}-000.jsonl").open("wb") for split in ("train", "validation", "test")}
    for split, line in rows(samples):
        files[split].write(line)
    for file in files.values():
        file.close()


def measure(fmt: str, shards: Path, out: Path, *, pictures: bool) -> dict[str, float]:
    """In a process of its own."""
    first: list[float] = []
    began = time.perf_counter()

    def copy(sha256: str, path: str, to: BinaryIO) -> None:
        to.write(PICTURE)

    def lines(path: Path) -> Iterator[bytes]:
        with path.open("rb") as file:
            for line in file:
                yield line
                if not first:
                    first.append(time.perf_counter() - began)

    files = sorted(shards.glob("*.jsonl"))
    if not pictures:
        folder.PictureShelf.take = lambda shelf, path, sha256: None  # type: ignore[method-assign, assignment]  # rows alone
    common = {"out": out, "release": "bench", "release_hash": "0" * 64, "seed": 1, "copy": copy}
    if fmt == "canonical":
        manifest = canonical.write(((file.name, lines(file)) for file in files), **common)  # type: ignore[arg-type]  # as above
    else:
        manifest = trl.write((line for file in files for line in lines(file)), **common)  # type: ignore[arg-type]  # as above
    return {
        "seconds": time.perf_counter() - began,
        "first_byte_s": first[0],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "questions": sum(manifest.questions.values()),
    }


def in_a_process(fmt: str, shards: Path, out: Path, *, pictures: bool) -> dict[str, float]:
    """One measurement."""
    argv = [sys.executable, "-m", "benchmarks.export", "--measure", fmt, str(shards), str(out), str(int(pictures))]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure each format."""
    asked = arguments(__doc__ or "", size=1000)
    figures = Figures(f"export-{asked.size}", write=asked.write)
    with tempfile.TemporaryDirectory() as scratch:
        shards = Path(scratch) / "shards"
        shards.mkdir()
        write_shards(shards, asked.size)
        about = {"size": asked.size, "questions": asked.size * len(ASPECTS)}
        own = in_a_process("canonical", shards, Path(scratch) / "canonical", pictures=False)
        again = in_a_process("canonical", shards, Path(scratch) / "again", pictures=False)
        in_trl = in_a_process("trl", shards, Path(scratch) / "trl", pictures=False)
        whole = in_a_process("trl", shards, Path(scratch) / "whole", pictures=True)
        assert own["questions"] == in_trl["questions"] == about["questions"]
        same = (Path(scratch) / "canonical" / folder.MANIFEST).read_bytes()
        assert same == (Path(scratch) / "again" / folder.MANIFEST).read_bytes()
    figures.add("export.seconds", round(min(own["seconds"], again["seconds"]), 2), "s", **about)
    figures.add("export.first_byte_s", round(own["first_byte_s"], 3), "s", **about)
    figures.add("export.peak_mib", round(max(own["peak_mib"], in_trl["peak_mib"], whole["peak_mib"])), "MiB", **about)
    figures.add("release.export_s", round(in_trl["seconds"], 2), "s", **about)
    figures.add("export.with_pictures_s", round(whole["seconds"], 2), "s", pictures=asked.size * 5, **about)
    figures.close()


if __name__ == "__main__":
    if "--measure" in sys.argv:
        fmt, shards, out, pictures = sys.argv[2:6]
        print(json.dumps(measure(fmt, Path(shards), Path(out), pictures=pictures == "1")))
    else:
        main()
