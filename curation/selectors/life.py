"""The whole life of a sample: the question every support forum keeps asking.

Belongs here: putting together what each app knows, oldest first.
Does not: knowing it (each app's own selectors), wording it (the page: every fact has a name and a value).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.selectors import people
from annotation.choices import Purpose
from annotation.selectors import appeals, golds, history
from catalog.selectors import samples
from catalog.selectors.samples import SampleInfo
from cot_generation.selectors.rationales import RationaleInfo
from curation.models import AuditVerdict, QuestionState, ReleaseRow

Group = Literal["people", "models", "training", "data"]


@dataclass(frozen=True)
class Event:
    """One thing that happened, and who did it. `facts` by name; `text` is what somebody wrote.

    Kinds: imported, opinion_imported, leased, judged, fixed, adjudicated, reviewed, gold_made, gold_retired, appealed,
    appeal_decided, explained, audited, frozen, trained.
    """

    at: datetime
    kind: str
    group: Group
    who: str = ""
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Trained:
    """How one run saw one question: `seen` are its newest visits as (stage, step, exact, of), the oldest first."""

    run_id: UUID
    run_number: int
    recipe: str
    aspect: str
    state: str
    visits: int
    rollouts: int
    right: int
    seen: tuple[tuple[str, int, int, int], ...]


def trained(*, project_id: UUID, external_id: str, aspects: Collection[str]) -> list[Trained]:
    """What the apps above know of a sample's questions in training."""
    found: list[Trained] = []
    for dotted in settings.TRAINING_VISITS:
        found += import_string(dotted)(project_id=project_id, external_id=external_id, aspects=aspects)
    return found


def events(info: SampleInfo, rationales: list[RationaleInfo], *, with_gold: bool) -> list[Event]:
    """Oldest first. `with_gold` only for those who may know which samples are gold."""
    known = history.of_sample(info.id)
    names = people.names(each.author_id for each in rationales if each.author_id is not None)
    found = [*_arrivals(info), *_turns(known, with_purpose=with_gold), *_said(known), *_reviews(known)]
    if with_gold:
        found += [*_golds(info.id), *_appeals(info.id)]
    found += [_explained(each, names) for each in rationales]
    found += _audits([each.id for each in rationales])
    found += _releases(info.id)
    found += [
        Event(
            at=state.noted_at,
            kind="trained",
            group="training",
            facts=_known(
                aspect=state.aspect_key,
                state=state.state,
                run=state.run,
                exact="" if state.exact_rate is None else f"{state.exact_rate:.2f}",
            ),
        )
        for state in QuestionState.objects.filter(sample_id=info.id)
    ]
    return sorted(found, key=lambda event: event.at)


def _known(**facts: str) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}


def _arrivals(info: SampleInfo) -> Iterator[Event]:
    for each in samples.arrivals(info.id):
        yield Event(
            at=each.arrived_at,
            kind="imported",
            group="data",
            facts={
                "manifest": each.manifest,
                "line": str(each.line),
                "revision": str(each.revision),
                "import": str(each.import_id),
            },
        )


def _turns(known: history.History, *, with_purpose: bool) -> Iterator[Event]:
    """Where the sample lay with somebody. What came of a turn that ended is an event of its own."""
    for turn in known.turns:
        yield Event(
            at=turn.leased_at,
            kind="leased",
            group="people",
            who=turn.annotator,
            facts=_known(
                batch=turn.batch_name,
                kind=turn.kind,
                purpose=turn.purpose if with_purpose and turn.purpose != Purpose.OPINION else "",
                state=turn.state,
                until=turn.lease_until.isoformat() if turn.lease_until else "",
                skipped=turn.skip_reason,
                draft=turn.draft_saved_at.isoformat() if turn.draft_saved_at else "",
                looking="" if turn.state == "submitted" else turn.lease,
            ),
        )


def _said(known: history.History) -> Iterator[Event]:
    for said in known.said:
        kind = {"ruling": "adjudicated", "imported": "opinion_imported"}.get(said.origin, "judged")
        yield Event(
            at=said.submitted_at,
            kind="fixed" if said.fixed_by else kind,
            group="data" if kind == "opinion_imported" else "people",
            who=said.fixed_by or said.annotator,
            text=said.reason,
            facts=_known(
                author=said.annotator if said.fixed_by else "",
                active_ms=str(said.active_ms) if said.active_ms else "",
                regions=str(len(said.regions)) if said.regions else "",
                revision=str(said.revision) if said.revision > 1 else "",
                letters=said.letters,
                guideline=str(said.guideline_version) if said.guideline_version else "",
                assisted="yes" if said.assisted and kind == "judged" else "",
            ),
            cells=said.cells,
        )


