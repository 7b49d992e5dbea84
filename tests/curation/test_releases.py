"""A release freezes what is answered and audited, keeps its bytes, and finds a flipped one."""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import InternalError, transaction

from accounts.choices import Role
from accounts.models import Project
from annotation.models import Annotation, OverallAnswer
from annotation.shapes import Shown
from catalog.models import Asset, Sample
from cot_generation.choices import Way
from curation.choices import Split
from curation.errors import GatesClosed, ReleaseDamaged, ReleaseNameTaken
from curation.models import Release, ReleaseRow
from curation.releases.splits import Shares, split_of
from curation.selectors import releases as selectors
from curation.services import audits, releases, verifying
from tests.builders import accounts, annotation, catalog, cot_generation


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


def names_in(split: Split, count: int) -> list[str]:
    """External ids whose families seed 1 puts into this split."""
    names = (f"s-{number}" for number in itertools.count())
    drawn = (name for name in names if split_of(f"f-{name}", seed=1, shares=Shares()) == split)
    return list(itertools.islice(drawn, count))


def names_in_train(count: int) -> list[str]:
    """Names of train, which every release needs."""
    return names_in(Split.TRAIN, count)


def judged(project: Project, count: int = 3, *, wanted: int = 1) -> list[Sample]:
    """Samples with an opinion: candidate B has a shadow defect, the rest is clean."""
    made = [catalog.sample(project.pk, external_id=name) for name in names_in_train(count)]
    batch = annotation.batch(project, made, wanted=wanted)
    person = accounts.member(project, Role.ANNOTATOR)
    for _ in made:
        annotation.opinion(batch, person, annotation.verdicts({"B/physical_shadow": "major"}))
    return made


