"""The sandbox's files and batches: what a client of OpenAI's would find, and what it is refused."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from PIL import Image

from cot_generation.sandbox.server import Options, Sandbox
from cot_generation.sandbox.wire import Reply, Request

KEY = "a key for the sandbox"
Script = Callable[["Client"], Awaitable[None]]


class Client:
    """Requests straight into the sandbox's handler, on one event loop."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        key: str = KEY,
        query: dict[str, str] | None = None,
        **more: str,
    ) -> Reply:
        headers = {"authorization": f"Bearer {key}", **{name.replace("_", "-"): value for name, value in more.items()}}
        now = asyncio.get_running_loop().time()
        return await self.sandbox(Request(method, f"/v1{path}", headers, body, now, query or {}))

    async def json(self, method: str, path: str, content: object = None, **more: Any) -> dict[str, Any]:
        reply = await self.ask(method, path, b"" if content is None else json.dumps(content).encode(), **more)
        found: dict[str, Any] = {"http": reply.status, **json.loads(reply.body)}
        return found

    async def upload(self, lines: Sequence[dict[str, Any]], *, purpose: str = "batch") -> dict[str, Any]:
        content = "".join(json.dumps(line) + "\n" for line in lines)
        parts = [
            f'--b\r\ncontent-disposition: form-data; name="purpose"\r\n\r\n{purpose}\r\n',
            f'--b\r\ncontent-disposition: form-data; name="file"; filename="in.jsonl"\r\n\r\n{content}\r\n--b--\r\n',
        ]
        reply = await self.ask(
            "POST", "/files", "".join(parts).encode(), content_type="multipart/form-data; boundary=b"
        )
        found: dict[str, Any] = {"http": reply.status, **json.loads(reply.body)}
        return found

    async def batch(self, lines: Sequence[dict[str, Any]], **changes: object) -> dict[str, Any]:
        """Uploaded and asked for."""
        file = await self.upload(lines)
        return await self.json(
            "POST",
            "/batches",
            {
                "input_file_id": file["id"],
                "endpoint": "/v1/chat/completions",
                "completion_window": "24h",
                "metadata": {"loupe_batch": "7"},
                **changes,
            },
        )

    async def ended(self, batch_id: str) -> dict[str, Any]:
        """The batch once nothing more happens to it."""
        while True:
            found = await self.json("GET", f"/batches/{batch_id}")
            if found["status"] in ("completed", "failed", "cancelled"):
                return found
            await asyncio.sleep(0.001)

    async def lines(self, file_id: str) -> list[dict[str, Any]]:
        reply = await self.ask("GET", f"/files/{file_id}/content")
        assert (reply.status, reply.media_type) == (200, "application/jsonl")
        return [json.loads(line) for line in reply.body.splitlines()]


def play(script: Script, *, seconds: float = 0.0, failures: float = 0.0) -> None:
    """Run a script against a fresh sandbox."""

    async def run() -> None:
        await script(Client(Sandbox(Options(key=KEY, latency_ms=1, failure_rate=failures, batch_seconds=seconds))))

    asyncio.run(run())


def request(name: str, **changes: Any) -> dict[str, Any]:
    """One line of an input file."""
    out = io.BytesIO()
    Image.new("RGB", (56, 56), "white").save(out, "JPEG")
    url = "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
    parts = [{"type": "image_url", "image_url": {"url": url}}] * 5 + [{"type": "text", "text": "Which candidates?"}]
    body = {
        "model": "sandbox",
        "max_tokens": 900,
        "messages": [{"role": "user", "content": parts}],
        "metadata": {
            "x-loupe-project": "shop",
            "x-loupe-question": f"{name}/physical_shadow",
            "x-loupe-letters": "A=A,B=B,C=C,D=D",
            "x-loupe-step": "explain",
        },
    }
    return {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body, **changes}


def test_every_request_has_its_line_in_an_order_of_its_own_and_the_files_can_be_deleted() -> None:
    async def script(client: Client) -> None:
        names = [f"s-{number}" for number in range(40)]
        asked = await client.batch([request(name) for name in names])
        assert [asked["http"], asked["status"], asked["metadata"]] == [200, "validating", {"loupe_batch": "7"}]

        done = await client.ended(asked["id"])

        assert [done["status"], done["error_file_id"]] == ["completed", None]
        assert done["request_counts"] == {"total": 40, "completed": 40, "failed": 0}
        assert {"created_at", "in_progress_at", "finalizing_at", "completed_at"} <= done.keys()
        found = await client.lines(done["output_file_id"])
        order = [line["custom_id"] for line in found]
        assert sorted(order) == sorted(names)
        assert order != names
        body = found[0]["response"]["body"]
        assert [body["model"], body["choices"][0]["finish_reason"]] == ["sandbox", "stop"]
        for file_id in (done["input_file_id"], done["output_file_id"]):
            gone = await client.json("DELETE", f"/files/{file_id}")
            assert gone["deleted"]
            assert (await client.json("GET", f"/files/{file_id}"))["http"] == 404

    play(script)


