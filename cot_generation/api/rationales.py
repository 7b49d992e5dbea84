"""Rationales: lists, one with its checks, writing and revising."""

from __future__ import annotations

from collections.abc import Sequence
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
from annotation.selectors import opinions
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import pictures as picture_selectors
from catalog.selectors import samples as sample_selectors
from config.base.api.pagination import page
from config.base.errors import InvalidInput
from cot_generation import checks, texts
from cot_generation.api import requests, responses
from cot_generation.api.runs import PAGING, questions_in
from cot_generation.choices import Outcome, Way
from cot_generation.errors import RationaleUnfit
from cot_generation.models import Rationale
from cot_generation.selectors import calls as call_selectors
from cot_generation.selectors import costs, judging, readings
from cot_generation.selectors import rationales as selectors
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.services import facts, handwork, rationales
from cot_generation.services import readings as reading_services
from cot_generation.services.facts import QuestionFacts
from cot_generation.shapes import Sentence

FLAGS = {"true": True, "false": False}


def rows(found: Sequence[RationaleInfo]) -> list[responses.RationaleRow]:
    """As lists show them, names and pictures fetched set-wise."""
    samples = sample_selectors.infos({info.sample_id for info in found})
    aspects = aspect_selectors.by_ids({info.aspect_id for info in found})
    authors = people.names({info.author_id for info in found if info.author_id is not None})
    pictures = picture_selectors.of_samples({info.sample_id for info in found})
    return [
        responses.RationaleRow.of(
            info,
            responses.QuestionNames(
                sample_id=info.sample_id,
                sample=samples[info.sample_id].external_id,
                aspect_id=info.aspect_id,
                aspect=aspects[info.aspect_id].key,
            ),
            author=authors.get(info.author_id or 0, ""),
            pictures={each.slot: each.sha256 for each in pictures.get(info.sample_id, [])},
        )
        for info in found
    ]


def sentence_rows(sentences: Sequence[Sentence]) -> list[responses.SentenceRow]:
    spans = texts.join(sentences).spans
    return [
        responses.SentenceRow(each.text, each.slot, each.aspect, each.defect, list(each.regions), span)
        for each, span in zip(sentences, spans, strict=True)
    ]


def _sentences(bodies: Sequence[requests.SentenceBody]) -> list[Sentence]:
    return [Sentence(each.text, each.slot, each.aspect, each.defect, tuple(each.regions)) for each in bodies]


def region_rows(known: QuestionFacts | None) -> list[responses.RegionRow]:
    return [responses.RegionRow(each.id, each.slot, each.box, each.note) for each in (known.regions if known else ())]


def _flag(request: Request, name: str) -> bool | None:
    raw = request.query_params.get(name)
    if raw is None:
        return None
    if raw not in FLAGS:
        raise InvalidInput("{name} is true or false.", name=name)
    return FLAGS[raw]


class RationalesView(ProjectAPIView):
    """Rationales in their latest version, newest first."""

    minimum_role = Role.REVIEWER

    @extend_schema(
        parameters=[
            *PAGING,
            OpenApiParameter("run", OpenApiTypes.UUID),
            OpenApiParameter("way", OpenApiTypes.STR, enum=Way.values),
            OpenApiParameter("aspect", OpenApiTypes.STR, description="Aspect key."),
            OpenApiParameter("sample", OpenApiTypes.STR, description="External id."),
            OpenApiParameter(
                "text",
                OpenApiTypes.STR,
                description="Words or parts of them, all of which the text has; in any language.",
            ),
            OpenApiParameter("passed", OpenApiTypes.BOOL),
            OpenApiParameter("failed_check", OpenApiTypes.STR, enum=[*checks.CHECKS, *checks.LATER]),
        ],
        responses={200: responses.RationalePage},
    )
    def get(self, request: Request, slug: str) -> Response:
        found = Rationale.objects.newest().in_project(self.project.project_id).select_related("run_question")
        query = request.query_params
        if run := query.get("run"):
            try:
                found = found.filter(run_question__run_id=UUID(run))
            except ValueError:
                raise InvalidInput("run is the id of a run.") from None
        if way := query.get("way"):
            found = found.filter(way=way)
        if aspect := query.get("aspect"):
            found = found.filter(aspect__key=aspect)
        if sample := query.get("sample"):
            found = found.filter(sample__external_id=sample)
        if words := query.get("text"):
            found = found.saying(words)
        if (passed := _flag(request, "passed")) is not None:
            found = found.filter(passed=passed)
        if check := query.get("failed_check"):
            if check not in checks.CHECKS and check not in checks.LATER:
                raise InvalidInput("There is no check {check!r}.", check=check)
            found = found.filter(failed__contains=[check])
        paged = page(found, request, newest_first=True)
        return Response(responses.RationalePage(rows([selectors.info(row) for row in paged.rows]), paged.after))


