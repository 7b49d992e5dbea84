"""Whatever people, leads and the clock do in whatever order: counters equal the rows, no place is doubly held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from accounts.choices import Role
from accounts.models import User
from annotation.choices import AssignmentState, BatchState, GoldSource, Purpose, SkipPolicy, SkipReason
from annotation.models import Annotation, Assignment, Batch, Consensus, Gold, GoldResult, PersonTurn, Piece
from annotation.services import batches, golds, leases
from annotation.services.batches import Terms
from config.base.errors import DomainError
from tests.builders import accounts, catalog
from tests.builders import annotation as build

PEOPLE = st.integers(0, 3)
Turn = tuple[int, build.Given]


def refusal_of(act: Callable[[], object]) -> str:
    """The code of the refusal; empty when it was done."""
    try:
        with transaction.atomic():
            act()
    except DomainError as refusal:
        return refusal.code
    return ""


class Places(RuleBasedStateMachine):
    """Four people and a lead at one batch of five pieces. Each run is undone at its end."""

    turns: Bundle[Any] = Bundle("turns")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(
        wanted=st.integers(1, 3),
        extra=st.integers(0, 1),
        policy=st.sampled_from(SkipPolicy),
        terms=st.sampled_from(
            [Terms(), Terms(gold_share=0.5, training_count=1), Terms(extra_share=0.4, extra_wanted=1)]
        ),
    )
    def begin(self, wanted: int, extra: int, policy: SkipPolicy, terms: Terms) -> None:
        self.project = accounts.project()
        for purpose in (Purpose.GOLD, Purpose.TRAINING):
            golds.make(
                project_id=self.project.pk,
                questions=[golds.NewGold(each.pk, build.verdicts()) for each in catalog.samples(self.project.pk, 2)],
                purpose=purpose,
                source=GoldSource.BY_HAND,
                tolerance={},
                actor_id=None,
            )
        self.people: list[User] = [accounts.member(self.project, Role.ANNOTATOR) for _ in range(4)]
        self.batch = build.batch(
            self.project,
            catalog.samples(self.project.pk, 5),
            wanted=wanted,
            maximum=wanted + extra + terms.extra_wanted,
            skip_policy=policy,
            terms=terms,
        )

    @rule(target=turns, who=PEOPLE, count=st.integers(1, 3))
    def claim(self, who: int, count: int) -> Any:
        try:
            given = build.claim(self.batch, self.people[who], count=count)
        except DomainError:
            assert Batch.objects.get(pk=self.batch.pk).state == BatchState.PAUSED
            return multiple()
        return multiple(*[(who, each) for each in given])

    @rule(who=PEOPLE)
    def beat(self, who: int) -> None:
        """Holding on moves no counter but time."""
        held = Assignment.objects.filter(annotator=self.people[who], state=AssignmentState.LEASED).first()
        if held is not None:
            refusal_of(
                lambda: leases.beat(
                    user_id=self.people[who].pk,
                    project_id=self.project.pk,
                    assignment_id=held.pk,
                    fence=held.fence,
                    active_ms=1_000,
                )
            )

    @rule(who=PEOPLE)
    def reclaim(self, who: int) -> None:
        """A lead takes back whatever this person holds first."""
        held = Assignment.objects.filter(annotator=self.people[who], state=AssignmentState.LEASED).first()
        if held is not None:
            leases.reclaim(project_id=self.project.pk, assignment_id=held.pk)
            assert Assignment.objects.get(pk=held.pk).state == AssignmentState.RETURNED

    @rule(turn=turns, flagged=st.booleans())
    def submit(self, turn: Turn, flagged: bool) -> None:
        """Also with a lease that is long lost: then it is refused, and nothing moves."""
        who, given = turn
        held = self.holds(turn)
        cells = build.verdicts({"A/physical_shadow": "major"} if flagged else None)
        before = Annotation.objects.count()
        code = refusal_of(lambda: build.submit(self.batch, self.people[who], given, cells))
        assert code == ("" if held else "lease_lost")
        assert Annotation.objects.count() == before + held

    @rule(turn=consumes(turns))
    def give_back(self, turn: Turn) -> None:
        who, given = turn
        self.either(
            turn,
            lambda: leases.give_back(
                user_id=self.people[who].pk,
                project_id=self.project.pk,
                assignment_id=given.assignment_id,
                fence=given.fence,
            ),
        )

    @rule(turn=consumes(turns))
    def skip(self, turn: Turn) -> None:
        who, given = turn
        self.either(
            turn,
            lambda: leases.skip(
                user_id=self.people[who].pk,
                project_id=self.project.pk,
                assignment_id=given.assignment_id,
                fence=given.fence,
                reason=SkipReason.NOT_MY_FIELD,
            ),
        )

    @rule(turn=turns)
    def run_out(self, turn: Turn) -> None:
        Assignment.objects.filter(pk=turn[1].assignment_id, state=AssignmentState.LEASED).update(
            lease_expires_at=build.NOW.replace(year=2020)
        )

    @rule()
    def sweep(self) -> None:
        leases.expire_overdue()

    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        leases.leave(user_id=self.people[who].pk, project_id=self.project.pk, batch_id=self.batch.pk)

    @rule(wanted=st.integers(1, 4))
    def want(self, wanted: int) -> None:
        batches.change_wanted(
            project_id=self.project.pk,
            batch_id=self.batch.pk,
            wanted=wanted,
            maximum=None,
            actor_id=self.people[0].pk,
        )

    @rule(state=st.sampled_from([BatchState.OPEN, BatchState.PAUSED]))
    def pause_or_resume(self, state: BatchState) -> None:
        batches.set_state(
            project_id=self.project.pk,
            batch_id=self.batch.pk,
            state=state,
            actor_id=self.people[0].pk,
            now=build.NOW,
        )

    @invariant()
    def counters_equal_the_rows(self) -> None:
        if not hasattr(self, "batch"):
            return
        pieces = Piece.objects.filter(batch=self.batch)
        opinion = Q(assignments__purpose=Purpose.OPINION)
        out_now = Count("assignments", filter=opinion & Q(assignments__state=AssignmentState.LEASED))
        done = Count("assignments", filter=opinion & Q(assignments__state=AssignmentState.SUBMITTED))
        counted = pieces.annotate(out_now=out_now, done=done)
        assert not counted.exclude(held=F("out_now")).exists()
        assert not counted.exclude(done=F("accepted") + F("surplus")).exists()
        assert not pieces.filter(accepted__gt=F("wanted")).exists()
        assert not pieces.filter(surplus__gt=0).exclude(accepted=F("wanted")).exists()
        places = pieces.aggregate(total=Sum("wanted"))["total"]
        assert Batch.objects.get(pk=self.batch.pk).place_count == places
        said = Annotation.objects.filter(assignment__batch=self.batch).count()
        submitted = PersonTurn.objects.filter(batch=self.batch).aggregate(total=Sum("submitted"))["total"]
        assert (submitted or 0) == said
        uncounted = PersonTurn.objects.filter(batch=self.batch).aggregate(total=Sum("uncounted"))["total"]
        assert (uncounted or 0) == Annotation.objects.filter(counts=False).count()
        assert not pieces.filter(gold__isnull=False).exclude(wanted=0, held=0, accepted=0, surplus=0).exists()

    @invariant()
    def gold_leaves_results_and_nothing_else(self) -> None:
        if not hasattr(self, "batch"):
            return
        judged = set(Annotation.objects.filter(counts=False).values_list("assignment", flat=True))
        assert set(GoldResult.objects.values_list("assignment", flat=True)) == judged
        assert not Consensus.objects.filter(sample_id__in=Gold.objects.values("sample_id")).exists()

    @invariant()
    def nobody_is_heard_twice_and_everybody_once(self) -> None:
        if not hasattr(self, "batch"):
            return
        said = (
            Annotation.objects.filter(counts=True)
            .values("sample_id")
            .annotate(opinions=Count("pk"), people=Count("annotator_id", distinct=True))
        )
        assert not said.filter(opinions__gt=F("people")).exists()
        heard = dict(Consensus.objects.order_by("sample_id").values_list("sample_id", "opinions").distinct())
        assert heard == {row["sample_id"]: row["opinions"] for row in said}

    def leased(self, turn: Turn) -> bool:
        """Whether the place is still this turn's, overdue or not: then it can be given back."""
        return Assignment.objects.filter(
            pk=turn[1].assignment_id, fence=turn[1].fence, state=AssignmentState.LEASED
        ).exists()

    def holds(self, turn: Turn) -> bool:
        """Whether the lease is live as well: then it can be submitted."""
        overdue = Assignment.objects.filter(pk=turn[1].assignment_id, lease_expires_at__year=2020).exists()
        return self.leased(turn) and not overdue

    def either(self, turn: Turn, give_up: Callable[[], None]) -> None:
        expected = "" if self.leased(turn) else "lease_lost"
        assert refusal_of(give_up) == expected


@pytest.mark.django_db(transaction=True)
def test_counters_equal_the_rows_whatever_happens() -> None:
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
