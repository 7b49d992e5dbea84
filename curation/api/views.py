"""Overview, explorer, slices, a sample's life, audits, releases, economics."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from annotation.selectors import consensus, evidence
from annotation.selectors.evidence import Evidence
from catalog.selectors import aspects, pictures, samples
from config.base.api.pagination import limit_of, page
from config.base.errors import Conflict, InvalidInput, NotFound
from config.base.words import retold
from cot_generation.selectors import rationales, readings
from curation.api import requests, responses
from curation.errors import ReleaseDamaged, ReleaseUnknown
from curation.models import SampleRow, Slice
from curation.releases import card
from curation.releases.splits import Shares
from curation.selectors import audits, books, differences, economics, explorer, life, months, overview
from curation.selectors import releases as release_selectors
from curation.services import audits as audit_services
from curation.services import books as book_services
from curation.services import releases

PAGING = {"after", "limit"}


def filters_of(request: Request) -> explorer.Filters:
    """Every query parameter but paging is a filter."""
    asked = request.query_params
    return explorer.Filters({name: str(asked[name]) for name in asked if name not in PAGING})


class OverviewView(ProjectAPIView):
    """Where in the loop work is stuck."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.OverviewDetail})
    def get(self, request: Request, slug: str) -> Response:
        found = overview.of_project(self.project.project_id)
        if not self.project.role.covers(Role.REVIEWER):
            found = dataclasses.replace(found, needs=[])  # who is paused, and for what, is not for colleagues
        return Response(responses.OverviewDetail.of(found))


class SamplesView(ProjectAPIView):
    """One page of matching samples, by key. Not for annotators: it shows answers, and with them what is gold."""

    minimum_role = Role.REVIEWER

    @extend_schema(
        parameters=[
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
            *(OpenApiParameter(name, str) for name in explorer.FLAGS),
        ],
        responses={200: responses.SampleListPage},
    )
    def get(self, request: Request, slug: str) -> Response:
        found = page(explorer.rows(self.project.project_id, filters_of(request)), request, key="sample_id")
        shown = pictures.of_samples([row.pk for row in found.rows])
        rows = [responses.SampleListRow.of(row, shown.get(row.pk, [])) for row in found.rows]
        return Response(responses.SampleListPage(rows, found.after))


class FacetsView(ProjectAPIView):
    """How many match, and what every other choice would give. Not for annotators: the counts give answers away."""

    minimum_role = Role.REVIEWER

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in explorer.FLAGS], responses={200: responses.Facets}
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = filters_of(request)
        project_id = self.project.project_id
        return Response(responses.Facets(explorer.count(project_id, asked), explorer.facets(project_id, asked)))


