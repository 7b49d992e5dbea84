"""A new answer rule, aspects that come and go: answers follow from the stored cells, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.choices import Role
from annotation import votes
from annotation.choices import AnnotationOrigin, ConsensusSource
from annotation.models import Annotation, Consensus, Piece, Recount
from annotation.selectors import recounts
from annotation.services import adjudication, recounting
from annotation.shapes import Cells, Severity
from catalog.selectors import rules
from catalog.services import aspects
from config.base import work
from config.base.models import OutboxMessage
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW = "physical_shadow"
FAR = datetime(2999, 1, 1, tzinfo=UTC)


def work_off(*, at: datetime | None = None) -> None:
    recounting.recount_due(until=FAR, clock=lambda: at or timezone.now())


class Scene:
    """A lead, three annotators and a sample that one of them has judged: B's shadow is a minor defect."""

    def __init__(self) -> None:
        self.project = accounts.project(slug="p")
        self.lead = accounts.member(self.project, Role.LEAD)
        self.people = [accounts.member(self.project, Role.ANNOTATOR) for _ in range(3)]
        self.sample = catalog.sample(self.project.pk, external_id="s-17")

    def judged(self, *severities: Severity, wanted: int | None = None) -> None:
        batch = build.batch(self.project, [self.sample], wanted=wanted or len(severities))
        for person, severity in zip(self.people, severities, strict=False):
            build.opinion(batch, person, build.verdicts({f"B/{SHADOW}": severity}))

    def require_major(self) -> None:
        aspects.change_rule(project_id=self.project.pk, threshold="major", actor_id=self.lead.pk, now=timezone.now())

    def question(self, aspect: str = SHADOW) -> Consensus:
        return Consensus.objects.get(sample=self.sample, aspect_id=build.aspect_ids(self.project)[aspect])


def test_a_minor_defect_leaves_the_answer_when_the_rule_asks_for_major_ones() -> None:
    scene = Scene()
    scene.judged("minor")
    before, untouched = scene.question(), scene.question("placement_layout")
    OutboxMessage.objects.all().delete()

    scene.require_major()
    work_off()

    after = scene.question()
    assert (before.answer, after.answer) == ("B", "")
    assert (after.rule_version, after.revision) == (2, before.revision + 1)
    still = scene.question("placement_layout")
    assert (still.rule_version, still.revision, still.changed_at) == (2, untouched.revision, untouched.changed_at)
    told = OutboxMessage.objects.get(topic="sample_changed").payload
    assert (told["first_sample_id"], told["last_sample_id"]) == (scene.sample.pk, scene.sample.pk)


def test_a_dispute_that_only_the_old_rule_saw_is_settled() -> None:
    scene = Scene()
    scene.judged("minor", "none")
    assert scene.question().disputed

    scene.require_major()
    work_off()

    assert (scene.question().disputed, scene.question().answer) == (False, "")


def test_a_ruling_is_read_again_and_not_voted_over() -> None:
    scene = Scene()
    scene.judged("minor", "none")
    reviewer = accounts.member(scene.project, Role.REVIEWER)
    batch = adjudication.make_batch(project_id=scene.project.pk, actor_id=scene.lead.pk, now=build.NOW)
    (given,) = build.claim(batch, reviewer, role=Role.REVIEWER)
    adjudication.rule(
        project_id=scene.project.pk,
        user_id=reviewer.pk,
        assignment_id=given.assignment_id,
        fence=given.fence,
        key=uuid4(),
        cells={"B": {SHADOW: "minor"}},
        regions=[],
        reason="The contact is wrong.",
        active_ms=0,
        now=timezone.now(),
    )
    assert scene.question().answer == "B"

    scene.require_major()
    work_off()

    assert (scene.question().answer, scene.question().source) == ("", ConsensusSource.ADJUDICATED)


@pytest.mark.parametrize(("given", "expected"), [("B", ""), ("C", "C")])
def test_an_imported_answer_follows_its_cells_only_where_it_said_the_same(given: str, expected: str) -> None:
    scene = Scene()
    Annotation.objects.create(
        sample=scene.sample,
        origin=AnnotationOrigin.IMPORTED,
        counts=False,
        cells=build.verdicts({f"B/{SHADOW}": "minor"}),
    )
    Consensus.objects.create(
        sample=scene.sample,
        aspect_id=build.aspect_ids(scene.project)[SHADOW],
        project=scene.project,
        answer=given,
        source=ConsensusSource.IMPORTED,
    )

    scene.require_major()
    work_off()

    assert (scene.question().answer, scene.question().rule_version) == (expected, 2)


