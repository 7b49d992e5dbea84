"""The sandbox as a process of its own: strict like a real server, plausible, at the skill that was asked for."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from PIL import Image

from cot_generation import parsing
from cot_generation.parsing import Parsed

KEY = "a key for the sandbox"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


@pytest.fixture
def sandbox(truth: Path, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A running sandbox; a test's marker argument adds to its command line."""
    more = getattr(request, "param", [])
    argv = [sys.executable, "-m", "cot_generation.sandbox", "--port", "0", "--key", KEY, "--truth", f"shop={truth}"]
    argv += ["--latency-ms", "1", "--failure-rate", "0", *more]
    process = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1].removesuffix("/v1")
        with httpx.Client(base_url=address, headers={"authorization": f"Bearer {KEY}"}, timeout=10) as client:
            yield client
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0, "it stops when told to"


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (280, 140), "white").save(out, "JPEG")
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def body(**changes: Any) -> dict[str, Any]:
    pictures = [{"type": "image_url", "image_url": {"url": picture()}} for _ in range(5)]
    parts = [*pictures, {"type": "text", "text": "Which candidates?"}]
    return {"model": "sandbox", "max_tokens": 900, "messages": [{"role": "user", "content": parts}], **changes}


def headers(sample: str = "s-1", **changes: str) -> dict[str, str]:
    named = {
        "x-loupe-project": "shop",
        "x-loupe-question": f"{sample}/physical_shadow",
        "x-loupe-letters": "A=A,B=B,C=C,D=D",
        "x-loupe-step": "explain",
    }
    return {**named, **changes}


def ask(
    sandbox: httpx.Client,
    sample: str = "s-1",
    more: dict[str, str] | None = None,
    *,
    model: str = "sandbox",
    seed: int = 1,
) -> Parsed:
    reply = sandbox.post(
        "/v1/chat/completions", json=body(model=model, seed=seed), headers=headers(sample, **(more or {}))
    )
    assert reply.status_code == 200, reply.text
    content = reply.json()["choices"][0]["message"]["content"]
    parsed = parsing.rationale(content, order="ABCD", aspect="physical_shadow")
    assert isinstance(parsed, Parsed), parsed
    return parsed


def plant(truth: Path, count: int) -> None:
    lines = [{"id": f"s-{n}", "cells": {"B": {"physical_shadow": "major"}}} for n in range(count)]
    truth.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_it_lists_its_models_and_wants_its_key(sandbox: httpx.Client) -> None:
    listed = sandbox.get("/v1/models")
    assert {model["id"] for model in listed.json()["data"]} == {"sandbox", "sandbox-weak", "sandbox-strong"}

    refused = sandbox.get("/v1/models", headers={"authorization": "Bearer other"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "invalid_api_key")


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"model": "gpt-none"}, 404, "no model"),
        ({"max_tokens": None}, 400, "max_tokens"),
        ({"max_tokens": 0}, 400, "max_tokens"),
        ({"messages": []}, 400, "messages"),
        ({"temperature": 3}, 400, "temperature"),
        ({"response_format": {"type": "yaml"}}, 400, "response_format"),
        ({"response_format": {"type": "json_schema"}}, 400, "name and a schema"),
        (
            {
                "messages": [
                    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://x/y.jpg"}}]}
                ]
            },
            400,
            "inline",
        ),
        (
            {
                "messages": [
                    {
                        "role": "user",
                        "content": [{"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,aGVsbG8="}}],
                    }
                ]
            },
            400,
            "could not be decoded",
        ),
        ({"stream": True}, 400, "stream"),
    ],
)
def test_a_request_that_a_real_server_would_refuse_is_refused(
    sandbox: httpx.Client, changes: dict[str, Any], status: int, reason: str
) -> None:
    assert sandbox.post("/v1/chat/completions", json=body(), headers=headers()).status_code == 200

    reply = sandbox.post("/v1/chat/completions", json=body(**changes), headers=headers())

    assert (reply.status_code, reason in reply.json()["error"]["message"]) == (status, True), reply.text


def test_usage_counts_pictures_by_their_pixels(sandbox: httpx.Client) -> None:
    reply = sandbox.post("/v1/chat/completions", json=body(), headers=headers()).json()

    # 280 × 140 pixels are 10 × 5 patches of 28; five pictures, and 17 letters of text with the message's frame.
    assert 250 <= reply["usage"]["prompt_tokens"] <= 265
    assert reply["usage"]["completion_tokens"] > 20


