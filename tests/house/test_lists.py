"""Every list asks the database as often for a dozen rows as for three."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, Project, Team, User
from accounts.services import audit_log
from annotation.choices import GoldSource
from annotation.models import BatchDraft, Gold
from catalog.models import Import, ImportRefusal
from cot_generation.models import Cascade
from curation.choices import StoppingRule
from curation.models import Slice, Trial
from curation.services import projection
from tests.builders import accounts, annotation, catalog, training_bridge
from tests.builders import cot_generation as build
from tests.platform import ApiClient
from training_bridge.choices import RunState
from training_bridge.models import TrainingRun

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = {
    "audits",
    "batch-drafts",
    "batches",
    "decisions",
    "endpoints",
    "golds",
    "guidelines",
    "imports",
    "invitations",
    "members",
    "prompts",
    "rationale-cascades",
    "rationale-runs",
    "rationales",
    "releases",
    "samples",
    "slices",
    "teams",
    "training/leaderboard",
    "training/runs",
    "trials",
}


def fill(project: Project, lead: User, count: int, *, start: int) -> None:
    """So many more of everything that a list shows."""
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    now = timezone.now()
    for number in range(start, start + count):
        person = accounts.member(project, Role.ANNOTATOR)
        membership = person.memberships.get()
        Team.objects.create(project=project, name=f"team {number}").members.add(membership)
        Invitation.objects.create(
            project=project,
            role=Role.ANNOTATOR,
            token_hash=hashlib.sha256(str(number).encode()).digest(),
            invited_by=lead,
            expires_at=now + timedelta(days=1),
        )
        audit_log.record(actor_id=lead.pk, project_id=project.pk, action="tried", subject=str(number))
        Slice.objects.create(project=project, name=f"slice {number}", query={}, created_by=lead)
        BatchDraft.objects.create(project=project, body={}, saved_by=lead)
        sample = catalog.sample(project.pk)
        Gold.objects.create(project=project, sample=sample, source=GoldSource.BY_HAND, expected={}, created_by=person)
        batch = annotation.batch(project, [sample])
        annotation.opinion(batch, person)
        run = Import.objects.create(project=project, name=f"import {number}", folder="", started_by=person)
        ImportRefusal.objects.create(run=run, line=1, external_id="x", field="id", reason="It is none.")
        endpoint = build.endpoint(project.pk, url="https://models.example/v1")
        build.rationale(project.pk, sample_id=sample.pk, aspect_id=aspect, author_id=person.pk)
        build.run(project.pk, endpoint=endpoint, questions=[(sample.pk, aspect)], start_now=False)
        Cascade.objects.create(project=project, name=f"cascade {number}", rungs=(), cap=1, created_by=person)
        release = training_bridge.release(project.pk, [], name=f"v{number}", store_pictures=False)
        TrainingRun.objects.create(
            project=project,
            number=number,
            release_id=release.id,
            release_name=release.name,
            release_hash=release.hash,
            recipe="tiny-cpu",
            state=RunState.DONE,
            progress=1,
            finished_at=now,
        )
        Trial.objects.create(
            project=project,
            number=number,
            name=f"trial {number}",
            arms=(),
            reference=0,
            margin=0.1,
            confidence=0.95,
            rule=StoppingRule.FIXED,
            looks=1,
            per_arm=10,
            seed=1,
            started_by=person,
            started_at=now,
        )
    projection.rebuild(project.pk)


def statements(client: ApiClient, project: Project, lists: Iterable[str]) -> dict[str, int]:
    found = {}
    for each in sorted(lists):
        address = f"/projects/{project.slug}/{each}"
        assert client.get(address).status_code == 200, each  # whatever is read once a process is read
        with CaptureQueriesContext(connection) as captured:
            reply = client.get(address)
        assert reply.status_code == 200
        found[each] = len(captured)
    return found


def test_no_list_costs_more_statements_for_more_rows(api: Callable[[], ApiClient], settings: object) -> None:
    settings.ENDPOINT_HOSTS = ["models.example"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    project = accounts.project()
    lead = accounts.member(project, Role.LEAD)
    client = api().signed_in_as(lead)
    fill(project, lead, 3, start=1)
    few = statements(client, project, LISTS)

    fill(project, lead, 9, start=4)

    assert statements(client, project, LISTS) == few