def test_requests_that_went_wrong_stand_in_a_file_of_their_own() -> None:
    async def script(client: Client) -> None:
        done = await client.ended((await client.batch([request("s-1", body={"model": "none"}), request("s-2")]))["id"])

        assert done["request_counts"] == {"total": 2, "completed": 1, "failed": 1}
        (good,) = await client.lines(done["output_file_id"])
        (bad,) = await client.lines(done["error_file_id"])
        assert [good["custom_id"], good["response"]["status_code"]] == ["s-2", 200]
        assert [bad["custom_id"], bad["response"]["status_code"]] == ["s-1", 400]

    play(script)


def test_a_cancelled_batch_keeps_what_was_done_and_names_what_was_not() -> None:
    async def script(client: Client) -> None:
        asked = await client.batch([request(f"s-{number}") for number in range(5)])
        await asyncio.sleep(0)  # it is accepted, and waits for its turn
        told = await client.json("POST", f"/batches/{asked['id']}/cancel")
        assert told["status"] == "cancelling"

        ended = await client.ended(asked["id"])

        assert [ended["status"], ended["output_file_id"]] == ["cancelled", None]
        left = await client.lines(ended["error_file_id"])
        assert {line["error"]["code"] for line in left} == {"batch_cancelled"}
        assert len(left) == 5
        again = await client.json("POST", f"/batches/{asked['id']}/cancel")
        assert again["status"] == "cancelled", "what has ended stays as it ended"

    play(script, seconds=0.05)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        pytest.param(request("s-1"), "invalid_request", id="a-name-twice"),
        pytest.param(request("s-2", url="/v1/embeddings"), "invalid_request", id="another-url"),
        pytest.param({"custom_id": "s-2"}, "invalid_json_line", id="no-request"),
    ],
)
def test_a_file_with_a_line_that_cannot_be_taken_fails_as_a_whole(second: dict[str, Any], code: str) -> None:
    async def script(client: Client) -> None:
        ended = await client.ended((await client.batch([request("s-1"), second]))["id"])

        assert [ended["status"], ended["output_file_id"]] == ["failed", None]
        (trouble,) = ended["errors"]["data"]
        assert [trouble["code"], trouble["line"]] == [code, 2]

    play(script)


def test_what_does_not_fit_is_refused_at_once() -> None:
    async def script(client: Client) -> None:
        assert (await client.batch([request("s-1")], completion_window="1h"))["http"] == 400
        assert (await client.batch([request("s-1")], endpoint="/v1/embeddings"))["http"] == 400
        assert (await client.batch([request("s-1")], input_file_id="file-none"))["http"] == 404
        assert (await client.upload([request("s-1")], purpose="assistants"))["http"] == 400
        assert (await client.json("POST", "/files", {"file": 1}))["http"] == 400
        assert (await client.json("GET", "/batches/none"))["http"] == 404
        assert (await client.json("GET", "/batches", key="another key"))["http"] == 401

    play(script)


def test_the_list_comes_page_by_page_the_newest_first() -> None:
    async def script(client: Client) -> None:
        made = [(await client.batch([request("s-1")]))["id"] for _ in range(5)]

        first = await client.json("GET", "/batches", query={"limit": "2"})
        second = await client.json("GET", "/batches", query={"limit": "2", "after": first["last_id"]})
        third = await client.json("GET", "/batches", query={"limit": "2", "after": second["last_id"]})

        listed = [each["id"] for page in (first, second, third) for each in page["data"]]
        assert listed == made[::-1]
        assert [page["has_more"] for page in (first, second, third)] == [True, True, False]

    play(script)


def test_uploads_are_listed_by_their_purpose() -> None:
    async def script(client: Client) -> None:
        asked = await client.batch([request("s-1")])
        other = await client.upload([request("s-2")])
        done = await client.ended(asked["id"])

        uploads = await client.json("GET", "/files", query={"purpose": "batch"})
        every = await client.json("GET", "/files")

        listed = [[each["id"], each["filename"]] for each in uploads["data"]]
        assert listed == [[other["id"], "in.jsonl"], [done["input_file_id"], "in.jsonl"]]
        assert done["output_file_id"] in {each["id"] for each in every["data"]}

    play(script)


def test_faults_come_at_the_stated_rate_in_batches_too() -> None:
    async def script(client: Client) -> None:
        done = await client.ended((await client.batch([request(f"s-{number}") for number in range(20)]))["id"])

        wrong = [
            line["custom_id"]
            for line in await client.lines(done["output_file_id"])
            if line["response"]["body"]["choices"][0]["finish_reason"] == "stop"
            and not line["response"]["body"]["choices"][0]["message"]["refusal"]
        ]
        assert wrong == [], "with every request failing none is answered well"
        assert done["request_counts"]["failed"] > 0

    play(script, failures=1.0)
