"""Making a request out of a claimed question.

Belongs here: pictures as data URLs, shuffled letters, the body's bytes, what it may cost at most.
Does not: claiming (claiming.py), writing the intent (admitting.py), sending (providers/).
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote
from uuid import UUID

import msgspec
from django.db.models import prefetch_related_objects

from catalog.services import assets
from cot_generation import letters, money
from cot_generation.choices import Outcome, Probe, ReplyFormat, Stage, Way
from cot_generation.models import Prompt, Rationale, Run, RunQuestion
from cot_generation.prompts import rendering
from cot_generation.providers.answers import Target
from cot_generation.services import probing
from cot_generation.services.facts import PictureFact, QuestionFacts, gather
from cot_generation.shapes import PromptStep

CACHE_LIMIT = 96 * 1024 * 1024  # bytes of data URLs kept; the aspects of a sample share its pictures


class PictureCache:
    """Data URLs of fitted pictures, the least recently used dropped first. One per worker loop."""

    def __init__(self, limit: int = CACHE_LIMIT) -> None:
        self._urls: OrderedDict[tuple[str, int], str] = OrderedDict()
        self._limit = limit
        self._held = 0

    def url(self, picture: PictureFact, side: int) -> str:
        """The picture fitted to `side` pixels, as a JPEG in a data URL."""
        key = (picture.sha256, side)
        known = self._urls.get(key)
        if known is not None:
            self._urls.move_to_end(key)
            return known
        content = assets.fitted_by_hash(picture.sha256, picture.media_type, side)
        url = "data:image/jpeg;base64," + base64.b64encode(content).decode("ascii")
        self._urls[key] = url
        self._held += len(url)
        while self._held > self._limit:
            _, dropped = self._urls.popitem(last=False)
            self._held -= len(dropped)
        return url


@dataclass(frozen=True)
class RunPlan:
    """What every call of a run shares, read once a round."""

    run: Run
    prompt: Prompt
    project_slug: str
    target: Target
    price_id: int
    price: money.Price
    reply_format: ReplyFormat
    tokens_per_picture: int
    sandbox: bool

    @property
    def endpoint_id(self) -> UUID:
        return self.run.endpoint_id

    @property
    def max_tokens(self) -> int:
        """Of a reply: the run's own limit, or its prompt's."""
        return self.run.max_tokens or self.prompt.max_tokens


@dataclass(frozen=True)
class Ready:
    """A request that only waits for its intent to be written."""

    question: RunQuestion
    plan: RunPlan
    facts: QuestionFacts
    step: PromptStep
    order: str
    seed: int
    key: str
    body: bytes
    headers: Mapping[str, str]
    input_tokens: int
    max_tokens: int
    ceiling: Decimal

    @property
    def answer_visible(self) -> bool:
        return tells_answer(self.plan.run.way, self.plan.run.stage, self.step.name)


@dataclass(frozen=True)
class Unaskable:
    """A question that cannot be asked as things stand."""

    question: RunQuestion
    outcome: Outcome


def tells_answer(way: str, stage: str, step: str) -> bool:
    """Whether the model is told the answer in this step: never while it observes, nor before it failed blind."""
    if way != Way.ANSWER_DRIVEN or step == "observe":
        return False
    return stage != Stage.BLIND_FIRST or step == "told"


def as_asked(
    facts: QuestionFacts,
    *,
    order: str,
    locale: str,
    visible: bool,
    question: RunQuestion | None,
    rationale: str = "",
) -> rendering.Question:
    """What the prompt's text is filled with; the answer only where it is meant to be visible."""
    return rendering.Question(
        aspect_key=facts.aspect_key,
        aspect_name=facts.aspect_name(locale),
        description=facts.description(locale),
        order=order,
        answer=facts.answer if visible else None,
        severities=facts.severities if visible else {},
        regions=facts.regions if visible else (),
        observations=tuple(question.observations or ()) if question is not None else (),
        rationale=rationale,
    )


def body_of(
    *,
    step: PromptStep,
    text: str,
    pictures: Sequence[str],
    prompt: Prompt,
    model: str,
    reply: ReplyFormat,
    order: str,
    max_tokens: int,
    seed: int,
) -> bytes:
    """The JSON of the request."""
    body: dict[str, object] = {
        "model": model,
        "messages": rendering.messages(step, text, pictures, locale=prompt.locale),
        "max_tokens": max_tokens,
        "temperature": prompt.temperature,
        "seed": seed,
    }
    wanted = rendering.response_format(reply, step, order)
    if wanted is not None:
        body["response_format"] = wanted
    return msgspec.json.encode(body)


def _sandbox_headers(
    plan: RunPlan, facts: QuestionFacts, order: str, step: str, *, visible: bool, argued: Sequence[str] | None = None
) -> dict[str, str]:
    """Only sandbox endpoints are told which question they are asked; a real one must look at the pictures."""
    if not plan.sandbox:
        return {}
    pairs = (f"{letter}={slot}" for letter, slot in letters.shown(order).items())
    headers = {
        "x-loupe-project": quote(plan.project_slug),
        "x-loupe-question": quote(f"{facts.external_id}/{facts.aspect_key}"),
        "x-loupe-letters": ",".join(pairs),
        "x-loupe-step": step,
    }
    if argued is not None:
        headers["x-loupe-argued"] = ",".join(argued)
    if visible and facts.answer is not None:
        headers["x-loupe-given"] = ",".join(facts.answer)
        headers["x-loupe-regions"] = ",".join(
            f"{quote(each.id)}={each.slot}@{each.box[0] + each.box[2] / 2:.3f}:{each.box[1] + each.box[3] / 2:.3f}"
            for each in facts.regions
        )
    return headers


