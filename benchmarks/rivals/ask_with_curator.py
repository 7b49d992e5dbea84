"""Bespoke Curator: one `curator.LLM` with pictures, a response format, its cache, its own limit of calls in flight."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

AT_ONCE = 64
NO_LIMIT = 10**9  # requests and tokens a minute: the endpoint has none


def main(questions: Path, url: str, kept: Path) -> None:
    # Read when they are imported: nothing is sent home or drawn on the terminal, and the tokenizer is the one that lies
    # in Curator's own dependency, since it would be fetched from the net.
    found = importlib.util.find_spec("litellm")
    assert found is not None
    assert found.submodule_search_locations
    os.environ.update(
        TELEMETRY_ENABLED="0",
        CURATOR_VIEWER="0",
        CURATOR_DISABLE_RICH_DISPLAY="1",
        CURATOR_CACHE_DIR=str(kept.parent),
        TIKTOKEN_CACHE_DIR=f"{found.submodule_search_locations[0]}/litellm_core_utils/tokenizers",
    )
    from bespokelabs import curator
    from datasets import Dataset
    from pydantic import BaseModel

    class Sentence(BaseModel):
        candidate: str
        text: str
        defect: bool
        regions: list[str]

    class Rationale(BaseModel):
        sentences: list[Sentence]
        answer: list[str]

    class Writer(curator.LLM):  # type: ignore[misc]  # its class is untyped
        response_format = Rationale

        def prompt(self, row: dict[str, Any]) -> tuple[Any, ...]:
            # Its system prompt cannot stand beside pictures (0.1.31 takes it for a part with pictures and raises).
            words = f"{row['system']}\n{row['text']}"
            return (words, *(curator.types.Image(url=path) for path in row["pictures"]))

        def parse(self, row: dict[str, Any], reply: Rationale) -> dict[str, Any]:
            return {"place": row["place"], "answer": reply.answer, "sentences": len(reply.sentences)}

    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    writer = Writer(
        model_name="steady",
        backend="openai",
        generation_params={"max_tokens": 900},
        backend_params={
            "base_url": url,
            "api_key": "a key for the bench",
            "max_requests_per_minute": NO_LIMIT,
            "max_tokens_per_minute": NO_LIMIT * 1000,
            "max_concurrent_requests": AT_ONCE,
            "require_all_responses": False,
        },
    )
    written = writer(Dataset.from_list(rows))
    kept.write_text(json.dumps(sorted(row["place"] for row in written.dataset)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
