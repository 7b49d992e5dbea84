"""Endpoints and their prices.

Belongs here: adding, changing, retiring, pricing and testing an endpoint.
Does not: calls of runs (calls.py). A key goes in and never comes out; a new URL clears it, so that it reaches no other
host than the one it was entered for.
"""

from __future__ import annotations

import asyncio
import io
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction
from PIL import Image, ImageDraw

from accounts.services import audit_log
from config.base.errors import Conflict, InvalidInput
from config.base.words import noted
from cot_generation import endings, vault
from cot_generation.choices import EndpointState, Outcome, ReplyFormat
from cot_generation.errors import AddressNotAllowed, EndpointUnknown, KeyMissing
from cot_generation.models import Endpoint, EndpointPrice
from cot_generation.providers import openai_compatible
from cot_generation.providers.answers import Answer, Target
from cot_generation.shapes import EndpointTest, TestLine

TEST_DEADLINE_S = 30.0
SANDBOX = "Sandbox"  # the name of the endpoint that a project is founded with where the instance has a sandbox


class EndpointNameTaken(Conflict):
    code = "endpoint_name_taken"
    sentence = "Another endpoint of this project has that name."


def allowed_hosts() -> set[str]:
    """`host` or `host:port` as the administrator listed them, and the sandbox's own address."""
    listed = {entry.lower() for entry in settings.ENDPOINT_HOSTS}
    if settings.SANDBOX_URL:
        listed.add(urlsplit(settings.SANDBOX_URL).netloc.lower())
    return listed


def check_address(base_url: str) -> str:
    """The URL without its last slash. Raises AddressNotAllowed with what was asked for."""
    url = urlsplit(base_url.strip())
    try:
        host, port = (url.hostname or "").lower(), url.port
    except ValueError:
        host, port = "", None
    if url.scheme not in {"http", "https"} or not host or url.username or url.query or url.fragment:
        raise InvalidInput("The base URL must look like https://host/v1, without user, query or fragment.")
    names = {host, f"{host}:{port or (443 if url.scheme == 'https' else 80)}"}
    if not names & allowed_hosts():
        raise AddressNotAllowed(host=url.netloc)
    return base_url.strip().rstrip("/")


def is_sandbox(base_url: str) -> bool:
    """Whether the URL is that of the instance's own sandbox: then nobody can unmark it."""
    return bool(settings.SANDBOX_URL) and urlsplit(base_url).netloc == urlsplit(settings.SANDBOX_URL).netloc


class EndpointFields(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a lead may set; what is left out stays, or gets the table's default."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    base_url: str | msgspec.UnsetType = msgspec.UNSET
    model: str | msgspec.UnsetType = msgspec.UNSET
    sandbox: bool | msgspec.UnsetType = msgspec.UNSET
    reply_format: ReplyFormat | msgspec.UnsetType = msgspec.UNSET
    state: EndpointState | msgspec.UnsetType = msgspec.UNSET
    requests_at_once: int | msgspec.UnsetType = msgspec.UNSET
    requests_per_minute: int | msgspec.UnsetType = msgspec.UNSET
    tokens_per_minute: int | msgspec.UnsetType = msgspec.UNSET
    tokens_per_picture: int | msgspec.UnsetType = msgspec.UNSET
    deadline_s: int | msgspec.UnsetType = msgspec.UNSET
    batch_requests: int | msgspec.UnsetType = msgspec.UNSET
    batch_megabytes: int | msgspec.UnsetType = msgspec.UNSET

    def given(self) -> dict[str, object]:
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value is not msgspec.UNSET}


LIMITS = {
    "requests_at_once": (1, 1000),
    "requests_per_minute": (1, 1_000_000),
    "tokens_per_minute": (1_000, 2_000_000_000),
    "tokens_per_picture": (1, 20_000),
    "deadline_s": (1, 600),
    "batch_requests": (1, 1_000_000),
    "batch_megabytes": (1, 2_000),
}


def _checked(fields: EndpointFields) -> dict[str, object]:
    given = fields.given()
    for name, (least, most) in LIMITS.items():
        value = given.get(name)
        if isinstance(value, int) and not least <= value <= most:
            raise InvalidInput("{field} must lie between {least} and {most}.", least=least, most=most, field=name)
    for name in ("name", "model"):
        if name in given and not str(given[name]).strip():
            raise InvalidInput("An endpoint needs a {field}.", field=name)
    if "base_url" in given:
        given["base_url"] = check_address(str(given["base_url"]))
    return given


