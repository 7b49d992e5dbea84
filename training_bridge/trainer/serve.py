"""A checkpoint behind an OpenAI-compatible address, so that the platform can ask it like any other endpoint.

Belongs here: HTTP in and out, one answer at a time. By the standard library: a trained checkpoint on a desk has one
asker; for more, vLLM serves the same folder (docs/guide/training.md). Does not: authentication. It listens on this
machine only unless told otherwise.

Known: `GET /v1/models`, `POST /v1/chat/completions` with text and pictures as data URIs (`image_url` parts),
`max_tokens` or `max_completion_tokens`, `temperature`, `n`, `seed`, `stream` (one piece). Pictures are never fetched
from elsewhere.
"""

import base64
import binascii
import io
import json
import threading
import time
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image, UnidentifiedImageError

MOST_BODY = 64 << 20
MOST_TOKENS = 4096
MOST_ANSWERS = 64


class Refused(Exception):
    """A request that cannot be answered, with the HTTP status that says so."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class Answerer:
    """One model, one answer at a time."""

    def __init__(self, name: str, model: Any, processor: Any, *, side: int) -> None:
        self.name, self._model, self._processor, self._side = name, model, processor, side
        self._turn = threading.Lock()
        self.born = int(time.time())

    def answer(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A chat completion. Raises Refused."""
        import torch

        from training_bridge.trainer.stages.answers import generated

        if body.get("model") not in (None, self.name):
            raise Refused(HTTPStatus.NOT_FOUND, f"There is no model {body['model']!r}; there is {self.name!r}.")
        prompt, images = conversation(body.get("messages"), self._side)
        tokens = _whole(body, ("max_completion_tokens", "max_tokens"), 256, MOST_TOKENS)
        answers = _whole(body, ("n",), 1, MOST_ANSWERS)
        temperature = body.get("temperature", 1.0)
        if not isinstance(temperature, int | float) or isinstance(temperature, bool) or not 0 <= temperature <= 2:
            raise Refused(HTTPStatus.BAD_REQUEST, f"temperature is a number from 0 to 2, found {temperature!r}.")
        with self._turn:
            if isinstance(body.get("seed"), int):
                torch.manual_seed(body["seed"])
            asked = {"prompt": prompt, "images": images}
            if temperature:
                made = generated(
                    self._model, self._processor, [asked], tokens=tokens, samples=answers, temperature=temperature
                )[0]
            else:
                made = generated(self._model, self._processor, [asked], tokens=tokens)[0] * answers
            spent = self._prompt_tokens(prompt, images)
        return self._completion(made, tokens, spent)

    def _prompt_tokens(self, prompt: Any, images: Any) -> int:
        from trl.data_utils import prepare_multimodal_messages

        messages = prepare_multimodal_messages(prompt, images=images) if images else prompt
        inputs = self._processor.apply_chat_template(
            [messages], add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
        )
        return int(inputs["input_ids"].shape[1])

    def _completion(self, made: list[tuple[str, int]], most: int, spent: int) -> dict[str, Any]:
        written = sum(tokens for _, tokens in made)
        return {
            "id": f"chatcmpl-{uuid.uuid4().hex}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": self.name,
            "choices": [
                {
                    "index": place,
                    "message": {"role": "assistant", "content": text},
                    "finish_reason": "length" if tokens >= most else "stop",
                }
                for place, (text, tokens) in enumerate(made)
            ],
            "usage": {"prompt_tokens": spent, "completion_tokens": written, "total_tokens": spent + written},
        }


def conversation(messages: object, side: int) -> tuple[list[dict[str, Any]], list[Image.Image]]:
    """Messages as a processor wants them, and their pictures in order. Raises Refused."""
    if not isinstance(messages, list) or not messages:
        raise Refused(HTTPStatus.BAD_REQUEST, "messages should be a list with at least one message.")
    prompt, images = [], []
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in ("system", "developer", "user", "assistant"):
            raise Refused(HTTPStatus.BAD_REQUEST, "Every message has a role: system, user or assistant.")
        content = message.get("content")
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if not isinstance(parts, list):
            raise Refused(HTTPStatus.BAD_REQUEST, "The content of a message is a text or a list of parts.")
        made: list[dict[str, Any]] = []
        for part in parts:
            kind = part.get("type") if isinstance(part, dict) else None
            if kind == "text" and isinstance(part.get("text"), str):
                made.append({"type": "text", "text": part["text"]})
            elif kind == "image_url":
                images.append(_picture(part.get("image_url"), side))
                made.append({"type": "image"})
            else:
                raise Refused(HTTPStatus.BAD_REQUEST, f"A part is text or image_url, found {kind!r}.")
        role = "system" if message["role"] == "developer" else message["role"]
        prompt.append({"role": role, "content": made})
    return prompt, images


