"""A checkpoint behind an OpenAI-compatible address: answers, repeats, refuses with a reason."""

import base64
import io
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from PIL import Image

from training_bridge.trainer import prompts, serve
from training_bridge.trainer.model import tiny
from training_bridge.trainer.model.shape import Shape

SMALL = Shape(side=32, merge=4, hidden=32, vision_hidden=32, text_layers=1, vision_layers=1)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    model, processor = tiny.build(prompts.corpus(["physical_shadow"], []), SMALL, seed=1)
    with serve.server(serve.Answerer("r-1/sft", model, processor, side=32), host="127.0.0.1", port=0) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def raw(address: str, path: str, content: bytes | None = None) -> tuple[int, bytes]:
    connection = HTTPConnection(address, timeout=60)
    connection.request("GET" if content is None else "POST", path, content)
    reply = connection.getresponse()
    return reply.status, reply.read()


def call(address: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
    status, content = raw(address, path, None if body is None else json.dumps(body).encode())
    return status, json.loads(content)


def picture(colour: int) -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (48, 40), (colour, 90, 30)).save(out, "JPEG")
    return {
        "type": "image_url",
        "image_url": {"url": f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"},
    }


def asking(**more: Any) -> dict[str, Any]:
    parts = [picture(40 * place) for place in range(5)]
    message = {"role": "user", "content": [*parts, {"type": "text", "text": "physical shadow?"}]}
    return {"model": "r-1/sft", "messages": [message], "max_tokens": 8, "temperature": 0, **more}


def test_it_answers_a_question_about_five_pictures(address: str) -> None:
    status, reply = call(address, "/v1/chat/completions", asking())
    assert status == 200
    assert reply["choices"][0]["message"]["role"] == "assistant"
    usage = reply["usage"]
    assert usage["prompt_tokens"] > 5
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert call(address, "/v1/chat/completions", asking())[1]["choices"] == reply["choices"]


def test_a_seed_repeats_what_was_sampled(address: str) -> None:
    def said(seed: int) -> list[str]:
        reply = call(address, "/v1/chat/completions", asking(n=3, temperature=1.0, seed=seed))[1]
        return [choice["message"]["content"] for choice in reply["choices"]]

    assert said(4) == said(4)
    assert len(said(4)) == 3
    assert said(4) != said(5)


def test_it_names_its_model_and_its_health(address: str) -> None:
    assert call(address, "/v1/models")[1]["data"][0]["id"] == "r-1/sft"
    assert call(address, "/health") == (200, {"status": "ok"})


def test_a_stream_is_one_piece_then_the_usage(address: str) -> None:
    _, content = raw(address, "/v1/chat/completions", json.dumps(asking(stream=True)).encode())
    lines = [line for line in content.decode().split("\n\n") if line]
    assert lines[-1] == "data: [DONE]"
    assert "usage" in json.loads(lines[-2].removeprefix("data: "))


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"model": "gpt"}, 404, "There is no model 'gpt'"),
        ({"messages": []}, 400, "at least one message"),
        ({"messages": [{"role": "user", "content": [{"type": "audio"}]}]}, 400, "found 'audio'"),
        (
            {
                "messages": [
                    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://x/y.png"}}]}
                ]
            },
            400,
            "nothing is fetched",
        ),
        (
            {
                "messages": [
                    {"role": "user", "content": [{"type": "image_url", "image_url": "data:image/png;base64,AAAA"}]}
                ]
            },
            400,
            "cannot be decoded",
        ),
        ({"max_tokens": 10**6}, 400, "from 1 to 4096"),
        ({"temperature": "hot"}, 400, "temperature is a number"),
    ],
)
def test_what_cannot_be_answered_says_why(address: str, change: dict[str, Any], status: int, sentence: str) -> None:
    found, reply = call(address, "/v1/chat/completions", asking(**change))
    assert found == status
    assert sentence in reply["error"]["message"]


def test_what_is_no_request_is_refused(address: str) -> None:
    assert call(address, "/v1/other", {})[0] == 404
    assert call(address, "/nothing")[0] == 404
    assert raw(address, "/v1/chat/completions", b"{half")[0] == 400