class MatchView(ProjectAPIView):
    """Every matching sample by its external id, to make a batch or a run of them."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.MatchRequest, responses={200: responses.MatchedSamples})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.MatchRequest.parse(request.data)
        found = explorer.names(self.project.project_id, explorer.Filters(body.query))
        return Response(responses.MatchedSamples(found))


class SlicesView(ProjectAPIView):
    """Saved filters."""

    minimum_role_by_method = {"GET": Role.REVIEWER, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.SliceList})
    def get(self, request: Request, slug: str) -> Response:
        rows = Slice.objects.in_project(self.project.project_id).order_by("name")
        return Response(responses.SliceList([responses.SliceRow.of(row) for row in rows]))

    @extend_schema(request=requests.SliceCreateRequest, responses={201: responses.SliceRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.SliceCreateRequest.parse(request.data)
        explorer.Filters(body.query).q()
        try:
            with transaction.atomic():
                row = Slice.objects.create(
                    project_id=self.project.project_id,
                    name=body.name.strip()[:120],
                    query=body.query,
                    created_by_id=self.project.user_id,
                )
        except IntegrityError:
            raise Conflict("A slice with this name exists; choose another.") from None
        return Response(responses.SliceRow.of(row), status=201)


class SliceView(ProjectAPIView):
    """One saved filter."""

    minimum_role = Role.LEAD

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, slice_id: UUID) -> Response:
        if not Slice.objects.in_project(self.project.project_id).filter(pk=slice_id).delete()[0]:
            raise NotFound
        return Response(status=204)


class SampleLifeView(ProjectAPIView):
    """Everything that happened to a sample."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.SampleLife})
    def get(self, request: Request, slug: str, external_id: str) -> Response:
        info = samples.by_external_id(self.project.project_id, external_id)
        keys = {aspect.id: aspect.key for aspect in aspects.of_project(self.project.project_id)}
        written = [
            (each, keys.get(aspect_id, ""))
            for (_, aspect_id), found in rationales.for_samples([info.id]).items()
            for each in found
        ]
        row = SampleRow.objects.filter(pk=info.id).first()
        if row is None:
            raise NotFound("This sample has only just landed; its page follows in a moment.")
        marked = evidence.for_samples([info.id]).get(info.id, Evidence())
        happened = life.events(info, [each for each, _ in written], with_gold=self.project.role.covers(Role.LEAD))
        return Response(
            responses.SampleLife(
                questions=_questions(info.id, keys),
                cells=marked.cells,
                regions=[
                    responses.MarkedRegion(
                        slot=region.slot,
                        aspect=region.aspect,
                        point=region.point,
                        box=region.box,
                        polygon=None if region.polygon is None else list(region.polygon),
                    )
                    for region in marked.regions
                ],
                active_ms=marked.active_ms,
                row=responses.SampleListRow.of(row, pictures.of_samples([info.id]).get(info.id, [])),
                metadata=info.metadata,
                events=[responses.LifeEvent.of(event) for event in happened],
                rationales=[responses.LifeRationale.of(each, key) for each, key in written],
                releases=life.releases_of(info.id),
                training=life.training_of(info.id),
                trained=[
                    responses.TrainedRow.of(each)
                    for each in life.trained(
                        project_id=self.project.project_id, external_id=info.external_id, aspects=list(keys.values())
                    )
                ],
            )
        )


def _questions(sample_id: int, keys: dict[int, str]) -> list[responses.QuestionLife]:
    """Every aspect that is asked, in order, whether anybody has answered or not."""
    standing = consensus.for_samples([sample_id])
    models = consensus.model_answers(sample_id)
    found = []
    for aspect_id, key in keys.items():
        info, model = standing.get((sample_id, aspect_id)), models.get(aspect_id)
        found.append(
            responses.QuestionLife(
                aspect=key,
                answer=None if info is None or info.answer is None else list(info.answer),
                source=info.source if info else "",
                opinions=info.opinions if info else 0,
                agreement=info.agreement if info else None,
                confidence=info.confidence if info else None,
                disputed=info.disputed if info else False,
                tied=list(info.tied) if info else [],
                model=None if model is None else list(model.answer),
                model_confidence=model.confidence if model else None,
            )
        )
    return found