@transaction.atomic
def add(*, project_id: UUID, fields: EndpointFields, key: str, actor_id: int | None) -> Endpoint:
    """Raises AddressNotAllowed, EndpointNameTaken, InvalidInput."""
    given = _checked(fields)
    missing = [name for name in ("name", "base_url", "model") if name not in given]
    if missing:
        raise InvalidInput("An endpoint needs a {field}.", field=missing[0])
    given["sandbox"] = bool(given.get("sandbox")) or is_sandbox(str(given["base_url"]))
    sealed = {"key_cipher": vault.seal(key), "key_hint": key[-4:] if len(key) >= 12 else ""} if key else {}
    try:
        with transaction.atomic():
            endpoint = Endpoint.objects.create(project_id=project_id, **given, **sealed)
    except IntegrityError as error:
        raise _name_taken(error) from None
    audit_log.record(actor_id=actor_id, project_id=project_id, action="endpoint.added", subject=endpoint.name)
    return Endpoint.objects.get(pk=endpoint.pk)


def _name_taken(error: IntegrityError) -> Exception:
    return EndpointNameTaken() if "endpoint_name_once_per_project" in str(error) else error


@transaction.atomic
def change(*, project_id: UUID, endpoint_id: UUID, fields: EndpointFields, key: str | None, actor_id: int) -> Endpoint:
    """A new URL without a new key leaves the endpoint without one."""
    endpoint = locked(project_id, endpoint_id)
    given = _checked(fields)
    moved = "base_url" in given and given["base_url"] != endpoint.base_url
    for name, value in given.items():
        setattr(endpoint, name, value)
    endpoint.sandbox = endpoint.sandbox or is_sandbox(endpoint.base_url)
    if moved:
        endpoint.key_cipher, endpoint.key_hint, endpoint.last_test = None, "", None
        endpoint.rests_until, endpoint.faults_in_a_row = None, 0
    if key:
        endpoint.key_cipher, endpoint.key_hint = vault.seal(key), key[-4:] if len(key) >= 12 else ""
    try:
        with transaction.atomic():
            endpoint.save()
    except IntegrityError as error:
        raise _name_taken(error) from None
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="endpoint.changed",
        subject=endpoint.name,
        details={"fields": sorted(given), "key": bool(key)},
    )
    return endpoint


def locked(project_id: UUID, endpoint_id: UUID) -> Endpoint:
    """For a change. Raises EndpointUnknown."""
    try:
        return Endpoint.objects.select_for_update(no_key=True).in_project(project_id).get(pk=endpoint_id)
    except Endpoint.DoesNotExist:
        raise EndpointUnknown(endpoint_id=str(endpoint_id)) from None


@transaction.atomic
def price(
    *,
    project_id: UUID,
    endpoint_id: UUID,
    input_per_million: Decimal,
    output_per_million: Decimal,
    valid_from: datetime,
    actor_id: int | None,
    cached_per_million: Decimal | None = None,
    batch_share: Decimal | None = None,
) -> EndpointPrice:
    """A further price, valid from a moment on. Old calls keep the price of their day.

    `batch_share`: what a call in a batch costs, as a share of these prices; None where the endpoint takes no batches.
    """
    endpoint = locked(project_id, endpoint_id)
    if not all(0 <= each < 1_000_000 for each in (input_per_million, output_per_million, cached_per_million or 0)):
        raise InvalidInput("A price is given in US dollars per million tokens, from 0 up.")
    if batch_share is not None and not 0 <= batch_share <= 1:
        raise InvalidInput("Calls in a batch cost a share of the price from 0 to 1; 0.5 is half of it.")
    try:
        with transaction.atomic():
            row = EndpointPrice.objects.create(
                endpoint=endpoint,
                valid_from=valid_from,
                input_per_million=input_per_million,
                output_per_million=output_per_million,
                cached_per_million=cached_per_million,
                batch_share=batch_share,
            )
    except IntegrityError as error:
        if "endpoint_price_once_per_moment" in str(error):
            raise Conflict("There is a price from that very moment already; choose another.") from None
        raise
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="endpoint.priced",
        subject=endpoint.name,
        details={"input": str(input_per_million), "output": str(output_per_million)},
    )
    return row


def target(endpoint: Endpoint, *, deadline_s: float | None = None) -> Target:
    """Where and with which key to ask. Raises KeyMissing; the address is checked again: the list may have changed."""
    check_address(endpoint.base_url)
    if endpoint.key_cipher is None:
        raise KeyMissing
    return Target(
        base_url=endpoint.base_url,
        key=vault.open_(bytes(endpoint.key_cipher)),
        deadline_s=deadline_s or float(endpoint.deadline_s),
    )


def _tiny_picture() -> bytes:
    """A red disc on white, 64 pixels wide: anything that sees can say what it is."""
    picture = Image.new("RGB", (64, 64), "white")
    ImageDraw.Draw(picture).ellipse((12, 12, 52, 52), fill="red")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _test_body(endpoint: Endpoint) -> bytes:
    import base64

    url = "data:image/png;base64," + base64.b64encode(_tiny_picture()).decode()
    question = 'What is in this picture? Reply with JSON: {"text": "…"}.'
    body: dict[str, object] = {
        "model": endpoint.model,
        "max_tokens": 200,
        "temperature": 0,
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "image_url", "image_url": {"url": url}},
                    {"type": "text", "text": question},
                ],
            }
        ],
    }
    if endpoint.reply_format == ReplyFormat.JSON_OBJECT:
        body["response_format"] = {"type": "json_object"}
    return msgspec.json.encode(body)