def test_sql_votes_as_the_arithmetic_does() -> None:
    """Many mixtures of severities, unsure and unjudged cells, one to five opinions, under both rules."""
    drawn = random.Random(17)
    project = accounts.project(slug="p")
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(5)]
    samples = [catalog.sample(project.pk, slots="ABCD"[: drawn.randint(1, 4)]) for _ in range(60)]
    said: dict[int, list[Cells]] = {}
    for sample in samples:
        slots = sorted(sample.sources.candidates)
        batch = build.batch(project, [sample], wanted=5)
        said[sample.pk] = []
        for person in people[: drawn.randint(1, 5)]:
            words: Sequence[Severity] = ("none", "minor", "major", "unsure")
            cells: Cells = {
                slot: {aspect: drawn.choices(words, (6, 2, 2, 1))[0] for aspect in build.ASPECTS} for slot in slots
            }
            build.opinion(batch, person, cells)
            said[sample.pk].append(cells)
    ids = build.aspect_ids(project)
    terms = [(ids[key], key, None) for key in build.ASPECTS]

    for threshold in ("major", "minor"):
        aspects.change_rule(project_id=project.pk, threshold=threshold, actor_id=people[0].pk, now=timezone.now())
        recounting.vote_again(project_id=project.pk, sample_ids=[each.pk for each in samples])
        for sample in samples:
            expected = votes.outcomes(
                opinions=said[sample.pk],
                slots=sorted(sample.sources.candidates),
                aspects=terms,
                threshold=threshold,
            )
            for row in expected:
                stored = Consensus.objects.get(sample=sample, aspect_id=int(str(row["aspect_id"])))
                for column in ("answer", "tied", "unsure", "disputed", "source", "opinions"):
                    assert getattr(stored, column) == row[column], (sample.pk, threshold, column)
                for column in ("confidence", "agreement"):
                    assert getattr(stored, column) == pytest.approx(row[column])


def test_what_a_late_submit_wrote_under_the_old_rule_is_found_a_minute_later() -> None:
    scene = Scene()
    scene.judged("minor")
    scene.require_major()
    work_off()
    Consensus.objects.filter(sample=scene.sample).update(answer="B", rule_version=1)

    work_off(at=timezone.now() + timedelta(minutes=2))

    assert (scene.question().answer, scene.question().rule_version) == ("", 2)
    assert not Recount.objects.exclude(state="done").exists()


def test_a_second_change_drops_what_the_first_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "RANGE", 2)
    scene = Scene()
    catalog.samples(scene.project.pk, 4)
    scene.judged("minor")
    scene.require_major()
    assert Recount.objects.filter(closing=False).count() == 3

    aspects.change_rule(project_id=scene.project.pk, threshold="minor", actor_id=scene.lead.pk, now=timezone.now())

    assert set(Recount.objects.values_list("rule_version", flat=True)) == {3}
    work_off()
    found = recounts.progress(scene.project.pk)
    assert found is not None
    assert (found.samples, found.done, found.changed, found.failed) == (5, 5, 0, 0)
    assert found.finished_at is not None
    assert scene.question().answer == "B"


def test_a_range_whose_lease_was_lost_writes_nothing() -> None:
    scene = Scene()
    scene.judged("minor")
    scene.require_major()
    claimed = work.claim(Recount, limit=1, lease=recounting.LEASE, now=timezone.now())[0]
    Recount.objects.filter(pk=claimed.pk).update(fence=claimed.fence + 1)

    recounting._recount(claimed, now=timezone.now())

    assert scene.question().answer == "B"
    assert Recount.objects.get(pk=claimed.pk).state == "running"


def test_retired_aspects_are_asked_no_more_and_come_back_with_everything() -> None:
    scene = Scene()
    scene.judged("minor")
    aspect_id = build.aspect_ids(scene.project)[SHADOW]
    only = build.batch(scene.project, catalog.samples(scene.project.pk, 2), aspect_ids=[aspect_id])

    aspects.retire(project_id=scene.project.pk, key=SHADOW, actor_id=scene.lead.pk, now=timezone.now())
    work_off()

    assert build.claim(only, scene.people[0]) == []
    assert Piece.objects.filter(batch=only, is_out=True).count() == 2
    only.refresh_from_db()
    assert only.place_count == 0
    another = build.batch(scene.project, catalog.samples(scene.project.pk, 1))
    (given,) = build.claim(another, scene.people[1])
    assert SHADOW not in given.aspects
    aspects.change_rule(project_id=scene.project.pk, threshold="major", actor_id=scene.lead.pk, now=timezone.now())
    work_off()
    kept = Consensus.objects.get(sample=scene.sample, aspect_id=aspect_id)
    assert (kept.answer, kept.rule_version) == ("B", 1)

    aspects.restore(project_id=scene.project.pk, key=SHADOW, actor_id=scene.lead.pk, now=timezone.now())
    work_off()

    assert (scene.question().answer, scene.question().rule_version) == ("", 2)
    assert rules.current(scene.project.pk).version == 2


def test_leads_watch_the_answers_follow(api: Callable[[], ApiClient]) -> None:
    scene = Scene()
    scene.judged("minor")
    lead = api().signed_in_as(scene.lead)
    assert lead.get("/projects/p/answers/recount").json() == {"recount": None}
    assert api().signed_in_as(scene.people[0]).put("/projects/p/rule", {"threshold": "major"}).status_code == 403

    reply = lead.put("/projects/p/rule", {"threshold": "major"})

    assert (reply.status_code, reply.json()["rule_version"]) == (200, 2)
    asked = lead.get("/projects/p/answers/recount").json()["recount"]
    assert (asked["samples"], asked["done"], asked["finished_at"]) == (1, 0, None)
    work_off()
    done = lead.get("/projects/p/answers/recount").json()["recount"]
    assert (done["done"], done["changed"]) == (1, 1)
    assert lead.put("/projects/p/rule", {"threshold": "major"}).json()["code"] == "rule_unchanged"
    assert lead.post("/projects/p/answers/recount").status_code == 404

    Recount.objects.update(state="failed", failure="It broke.")
    assert lead.get("/projects/p/answers/recount").json()["recount"]["failed"] == 2
    assert lead.post("/projects/p/answers/recount").json()["recount"]["failed"] == 0
