"""A chat completion as it comes over the wire, read from its raw bytes.

Belongs here: the few fields that we use of an OpenAI-compatible reply, each of which may be missing.
Does not: the rationale inside the content (parsing.py), sending (providers/). Pure functions.
"""

from __future__ import annotations

import msgspec


class Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class Choice(msgspec.Struct):
    message: Message = msgspec.field(default_factory=Message)
    finish_reason: str | None = None


class PromptDetails(msgspec.Struct):
    cached_tokens: int | None = None


class Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: PromptDetails | None = None

    @property
    def cached(self) -> int:
        """Tokens of the prompt that the server had in its cache."""
        found = self.prompt_tokens_details.cached_tokens if self.prompt_tokens_details else None
        return max(0, min(found or 0, self.prompt_tokens or 0))


class Completion(msgspec.Struct):
    id: str | None = None
    model: str | None = None
    system_fingerprint: str | None = None
    choices: list[Choice] = []
    usage: Usage | None = None


class Problem(msgspec.Struct):
    message: str | None = None
    code: str | int | None = None
    type: str | None = None


class ProblemReply(msgspec.Struct):
    error: Problem | str | None = None


def completion(raw: str) -> Completion | None:
    """None where it is no chat completion."""
    try:
        return msgspec.json.decode(raw.encode("utf-8", "replace"), type=Completion)
    except msgspec.DecodeError:
        return None


def problem_of(raw: str) -> Problem:
    """The error of a refused request; empty where the body has none."""
    try:
        error = msgspec.json.decode(raw.encode("utf-8", "replace"), type=ProblemReply).error
    except msgspec.DecodeError:
        return Problem()
    return error if isinstance(error, Problem) else Problem(message=error)


def content_of(raw: str) -> str:
    """The assistant's text, "" where there is none."""
    found = completion(raw)
    return (found.choices[0].message.content or "") if found and found.choices else ""
