"""The whole life of one sample.

Belongs here: putting together what the apps below know of it. Does not: the order of events (selectors.life).
"""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from annotation.selectors import consensus, evidence
from annotation.selectors.evidence import Evidence
from catalog.selectors import aspects, pictures, samples
from config.base.errors import NotFound
from cot_generation.selectors import rationales
from curation.api import responses
from curation.models import SampleRow
from curation.selectors import life


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