class RationaleSummaryView(ProjectAPIView):
    """Counts and costs by way."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.RationaleSummary})
    def get(self, request: Request, slug: str) -> Response:
        found = [
            responses.WayCostRow(
                way, cost.latest, cost.passed, cost.calls_usd, cost.active_ms, cost.active_usd, cost.total_usd
            )
            for way, cost in costs.by_way(self.project.project_id).items()
        ]
        return Response(responses.RationaleSummary(found, costs.hourly_rate()))


def plan_of(
    view: ProjectAPIView, body: requests.WritingBatchRequest | requests.RationaleBatchRequest, *, limit: int | None
) -> handwork.Plan:
    """What the body asks of a batch, as the signed-in person."""
    return handwork.Plan(
        project_id=view.project.project_id,
        name=body.name,
        actor_id=view.project.user_id,
        now=timezone.now(),
        limit=limit,
        also_open=body.also_open,
    )


class WritingBatchView(ProjectAPIView):
    """Makes a batch in which people write rationales."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.WritingBatchRequest, responses={201: responses.HandworkBatch})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.WritingBatchRequest.parse(request.data)
        # The limit counts what the batch holds, so it falls after what waits elsewhere is left out.
        everything = msgspec.structs.replace(body.scope, limit=None)
        made = handwork.writing_batch(
            plan=plan_of(self, body, limit=body.scope.limit),
            questions=questions_in(self.project.project_id, everything, way=Way.MANUAL),
        )
        return Response(responses.HandworkBatch.of(made), status=201)


class RevisingBatchView(ProjectAPIView):
    """Makes a batch in which people revise what failed a check."""

    minimum_role = Role.LEAD
    make = staticmethod(handwork.revising_batch)

    @extend_schema(request=requests.RationaleBatchRequest, responses={201: responses.HandworkBatch})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.RationaleBatchRequest.parse(request.data)
        made = self.make(plan=plan_of(self, body, limit=body.limit), run_id=body.run)
        return Response(responses.HandworkBatch.of(made), status=201)


class ReadingBatchView(RevisingBatchView):
    """Makes a batch in which people read what passed, sentence by sentence."""

    make = staticmethod(handwork.reading_batch)


def detail(project_id: UUID, info: RationaleInfo) -> responses.RationaleDetail:
    known = facts.gather(project_id, [(info.sample_id, info.aspect_id)]).get((info.sample_id, info.aspect_id))
    versions = selectors.history(info)
    read = [each for found in readings.of_rationales(each.id for each in versions).values() for each in found]
    authors = people.names(
        {each.author_id for each in versions if each.author_id is not None} | {each.reader_id for each in read}
    )
    return responses.RationaleDetail(
        rationale=rows([info])[0],
        sentences=sentence_rows(info.sentences),
        checks=responses.told_checks(info.checks),
        severities=dict(known.severities) if known else {},
        regions=region_rows(known),
        versions=[
            responses.VersionRow(
                each.id,
                each.origin,
                authors.get(each.author_id or 0, ""),
                each.created_at,
                each.kept_share,
                each.edit_distance,
                each.active_ms,
            )
            for each in versions
        ],
        calls=[
            responses.CallRow(
                id=call.pk,
                step=call.step,
                outcome=Outcome(call.outcome),
                model=call.model,
                prompt_tokens=call.prompt_tokens,
                completion_tokens=call.completion_tokens,
                latency_ms=call.latency_ms,
                cost=call.cost,
                price_basis=call.price_basis,
                sent_at=call.sent_at,
            )
            for call in call_selectors.behind(versions[0].id)
        ],
        readings=[
            responses.ReadingRow(
                each.rationale_id,
                authors.get(each.reader_id, ""),
                list(each.verdicts),
                each.first_fault,
                each.note,
                each.active_ms,
                each.read_at,
            )
            for each in sorted(read, key=lambda each: each.id)
        ],
        writing=None if info.trace is None else responses.WritingEvidence.of(info.trace, text=info.text),
        judge=responses.JudgeRow.of(judging.of_rationale(info.id)) if "judge" in info.checks else None,
    )


