"""Batches: listed, previewed, made, steered.

Belongs here: typed arguments in, one call, a reply out.
Does not: rules that hold for every caller (services), what people do with a piece (pieces.py, hot.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people
from annotation import kinds
from annotation.api import requests, responses
from annotation.api.shared import AFTER, external_ids, gold_scores
from annotation.choices import AfterDeadline, BatchOrder, BatchState, CutKind, LeaseKind
from annotation.errors import UnknownSamples
from annotation.models import Batch
from annotation.selectors import batches as batch_selectors
from annotation.selectors import difficulty, estimates, money, targets
from annotation.selectors import golds as gold_selectors
from annotation.services import adjudication, batches
from catalog.selectors import aspects as catalog_aspects
from config.base import idempotency
from config.base.api.pagination import page


class BatchesView(ProjectAPIView):
    """The project's batches: all for reviewers and leads, what they may work on for annotators."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.ANNOTATOR}

    @extend_schema(
        responses={200: responses.BatchList},
        parameters=[
            *AFTER,
            OpenApiParameter("state", OpenApiTypes.STR, enum=BatchState.values),
            OpenApiParameter("kind", OpenApiTypes.STR),
        ],
    )
    def get(self, request: Request, slug: str) -> Response:
        who = self.project
        if who.role.covers(Role.REVIEWER):
            rows = batch_selectors.of_project(who.project_id)
        else:
            rows = batch_selectors.offered_to(project_id=who.project_id, user_id=who.user_id, role=who.role)
        for name in ("state", "kind"):
            if name in request.query_params:
                rows = rows.filter(**{name: request.query_params[name]})
        found = page(rows, request, key="number", newest_first=True)
        return Response(responses.BatchList(rows_of(found.rows, self), found.after))

    @extend_schema(request=requests.BatchCreateRequest, responses={201: responses.BatchRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.BatchCreateRequest.parse(request.data)
        rulings = body.kind == CutKind.ADJUDICATE

        def make() -> responses.BatchRow:
            batches.lock(self.project.project_id)  # what lies in an open batch is left out: nobody opens one meanwhile
            chosen = choose(self.project.project_id, body.what, kind=body.kind)
            if chosen.unknown:
                raise UnknownSamples(samples=chosen.unknown[:20], count=len(chosen.unknown))
            made = batches.create(
                project_id=self.project.project_id,
                kind=body.kind,
                name=body.name,
                targets=chosen.targets,
                wanted=1 if rulings else body.wanted,
                maximum=1 if rulings else body.maximum,
                order=body.order,
                skip_policy=body.skip_policy,
                people=body.people,
                terms=adjudication.terms_of(body.terms) if rulings else body.terms,
                guideline_version=body.guideline,
                actor_id=self.project.user_id,
                now=timezone.now(),
                draft_id=body.draft,
            )
            return made_row(made, self)

        reply = idempotency.once(user_id=self.project.user_id, key=idempotency.key_of(request), request=body, make=make)
        return Response(reply, status=201)


class BatchPreviewView(ProjectAPIView):
    """What a batch would hold and take, before it is made."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.BatchPreviewRequest, responses={200: responses.BatchPreview})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.BatchPreviewRequest.parse(request.data)
        chosen = choose(self.project.project_id, body.what, kind=body.kind)
        return Response(preview_of(chosen, body, project_id=self.project.project_id))


class BatchView(ProjectAPIView):
    """One batch with its progress; a lead steers it."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.ANNOTATOR}

    @extend_schema(responses={200: responses.BatchDetail})
    def get(self, request: Request, slug: str, batch_id: UUID) -> Response:
        return Response(self.detail(batch_id))

    @extend_schema(request=requests.BatchChangeRequest, responses={200: responses.BatchDetail})
    def patch(self, request: Request, slug: str, batch_id: UUID) -> Response:
        body = requests.BatchChangeRequest.parse(request.data)
        batches.change(
            project_id=self.project.project_id,
            batch_id=batch_id,
            name=body.name,
            state=body.state,
            wanted=body.wanted,
            maximum=body.maximum,
            people=body.people,
            terms=body.terms,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(self.detail(batch_id))

    def detail(self, batch_id: UUID) -> responses.BatchDetail:
        batch = batch_selectors.by_id(project_id=self.project.project_id, batch_id=batch_id)
        totals = batch_selectors.totals([batch_id])
        row = rows_of([batch], self, totals=totals)[0]
        if not self.project.role.covers(Role.LEAD):
            return responses.BatchDetail(
                row, terms=None, money=None, gold_stock=None, people=[], held=[], skipped=[], out=0, invited=[]
            )
        spent = money.of_batch(batch, totals.get(batch_id, batch_selectors.NOTHING), day=timezone.now().date())
        keys = {aspect.id: aspect.key for aspect in catalog_aspects.of_project(self.project.project_id)}
        scores = gold_selectors.accuracy_in(batch_id)
        stock = gold_selectors.in_batches([batch_id]).get(batch_id, gold_selectors.BatchGold(0, 0))
        held, skipped = batch_selectors.held_pieces(batch_id), batch_selectors.skipped_pieces(batch_id)
        names = external_ids([each.sample_id for each in held] + [each.sample_id for each in skipped])
        return responses.BatchDetail(
            batch=row,
            terms=msgspec.convert(batch, batches.Terms, from_attributes=True),
            money=responses.BatchMoney.of(spent),
            gold_stock=responses.GoldStock(stock.training, stock.hidden),
            people=[
                responses.BatchPersonRow.of(
                    each,
                    gold=gold_scores(scores.get(each.user_id, {}), keys),
                    keys=keys,
                )
                for each in batch_selectors.people_in(batch_id)
            ],
            held=[
                responses.HeldRow(
                    assignment_id=each.assignment_id,
                    sample=names[each.sample_id],
                    name=each.name,
                    lease=LeaseKind(each.lease),
                    lease_until=each.lease_until,
                    sent_back=each.sent_back,
                )
                for each in held
            ],
            skipped=[
                responses.SkippedRow(names[each.sample_id], each.name, each.reason, each.note, each.is_out)
                for each in skipped
            ],
            out=batch_selectors.out_count(batch_id),
            invited=sorted(people.names(batch.people).values()),
        )


def rows_of(
    found: Sequence[Batch], view: ProjectAPIView, *, totals: Mapping[UUID, batch_selectors.Totals] | None = None
) -> list[responses.BatchRow]:
    """Batches as rows for this caller; `totals` where the caller has them already."""
    ids = [batch.pk for batch in found]
    totals = batch_selectors.totals(ids) if totals is None else totals
    mine = batch_selectors.own_turns(batch_ids=ids, user_id=view.project.user_id)
    codes = {kind.code for kind in kinds.open_to(view.project.role)}
    return [
        responses.BatchRow.of(
            batch,
            totals=totals.get(batch.pk, batch_selectors.NOTHING),
            own=mine.get(batch.pk, batch_selectors.NO_TURN),
            tells_gold=view.project.role.covers(Role.LEAD),
            may_work=(
                batch.state == BatchState.OPEN
                and not (batch.after_due == AfterDeadline.PAUSE and batch.due_at and batch.due_at <= timezone.now())
                and batch.kind in codes
                and mine.get(batch.pk, batch_selectors.NO_TURN).paused_why == ""
                and (not batch.people or view.project.user_id in batch.people)
            ),
        )
        for batch in found
    ]


def made_row(batch: Batch, view: ProjectAPIView) -> responses.BatchRow:
    """A batch just made, with what the database drew."""
    batch.refresh_from_db()
    return rows_of([batch], view)[0]


def preview_of(
    chosen: targets.Choice, body: requests.BatchPreviewRequest, *, project_id: UUID
) -> responses.BatchPreview:
    """What a batch of this choice on these terms would take, and other numbers of opinions beside it."""
    rulings = body.kind == CutKind.ADJUDICATE
    terms = adjudication.terms_of(body.terms) if rulings else body.terms
    wanted = 1 if rulings else max(1, body.wanted)
    maximum = 1 if rulings else max(body.maximum or 0, wanted + terms.extra_wanted)

    measured = estimates.measured(project_id, kind=body.kind)

    def estimate(wanted: int, maximum: int) -> estimates.Estimate:
        return estimates.estimate(
            measured,
            pieces=len(chosen.targets),
            wanted=wanted,
            maximum=maximum,
            extra_share=terms.extra_share,
            extra_wanted=terms.extra_wanted,
            gold_share=terms.gold_share,
        )

    found = estimate(wanted, maximum)
    pace, today = measured.pace, timezone.now().date()
    week = estimates.week(measured.depth, today=today)
    rate = money.rate(project_id, body.kind, day=today)
    month = money.left(project_id, daily=money.priced(week.per_day_ms, rate.usd_per_hour), today=today)
    others = sorted({(1, 1), (2, 2), (2, 3), (3, 3), (wanted, maximum)})
    options = [(each, estimate(*each)) for each in others] if pace and not rulings else []
    hard = None
    if body.order == BatchOrder.HARDEST:
        hard = difficulty.of_targets(project_id=project_id, targets=chosen.targets)
    stock = gold_selectors.stock_outside(project_id, [target.sample_id for target in chosen.targets])
    return responses.BatchPreview(
        asked=chosen.funnel.asked,
        unknown=chosen.unknown[:20],
        unknown_count=len(chosen.unknown),
        pictures_missing=chosen.funnel.pictures_missing,
        judged=chosen.funnel.judged,
        in_open_batch=chosen.funnel.in_open_batch,
        not_disputed=chosen.not_disputed,
        samples=len({target.sample_id for target in chosen.targets}),
        pieces=len(chosen.targets),
        known_difficulty=None if hard is None else sum(each is not None for each in hard),
        places=found.wanted + found.extra,
        further=found.further,
        gold=found.gold,
        turns=found.turns,
        most_turns=found.most,
        pace_ms=round(pace.ms) if pace else None,
        pace_low_ms=round(pace.low) if pace else None,
        pace_high_ms=round(pace.high) if pace else None,
        pace_opinions=pace.n if pace else 0,
        active_ms=round(pace.ms * found.turns) if pace else None,
        usd=money.priced(pace.ms * found.turns, rate.usd_per_hour) if pace else None,
        hourly_usd=rate.usd_per_hour,
        rate_since=rate.since,
        month=responses.MonthLeft.of(month) if month else None,
        per_day_ms=round(week.per_day_ms),
        people=week.people,
        gold_stock=responses.GoldStock(stock.training, stock.hidden),
        options=[
            responses.BatchOption(
                wanted=one,
                maximum=most,
                turns=other.turns,
                active_ms=round(pace.ms * other.turns),
                usd=money.priced(pace.ms * other.turns, rate.usd_per_hour),
                to_adjudicate=other.to_adjudicate,
                wrong=other.vote.wrong if other.vote else None,
                wrong_margin=other.vote.margin if other.vote else None,
                wrong_questions=other.vote.questions if other.vote else 0,
            )
            for (one, most), other in options
            if pace
        ],
    )


def choose(project_id: UUID, what: requests.BatchWhat, *, kind: CutKind) -> targets.Choice:
    """The body's choice, as targets. Raises InvalidInput for a question that is none."""
    return targets.choose(
        project_id=project_id,
        everything=what.everything,
        batch_id=what.batch,
        only_unfinished=what.only_unfinished,
        samples=what.samples,
        questions=what.questions,
        aspect_ids={aspect.key: aspect.id for aspect in catalog_aspects.of_project(project_id)},
        only_not_judged=what.only_not_judged,
        only_not_in_batch=what.only_not_in_batch,
        most=what.most,
        only_disputed=kind == CutKind.ADJUDICATE,
    )
