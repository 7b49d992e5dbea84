"""distilabel: a pipeline of a loader and one task with pictures, its cache on, 64 calls in flight over its replicas."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from distilabel.models import OpenAILLM
from distilabel.pipeline import Pipeline
from distilabel.steps import LoadDataFromDicts, StepResources
from distilabel.steps.tasks import Task

AT_ONCE = 64
REPLICAS = 2  # a batch ends with its slowest call; while one replica waits for that, the other works


class Explain(Task):  # type: ignore[misc]  # its class is untyped
    """The pictures are read where they are sent: rows that carry them cross three queues."""

    @property
    def inputs(self) -> list[str]:
        return ["system", "text", "pictures"]

    @property
    def outputs(self) -> list[str]:
        return ["answer", "sentences"]

    def format_input(self, input: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: A002  (its name there)
        inline = (base64.b64encode(Path(path).read_bytes()).decode() for path in input["pictures"])
        parts: list[dict[str, Any]] = [{"type": "text", "text": input["text"]}]
        parts += [{"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{each}"}} for each in inline]
        return [{"role": "system", "content": input["system"]}, {"role": "user", "content": parts}]

    def format_output(self, output: str | None, input: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: A002
        """What cannot be read raises: distilabel then keeps the row without an answer, and the raw text beside it."""
        reply = json.loads(output or "")
        return {"answer": reply["answer"], "sentences": len(reply["sentences"])}


def main(questions: Path, url: str, kept: Path) -> None:
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    with Pipeline(name="rationales", cache_dir=kept.parent / "cache") as pipeline:
        # All rows at once: it hands a replica a second batch only where the loader is a batch ahead.
        load = LoadDataFromDicts(data=rows, batch_size=len(rows))
        explain = Explain(
            llm=OpenAILLM(
                model="steady",
                base_url=url,
                api_key="a key for the bench",
                generation_kwargs={"max_new_tokens": 900, "response_format": {"type": "json_object"}},
            ),
            input_batch_size=AT_ONCE // REPLICAS,
            resources=StepResources(replicas=REPLICAS),
            add_raw_input=False,  # else every row keeps its pictures a second time
        )
        load >> explain
    found = pipeline.run(use_cache=True)["default"]["train"]
    kept.write_text(json.dumps(sorted(row["place"] for row in found if row["answer"] is not None)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