class LotsView(ProjectAPIView):
    """Audit lots; a lead draws one."""

    minimum_role_by_method = {"GET": Role.REVIEWER, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.LotList})
    def get(self, request: Request, slug: str) -> Response:
        found = audits.lots(self.project.project_id)
        return Response(responses.LotList([responses.LotRow.of(each) for each in found]))

    @extend_schema(request=requests.LotDrawRequest, responses={201: responses.LotRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.LotDrawRequest.parse(request.data)
        lot = audit_services.draw(
            project_id=self.project.project_id,
            way=body.way,
            sample_size=body.sample_size,
            actor_id=self.project.user_id,
        )
        return Response(responses.LotRow.of(audits.lot(self.project.project_id, lot.pk)), status=201)


class LotView(ProjectAPIView):
    """One lot, and deciding it."""

    minimum_role_by_method = {"GET": Role.REVIEWER, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.LotRow})
    def get(self, request: Request, slug: str, lot_id: UUID) -> Response:
        return Response(responses.LotRow.of(audits.lot(self.project.project_id, lot_id)))

    @extend_schema(request=requests.LotDecideRequest, responses={200: responses.LotRow})
    def post(self, request: Request, slug: str, lot_id: UUID) -> Response:
        body = requests.LotDecideRequest.parse(request.data)
        audit_services.decide(
            project_id=self.project.project_id,
            lot_id=lot_id,
            accept=body.accept,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(responses.LotRow.of(audits.lot(self.project.project_id, lot_id)))


class LotEntriesView(ProjectAPIView):
    """The drawn sample, blind to the way."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.EntryList})
    def get(self, request: Request, slug: str, lot_id: UUID) -> Response:
        lot = audits.lot(self.project.project_id, lot_id)
        entries = audits.entries(lot.id)
        texts = rationales.by_ids([entry.rationale_id for entry in entries])
        sample_ids = {text.sample_id for text in texts.values()}
        infos, shown = samples.infos(sample_ids), pictures.of_samples(sample_ids)
        keys = aspects.by_ids({text.aspect_id for text in texts.values()})
        read = readings.behind(texts)
        rows = []
        for entry in entries:
            text = texts[entry.rationale_id]
            rows.append(
                responses.EntryRow.of(
                    entry,
                    text,
                    sample=infos[text.sample_id].external_id,
                    aspect=keys[text.aspect_id].key,
                    pictures=shown.get(text.sample_id, []),
                    read=read.get(entry.rationale_id, ()),
                )
            )
        return Response(responses.EntryList(rows))


class VerdictView(ProjectAPIView):
    """One verdict more on one entry."""

    minimum_role = Role.REVIEWER

    @extend_schema(request=requests.VerdictRequest, responses={204: None})
    def post(self, request: Request, slug: str, entry_id: int) -> Response:
        body = requests.VerdictRequest.parse(request.data)
        audit_services.judge(
            project_id=self.project.project_id,
            entry_id=entry_id,
            auditor_id=self.project.user_id,
            accepted=body.accepted,
            reason=body.reason or "",
            note=body.note,
            first_fault=body.first_fault,
            active_ms=body.active_ms,
        )
        return Response(status=204)


class ReleasesView(ProjectAPIView):
    """Releases, newest first; a lead cuts one."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.ReleaseList})
    def get(self, request: Request, slug: str) -> Response:
        project_id = self.project.project_id
        found = [responses.ReleaseDetail.of(each) for each in release_selectors.of_project(project_id)]
        return Response(responses.ReleaseList(found, retold(releases.waits_for(project_id) or "") or None))

    @extend_schema(request=requests.ReleaseCutRequest, responses={201: responses.ReleaseDetail})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.ReleaseCutRequest.parse(request.data)
        project_id = self.project.project_id
        if reason := releases.waits_for(project_id):
            raise Conflict("{reason!t} Cut the release when that has settled.", reason=reason)
        found = releases.cut(
            project_id=project_id,
            name=body.name.strip(),
            seed=body.seed,
            shares=Shares.parse(body.splits),
            allow_sandbox=body.allow_sandbox,
            locale=body.locale,
            actor_id=self.project.user_id,
        )
        return Response(responses.ReleaseDetail.of(found), status=201)


class ReleaseView(ProjectAPIView):
    """One release by its name."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.ReleaseDetail})
    def get(self, request: Request, slug: str, name: str) -> Response:
        return Response(responses.ReleaseDetail.of(release_selectors.by_name(self.project.project_id, name)))


class ReleaseVerifyView(ProjectAPIView):
    """Reading every byte again."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.Verified})
    def post(self, request: Request, slug: str, name: str) -> Response:
        try:
            count = releases.verify(project_id=self.project.project_id, name=name)
        except ReleaseDamaged as damaged:
            faults = damaged.details["faults"]
            return Response(responses.Verified(False, 0, faults if isinstance(faults, list) else []))
        return Response(responses.Verified(True, count, []))


class ReleaseCardView(ProjectAPIView):
    """The data card of a release."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: card.Card})
    def get(self, request: Request, slug: str, name: str) -> Response:
        return Response(release_selectors.data_card(release_selectors.by_name(self.project.project_id, name)))


class ReleaseChangesView(ProjectAPIView):
    """What changed since another release; the one cut before, unless said."""

    minimum_role = Role.LEAD

    @extend_schema(parameters=[OpenApiParameter("against", str)], responses={200: responses.DifferenceDetail})
    def get(self, request: Request, slug: str, name: str) -> Response:
        before, after = self._pair(request, name)
        found = differences.difference(before, after)
        return Response(responses.DifferenceDetail.of(found, before=before.name, after=after.name))

    def _pair(self, request: Request, name: str) -> tuple[release_selectors.ReleaseInfo, release_selectors.ReleaseInfo]:
        project_id = self.project.project_id
        after = release_selectors.by_name(project_id, name)
        if against := request.query_params.get("against"):
            return release_selectors.by_name(project_id, against), after
        before = differences.previous(release_selectors.of_project(project_id), after.id)
        if before is None:
            raise ReleaseUnknown("This is the first release of the project; there is none to compare it with.")
        return before, after


class ChangedRowsView(ReleaseChangesView):
    """The questions of one kind of change, by name."""

    @extend_schema(
        operation_id="changedRowsGet",
        parameters=[
            OpenApiParameter("against", str),
            OpenApiParameter("kind", str, enum=list(differences.KINDS)),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
        responses={200: responses.ChangedPage},
    )
    def get(self, request: Request, slug: str, name: str) -> Response:
        before, after = self._pair(request, name)
        asked = request.query_params.get("kind", "changed")
        kind = next((each for each in differences.KINDS if each == asked), None)
        if kind is None:
            raise InvalidInput("A change is one of {known}.", known=list(differences.KINDS))
        limit = limit_of(request)
        found = differences.listed(
            before, after, kind=kind, limit=limit, after_question=request.query_params.get("after", "")
        )
        more = found[-1].question if len(found) == limit else None
        return Response(responses.ChangedPage([responses.ChangedRow.of(each) for each in found], more))


class EconomicsView(ProjectAPIView):
    """Which way is cheapest at equal quality, and whether the books close."""

    minimum_role = Role.LEAD

    @extend_schema(
        parameters=[
            OpenApiParameter("by", str, enum=[each.value for each in economics.By]),
            OpenApiParameter("quality_of", str, description="Key of a group: costs at its accept rate too."),
        ],
        responses={200: responses.EconomicsDetail},
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = request.query_params.get("by", economics.By.WAY.value)
        dimension = next((each for each in economics.By if each.value == asked), None)
        if dimension is None:
            raise InvalidInput("Costs are grouped by one of {known}.", known=list(economics.By))
        project_id, today = self.project.project_id, timezone.now().date()
        found = economics.by(project_id, dimension, today=today)
        if quality_of := request.query_params.get("quality_of"):
            found = economics.at_quality_of(found, quality_of)
        return Response(
            responses.EconomicsDetail(
                by=dimension,
                results=[responses.GroupEconomicsRow.of(each) for each in found],
                rates=[
                    responses.RateRow(each.work, each.usd_per_hour, each.since)
                    for each in books.rates(project_id, day=today)
                ],
                days=[responses.DayRow.of(each) for each in books.last_days(project_id)],
            )
        )


class RatesView(ProjectAPIView):
    """A rate of people's time, from a day on."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.RateRequest, responses={201: responses.RateRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.RateRequest.parse(request.data)
        today = timezone.now().date()
        row = book_services.enter_rate(
            project_id=self.project.project_id,
            work=body.work,
            usd_per_hour=body.usd_per_hour,
            valid_from=body.valid_from or today,
            actor_id=self.project.user_id,
            today=today,
        )
        return Response(responses.RateRow(body.work, row.usd_per_hour, row.valid_from), status=201)


class PeopleBudgetView(ProjectAPIView):
    """What people's work has cost this month, and what it may cost."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.MonthDetail})
    def get(self, request: Request, slug: str) -> Response:
        return self._month()

    @extend_schema(request=requests.PeopleBudgetRequest, responses={200: responses.MonthDetail})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.PeopleBudgetRequest.parse(request.data)
        book_services.set_budget(
            project_id=self.project.project_id, monthly_usd=body.monthly_usd, actor_id=self.project.user_id
        )
        return self._month()

    def _month(self) -> Response:
        found = months.of_people(self.project.project_id, today=timezone.now().date())
        return Response(responses.MonthDetail.of(found))
