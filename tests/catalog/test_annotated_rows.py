"""What comes along with a row lands in the apps that own it, letter for letter."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from annotation.models import Annotation, Consensus
from annotation.selectors.consensus import imported_overall
from catalog.imports import references
from catalog.models import Sample
from catalog.services import imports
from cot_generation.models import Rationale
from tests.builders import accounts, catalog

NOW = datetime(2030, 1, 1, tzinfo=UTC)
AWKWARD = 'In B the "shadow"\tbends\\N.\nIt lies on C:\\temp, 影子不对。'


@pytest.mark.django_db
def test_answers_verdicts_regions_and_rationales_come_along(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(
        tmp_path,
        "s-1",
        answers={"physical_shadow": ["C", "B"], "placement_layout": []},
        verdicts={"A": {"physical_shadow": "none"}, "B": {"physical_shadow": "major"}},
        regions=[{"slot": "B", "aspect": "physical_shadow", "box": [1, 2, 3, 4], "note": AWKWARD}],
        rationales=[
            {"aspect": "physical_shadow", "text": AWKWARD},
            {"aspect": "placement_layout", "text": "By the given answer nothing is wrong.", "way": "answer_driven"},
        ],
        group="back\\slash",
        shop=AWKWARD,
    )

    imports.read_manifest(
        project_id=project.pk, manifest=catalog.manifest(tmp_path, [row]), actor_id=None, now=NOW, processes=1
    )

    sample = Sample.objects.get()
    assert (sample.group, sample.metadata) == ("back\\slash", {"shop": AWKWARD})
    opinion = Annotation.objects.get()
    assert (opinion.sample_id, opinion.counts, opinion.origin) == (sample.pk, False, "imported")
    assert opinion.cells == row["verdicts"]
    assert [(each.box, each.note) for each in opinion.regions] == [((1, 2, 3, 4), AWKWARD)]
    assert set(Consensus.objects.values_list("aspect__key", "answer", "source")) == {
        ("physical_shadow", "BC", "imported"),
        ("placement_layout", "", "imported"),
    }
    free, driven = Rationale.objects.order_by("aspect__key")
    assert [sentence.text for sentence in free.sentences] == [
        'In {{B}} the "shadow"\tbends\\N.',
        "It lies on {{C}}:\\temp, 影子不对。",
    ]
    assert (free.answer, free.concluded, free.answer_visible) == (["B", "C"], None, False)
    assert (free.origin, free.stage, free.locale, free.cost) == ("imported", "plain", "en", Decimal(0))
    assert free.created_at is not None
    assert (driven.answer, driven.answer_visible, driven.passed, driven.failed) == ([], True, False, ["leak"])


@pytest.mark.django_db
def test_a_row_without_opinions_leaves_the_upper_apps_alone(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    manifest = catalog.manifest(tmp_path, [catalog.row(tmp_path, "s-1")])

    imports.read_manifest(project_id=project.pk, manifest=manifest, actor_id=None, now=NOW, processes=1)

    assert Sample.objects.count() == 1
    assert not Annotation.objects.exists()
    assert not Consensus.objects.exists()
    assert not Rationale.objects.exists()


# Every foreign key of a table, as a query for rows whose referenced row is missing.
ORPHANS = """
select conrelid::regclass::text, attname::text, confrelid::regclass::text
from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
where contype = 'f' and conrelid::regclass::text = any(%s)
"""
WRITTEN = [
    *("catalog_sample", "catalog_picturework", "annotation_annotation", "annotation_consensus"),
    "cot_generation_rationale",
]


def orphans() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS, [WRITTEN])
        for table, column, other in cursor.fetchall():
            missing = f"not exists (select from {other} b where b.id = a.{column})"
            cursor.execute(f"select 1 from {table} a where a.{column} is not null and {missing}")  # noqa: S608  (names from PostgreSQL's catalogue)
            if cursor.fetchone():
                found.append(f"{table}.{column}")
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("allowed", [True, False])
def test_every_reference_of_what_was_copied_is_good_with_and_without_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    if not allowed:
        monkeypatch.setattr(references, "MAY", "select false")
    project = accounts.project(slug="p")
    row = catalog.row(
        tmp_path,
        "s-0",
        answers={"physical_shadow": ["B"]},
        verdicts={"B": {"physical_shadow": "major"}},
        rationales=[{"aspect": "physical_shadow", "text": "The shadow of B is gone."}],
    )
    rows = [{**row, "id": f"s-{number}"} for number in range(20)]

    imports.read_manifest(
        project_id=project.pk, manifest=catalog.manifest(tmp_path, rows), actor_id=None, now=NOW, processes=1
    )

    assert (Sample.objects.count(), Rationale.objects.count()) == (20, 20)
    assert orphans() == []
    with connection.cursor() as cursor:
        cursor.execute("show session_replication_role")
        assert cursor.fetchone() == ("origin",)
    with pytest.raises(IntegrityError), transaction.atomic():  # and checks are on again
        Consensus.objects.filter(sample__external_id="s-1").update(aspect_id=999_999)


@pytest.mark.django_db
def test_a_chunk_whose_import_is_gone_lands_nothing() -> None:
    project = accounts.project(slug="p")

    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="catalog_import"):  # noqa: SIM117
        with references.held(cursor, project.pk, uuid4(), []):
            pytest.fail("nothing may be copied")


@pytest.mark.django_db
def test_an_answer_about_the_whole_comes_along_and_follows_an_update(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(tmp_path, "s-1", answers={"overall": ["B", "A"], "physical_shadow": ["B"]})

    def read(**change: object) -> None:
        imports.read_manifest(
            project_id=project.pk,
            manifest=catalog.manifest(tmp_path, [{**row, **change}]),
            actor_id=None,
            now=NOW,
            how=imports.How(update=True),
            processes=1,
        )

    read()
    sample = Sample.objects.get()
    assert imported_overall([sample.pk]) == {sample.pk: ("A", "B")}
    assert list(Consensus.objects.values_list("aspect__key", "answer")) == [("physical_shadow", "B")]

    read(answers={"overall": []})
    assert imported_overall([sample.pk]) == {sample.pk: ()}
