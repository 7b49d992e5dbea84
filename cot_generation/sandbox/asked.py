"""What a request asks, and whether it may be asked like that.

Belongs here: the shape of a chat request, a real server's strictness about it, the headers for sandbox endpoints.
Does not: answers (writer.py).
"""

import base64
import binascii
import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import msgspec
from PIL import Image

PICTURE_LIMIT = 16
DATA_URL = re.compile(r"data:image/(?:jpeg|png|webp);base64,")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class ImageURL(msgspec.Struct):
    url: str
    detail: str = "auto"


class Part(msgspec.Struct):
    type: str
    text: str = ""
    image_url: ImageURL | None = None


class Message(msgspec.Struct):
    role: str
    content: str | list[Part] | None = None


class ResponseFormat(msgspec.Struct):
    type: str = "text"
    json_schema: dict[str, Any] | None = None


class ChatRequest(msgspec.Struct):
    model: str
    messages: list[Message]
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    temperature: float = 1.0
    seed: int | None = None
    stream: bool = False
    response_format: ResponseFormat | None = None


class Unfit(Exception):
    """The request is refused as a real server would refuse it: 400 with this sentence."""


@dataclass(frozen=True)
class Offered:
    """A region that people marked, by its id and the shares of its centre."""

    id: str
    x: float
    y: float


@dataclass(frozen=True)
class Asked:
    """One request, understood. `letters` maps each shown letter to the slot behind it."""

    model: str
    project: str
    sample: str
    aspect: str
    step: str
    letters: Mapping[str, str]
    given: frozenset[str] | None  # slots, where the answer was given away
    argued: frozenset[str]  # slots that the rationale concludes which is read back or judged
    regions: Mapping[str, tuple[Offered, ...]]  # slot -> regions that the prompt offers
    chinese: bool
    max_tokens: int
    seed: int
    prompt_tokens: int


def _picture_tokens(url: str) -> int:
    """Reads the picture's head for real; 28 by 28 pixels cost a token, as patch-billed models have it."""
    match = DATA_URL.match(url)
    if not match:
        raise Unfit("Pictures are expected inline, as data URLs of a JPEG, PNG or WebP.")
    try:
        raw = base64.b64decode(url[match.end() :], validate=True)
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as picture:
            width, height = picture.size
    except (binascii.Error, OSError, ValueError):
        raise Unfit("A picture could not be decoded.") from None
    return max(1, -(-width // 28)) * max(1, -(-height // 28))


def text_tokens(text: str) -> int:
    """Near what common tokenizers count: four letters, or one Chinese character, a token."""
    chinese = len(CHINESE.findall(text))
    return chinese + (len(text) - chinese + 3) // 4


def _letters(header: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in header.split(",") if pair)
    return {shown.strip(): slot.strip() for shown, _, slot in pairs}


def _regions(header: str) -> dict[str, tuple[Offered, ...]]:
    """`r1=B@0.31:0.77` is region r1 in slot B with its centre in shares of the picture."""
    found: dict[str, tuple[Offered, ...]] = {}
    for pair in filter(None, header.split(",")):
        name, _, rest = pair.strip().partition("=")
        slot, _, centre = rest.partition("@")
        x, _, y = centre.partition(":")
        try:
            offered = Offered(name, float(x), float(y))
        except ValueError:
            raise Unfit(f"x-loupe-regions cannot be read at {pair!r}.") from None
        found[slot] = (*found.get(slot, ()), offered)
    return found


def understand(chat: ChatRequest, headers: Mapping[str, str]) -> Asked:
    """Raises Unfit with the reason."""
    limit = chat.max_completion_tokens or chat.max_tokens
    if chat.stream:
        raise Unfit("This server does not stream.")
    if not chat.messages:
        raise Unfit("messages must not be empty.")
    if limit is None or limit < 1:
        raise Unfit("max_tokens must be a positive number.")
    if not 0 <= chat.temperature <= 2:
        raise Unfit("temperature must lie between 0 and 2.")
    if chat.response_format and chat.response_format.type not in {"text", "json_object", "json_schema"}:
        raise Unfit("response_format must be text, json_object or json_schema.")
    if chat.response_format and chat.response_format.type == "json_schema":
        described = chat.response_format.json_schema or {}
        if not isinstance(described.get("schema"), dict) or not described.get("name"):
            raise Unfit("response_format.json_schema needs a name and a schema.")
    texts: list[str] = []
    tokens = pictures = 0
    for message in chat.messages:
        if message.role not in {"system", "user", "assistant", "developer"}:
            raise Unfit(f"There is no role {message.role!r}.")
        parts = [Part("text", message.content)] if isinstance(message.content, str) else (message.content or [])
        for part in parts:
            if part.type == "text":
                texts.append(part.text)
            elif part.type == "image_url" and part.image_url is not None:
                pictures += 1
                tokens += _picture_tokens(part.image_url.url)
            else:
                raise Unfit(f"There is no content part of type {part.type!r}.")
    if pictures > PICTURE_LIMIT:
        raise Unfit(f"At most {PICTURE_LIMIT} pictures may be sent.")
    prompt = "\n".join(texts)
    sample, _, aspect = unquote(headers.get("x-loupe-question", "")).rpartition("/")
    letters = _letters(headers.get("x-loupe-letters", "")) or {
        chr(65 + n): chr(65 + n) for n in range(max(0, pictures - 1))
    }
    given = headers.get("x-loupe-given")
    return Asked(
        model=chat.model,
        project=unquote(headers.get("x-loupe-project", "")),
        sample=sample or f"unknown-{zlib.crc32(prompt.encode())}",
        aspect=aspect,
        step=headers.get("x-loupe-step", "explain"),
        letters=letters,
        given=None if given is None else frozenset(filter(None, given.split(","))),
        argued=frozenset(filter(None, headers.get("x-loupe-argued", "").split(","))),
        regions=_regions(headers.get("x-loupe-regions", "")),
        chinese=bool(CHINESE.search(prompt)),
        max_tokens=limit,
        seed=chat.seed or 0,
        prompt_tokens=tokens + text_tokens(prompt) + 4 * len(chat.messages),
    )