class RationaleView(ProjectAPIView):
    """One rationale with its checks."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.RationaleDetail})
    def get(self, request: Request, slug: str, rationale_id: int) -> Response:
        info = selectors.one(project_id=self.project.project_id, rationale_id=rationale_id)
        return Response(detail(self.project.project_id, info))


class RationaleReviseView(ProjectAPIView):
    """A revision outside any batch: a further version, the earlier one stays."""

    minimum_role = Role.REVIEWER

    @extend_schema(request=requests.RationaleReviseRequest, responses={201: responses.RationaleDetail})
    def post(self, request: Request, slug: str, rationale_id: int) -> Response:
        body = requests.RationaleReviseRequest.parse(request.data)
        info = rationales.revise(
            project_id=self.project.project_id,
            rationale_id=rationale_id,
            author_id=self.project.user_id,
            sentences=_sentences(body.sentences),
            concluded=body.concluded,
        )
        return Response(detail(self.project.project_id, info), status=201)


class AssignmentRationaleView(ProjectAPIView):
    """What an annotator needs to write or revise a rationale, and handing it in."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.RationaleTask})
    def get(self, request: Request, slug: str, assignment_id: int) -> Response:
        turn = opinions.held(
            project_id=self.project.project_id, assignment_id=assignment_id, user_id=self.project.user_id
        )
        draft = question = fault = None
        if turn.kind in (rationales.REVISE, reading_services.READ) and turn.subject_id is not None:
            draft = selectors.one(project_id=self.project.project_id, rationale_id=turn.subject_id)
            question = (draft.sample_id, draft.aspect_id)
            if turn.kind == rationales.REVISE and (read := readings.of_rationales([draft.id]).get(draft.id)):
                fault = read[-1].first_fault
        elif turn.kind == rationales.WRITE and len(turn.aspect_ids) == 1:
            question = (turn.sample_id, turn.aspect_ids[0])
        known = facts.gather(self.project.project_id, [question]).get(question) if question else None
        if known is None:
            raise RationaleUnfit("This assignment does not ask for a rationale.", kind=turn.kind)
        return Response(
            responses.RationaleTask(
                question=responses.QuestionNames(known.sample_id, known.external_id, known.aspect_id, known.aspect_key),
                aspect_names=dict(known.aspect_names),
                answer=None if known.answer is None else list(known.answer),
                severities=dict(known.severities),
                regions=region_rows(known),
                draft=sentence_rows(draft.sentences) if draft else None,
                draft_concluded=list(draft.concluded) if draft and draft.concluded is not None else None,
                draft_checks=responses.told_checks(draft.checks) if draft else {},
                first_fault=fault,
            )
        )

    @extend_schema(request=requests.RationaleWriteRequest, responses={201: responses.CheckReport})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.RationaleWriteRequest.parse(request.data)
        info = rationales.write(
            assignment_id=assignment_id,
            fence=body.fence,
            user_id=self.project.user_id,
            project_id=self.project.project_id,
            sentences=_sentences(body.sentences),
            concluded=body.concluded,
            active_ms=body.active_ms,
            trace=body.trace,
            now=timezone.now(),
        )
        return Response(responses.CheckReport(info.passed, dict(info.checks)), status=201)


class AssignmentRationaleCheckView(ProjectAPIView):
    """What the checks would say of a text that is still being written; nothing is stored."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=requests.RationaleCheckRequest, responses={200: responses.CheckReport})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.RationaleCheckRequest.parse(request.data)
        found = rationales.preview_held(
            project_id=self.project.project_id,
            assignment_id=assignment_id,
            user_id=self.project.user_id,
            sentences=_sentences(body.sentences),
            concluded=body.concluded,
        )
        return Response(responses.CheckReport(checks.passed(found), responses.told_checks(found)))


class AssignmentReadingView(ProjectAPIView):
    """Handing in what a reader says of each sentence. What is read comes by the assignment's rationale route."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=requests.ReadingRequest, responses={201: responses.ReadingReport})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.ReadingRequest.parse(request.data)
        read = reading_services.read(
            project_id=self.project.project_id,
            assignment_id=assignment_id,
            fence=body.fence,
            user_id=self.project.user_id,
            verdicts=body.verdicts,
            note=body.note,
            active_ms=body.active_ms,
            now=timezone.now(),
        )
        return Response(responses.ReadingReport(read.first_fault), status=201)