@pytest.fixture(autouse=True)
def _thumbnails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Built samples have rows for their pictures and no files; families read thumbnails only of near hashes."""
    blank = catalog.picture(tmp_path / "blank.jpg").read_bytes()
    monkeypatch.setattr("curation.services.releases.assets.fitted_by_hash", lambda *_: blank)


def rows(release_id: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in selectors.lines(release_id)]  # type: ignore[arg-type]  # a UUID


@pytest.mark.django_db
def test_every_answered_question_is_one_line_with_overall_derived(project: Project) -> None:
    (sample,) = judged(project, 1)

    release = releases.cut(project_id=project.pk, name="v1")

    found = {str(row["question"]): row for row in rows(release.id)}
    assert set(found) == {f"{sample.external_id}/{key}" for key in [*annotation.ASPECTS, "overall"]}
    shadow = found[f"{sample.external_id}/physical_shadow"]
    assert (shadow["answer"], shadow["split"]) == (["B"], "train")
    assert found[f"{sample.external_id}/placement_layout"]["answer"] == []
    assert found[f"{sample.external_id}/overall"]["answer"] == ["B"]
    assert shadow["cells"]["B"] == {"physical_shadow": "major"}  # type: ignore[index]  # it is a dict
    assert sum(release.split_counts.values()) == 5


@pytest.mark.django_db
def test_what_was_judged_with_a_models_view_in_sight_enters_no_evaluation_split(project: Project) -> None:
    names = [*names_in_train(1), *names_in(Split.TEST, 2), *names_in(Split.VALIDATION, 1)]
    made = [catalog.sample(project.pk, external_id=name) for name in names]
    batch, person = annotation.batch(project, made), accounts.member(project, Role.ANNOTATOR)
    for _ in made:
        annotation.opinion(batch, person, annotation.verdicts({"B/physical_shadow": "major"}))
    for asset in Asset.objects.all():
        Asset.objects.filter(pk=asset.pk).update(phash=asset.pk * 0x9E3779B97F4A7C15 & (2**63 - 1))  # near no other
    revealed = {names[0], names[1], names[3]}
    Annotation.objects.filter(sample__external_id__in=revealed).update(shown=Shown(letters="ABCD", assisted=True))

    release = releases.cut(project_id=project.pk, name="v1")

    assert {str(row["sample_id"]) for row in rows(release.id)} == {names[0], names[2]}
    assert release.counts.left_out["questions judged with a revealed view, in evaluation splits"] == 2 * 5


@pytest.mark.django_db
def test_an_imported_answer_about_the_whole_holds_until_people_judged_it(project: Project) -> None:
    by_people, by_import = judged(project, 1)[0], catalog.sample(project.pk, external_id=names_in_train(2)[1])
    for sample in (by_people, by_import):
        OverallAnswer.objects.create(sample=sample, answer="CD")

    release = releases.cut(project_id=project.pk, name="v1")

    whole = {str(row["sample_id"]): row for row in rows(release.id) if row["aspect"] == "overall"}
    assert whole[by_people.external_id]["answer"] == ["B"]
    found = whole[by_import.external_id]
    assert (found["answer"], found["quality"]["source"]) == (["C", "D"], "imported")  # type: ignore[index]  # a dict


@pytest.mark.django_db
def test_the_same_inputs_give_the_same_bytes(project: Project) -> None:
    judged(project, 6)

    one, other = releases.cut(project_id=project.pk, name="one"), releases.cut(project_id=project.pk, name="other")

    assert [shard.sha256 for shard in one.shards] == [shard.sha256 for shard in other.shards]
    assert list(selectors.lines(one.id)) == list(selectors.lines(other.id))
    keys = list(json.loads(next(selectors.lines(one.id))))
    assert keys == sorted(keys)


@pytest.mark.django_db
def test_a_flipped_byte_is_found_and_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    judged(project, 3)
    release = releases.cut(project_id=project.pk, name="v1")
    assert verifying.verify(project_id=project.pk, name="v1") == sum(release.split_counts.values())
    media, key = storages["media"], f"{release.folder}/{release.shards[0].path}"
    content = bytearray(media.open(key).read())
    content[len(content) // 2] ^= 1
    media.delete(key)
    with media.open(key, "wb") as file:
        file.write(bytes(content))

    with pytest.raises(ReleaseDamaged, match="differs from what was frozen"):
        verifying.verify(project_id=project.pk, name="v1")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_release", "--project", "p", "--release", "v1")

    assert ended.value.code == 1
    assert "fault" in json.loads(capsys.readouterr().out.splitlines()[0])


@pytest.mark.django_db
def test_a_release_never_changes(project: Project) -> None:
    judged(project, 1)
    releases.cut(project_id=project.pk, name="v1")

    with pytest.raises(ReleaseNameTaken):
        releases.cut(project_id=project.pk, name="v1")
    with pytest.raises(InternalError, match="never change"), transaction.atomic():
        Release.objects.update(seed=7)
    with pytest.raises(InternalError, match="never change"), transaction.atomic():
        ReleaseRow.objects.update(split="test")
    Release.objects.update(state="superseded")


@pytest.mark.django_db
def test_a_project_without_answers_has_nothing_to_freeze(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    catalog.samples(project.pk, 2)

    with pytest.raises(GatesClosed):
        releases.cut(project_id=project.pk, name="v1")
    with pytest.raises(SystemExit) as ended:
        call_command("cut_release", "--project", "p", "--name", "v1", "--patience", "0")

    assert ended.value.code == 1
    assert {json.loads(line)["gate"] for line in capsys.readouterr().out.splitlines()} <= {
        "no_answers",
        "still_filling",
    }
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_disputed_questions_are_left_out_and_counted(project: Project) -> None:
    sample = catalog.sample(project.pk, external_id=names_in_train(1)[0])
    batch = annotation.batch(project, [sample], wanted=2)
    for severity in ("major", "none"):
        person = accounts.member(project, Role.ANNOTATOR)
        annotation.opinion(batch, person, annotation.verdicts({"B/physical_shadow": severity}))

    release = releases.cut(project_id=project.pk, name="v1")

    assert f"{sample.external_id}/physical_shadow" not in {row["question"] for row in rows(release.id)}
    assert release.counts.left_out["disputed questions"] == 1


@pytest.mark.django_db
def test_only_audited_rationales_go_in(project: Project, now: datetime) -> None:
    (sample,) = judged(project, 1)
    shadow = annotation.aspect_ids(project)["physical_shadow"]
    kept = cot_generation.rationale(project.pk, sample_id=sample.pk, aspect_id=shadow, way=Way.MANUAL)
    unaudited = releases.cut(project_id=project.pk, name="before")
    lead = accounts.member(project, Role.LEAD)
    lot = audits.draw(project_id=project.pk, way=Way.MANUAL, sample_size=5, actor_id=lead.pk)
    entry = lot.entries.get()
    audits.judge(project_id=project.pk, entry_id=entry.pk, auditor_id=lead.pk, accepted=True)
    audits.decide(project_id=project.pk, lot_id=lot.pk, accept=True, actor_id=lead.pk, now=now)

    audited = releases.cut(project_id=project.pk, name="after")

    assert (unaudited.counts.rationales, unaudited.counts.left_out["unaudited rationales"]) == (0, 1)
    assert audited.counts.rationales == 1
    (texts,) = [row["rationales"] for row in rows(audited.id) if row["aspect"] == "physical_shadow"]
    assert [each["id"] for each in texts] == [f"c-{kept.pk}"]  # type: ignore[attr-defined]  # a list of dicts


@pytest.mark.django_db
def test_sandbox_rationales_close_a_gate_unless_allowed_and_mark_the_release(project: Project, now: datetime) -> None:
    (sample,) = judged(project, 1)
    shadow = annotation.aspect_ids(project)["physical_shadow"]
    cot_generation.rationale(project.pk, sample_id=sample.pk, aspect_id=shadow, way=Way.MANUAL, sandbox=True)
    lead = accounts.member(project, Role.LEAD)
    lot = audits.draw(project_id=project.pk, way=Way.MANUAL, sample_size=5, actor_id=lead.pk)
    audits.judge(project_id=project.pk, entry_id=lot.entries.get().pk, auditor_id=lead.pk, accepted=True)
    audits.decide(project_id=project.pk, lot_id=lot.pk, accept=True, actor_id=lead.pk, now=now)

    with pytest.raises(GatesClosed) as closed:
        releases.cut(project_id=project.pk, name="v1")
    allowed = releases.cut(project_id=project.pk, name="v1", allow_sandbox=True)

    reasons = closed.value.details["reasons"]
    assert isinstance(reasons, list)
    assert [reason["gate"] for reason in reasons] == ["sandbox"]
    assert allowed.sandbox is True
