"""Drawing scenes: samples a second on all cores, at the size that `synthesise_samples` draws by default."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from benchmarks._figures import Figures, arguments
from catalog.scenes import dataset


def main() -> None:
    given = arguments(__doc__ or "", size=200)
    figures = Figures(f"scenes-{given.size}", write=given.write)
    for side in (512, 128):
        with tempfile.TemporaryDirectory() as name:
            begun = time.perf_counter()
            written = list(
                dataset.write(
                    count=given.size,
                    seed=1,
                    folder=Path(name),
                    side=side,
                    with_answers=False,
                    processes=os.cpu_count() or 1,
                )
            )
            seconds = time.perf_counter() - begun
        figures.add("scenes.samples_per_s", round(len(written) / seconds, 1), "samples/s", size=given.size, side=side)
    figures.close()


if __name__ == "__main__":
    main()
