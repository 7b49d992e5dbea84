"""The sandbox's routes: who may ask, which model answers, how late, and what goes wrong on purpose.

Belongs here: `/health`, `/v1/models`, `/v1/chat/completions`, faults at the stated rate, usage.
Does not: HTTP itself (wire.py), files and batches (batches.py), understanding a request (asked.py), wording
(writer.py).
"""

import asyncio
import hmac
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from cot_generation.sandbox import phrases, writer
from cot_generation.sandbox.asked import Asked, ChatRequest, Unfit, text_tokens, understand
from cot_generation.sandbox.batches import Batches
from cot_generation.sandbox.truth import TruthFiles
from cot_generation.sandbox.wire import Reply, Request, trouble

RETRY_AFTER_S = 1
# What goes wrong, in shares of the failures.
FAULTS = (("rate_limit", 0.4), ("error", 0.25), ("refusal", 0.15), ("truncated", 0.2))


@dataclass(frozen=True)
class Options:
    key: str = "sandbox"
    skill: float = 0.85
    latency_ms: float = 150.0
    failure_rate: float = 0.02
    seed: int = 0
    truth: Sequence[str] = field(default_factory=tuple)
    batch_seconds: float = 3.0

    @property
    def models(self) -> dict[str, float]:
        """Model names and their skill."""
        return {
            "sandbox": self.skill,
            "sandbox-weak": max(0.0, self.skill - 0.25),
            "sandbox-strong": self.skill + (1 - self.skill) * 0.8,
        }


class Sandbox:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.truth = TruthFiles(options.truth)
        self._draw = random.Random(options.seed)
        self._count = 0
        self._decoder = msgspec.json.Decoder(ChatRequest)
        self.batches = Batches(self._in_batch, seed=options.seed, seconds=options.batch_seconds)

    async def __call__(self, request: Request) -> Reply:
        if request.path == "/health":
            return Reply.json(200, {"status": "ok", "truths": len(self.truth)})
        if not self._may_ask(request):
            return trouble(401, "The key is missing or wrong.", kind="authentication_error", code="invalid_api_key")
        if request.path == "/v1/models" and request.method == "GET":
            models = [
                {"id": name, "object": "model", "created": 0, "owned_by": "loupe-sandbox"}
                for name in self.options.models
            ]
            return Reply.json(200, {"object": "list", "data": models})
        if request.path == "/v1/chat/completions" and request.method == "POST":
            return await self._complete(request)
        if request.path.startswith(("/v1/files", "/v1/batches")):
            reply = await self.batches.handle(request)
            if reply is not None:
                return reply
        return trouble(404, f"There is no {request.method} {request.path} here.")

    def _may_ask(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), self.options.key.encode())

    async def _in_batch(self, body: bytes, headers: dict[str, str]) -> Reply:
        """Nobody waits for it, so it takes no time."""
        return await self._complete(
            Request("POST", "/v1/chat/completions", headers, body, arrived_at=-self.options.latency_ms)
        )

    async def _complete(self, request: Request) -> Reply:
        try:
            chat = self._decoder.decode(request.body)
            asked = understand(chat, request.headers)
        except msgspec.DecodeError as error:
            return trouble(400, f"The request does not fit: {error}")
        except Unfit as unfit:
            return trouble(400, str(unfit))
        if chat.model not in self.options.models:
            return trouble(404, f"There is no model {chat.model!r}.", code="model_not_found")
        self._count += 1
        number = self._count
        fault = self._fault()
        if fault == "rate_limit":
            return trouble(
                429,
                "Too many requests.",
                kind="rate_limit_error",
                code="rate_limit_exceeded",
                retry_after=str(RETRY_AFTER_S),
            )
        spread = self._draw.uniform(0.8, 1.2)
        late = request.arrived_at + self.options.latency_ms * spread / 1000 - asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, late))
        if fault == "error":
            return trouble(500, "The server had an error while processing the request.", kind="server_error")
        return self._answer(asked, fault, number)

    def _fault(self) -> str | None:
        if self._draw.random() >= self.options.failure_rate:
            return None
        return self._draw.choices([name for name, _ in FAULTS], [share for _, share in FAULTS])[0]

    def _answer(self, asked: Asked, fault: str | None, number: int) -> Reply:
        content: str | None
        refusal: str | None = None
        reason = "stop"
        if fault == "refusal":
            content, refusal = None, phrases.REFUSAL_ENGLISH
        else:
            truth = self.truth.of(asked.project, asked.sample, asked.aspect)
            content = writer.reply(asked, truth, skill=self.options.models[asked.model], seed=self.options.seed)
        used = text_tokens(content or refusal or "")
        if content is not None and (fault == "truncated" or used > asked.max_tokens):
            kept = min(len(content) // 2, asked.max_tokens * 4)
            content, reason, used = content[:kept], "length", text_tokens(content[:kept])
        return Reply.json(
            200,
            {
                "id": f"chatcmpl-sandbox-{self.options.seed}-{number}",
                "object": "chat.completion",
                "created": int(time.time()),
                "model": asked.model,
                "system_fingerprint": "loupe-sandbox-1",
                "choices": [
                    {
                        "index": 0,
                        "message": {"role": "assistant", "content": content, "refusal": refusal},
                        "finish_reason": reason,
                        "logprobs": None,
                    }
                ],
                "usage": {
                    "prompt_tokens": asked.prompt_tokens,
                    "completion_tokens": used,
                    "total_tokens": asked.prompt_tokens + used,
                },
            },
            x_request_id=f"req-{self.options.seed}-{number}",
        )
