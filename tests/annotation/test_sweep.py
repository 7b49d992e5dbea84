"""The platform's sweep returns what ran out, without anybody asking."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.choices import Role
from annotation.choices import AssignmentState
from annotation.models import Assignment, Draft, Piece
from annotation.services import drafts
from config.base.sweep import sweep
from tests.builders import accounts, catalog
from tests.builders import annotation as build

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_sweep_returns_overdue_pieces_and_keeps_their_drafts() -> None:
    project = accounts.project()
    one, two = accounts.member(project, Role.ANNOTATOR), accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 2))
    late, live = build.claim(batch, one, count=2)
    drafts.save(
        user_id=one.pk, project_id=project.pk, assignment_id=late.assignment_id, version=1, body={"cells": {"A": {}}}
    )
    Assignment.objects.filter(pk=late.assignment_id).update(lease_expires_at=build.NOW.replace(year=2020))

    assert sweep(now=timezone.now())

    states = dict(Assignment.objects.values_list("pk", "state"))
    assert states == {late.assignment_id: AssignmentState.EXPIRED, live.assignment_id: AssignmentState.LEASED}
    assert Draft.objects.get().assignment_id == late.assignment_id
    assert [given.sample["id"] for given in build.claim(batch, two)] == [late.sample["id"]]
    assert sum(Piece.objects.values_list("held", flat=True)) == 2


def test_more_than_one_chunk_is_swept_in_one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotation.services import leases

    monkeypatch.setattr(leases, "SWEPT_AT_ONCE", 2)
    project = accounts.project()
    batch = build.batch(project, catalog.samples(project.pk, 5))
    build.claim(batch, accounts.member(project, Role.ANNOTATOR), count=5)
    Assignment.objects.update(lease_expires_at=build.NOW.replace(year=2020))

    leases.sweep_overdue(now=timezone.now())

    assert not Assignment.objects.filter(state=AssignmentState.LEASED).exists()