async def _try(endpoint: Endpoint, where: Target) -> tuple[list[str] | Answer, Answer]:
    listed = await openai_compatible.models(where)
    async with openai_compatible.opened() as ask:
        return listed, await ask(where, _test_body(endpoint), {})


def test(*, project_id: UUID, endpoint_id: UUID, now: datetime) -> EndpointTest:
    """Ask for the models and send one tiny picture; what came back is kept with the endpoint. Costs a few tokens."""
    try:
        endpoint = Endpoint.objects.in_project(project_id).get(pk=endpoint_id)
    except Endpoint.DoesNotExist:
        raise EndpointUnknown(endpoint_id=str(endpoint_id)) from None
    listed, answer = asyncio.run(_try(endpoint, target(endpoint, deadline_s=TEST_DEADLINE_S)))
    ending = endings.read(answer)
    lines = [_listing(endpoint, listed)]
    answered = ending.outcome == Outcome.ANSWERED
    detail = f"{ending.latency_ms} ms" if answered else (ending.detail or ending.outcome.label)
    lines.append(TestLine("Answers a request with a picture", answered, detail))
    if answered:
        known = ending.prompt_tokens is not None and ending.completion_tokens is not None
        usage = noted("{asked} tokens in, {said} out", asked=ending.prompt_tokens, said=ending.completion_tokens)
        lines.append(
            TestLine("Reports what it used", known, usage if known else noted("every call would cost its ceiling"))
        )
        same = ending.model == endpoint.model
        lines.append(TestLine("Answers as the model asked for", bool(ending.model), ending.model if not same else ""))
    outcome = EndpointTest(
        at=now, passed=all(line.passed for line in lines), lines=tuple(lines), reply=_excerpt(ending)
    )
    changed: dict[str, object] = {"last_test": outcome}
    if answered:
        changed |= {"faults_in_a_row": 0, "rests_until": None}
    Endpoint.objects.filter(pk=endpoint.pk).update(**changed)
    return outcome


def _listing(endpoint: Endpoint, listed: list[str] | Answer) -> TestLine:
    if isinstance(listed, Answer):
        ending = endings.read(listed)
        return TestLine("Key accepted, models listed", False, ending.detail or ending.outcome.label)
    if endpoint.model in listed:
        return TestLine("Key accepted, model listed", True, noted("{count} models", count=len(listed)))
    return TestLine("Key accepted, model listed", False, noted("not among: {models}", models=listed[:8]))


def _excerpt(ending: endings.Ending) -> str:
    from cot_generation import wire

    return wire.content_of(ending.body)[:600] if ending.outcome == Outcome.ANSWERED else ending.detail[:600]


def follow_sandbox() -> int:
    """Projects' sandbox endpoints go where the instance's own sandbox is now; returns how many had to.

    Its port may be another after a restart, and who listens at the old one is a stranger.
    """
    if not settings.SANDBOX_URL:
        return 0
    behind = Endpoint.objects.filter(name=SANDBOX, sandbox=True).exclude(base_url=settings.SANDBOX_URL)
    key = settings.SANDBOX_KEY or "sandbox"
    return behind.update(
        base_url=settings.SANDBOX_URL,
        key_cipher=vault.seal(key),
        key_hint=key[-4:] if len(key) >= 12 else "",
        last_test=None,
        rests_until=None,
        faults_in_a_row=0,
    )


def found_sandbox(*, project_id: UUID, now: datetime, actor_id: int | None = None) -> Endpoint | None:
    """The instance's sandbox as an endpoint of the project, free of charge; None where the instance has none."""
    if not settings.SANDBOX_URL:
        return None
    present = Endpoint.objects.in_project(project_id).filter(name=SANDBOX).first()
    if present is not None:
        return present
    endpoint = add(
        project_id=project_id,
        fields=EndpointFields(
            name=SANDBOX,
            base_url=settings.SANDBOX_URL,
            model="sandbox",
            sandbox=True,
            requests_at_once=16,
            requests_per_minute=12_000,
            tokens_per_minute=60_000_000,
            deadline_s=30,
        ),
        key=settings.SANDBOX_KEY or "sandbox",
        actor_id=actor_id,
    )
    # Sandbox money is play money, at the price of a small model, so that every figure of a run has something to show.
    price(
        project_id=project_id,
        endpoint_id=endpoint.pk,
        input_per_million=Decimal("0.40"),
        output_per_million=Decimal("1.60"),
        batch_share=Decimal("0.5"),
        valid_from=now,
        actor_id=actor_id,
    )
    return endpoint