def seed_of(run: Run, question: RunQuestion) -> int:
    """The same for the same question, draw and try of a run seed, so that the same request is made again."""
    named = (run.seed, question.sample_id, question.aspect_id, question.draw, question.step, question.spare_spent)
    return int.from_bytes(hashlib.blake2b(repr(named).encode(), digest_size=4).digest()) % 2_147_483_647


def request_key(
    plan: RunPlan, step: PromptStep, text: str, pictures: Sequence[PictureFact], *, max_tokens: int, seed: int
) -> str:
    """What is asked, as a hash: model, texts, pictures by theirs, parameters, seed. The same key, the same request."""
    prompt = plan.prompt
    asked = (
        plan.run.endpoint.base_url,
        plan.run.endpoint.model,
        plan.reply_format.value,
        step.name,
        step.system,
        text,
        [picture.sha256 for picture in pictures],
        prompt.locale,
        prompt.picture_side,
        max_tokens,
        prompt.temperature,
        seed,
        plan.sandbox,
    )
    return hashlib.blake2b(msgspec.json.encode(asked), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Asked:
    """What a question's next request says, before its pictures are fitted and it becomes bytes."""

    question: RunQuestion
    plan: RunPlan
    facts: QuestionFacts
    step: PromptStep
    visible: bool
    told: QuestionFacts
    subject: Rationale | None
    seed: int
    order: str
    text: str
    pictures: Sequence[PictureFact]
    max_tokens: int
    key: str


def _order(run: Run, question: RunQuestion, slots: Sequence[str], step: PromptStep, seed: int) -> str:
    """Drawn by the request's seed; a second reading shows the first's order reversed, so that the two never agree."""
    if run.probe != Probe.READ_BACK:
        return letters.shuffled(slots, draw=random.Random(seed))
    both = repr((run.seed, question.sample_id, question.aspect_id, "letters"))
    first = letters.shuffled(slots, draw=random.Random(both))
    return first[::-1] if step.name == "derive_again" else first


def _asked(question: RunQuestion, plan: RunPlan, facts: QuestionFacts) -> Asked | Unaskable:
    step = plan.prompt.steps[question.step]
    visible = tells_answer(plan.run.way, plan.run.stage, step.name)
    if facts.original is None or not facts.candidates:
        return Unaskable(question, Outcome.NO_PICTURES)
    if plan.run.way == Way.ANSWER_DRIVEN and facts.answer is None:
        return Unaskable(question, Outcome.NO_ANSWER)
    told = probing.swapped(facts, question) if plan.run.probe == Probe.SWAP else facts
    subject = question.subject if plan.run.probe in (Probe.READ_BACK, Probe.JUDGE) else None
    seed = seed_of(plan.run, question)
    order = _order(plan.run, question, facts.slots, step, seed)
    filled = as_asked(
        told,
        order=order,
        locale=plan.prompt.locale,
        visible=visible,
        question=question,
        rationale=probing.text_of(subject) if subject is not None else "",
    )
    text = rendering.text_of(step, filled, locale=plan.prompt.locale)
    by_slot = {picture.slot: picture for picture in facts.candidates}
    pictures = [facts.original, *(by_slot[slot] for slot in order)] if plan.run.probe != Probe.NO_PICTURE else []
    max_tokens = plan.max_tokens * question.token_factor
    key = request_key(plan, step, text, pictures, max_tokens=max_tokens, seed=seed)
    return Asked(question, plan, facts, step, visible, told, subject, seed, order, text, pictures, max_tokens, key)


def words(questions: Sequence[RunQuestion], plan: RunPlan) -> list[Asked | Unaskable]:
    """What is asked of the questions of one run, in their order; nothing is fitted, written or sent."""
    gathered = gather(plan.run.project_id, [(each.sample_id, each.aspect_id) for each in questions])
    if plan.run.probe:
        prefetch_related_objects(questions, "subject")
    found: list[Asked | Unaskable] = []
    for question in questions:
        facts = gathered.get((question.sample_id, question.aspect_id))
        found.append(Unaskable(question, Outcome.NO_PICTURES) if facts is None else _asked(question, plan, facts))
    return found


def ready(asked: Asked, cache: PictureCache) -> Ready:
    """The request with its pictures, and what it may cost."""
    plan, step = asked.plan, asked.step
    argued = asked.subject.concluded if asked.subject is not None else None
    input_tokens = money.prompt_tokens(
        step.system + asked.text, pictures=len(asked.pictures), tokens_per_picture=plan.tokens_per_picture
    )
    return Ready(
        question=asked.question,
        plan=plan,
        facts=asked.facts,
        step=step,
        order=asked.order,
        seed=asked.seed,
        key=asked.key,
        body=body_of(
            step=step,
            text=asked.text,
            pictures=[cache.url(picture, plan.prompt.picture_side) for picture in asked.pictures],
            prompt=plan.prompt,
            model=plan.run.endpoint.model,
            reply=plan.reply_format,
            order=asked.order,
            max_tokens=asked.max_tokens,
            seed=asked.seed,
        ),
        headers=_sandbox_headers(plan, asked.told, asked.order, step.name, visible=asked.visible, argued=argued),
        input_tokens=input_tokens,
        max_tokens=asked.max_tokens,
        ceiling=money.ceiling(plan.price, input_tokens=input_tokens, max_output_tokens=asked.max_tokens),
    )