def _picture(value: object, side: int) -> Image.Image:
    address = value.get("url") if isinstance(value, dict) else value
    if not isinstance(address, str) or not address.startswith("data:image/") or ";base64," not in address:
        raise Refused(
            HTTPStatus.BAD_REQUEST, "Pictures come as data URIs in base64; nothing is fetched from elsewhere."
        )
    try:
        raw = base64.b64decode(address.split(";base64,", 1)[1], validate=True)
        with Image.open(io.BytesIO(raw)) as opened:
            picture = opened.convert("RGB")
    except (binascii.Error, UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"A picture cannot be decoded ({error}).") from None
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return picture


def _whole(body: Mapping[str, Any], names: tuple[str, ...], default: int, most: int) -> int:
    value = next((body[name] for name in names if body.get(name) is not None), default)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{names[0]} is a whole number from 1 to {most}, found {value!r}.")
    return value


def server(answerer: Answerer, *, host: str, port: int) -> ThreadingHTTPServer:
    """Listening, not yet serving; `serve_forever` does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/health":
                self._send(HTTPStatus.OK, {"status": "ok"})
            elif self.path == "/v1/models":
                about = {"id": answerer.name, "object": "model", "created": answerer.born, "owned_by": "loupe"}
                self._send(HTTPStatus.OK, {"object": "list", "data": [about]})
            else:
                self._refuse(Refused(HTTPStatus.NOT_FOUND, f"There is nothing at {self.path}."))

        def do_POST(self) -> None:
            try:
                if self.path != "/v1/chat/completions":
                    raise Refused(HTTPStatus.NOT_FOUND, f"There is nothing at {self.path}.")
                body = self._body()
                reply = answerer.answer(body)
            except Refused as refusal:
                self._refuse(refusal)
                return
            if body.get("stream"):
                self._stream(reply)
            else:
                self._send(HTTPStatus.OK, reply)

        def _body(self) -> dict[str, Any]:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit():
                self.close_connection = True
                raise Refused(HTTPStatus.LENGTH_REQUIRED, "A request says how long it is (Content-Length).")
            if int(length) > MOST_BODY:
                self.close_connection = True
                raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A request has at most {MOST_BODY >> 20} MiB.")
            try:
                body = json.loads(self.rfile.read(int(length)))
            except (json.JSONDecodeError, UnicodeDecodeError):
                raise Refused(HTTPStatus.BAD_REQUEST, "The request is not JSON.") from None
            if not isinstance(body, dict):
                raise Refused(HTTPStatus.BAD_REQUEST, "The request is not a JSON object.")
            return body

        def _refuse(self, refusal: Refused) -> None:
            error = {"message": str(refusal), "type": "invalid_request_error", "code": refusal.status.phrase}
            self._send(refusal.status, {"error": error})

        def _send(self, status: HTTPStatus, value: Mapping[str, Any]) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, reply: dict[str, Any]) -> None:
            """Server-sent events: each answer as one piece, then the usage. Answers come whole, so that is honest."""
            pieces = [
                {"index": one["index"], "delta": one["message"], "finish_reason": one["finish_reason"]}
                for one in reply["choices"]
            ]
            shared = {key: reply[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
            lines = [{**shared, "choices": [piece]} for piece in pieces]
            lines.append({**shared, "choices": [], "usage": reply["usage"]})
            content = "".join(f"data: {json.dumps(line)}\n\n" for line in lines) + "data: [DONE]\n\n"
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Content-Length", str(len(content.encode())))
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: Any) -> None:
            """Nothing: a prompt may hold what should not be in a log."""

    listening = ThreadingHTTPServer((host, port), Handler)
    listening.daemon_threads = True
    return listening