def _reviews(known: history.History) -> Iterator[Event]:
    """A reason names candidates in the letters of the opinion it is about."""
    letters = {said.annotation_id: said.letters for said in known.said}
    for review in known.reviews:
        yield Event(
            at=review.reviewed_at,
            kind="reviewed",
            group="people",
            who=review.reviewer,
            text=review.reason,
            facts=_known(
                verdict=review.verdict,
                letters=letters.get(review.annotation_id, ""),
                round=str(review.round),
                places=" ".join(f"{region.slot}/{region.aspect}" for region in review.regions),
                closed=review.closed_at.isoformat() if review.closed_at else "",
            ),
        )


def _golds(sample_id: int) -> Iterator[Event]:
    for each in golds.of_sample(sample_id):
        facts = {"purpose": each.purpose, "source": each.source}
        yield Event(
            at=each.made_at,
            kind="gold_made",
            group="people",
            who=each.made_by,
            text=each.note,
            facts=facts,
            cells=each.expected,
        )
        if each.retired_at is not None:
            yield Event(
                at=each.retired_at, kind="gold_retired", group="people", facts=facts | {"why": each.retired_why}
            )


def _appeals(sample_id: int) -> Iterator[Event]:
    """An annotator's word against a practice answer, and a lead's on it."""
    found = appeals.of_sample(sample_id)
    names = people.names({each.person_id for each in found} | {each.decided_by_id or 0 for each in found})
    for each in found:
        yield Event(
            at=each.appealed_at,
            kind="appealed",
            group="people",
            who=names.get(each.person_id, ""),
            text=each.reason,
            facts={"letters": each.letters},
        )
        if each.decided_at is not None:
            yield Event(
                at=each.decided_at,
                kind="appeal_decided",
                group="people",
                who=names.get(each.decided_by_id or 0, ""),
                text=each.reply,
                facts={"state": each.state.value},
            )


def _explained(each: RationaleInfo, names: Mapping[int, str]) -> Event:
    return Event(
        at=each.created_at,
        kind="explained",
        group="models" if each.run_id is not None else "people",
        who=names.get(each.author_id or 0, ""),
        facts=_known(
            rationale=str(each.id),
            way=each.way.value,
            stage=each.stage.value,
            answer_visible="yes" if each.answer_visible else "",
            passed="yes" if each.passed else "no",
            cost_usd=str(each.cost_usd) if each.cost_usd else "",
            active_ms=str(each.active_ms) if each.active_ms else "",
            sandbox="yes" if each.sandbox else "",
        ),
    )


def _audits(rationale_ids: list[int]) -> list[Event]:
    verdicts = list(
        AuditVerdict.objects.filter(entry__rationale_id__in=rationale_ids, accepted__isnull=False)
        .select_related("entry__lot")
        .order_by("pk")
    )
    names = people.names(each.auditor_id for each in verdicts)
    return [
        Event(
            at=each.judged_at,
            kind="audited",
            group="people",
            who=names.get(each.auditor_id, ""),
            text=each.note,
            facts=_known(
                verdict="accepted" if each.accepted else "rejected",
                reason=each.reason,
                lot=str(each.entry.lot.number),
                rationale=str(each.entry.rationale_id),
            ),
        )
        for each in verdicts
    ]


def _releases(sample_id: int) -> Iterator[Event]:
    rows = ReleaseRow.objects.filter(sample_id=sample_id).select_related("release").order_by("release_id", "pk")
    questions: dict[UUID, int] = {}
    first: dict[UUID, ReleaseRow] = {}
    for row in rows:
        questions[row.release.pk] = questions.get(row.release.pk, 0) + 1
        first.setdefault(row.release.pk, row)
    for key, row in first.items():
        yield Event(
            at=row.release.cut_at,
            kind="frozen",
            group="training",
            facts={
                "release": row.release.name,
                "split": row.split,
                "family": row.family,
                "questions": str(questions[key]),
            },
        )


def releases_of(sample_id: int) -> list[str]:
    """Names of releases that hold it."""
    rows = ReleaseRow.objects.filter(sample_id=sample_id).order_by("release__name")
    return list(rows.values_list("release__name", flat=True).distinct())


def training_of(sample_id: int) -> dict[str, str]:
    """Aspect key to state in the newest run."""
    return dict(QuestionState.objects.filter(sample_id=sample_id).values_list("aspect_key", "state"))