@pytest.mark.parametrize("sandbox", [["--skill", "0.8"]], indirect=True)
def test_it_is_right_about_as_often_as_its_skill_says(sandbox: httpx.Client, truth: Path) -> None:
    plant(truth, 150)
    right = dict.fromkeys(("sandbox-weak", "sandbox", "sandbox-strong"), 0)

    for model in right:
        for number in range(150):
            concluded = set(ask(sandbox, f"s-{number}", model=model).concluded)
            right[model] += sum((slot in concluded) == (slot == "B") for slot in "ABCD")

    # 600 cells each; skills 0.55, 0.8 and 0.96, with three standard errors of room.
    shares = {model: count / 600 for model, count in right.items()}
    assert 0.49 < shares["sandbox-weak"] < 0.61
    assert 0.75 < shares["sandbox"] < 0.85
    assert 0.93 < shares["sandbox-strong"] < 0.99


def test_the_same_request_gets_the_same_reply_and_another_seed_another(sandbox: httpx.Client, truth: Path) -> None:
    plant(truth, 30)

    first = [ask(sandbox, f"s-{n}").concluded for n in range(30)]

    assert first == [ask(sandbox, f"s-{n}").concluded for n in range(30)]
    assert first != [ask(sandbox, f"s-{n}", seed=2).concluded for n in range(30)]


def test_letters_are_answered_as_they_were_shown(sandbox: httpx.Client, truth: Path) -> None:
    plant(truth, 1)
    shown = {"x-loupe-letters": "A=D,B=C,C=B,D=A"}

    straight = set(ask(sandbox, model="sandbox-strong").concluded)
    turned = {
        dict(zip("ABCD", "DCBA", strict=True))[letter]
        for letter in ask(sandbox, "s-1", shown, model="sandbox-strong").concluded
    }

    assert straight == turned


def test_a_truth_that_is_written_later_is_found(sandbox: httpx.Client, truth: Path) -> None:
    assert sandbox.get("/health").json()["truths"] == 0
    ask(sandbox)  # guesses
    plant(truth, 3)

    def found() -> bool:
        ask(sandbox)
        return bool(sandbox.get("/health").json()["truths"] == 3)

    from tests.platform import wait_until

    wait_until(found, seconds=15, what="the new truth")


def test_a_model_that_is_told_the_answer_mostly_says_it(sandbox: httpx.Client, truth: Path) -> None:
    plant(truth, 60)
    given = {"x-loupe-given": "C", "x-loupe-regions": "r1=C@0.9:0.5"}

    told = [ask(sandbox, f"s-{n}", given) for n in range(60)]

    assert sum(each.concluded == ("C",) for each in told) >= 55
    argued = next(sentence for each in told for sentence in each.sentences if sentence.slot == "C" and sentence.defect)
    assert argued.regions == ("r1",)
    assert "right" in argued.text, "the region lies on the right"


def test_observing_judges_nothing(sandbox: httpx.Client) -> None:
    reply = sandbox.post("/v1/chat/completions", json=body(), headers=headers(**{"x-loupe-step": "observe"}))

    content = json.loads(reply.json()["choices"][0]["message"]["content"])
    assert [each["candidate"] for each in content["observations"]] == list("ABCD")


@pytest.mark.parametrize("sandbox", [["--failure-rate", "1", "--seed", "3"]], indirect=True)
def test_failures_come_in_every_kind(sandbox: httpx.Client) -> None:
    seen = set()
    for _ in range(60):
        reply = sandbox.post("/v1/chat/completions", json=body(), headers=headers())
        if reply.status_code == 429:
            assert reply.headers["retry-after"] == "1"
            seen.add("rate limit")
        elif reply.status_code == 500:
            seen.add("error")
        else:
            choice = reply.json()["choices"][0]
            seen.add("refusal" if choice["message"]["refusal"] else choice["finish_reason"])

    assert seen == {"rate limit", "error", "refusal", "length"}


def test_a_taken_port_is_told_in_one_sentence(sandbox: httpx.Client) -> None:
    port = str(sandbox.base_url.port)

    done = subprocess.run(
        [sys.executable, "-m", "cot_generation.sandbox", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Choose another --port" in done.stderr
