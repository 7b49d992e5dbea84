"""Economics and prompt figures: how long a page waits for sums that are made when they are read.

`--size N` rationales of one project: a third each automated, answer-driven and by hand, over two prompts and four
aspects, one call each (a tenth failed), a tenth revised by a person, one in a hundred audited. Each figure is the
median of seven reads in milliseconds, with the slowest beside it and the number of statements.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from benchmarks._figures import Figures, arguments

READS = 7
PER_RUN = 5_000
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def fill(size: int) -> tuple[UUID, list[UUID]]:
    """The project's id and those of its two prompts."""
    from django.conf import settings

    from accounts.models import User
    from accounts.services import projects
    from catalog.models import Import, Sample
    from catalog.selectors import aspects
    from catalog.shapes import Sources
    from cot_generation.choices import Way
    from cot_generation.models import Prompt
    from cot_generation.services import endpoints
    from cot_generation.services.endpoints import EndpointFields

    settings.ENDPOINT_HOSTS = ["127.0.0.1"]
    project = projects.create(slug="bench", name="Bench")
    author = User.objects.create(username="writer", name="Writer")
    aspect_ids = [each.id for each in aspects.of_project(project.pk)]
    endpoint = endpoints.add(
        project_id=project.pk,
        fields=EndpointFields(name="e", base_url="http://127.0.0.1:9/v1", model="m"),
        key="a key for the bench",
        actor_id=None,
    )
    price = endpoints.price(
        project_id=project.pk, endpoint_id=endpoint.pk, input_per_million=Decimal(1), output_per_million=Decimal(4),
        valid_from=NOON - timedelta(days=9), actor_id=None,
    )  # fmt: skip
    prompts = {
        way: Prompt.objects.filter(project=project, way=way, locale="en").order_by("stage").first()
        for way in (Way.AUTOMATED, Way.ANSWER_DRIVEN)
    }
    reading = Import.objects.create(project=project, name="bench", folder="file:///nowhere", state="done")
    samples = Sample.objects.bulk_create(
        (
            Sample(
                id=10_000_000 + number, project=project, external_id=f"b-{number}", generator={}, state="ready",
                sources=Sources("o.jpg", {"A": "a.jpg"}), content_hash=number.to_bytes(16, "big"), run=reading,
                line=number,
            )
            for number in range(-(-size // len(aspect_ids)))
        ),
        batch_size=5000,
    )  # fmt: skip
    pairs = [(sample.pk, aspect) for sample in samples for aspect in aspect_ids][:size]
    third = size // 3
    for way, start in ((Way.AUTOMATED, 0), (Way.ANSWER_DRIVEN, third)):
        prompt = prompts[way]
        assert prompt is not None
        for at in range(start, start + third, PER_RUN):
            write_run(project.pk, prompt, endpoint, price, pairs[at : min(at + PER_RUN, start + third)], at)
    by_hand(project.pk, author.pk, pairs[2 * third :])
    revise(project.pk, author.pk)
    audit(project.pk, author.pk)
    return project.pk, [prompt.pk for prompt in prompts.values() if prompt is not None]


def write_run(
    project_id: UUID, prompt: Any, endpoint: Any, price: Any, pairs: list[tuple[int, int]], number: int
) -> None:
    """A run that has ended, with its calls and rationales."""
    from cot_generation.models import Call, Rationale, Run, RunQuestion
    from cot_generation.shapes import Sentence

    run = Run.objects.create(
        project_id=project_id, number=number + 1, purpose="rationale", way=prompt.way, stage=prompt.stage,
        prompt=prompt, endpoint=endpoint, sandbox=False, state="done", cap=1000, question_count=len(pairs),
    )  # fmt: skip
    questions = RunQuestion.objects.bulk_create(
        (RunQuestion(run=run, sample_id=sample, aspect_id=aspect, state="done") for sample, aspect in pairs),
        batch_size=5000,
    )
    Call.objects.bulk_create(
        (
            Call(
                run=run, question=question, endpoint=endpoint, price=price, step=0, fence=1, state="settled",
                letters="ABCD", seed=1, reserved=0, sent_at=NOON, settled_at=NOON + timedelta(minutes=place % 600),
                outcome="server_error" if place % 10 == 0 else "answered", prompt_tokens=2000, completion_tokens=200,
                cost=Decimal("0.0028"), price_basis="usage",
            )
            for place, question in enumerate(questions)
        ),
        batch_size=5000,
    )  # fmt: skip
    Rationale.objects.bulk_create(
        (
            Rationale(
                project_id=project_id, sample_id=question.sample_id, aspect_id=question.aspect_id, way=run.way,
                stage=run.stage, origin="run", sentences=(Sentence("The shadow in {{A}} falls to the light.", "A"),),
                answer_visible=run.way == "answer_driven", passed=place % 5 > 0, failed=[] if place % 5 else ["leak"],
                run_question=question, cost=Decimal("0.0028"),
            )
            for place, question in enumerate(questions)
        ),
        batch_size=5000,
    )  # fmt: skip


def by_hand(project_id: UUID, author_id: int, pairs: list[tuple[int, int]]) -> None:
    from cot_generation.models import Rationale
    from cot_generation.shapes import Sentence

    Rationale.objects.bulk_create(
        (
            Rationale(
                project_id=project_id, sample_id=sample, aspect_id=aspect, way="manual", origin="person",
                sentences=(Sentence("The shadow in {{A}} falls to the light.", "A"),), answer_visible=False,
                passed=True, author_id=author_id, active_ms=60_000, pasted_share=0.1,
            )
            for sample, aspect in pairs
        ),
        batch_size=5000,
    )  # fmt: skip


def revise(project_id: UUID, author_id: int) -> None:
    """Every tenth of what runs wrote."""
    from django.db.models import F
    from django.db.models.functions import Mod

    from cot_generation.models import Rationale
    from cot_generation.shapes import Sentence

    tenth = Rationale.objects.filter(origin="run").annotate(rest=Mod(F("pk"), 10)).filter(rest=0)
    Rationale.objects.bulk_create(
        (
            Rationale(
                project_id=project_id, sample_id=row.sample_id, aspect_id=row.aspect_id, way=row.way, stage=row.stage,
                origin="person", sentences=(Sentence("The shadow in {{A}} is mended.", "A"),), revises=row,
                answer_visible=row.answer_visible, passed=True, author_id=author_id, active_ms=20_000,
            )
            for row in tenth
        ),
        batch_size=5000,
    )  # fmt: skip


def audit(project_id: UUID, author_id: int) -> None:
    """One in a hundred, nine of ten accepted."""
    from cot_generation.models import Rationale
    from curation.models import AuditEntry, AuditLot, AuditVerdict

    ids = list(Rationale.objects.filter(passed=True).order_by("pk").values_list("pk", flat=True)[::100])
    lot = AuditLot.objects.create(
        project_id=project_id, number=1, way="automated", state="accepted", after_id=0, up_to_id=ids[-1],
        population_count=len(ids), seed=1, decided_at=NOON,
    )  # fmt: skip
    entries = AuditEntry.objects.bulk_create(
        AuditEntry(lot=lot, rationale_id=rationale_id, position=place) for place, rationale_id in enumerate(ids)
    )
    AuditVerdict.objects.bulk_create(
        AuditVerdict(
            entry=entry, auditor_id=author_id, accepted=place % 10 > 0, reason="" if place % 10 else "wrong",
            active_ms=9000, judged_at=NOON,
        )
        for place, entry in enumerate(entries)
    )  # fmt: skip


def reads(project_id: UUID, prompts: list[UUID]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and read of everything that a page asks for."""
    from cot_generation.selectors import costs
    from curation.selectors import books, economics, prompt_versions
    from curation.selectors.economics import By

    today = NOON.date()
    for dimension in By:
        yield f"by_{dimension.value}", partial(economics.by, project_id, dimension, today=today)
    before, after = prompts
    yield "prompt_versions", lambda: prompt_versions.compared(project_id, before=before, after=after, today=today)
    yield "runs_page", lambda: costs.by_way(project_id)
    yield "day", lambda: books.lines(project_id, day=today)


def main() -> None:
    given = arguments(__doc__ or "", size=3_000)
    figures = Figures(f"economics-{given.size}", write=given.write)
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0)
    project_id, prompts = fill(given.size)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    for name, read in reads(project_id, prompts):
        with CaptureQueriesContext(connection) as seen:
            read()
        took = []
        for _ in range(READS):
            started = time.perf_counter()
            read()
            took.append(1000 * (time.perf_counter() - started))
        figures.add(
            f"economics.{name}_ms", round(statistics.median(took), 1), "ms", slowest=round(max(took), 1),
            statements=len(seen), size=given.size,
        )  # fmt: skip
    figures.close()


if __name__ == "__main__":
    main()
