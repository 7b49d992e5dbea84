"""Active time, whatever pages say and however many there are: never more than the clock, never counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from annotation.models import Annotation, Assignment, PersonTurn
from annotation.services import drafts, hot, leases, rehearsing
from tests.builders import accounts, catalog
from tests.builders import annotation as build

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 120_000  # what one beat adds at most: the idle rule of a minute, and the minute between beats

# (which tab, milliseconds that pass before it, what its page says it was active for, what it does)
STEP = st.tuples(
    st.integers(0, 2), st.integers(0, 400_000), st.integers(0, 600_000), st.sampled_from(["beat", "beat", "draft"])
)


@contextmanager
def undone() -> Iterator[None]:
    """One example of Hypothesis, without a trace. Inside, the database's clock stands still."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def pass_time(ms: int) -> None:
    """As if so much had passed since everything that happened so far; leases are kept alive."""
    by = f"{ms} ms"
    with connection.cursor() as cursor:
        cursor.execute("update annotation_personturn set beat_at = beat_at - %s::interval", [by])
        cursor.execute("update annotation_assignment set leased_at = leased_at - %s::interval", [by])


@given(steps=st.lists(STEP, max_size=12), said=st.integers(0, 600_000))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_tabs_drafts_and_batches_never_add_up_to_more_than_the_clock(
    steps: list[tuple[int, int, int, str]], said: int
) -> None:
    with undone():
        project = accounts.project()
        person = accounts.member(project, Role.ANNOTATOR)
        first = build.batch(project, catalog.samples(project.pk, 2))
        second = build.batch(project, catalog.samples(project.pk, 1))
        tabs = [*build.claim(first, person, count=2), *build.claim(second, person)]
        with connection.cursor() as cursor:  # the moment at which this transaction's clock stands
            cursor.execute("update annotation_assignment set leased_at = now()")
        clock = last_beat = counted = 0
        for tab, waited, claimed, what in steps:
            clock += waited
            pass_time(waited)
            turn = tabs[tab]
            if what == "draft":
                drafts.save(
                    user_id=person.pk,
                    project_id=project.pk,
                    assignment_id=turn.assignment_id,
                    version=clock + len(steps) + 1,
                    body={"active_ms": claimed},
                )
                continue
            before = Assignment.objects.get(pk=turn.assignment_id).active_ms
            beat = leases.beat(
                user_id=person.pk,
                project_id=project.pk,
                assignment_id=turn.assignment_id,
                fence=turn.fence,
                active_ms=claimed,
            )
            believed = min(claimed, MOST, clock - last_beat)
            assert beat.active_ms - before == believed
            counted, last_beat = counted + believed, clock if claimed else last_beat
        reply = build.submit(first, person, tabs[0], active_ms=said)
        counted += min(said, MOST, clock - last_beat)

        assert counted <= clock
        assert sum(Assignment.objects.values_list("active_ms", flat=True)) == counted
        assert sum(PersonTurn.objects.values_list("active_ms", flat=True)) == counted
        assert Annotation.objects.get(pk=reply.annotation_id).active_ms == reply.active_ms <= counted


def test_the_next_pieces_first_beat_takes_nothing_from_the_submit_that_it_overtakes() -> None:
    project = accounts.project()
    person = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 2))
    one, two = build.claim(batch, person, count=2)
    pass_time(9_000)

    leases.beat(user_id=person.pk, project_id=project.pk, assignment_id=two.assignment_id, fence=two.fence, active_ms=0)

    assert build.submit(batch, person, one, active_ms=8_000).active_ms == 8_000


def test_the_idle_rule_is_a_setting(settings: object) -> None:
    settings.IDLE_SECONDS = 300  # type: ignore[attr-defined]  # pytest-django's

    assert hot.most_per_beat_ms() == 360_000


def test_time_before_the_lease_is_nobodys() -> None:
    project = accounts.project()
    person = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (turn,) = build.claim(batch, person)

    beat = leases.beat(
        user_id=person.pk,
        project_id=project.pk,
        assignment_id=turn.assignment_id,
        fence=turn.fence,
        active_ms=60_000,
    )

    # The piece was claimed a moment ago, so a moment is all there was.
    assert beat.active_ms < 60_000


def test_a_rehearsed_turn_is_believed_what_it_says_and_no_other_turn_is() -> None:
    project = accounts.project(slug="p")
    person = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 2))
    one, two = build.claim(batch, person, count=2)

    with rehearsing.let_pass(user_id=person.pk, assignment_id=one.assignment_id, ms=40_000):
        assert build.submit(batch, person, one, active_ms=35_000).active_ms == 35_000

    turn = Assignment.objects.get(pk=one.assignment_id)
    assert turn.submitted_at is not None
    assert turn.leased_at >= turn.submitted_at - timedelta(seconds=20)
    assert build.submit(batch, person, two, active_ms=35_000).active_ms < 35_000
